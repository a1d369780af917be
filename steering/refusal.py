"""Does an answer refuse? An incremental detector over the text of an answer, in pieces cut anywhere.

It reads the opening word by word and follows every refusal of the lexicon at once, so the verdict comes with the
first word that settles it and does not depend on how the text was cut. After the opening it only watches for an answer
that got stuck: "I'm sorryI'm sorryI'm sorry" starts like a refusal and is none.
"""

from enum import StrEnum

from steering.refusal_grammar import Pause, Reader
from steering.refusal_lexicon import CONTRACTIONS, LEXICON_VERSION
from steering.repetition import Repetition

__all__ = ["LEXICON_VERSION", "WINDOW", "RefusalDetector", "Verdict", "classify"]

WINDOW = 200
"""Letters and digits of the opening: an answer that has not refused within them is an answer."""

_APOSTROPHES = frozenset("'\u2019\u02bc\u2018\uff07")
_SENTENCE_ENDS = frozenset(".!?;:\n")
# What reads as an answer may repeat a phrase on purpose, as a song does; what opens like a refusal may not.
_STUCK_OPENING, _STUCK_ANSWER = 3, 5


class Verdict(StrEnum):
    """What an answer is; ``broken`` is one that says nothing or got stuck on one phrase."""

    UNDECIDED = "undecided"
    REFUSAL = "refusal"
    ANSWER = "answer"
    BROKEN = "broken"


class RefusalDetector:
    """Judges one answer. ``feed`` its pieces in order, then ``finish``.

    A verdict that ``feed`` gives stays until ``finish``, which may still turn a refusal or an answer into ``broken``.
    """

    __slots__ = ("_finished", "_last", "_reader", "_repetition", "_says_something", "_verdict", "_word")

    def __init__(self) -> None:
        self._reader = Reader()
        self._repetition = Repetition()
        self._verdict = Verdict.UNDECIDED
        self._word = ""
        self._last = ""
        self._says_something = False
        self._finished = False

    def feed(self, piece: str) -> Verdict:
        """Read on; raise RuntimeError after ``finish``."""
        if self._finished:
            raise RuntimeError(f"The answer is finished and cannot go on with {piece!r}; use a new detector for it.")
        for char in piece:
            self._read(char)
            self._last = char
        return self._verdict

    def finish(self) -> Verdict:
        """The answer ends here; the final verdict, which is never ``undecided``."""
        if not self._finished:
            self._finished = True
            self._end_word()
            self._pause(Pause.SENTENCE_END)
            if self._verdict is Verdict.UNDECIDED:
                self._verdict = Verdict.ANSWER
            repeats = _STUCK_ANSWER if self._verdict is Verdict.ANSWER else _STUCK_OPENING
            if not self._says_something or self._repetition.is_stuck(repeats):
                self._verdict = Verdict.BROKEN
        return self._verdict

    def _read(self, char: str) -> None:
        if char.isalnum():
            if char.isupper() and self._last.islower():  # "sorryI'm": a model that got stuck forgets the space.
                self._end_word()
                self._repetition.break_word()
            self._repetition.add(char)
            self._says_something = True
            self._extend_word(char.lower())
        elif char in _APOSTROPHES:
            self._extend_word("'")
        else:
            self._end_word()
            if char.isspace():
                self._repetition.break_word()
            if char == "," or char in _SENTENCE_ENDS:
                self._pause(Pause.COMMA if char == "," else Pause.SENTENCE_END)
            # An emoji is an answer of a kind; a row of exclamation marks is what a broken model writes.
            self._says_something |= not (char.isspace() or char.isascii())

    def _extend_word(self, letters: str) -> None:
        if self._verdict is Verdict.UNDECIDED:
            self._word += letters
            if len(self._repetition) > WINDOW:
                self._verdict = Verdict.ANSWER

    def _end_word(self) -> None:
        word = self._word.strip("'")
        self._word = ""
        for part in CONTRACTIONS.get(word, word).split():
            if self._verdict is Verdict.UNDECIDED:
                self._reader.word(part)
                self._decide()
        if word and self._verdict is Verdict.UNDECIDED and self._repetition.is_stuck(_STUCK_OPENING):
            self._verdict = Verdict.BROKEN

    def _pause(self, pause: Pause) -> None:
        if self._verdict is Verdict.UNDECIDED:
            self._reader.pause(pause)
            self._decide()

    def _decide(self) -> None:
        if self._reader.refused:
            self._verdict = Verdict.REFUSAL
        elif self._reader.hopeless:
            self._verdict = Verdict.ANSWER


def classify(text: str) -> Verdict:
    """The verdict on a whole answer: ``refusal``, ``answer`` or ``broken``."""
    detector = RefusalDetector()
    detector.feed(text)
    return detector.finish()
