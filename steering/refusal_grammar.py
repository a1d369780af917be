"""The lexicons as one machine over words: it follows every refusal that the words so far may still become."""

import re
from collections.abc import Iterable, Iterator
from enum import Enum, auto

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

    def after(self, pattern: str) -> "_Node":
        """The node where each phrase of ``pattern``, read from here, ends."""
        node = self
        for part in _parts(pattern):
            if part in ("*", "**"):
                node = node.gap(part)
            elif "(" in part:
                ends = [node.after(choice) for choice in _choices(part)]
                node = _Node()
                for end in ends:
                    end.also.append(node)
            else:
                for word in words(part):
                    node = node.next.setdefault(word, _Node())
        return node

    def refuses_after(self, patterns: Iterable[str]) -> None:
        """Make the phrases of ``patterns``, read from here, refuse."""
        for pattern in patterns:
            phrase, _, unless = pattern.partition(" !")
            bare = phrase.removesuffix(" .")
            node = self.after(bare)
            if unless:
                node.guard = frozenset(next(words(word)) for word in unless.split())
            node.refuses_at_end |= bool(unless) or bare != phrase
            node.refuses |= not unless and bare == phrase

    def everything(self) -> set["_Node"]:
        """This node and all that it leads to."""
        found, fresh = {self}, [self]
        while fresh:
            node = fresh.pop()
            new = {*node.next.values(), *node.also} - found
            found |= new
            fresh += new
        return found

    def spell(self, short: list[str], full: list[str]) -> None:
        """Let ``short`` lead from here to where ``full`` does, if it leads anywhere."""
        ends = {self.next[full[0]]} if full[0] in self.next else set()
        for word in full[1:]:
            ends = {node.next[word] for end in ends for node in _also(end) if word in node.next}
        if ends:
            node = self
            for word in short:
                node = node.next.setdefault(word, _Node())
            node.also += ends - {node}


def _also(node: _Node) -> set[_Node]:
    """The node and all that holds where it does."""
    found, fresh = {node}, [node]
    while fresh:
        new = set(fresh.pop().also) - found
        found |= new
        fresh += new
    return found


def _parts(pattern: str) -> Iterator[str]:
    """A pattern's words and groups, in order; a group that is part of a word comes with it."""
    depth, part = 0, ""
    for char in f"{pattern} ":
        depth += (char == "(") - (char == ")")
        if char == " " and depth == 0:
            if part:
                yield part
            part = ""
        else:
            part += char


def _choices(part: str) -> list[str]:
    """The patterns that a group, or a word with groups in it, stands for."""
    return _alternatives(part[1:-1]) if _closing(part, 0) == len(part) - 1 else _spellings(part)


def _spellings(part: str) -> list[str]:
    """All that ``part`` stands for, without groups."""
    start = part.find("(")
    if start < 0:
        return [part]
    end = _closing(part, start)
    rests = _spellings(part[end + 1 :])
    spelt = (each for choice in _alternatives(part[start + 1 : end]) for each in _spellings(choice))
    return [f"{part[:start]}{each}{rest}" for each in dict.fromkeys(spelt) for rest in rests]


def _closing(part: str, start: int) -> int:
    """Where the group that begins at ``start`` ends; -1 where none begins."""
    depth = 0
    for place in range(start, len(part)):
        depth += (part[place] == "(") - (part[place] == ")")
        if depth == 0:
            return place if part[start] == "(" else -1
    raise ValueError(f"A bracket is not closed in the phrase {part!r}.")


def _alternatives(inner: str) -> list[str]:
    depth, choices = 0, [""]
    for char in inner:
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            choices.append("")
        else:
            choices[-1] += char
    return choices


def _build(language: Language) -> tuple[_Node, ...]:
    """The places where an answer in ``language`` begins."""
    start, declined = _Node(), _Node()
    for pattern in language.prefaces:
        start.after(pattern).also.append(start)
    resumptions = frozenset(word for each in language.resumptions for word in words(each))
    for pattern in language.concessions:
        concession = _Node()
        concession.loops = concession.crosses_commas = True
        concession.resumes = (resumptions, start)
        start.after(pattern).also.append(concession)
    for pattern in language.inabilities:
        node = start.after(pattern)
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
    return tuple(_also(start))


_START = dict.fromkeys(node for language in LANGUAGES for node in _build(language))


class Reader:
    """Reads an answer's words. ``refused`` once a refusal is certain, ``lost`` while none can come of this clause,
    ``idle`` while none is under way whose words have begun.
    """

    __slots__ = ("_nodes", "refused")

    def __init__(self) -> None:
        self._nodes: tuple[_Node, ...] = tuple(_START)
        self.refused = False

    @property
    def lost(self) -> bool:
        return not self._nodes

    @property
    def idle(self) -> bool:
        return all(node.loops or node in _START for node in self._nodes)

    def begin_clause(self) -> None:
        """A refusal may begin here, beside those that are under way."""
        self._nodes = tuple(dict.fromkeys(self._nodes) | _START)

    def begin_quotation(self) -> None:
        """What is quoted here does not begin a refusal."""
        self._nodes = tuple(node for node in self._nodes if node not in _START)

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
