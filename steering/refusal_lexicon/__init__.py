"""How refusals open, a module a language, each in the form that ``steering.refusal_lexicon.language`` describes."""

from typing import Final

from steering.refusal_lexicon.arabic import ARABIC
from steering.refusal_lexicon.chinese import CHINESE
from steering.refusal_lexicon.dutch import DUTCH
from steering.refusal_lexicon.english import ENGLISH
from steering.refusal_lexicon.french import FRENCH
from steering.refusal_lexicon.german import GERMAN
from steering.refusal_lexicon.hindi import HINDI
from steering.refusal_lexicon.italian import ITALIAN
from steering.refusal_lexicon.japanese import JAPANESE
from steering.refusal_lexicon.korean import KOREAN
from steering.refusal_lexicon.language import Language
from steering.refusal_lexicon.polish import POLISH
from steering.refusal_lexicon.portuguese import PORTUGUESE
from steering.refusal_lexicon.russian import RUSSIAN
from steering.refusal_lexicon.spanish import SPANISH
from steering.refusal_lexicon.turkish import TURKISH

__all__ = ["LANGUAGES", "LEXICON_VERSION", "Language"]

LEXICON_VERSION: Final = "multi-3"
"""Raise it with every change of a language: verdicts are counted by it."""

LANGUAGES: Final = (
    ENGLISH,
    SPANISH,
    FRENCH,
    GERMAN,
    PORTUGUESE,
    ITALIAN,
    DUTCH,
    POLISH,
    RUSSIAN,
    TURKISH,
    ARABIC,
    HINDI,
    CHINESE,
    JAPANESE,
    KOREAN,
)
