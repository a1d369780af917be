"""The form of a language's lexicon. A refusal is any number of prefaces, then an inability and one of the declined
things, or a decline that says it all.

A phrase is words without punctuation; case, accents and apostrophes are folded on both sides, so write it as the
language does. Chinese, Japanese and Korean are read letter by letter and need no blanks. In a phrase

- ``(a|b|)`` stands for one of a, b or nothing, inside a word too;
- ``*`` stands for any words up to the next comma, ``**`` for any words up to the end of the sentence, none included;
  what is quoted there is passed over;
- `` !a b`` at the end: it refuses unless the word that follows is one of these ("I can't help but smile");
- `` .`` at the end: it refuses only where a sentence ends.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Language:
    """How refusals open in one language."""

    code: str
    """ISO 639-1."""
    name: str
    prefaces: tuple[str, ...]
    """What may stand before a refusal and before an answer just as well."""
    declines: tuple[str, ...]
    """What refuses by itself."""
    inabilities: tuple[str, ...] = ()
    """What refuses before a declined thing, and, unless it ends in ``*``, at the end of a sentence."""
    declined: tuple[str, ...] = ()
    concessions: tuple[str, ...] = ()
    """After these come words of any kind, up to a comma, a resumption or the end of the sentence; then it starts anew.
    """
    resumptions: tuple[str, ...] = ()
    """Single words (in Chinese, Japanese and Korean: letters) that end a concession."""
    contractions: Mapping[str, str] = field(default_factory=dict)
    """Other spellings of words that phrases spell out."""
    opening: str = ""
    """The folded words that a phrase opening with ``*`` may open with, as a regular expression: it needs one."""
