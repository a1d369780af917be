"""Letters as the refusal detector compares them: without case, accents and the ways that Unicode spells one letter.

A letter is folded by itself, so a text may come in pieces cut anywhere, in composed or decomposed form, full-width or
not. Korean syllables fall into the letters that they are made of.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

__all__ = ["folded", "is_unspaced", "words"]

# Letters that Unicode does not take apart, and pairs that are written for each other.
_ALIKE = str.maketrans(
    {
        "\u0131": "i",
        "\u0142": "l",
        "\u0111": "d",
        "\u00f8": "o",
        "\u0649": "\u064a",
        "\u0629": "\u0647",
        "\u06a9": "\u0643",
        "\u06cc": "\u064a",
    }
)
# Tatweel stretches an Arabic word; candrabindu and anusvara are left out as often as not.
_OPTIONAL = frozenset("\u0640\u0900\u0901\u0902")
_VIRAMA = 9
_UNSPACED = re.compile(
    "[\u1100-\u11ff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u9fff\uac00-\ud7ff\U00020000-\U0003ffff]"
)


@lru_cache(maxsize=8192)
def folded(char: str) -> str | None:
    """The letters and digits that ``char`` stands for; "" for a mark that does not count; None for what parts words."""
    category = unicodedata.category(char)
    if category == "Cf" or char in _OPTIONAL or _is_accent(char):
        return ""
    if not (char.isalnum() or category.startswith("M")):
        return None
    letters = unicodedata.normalize("NFKD", char.casefold()).translate(_ALIKE)
    return "".join(each for each in letters if each not in _OPTIONAL and not _is_accent(each))


def _is_accent(char: str) -> bool:
    # Vowel signs of Indic and Thai scripts have combining class 0: they belong to the word.
    return unicodedata.combining(char) not in (0, _VIRAMA) or unicodedata.category(char) == "Me"


@lru_cache(maxsize=8192)
def is_unspaced(letter: str) -> bool:
    """Whether ``letter`` belongs to a script that is read letter by letter, for want of blanks or despite them."""
    return _UNSPACED.match(letter) is not None


def words(text: str) -> Iterator[str]:
    """The words of ``text``, folded; a letter of an unspaced script is a word."""
    word = ""
    for char in text:
        letters = folded(char)
        if letters is None:
            if word:
                yield word
            word = ""
            continue
        for letter in letters:
            if is_unspaced(letter):
                if word:
                    yield word
                word = ""
                yield letter
            else:
                word += letter
    if word:
        yield word
