"""The lexicon as a machine over words: it follows every refusal that the words so far may still become."""

import re
from collections.abc import Iterable, Iterator
from enum import Enum, auto

from steering.refusal_lexicon import CONCESSIONS, DECLINED, DECLINES, GUARDED, INABILITIES, PREFACES

_RESUMPTIONS = frozenset({"but", "however"})


class Pause(Enum):
    """What stands between words, where it matters."""

    COMMA = auto()
    SENTENCE_END = auto()


class _Node:
    """A place in the lexicon: which words lead on, and what holds once one stands here."""

    __slots__ = ("also", "guard", "next", "refuses", "refuses_at_end", "skips")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.also: _Node | None = None
        self.guard: frozenset[str] | None = None
        self.refuses = self.refuses_at_end = self.skips = False

    def ends(self, patterns: Iterable[str]) -> Iterator["_Node"]:
        """The nodes where the phrases of ``patterns``, read from here, end."""
        for pattern in patterns:
            for phrase in _expand(pattern):
                node = self
                for word in phrase:
                    node = node.next.setdefault(word, _Node())
                yield node


def _expand(pattern: str) -> Iterator[tuple[str, ...]]:
    """The word sequences of a lexicon phrase, its innermost groups first."""
    group = re.search(r"\(([^()]*)\)", pattern)
    if group is None:
        yield tuple(pattern.split())
        return
    for choice in group[1].split("|"):
        yield from _expand(f"{pattern[: group.start()]}{choice}{pattern[group.end() :]}")


def _build() -> _Node:
    start, declined = _Node(), _Node()
    for node in start.ends(PREFACES):
        node.also = start
    for node in start.ends(CONCESSIONS):
        node.skips = True
    for node in start.ends(INABILITIES):
        node.also = declined
        node.refuses_at_end = True
    for node in (*start.ends(DECLINES), *declined.ends(DECLINED)):
        node.refuses = True
    for word, followers in GUARDED.items():
        for node in declined.ends([word]):
            node.guard = frozenset(followers.split())
            node.refuses_at_end = True
    return start


_START = _build()


class Reader:
    """Reads an answer's words. ``refused`` once a refusal is certain, ``hopeless`` once none can follow."""

    __slots__ = ("_nodes", "refused")

    def __init__(self) -> None:
        self._nodes: tuple[_Node, ...] = (_START,)
        self.refused = False

    @property
    def hopeless(self) -> bool:
        return not self._nodes

    def word(self, word: str) -> None:
        """Read a word in lower case, its contraction spelt out."""
        reached: dict[_Node, None] = {}
        for node in self._nodes:
            if node.guard is not None and word not in node.guard:
                self.refused = True
            if node.skips:
                reached[node] = None
                if word in _RESUMPTIONS:
                    reached[_START] = None
            if node.guard is None and word in node.next:
                self._enter(node.next[word], reached)
        self._nodes = tuple(reached)

    def pause(self, pause: Pause) -> None:
        """Read a comma or the end of a sentence. The end of the answer is one too."""
        reached: dict[_Node, None] = {}
        for node in self._nodes:
            ended = pause is Pause.SENTENCE_END
            self.refused |= ended and node.refuses_at_end
            if node.skips:
                reached[_START] = None
            if not (node.skips and ended):
                reached[node] = None
        self._nodes = tuple(reached)

    def _enter(self, node: _Node, reached: dict[_Node, None]) -> None:
        self.refused |= node.refuses
        reached[node] = None
        if node.also is not None:
            reached[node.also] = None
