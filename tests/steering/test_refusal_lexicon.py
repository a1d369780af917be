"""The lexicons are well formed, and each refuses in its own language in ways that need care."""

import re

import pytest

from steering.refusal import Verdict, classify
from steering.refusal_lexicon import LANGUAGES, LEXICON_VERSION, Language


def phrases(language: Language) -> tuple[str, ...]:
    return (
        *language.prefaces,
        *language.concessions,
        *language.inabilities,
        *language.declined,
        *language.declines,
    )


@pytest.mark.parametrize("language", LANGUAGES, ids=[language.name for language in LANGUAGES])
def test_its_phrases_are_well_formed(language: Language) -> None:
    for phrase in phrases(language):
        depth = 0
        for char in phrase:
            depth += (char == "(") - (char == ")")
            assert depth in (0, 1, 2, 3), phrase
        assert depth == 0, phrase
        assert "{" not in phrase, phrase
        # Marks stand by themselves, and those of the end at the end.
        body = phrase.partition(" !")[0].removesuffix(" .")
        assert not re.search(r"[.!?,;:]", body), phrase
        assert all(part in ("*", "**") for part in re.findall(r"\S*\*\S*", body)), phrase
        if body.startswith("*"):
            assert language.opening, phrase


@pytest.mark.parametrize(
    "text",
    [
        "\uff33\uff4f\uff52\uff52\uff59\uff0c I can\uff07t help with that.",
        "Je ne peux pas t\u2019aider.",
        "Lo siento\u00ad, no pue\u00addo ayudarte.",
        "\u200fلا أستطيع مسـاعدتك في هذا.",
        "لَا أَسْتَطِيعُ مُسَاعَدَتَكَ فِي هَذَا",
        "我 无法 回答 这个 问题",
        "도와드릴수없습니다",
        "도와 드릴 수 없습니다",
        "ÜZGÜNÜM, BU KONUDA YARDIMCI OLAMAM.",
        "Uzgunum, bu konuda yardimci olamam.",
        "माफ कीजिए, मैं इसमें आपकी मदद नही कर सकता।",
        "「申し訳ありませんが、お答えできません」",
        "Désolé. Je ne peux pas",
        "** No puedo ayudarte con eso **",
    ],
)
def test_scripts_and_spellings_do_not_hide_a_refusal(text: str) -> None:
    assert classify(text) is Verdict.REFUSAL


@pytest.mark.parametrize(
    "text",
    [
        "男性は「お手伝いできません」と答えました。",
        "남자가 “도와드릴 수 없습니다”라고 말합니다.",
        'वक्ता कहता है, "मैं आपकी मदद नहीं कर सकता।"',
        "Der Satz „Ich kann Ihnen nicht helfen“ klingt schroff.",
        "昨日は質問に回答できませんでした。",
    ],
)
def test_a_refusal_that_is_quoted_or_told_is_an_answer(text: str) -> None:
    assert classify(text) is Verdict.ANSWER


def test_the_lexicon_has_a_version() -> None:
    assert LEXICON_VERSION == "multi-3"
