"""Is a text unreadable? Of what no answer looks like in any language, in code or in numbers, four kinds are told:

- random letters: words of letter pairs that hardly any language has, or next to no vowels;
- mojibake: most of what is not ASCII is UTF-8 read as if each byte were a letter;
- characters that stand for nothing (U+FFFD, private use, control characters) in place of a fifth of the text;
- token soup: words in several scripts at once, three scripts or more.

A short text is never gibberish, and neither is one in capitals, with digits or in mixed case as codes and keys are. It
only counts, so it takes pieces cut anywhere and a text of any length.
"""

import re

# Pairs of lower-case letters that are all but absent from the words of European languages and of romanised ones.
_RARE_AFTER = {
    "b": "qx",
    "c": "jvx",
    "d": "qx",
    "f": "jqvxz",
    "g": "qx",
    "h": "jqx",
    "j": "bfgqvwxyz",
    "k": "qx",
    "l": "qx",
    "m": "jqxz",
    "p": "jqvxz",
    "q": "bcdfghjklmnopqrstvwxyz",
    "r": "qx",
    "s": "x",
    "t": "qx",
    "v": "bfgjmpqwxz",
    "w": "fgjqvx",
    "x": "bdgjkmnrvwxz",
    "y": "jqx",
    "z": "fjqrx",
}
_PENDING = 2048
_RARE_PAIR = re.compile("|".join(f"{first}(?=[{seconds}])" for first, seconds in _RARE_AFTER.items()))
_PAIR = re.compile("[a-z](?=[a-z])")
_MIN_RARE, _RARE_SHARE = 6, 0.1
# What syllables are made around: "prst" and "vlk" are words, too.
_VOWELS = "aeiouylr"
_MIN_WITHOUT_VOWELS, _VOWEL_SHARE = 40, 0.1

_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_MIN_UNREADABLE, _UNREADABLE_SHARE = 4, 0.2

# A first byte of UTF-8 and a following one, as Windows-1252 and Latin-1 show them.
_FOLLOWING = "\x80-\xbf" + "".join(bytes([byte]).decode("cp1252", errors="ignore") for byte in range(0x80, 0xA0))
_MOJIBAKE = re.compile(f"[Â-ô](?=[{_FOLLOWING}])")
_NOT_ASCII = re.compile("[^\x00-\x7f]")
_MIN_MOJIBAKE, _MOJIBAKE_SHARE, _MOJIBAKE_TEXT_SHARE = 6, 0.3, 0.1

_SCRIPTS = {
    "latin": "A-Za-zÀ-ɏ",
    "greek": "Ͱ-Ͽ",
    "cyrillic": "Ѐ-ԯ",
    "hebrew": "א-ת",
    "arabic": "ء-ۓ",
    "indic": "ऀ-෿",
    "thai": "ก-๛",
    "hangul": "가-힣",
    "chinese": "぀-ヿ㐀-鿿",
}
# Foreign words stand among these without a blank.
_HOSTS = frozenset({"thai", "hangul", "chinese"})


def _switches() -> re.Pattern[str]:
    alternatives = []
    for script, letters in _SCRIPTS.items():
        hosted = (_HOSTS | {"latin"}) if script in _HOSTS else (_HOSTS if script == "latin" else frozenset())
        others = "".join(each for other, each in _SCRIPTS.items() if other != script and other not in hosted)
        alternatives.append(f"[{letters}](?=[{others}])")
    return re.compile("|".join(alternatives))


_SWITCH = _switches()
_SCRIPT = {script: re.compile(f"[{letters}]") for script, letters in _SCRIPTS.items()}
_MIN_SWITCHES, _MIN_SCRIPTS, _SWITCH_SHARE = 5, 3, 0.2


class Gibberish:
    """Counts what a text is made of."""

    __slots__ = (
        "_last",
        "_mojibake",
        "_not_ascii",
        "_pairs",
        "_pending",
        "_pending_size",
        "_rare",
        "_scripts",
        "_switches",
        "_unreadable",
        "_visible",
        "_vowels",
        "_words",
    )

    def __init__(self) -> None:
        self._pending: list[str] = []
        self._pending_size = 0
        self._last = ""
        self._pairs = self._rare = self._vowels = self._visible = self._words = 0
        self._unreadable = self._not_ascii = self._mojibake = self._switches = 0
        self._scripts: frozenset[str] = frozenset()

    def add(self, piece: str) -> None:
        """Read on, in pieces cut anywhere."""
        self._pending.append(piece)
        self._pending_size += len(piece)
        if self._pending_size >= _PENDING:
            self._count()

    def __bool__(self) -> bool:
        self._count()
        return self._is_random() or self._is_mojibake() or self._is_unreadable() or self._is_soup()

    def _count(self) -> None:
        piece = "".join(self._pending)
        self._pending.clear()
        self._pending_size = 0
        if not piece:
            return
        text = self._last + piece
        self._visible += len("".join(piece.split()))
        self._words += len(text.split()) - (0 if self._last.isspace() else bool(self._last))
        self._pairs += len(_PAIR.findall(text))
        self._rare += len(_RARE_PAIR.findall(text))
        self._vowels += sum(map(piece.count, _VOWELS))
        self._unreadable += len(_UNREADABLE.findall(piece))
        if not text.isascii():
            self._not_ascii += len(_NOT_ASCII.findall(piece))
            self._mojibake += len(_MOJIBAKE.findall(text))
            self._switches += len(_SWITCH.findall(text))
            self._scripts |= {script for script, letter in _SCRIPT.items() if letter.search(piece)}
        self._last = piece[-1]

    def _is_random(self) -> bool:
        if 2 * self._pairs < self._visible:
            return False
        without_vowels = self._pairs >= _MIN_WITHOUT_VOWELS and self._vowels < _VOWEL_SHARE * self._visible
        return without_vowels or self._rare >= max(_MIN_RARE, _RARE_SHARE * self._pairs)

    def _is_mojibake(self) -> bool:
        few = max(_MIN_MOJIBAKE, _MOJIBAKE_SHARE * self._not_ascii, _MOJIBAKE_TEXT_SHARE * self._visible)
        return self._mojibake >= few

    def _is_unreadable(self) -> bool:
        return self._unreadable >= max(_MIN_UNREADABLE, _UNREADABLE_SHARE * self._visible)

    def _is_soup(self) -> bool:
        few = max(_MIN_SWITCHES, _SWITCH_SHARE * self._words)
        return len(self._scripts) >= _MIN_SCRIPTS and self._switches >= few
