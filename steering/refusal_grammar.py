"""The lexicons as one machine over words: it follows every refusal that the words so far may still become."""

import re
from collections.abc import Iterable, Iterator
from enum import Enum, auto
from itertools import chain

from steering.refusal_letters import words
from steering.refusal_lexicon import LANGUAGES, Language


class Pause(Enum):
    """What stands between words, where it matters."""

    COMMA = auto()
    SENTENCE_END = auto()


class _Node:
    """A place in a lexicon: which words lead on, and what holds once one stands here."""

    __slots__ = (
        "also",
        "crosses_commas",
        "gaps",
        "guard",
        "loops",
        "next",
        "opens",
        "refuses",
        "refuses_at_end",
        "resumes",
    )

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.also: list[_Node] = []
        self.gaps: dict[str, _Node] = {}
        self.guard: frozenset[str] | None = None
        self.refuses = self.refuses_at_end = False
        # A place that any word stays in: a gap, or a concession, which some words and pauses end.
        self.loops = self.crosses_commas = False
        self.resumes: tuple[frozenset[str], _Node] | None = None
        # Where a sentence may open with a gap: which words it may open with, and the gap.
        self.opens: tuple[re.Pattern[str], _Node] | None = None

    def gap(self, mark: str) -> "_Node":
        """The place where words of any kind may follow this one."""
        if mark not in self.gaps:
            gap = self.gaps[mark] = _Node()
            gap.loops = True
            gap.crosses_commas = mark == "**"
            self.also.append(gap)
        return self.gaps[mark]

    def ends(self, patterns: Iterable[str]) -> Iterator["_Node"]:
        """The nodes where the phrases of ``patterns``, read from here, end."""
        for pattern in patterns:
            for phrase in _expand(pattern):
                node = self
                for mark in phrase.split():
                    if mark in ("*", "**"):
                        node = node.gap(mark)
                    else:
                        for word in words(mark):
                            node = node.next.setdefault(word, _Node())
                yield node

    def refuses_after(self, patterns: Iterable[str]) -> None:
        """Make the phrases of ``patterns``, read from here, refuse."""
        for pattern in patterns:
            phrase, _, unless = pattern.partition(" !")
            bare = phrase.removesuffix(" .")
            for node in self.ends([bare]):
                if unless:
                    node.guard = frozenset(next(words(word)) for word in unless.split())
                    node.refuses_at_end = True
                elif bare != phrase:
                    node.refuses_at_end = True
                else:
                    node.refuses = True

    def everything(self) -> Iterator["_Node"]:
        """This node and all that its words and gaps lead to."""
        yield self
        for node in chain(list(self.next.values()), list(self.gaps.values())):
            yield from node.everything()

    def spell(self, short: list[str], full: list[str]) -> None:
        """Let ``short`` lead from here to where ``full`` does, if it leads anywhere."""
        end: _Node | None = self
        for word in full:
            end = end.next.get(word) if end is not None else None
        if end is None:
            return
        node = self
        for word in short[:-1]:
            node = node.next.setdefault(word, _Node())
        node.next.setdefault(short[-1], end)


def _expand(pattern: str) -> Iterator[str]:
    """The phrases that a pattern of the lexicon stands for."""
    group = re.search(r"\(([^()]*)\)", pattern)
    if group is None:
        yield pattern
        return
    for choice in group[1].split("|"):
        yield from _expand(f"{pattern[: group.start()]}{choice}{pattern[group.end() :]}")


def _build(language: Language) -> tuple[_Node, ...]:
    """The places where an answer in ``language`` begins."""
    start, declined = _Node(), _Node()
    for node in start.ends(language.prefaces):
        node.also.append(start)
    resumptions = frozenset(word for each in language.resumptions for word in words(each))
    for node in start.ends(language.concessions):
        concession = _Node()
        concession.loops = concession.crosses_commas = True
        concession.resumes = (resumptions, start)
        node.also.append(concession)
    for node in start.ends(language.inabilities):
        node.also.append(declined)
        node.refuses_at_end = not node.loops
    start.refuses_after(language.declines)
    declined.refuses_after(language.declined)
    if language.contractions:
        spellings = [(list(words(short)), list(words(full))) for short, full in language.contractions.items()]
        for node in [*start.everything(), *declined.everything()]:
            for short, full in spellings:
                node.spell(short, full)
    for gap in start.gaps.values():
        waiting = _Node()
        waiting.opens = (re.compile(language.opening), gap)
        start.also[start.also.index(gap)] = waiting
    return start, *start.also


_START = tuple(node for language in LANGUAGES for node in _build(language))


class Reader:
    """Reads an answer's words. ``refused`` once a refusal is certain, ``hopeless`` once none can follow."""

    __slots__ = ("_nodes", "refused")

    def __init__(self) -> None:
        self._nodes: tuple[_Node, ...] = _START
        self.refused = False

    @property
    def hopeless(self) -> bool:
        return not self._nodes

    def word(self, word: str, quoted: bool = False) -> None:
        """Read a folded word; ``quoted`` when it stands within quotation marks, whose words no gap looks into."""
        reached: dict[_Node, None] = {}
        for node in self._nodes:
            if node.guard is not None and word not in node.guard:
                self.refused = True
            if node.opens is not None:
                opening, gap = node.opens
                if not opening.fullmatch(word):
                    continue
                node = gap
            if node.loops:
                self._enter(node, reached)
                if node.resumes is not None and word in node.resumes[0]:
                    self._enter(node.resumes[1], reached)
                if quoted:
                    continue
            following = node.next.get(word)
            if following is not None:
                self._enter(following, reached)
        self._nodes = tuple(reached)

    def pause(self, pause: Pause) -> None:
        """Read a comma or the end of a sentence. The end of the answer is one too."""
        ended = pause is Pause.SENTENCE_END
        reached: dict[_Node, None] = {}
        for node in self._nodes:
            self.refused |= ended and node.refuses_at_end
            if node.resumes is not None:
                self._enter(node.resumes[1], reached)
            if not node.loops or (node.crosses_commas and not ended):
                reached[node] = None
        self._nodes = tuple(reached)

    def _enter(self, node: _Node, reached: dict[_Node, None]) -> None:
        if node in reached:
            return
        self.refused |= node.refuses
        reached[node] = None
        for other in node.also:
            self._enter(other, reached)
