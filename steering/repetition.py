"""Did a text get stuck on one phrase? "I'm sorryI'm sorryI'm sorry" did."""

_LONGEST_PHRASE = 400
_SHORTEST_LOOP = 18
# One word alone may be repeated for a reason ("no, no, no"), so it must be repeated far more often.
_WORD_REPEATS, _SHORTEST_WORD_LOOP = 10, 24


class Repetition:
    """The letters and digits of a text, without case and punctuation, and where its words begin."""

    __slots__ = ("_at_break", "_begins", "_letters")

    def __init__(self) -> None:
        self._letters: list[str] = []
        self._begins: list[bool] = []
        self._at_break = False

    def __len__(self) -> int:
        return len(self._letters)

    def add(self, letter: str) -> None:
        self._letters.append(letter.casefold())
        self._begins.append(self._at_break)
        self._at_break = False

    def break_word(self) -> None:
        """The next letter begins a word."""
        self._at_break = True

    def is_stuck(self, repeats: int) -> bool:
        """Whether the text ends in a loop: a phrase ``repeats`` times over, and over half of the text that way.

        A loop of twice as many repeats is one however long the text before it. The phrase may be cut at the end.
        """
        total = len(self._letters)
        for period in range(1, min(_LONGEST_PHRASE, total // 2) + 1):
            length = self._loop_length(period)
            times, shortest = repeats, _SHORTEST_LOOP
            if sum(self._begins[-period:]) < 2:
                times, shortest = _WORD_REPEATS, _SHORTEST_WORD_LOOP
            count = length // period
            if count < times or length < shortest or not any(each.isalpha() for each in self._letters[-period:]):
                continue
            if 2 * length >= total or count >= 2 * times:
                return True
        return False

    def _loop_length(self, period: int) -> int:
        """How many letters at the end are each the same as the one ``period`` before it, with the first of them."""
        letters = self._letters
        start = len(letters) - period
        while start > 0 and letters[start - 1] == letters[start - 1 + period]:
            start -= 1
        return len(letters) - start
