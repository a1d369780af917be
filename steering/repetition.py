"""Did a text get stuck on one phrase? "I'm sorryI'm sorryI'm sorry" did."""

import re
from itertools import pairwise

from steering.refusal_letters import is_unspaced

_LONGEST_PHRASE = 400
_SHORTEST_LOOP = 18
# One word alone may be repeated for a reason ("no, no, no"), so it must be repeated far more often.
_WORD_REPEATS, _SHORTEST_WORD_LOOP = 10, 24
# A loop that fills the last letters kept is repeated so often that the text before them does not matter.
_KEPT = 2 * _WORD_REPEATS * _LONGEST_PHRASE
_PENDING = 2048

# "sorryI'm": a model that got stuck forgets the space.
_FORGOTTEN_BLANK = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Repetition:
    """The last letters and digits of a text, without case and punctuation, and where its words begin."""

    __slots__ = ("_at_break", "_begins", "_last", "_letters", "_pending", "_pending_size", "_total")

    def __init__(self) -> None:
        self._pending: list[str] = []
        self._pending_size = 0
        self._letters = ""
        self._begins = ""
        self._total = 0
        self._last = ""
        self._at_break = False

    def add(self, piece: str) -> None:
        """Read on, in pieces cut anywhere."""
        self._pending.append(piece)
        self._pending_size += len(piece)
        if self._pending_size >= _PENDING:
            self._settle()

    def is_stuck(self, repeats: int) -> bool:
        """Whether the text ends in a loop: a phrase ``repeats`` times over, and over half of the text that way.

        A loop of twice as many repeats is one however long the text before it. The phrase may be cut at the end.
        """
        if self._total + self._pending_size < _SHORTEST_LOOP:
            return False
        self._settle()
        letters, kept = self._letters, len(self._letters)
        for period in range(1, min(_LONGEST_PHRASE, kept // repeats) + 1):
            if letters[-1] != letters[-1 - period]:
                continue
            length = self._loop_length(period)
            if length // period < repeats:
                continue
            times, shortest = repeats, _SHORTEST_LOOP
            # One letter over and over is a word of its own in a script without blanks: laughter.
            if self._begins.count("1", kept - period) < 2 or len(set(letters[-period:])) == 1:
                times, shortest = _WORD_REPEATS, _SHORTEST_WORD_LOOP
            count = length // period
            if count < times or length < shortest or not any(map(str.isalpha, letters[-period:])):
                continue
            if 2 * length >= self._total or count >= 2 * times:
                return True
        return False

    def _loop_length(self, period: int) -> int:
        """How many letters at the end are each the same as the one ``period`` before it, with the first of them."""
        letters = self._letters
        start = len(letters) - period
        while start > 0 and letters[start - 1] == letters[start - 1 + period]:
            start -= 1
        return len(letters) - start

    def _settle(self) -> None:
        text = "".join(self._pending)
        if not text:
            return
        self._pending.clear()
        self._pending_size = 0
        letters, begins = [], []
        self._at_break |= text[0].isspace() or forgets_blank(self._last, text[0])
        for number, word in enumerate(_with_forgotten_blanks(text).split()):
            self._at_break |= number > 0
            if kept := "".join(filter(str.isalnum, word)).casefold():
                letters.append(kept)
                begins.append(_begins(kept, self._at_break))
                self._at_break = False
        self._at_break |= text[-1].isspace()
        self._last = text[-1]
        read = "".join(letters)
        self._total += len(read)
        self._letters = (self._letters + read)[-_KEPT:]
        self._begins = (self._begins + "".join(begins))[-_KEPT:]


def forgets_blank(before: str, char: str) -> bool:
    """Whether a word begins with ``char`` though no blank parts it from ``before``."""
    return before.islower() and char.isupper()


def _with_forgotten_blanks(text: str) -> str:
    if text.isascii():
        return _FORGOTTEN_BLANK.sub(" ", text)
    return text[0] + "".join(f" {char}" if forgets_blank(before, char) else char for before, char in pairwise(text))


def _begins(word: str, at_break: bool) -> str:
    """For each letter of ``word``, 1 where a word begins and 0 where none does."""
    first = "1" if at_break or is_unspaced(word[0]) else "0"
    if word.isascii():
        return first + "0" * (len(word) - 1)
    return first + "".join("1" if is_unspaced(letter) else "0" for letter in word[1:])
