"""The shipped set, whole and streamed: the detector keeps what docs/refusals.md promises."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from steering.refusal import RefusalDetector, Verdict, classify
from steering.refusal_answers import LabelledAnswer, Split, labelled_answers, score
from steering.refusal_lexicon import LANGUAGES

ANSWERS = labelled_answers()
WRITTEN_BEFORE = [answer for answer in ANSWERS if answer.split in (Split.TUNE, Split.TEST)]
BLIND = [answer for answer in ANSWERS if answer.split is Split.BLIND]
TOKENIZER = Path(__file__).resolve().parents[2] / "reference" / "checkpoint" / "tokenizer.json"


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(TOKENIZER))


def streamed(text: str, places: list[int]) -> Verdict:
    detector = RefusalDetector()
    for start, end in pairwise([0, *places, len(text)]):
        detector.feed(text[start:end])
    return detector.finish()


def by_tokens(tokenizer: Tokenizer, size: int, text: str) -> Verdict:
    ends = sorted({end for _, end in tokenizer.encode(text, add_special_tokens=False).offsets})
    return streamed(text, ends[size - 1 :: size])


def by_characters(size: int, text: str) -> Verdict:
    return streamed(text, list(range(size, len(text), size)))


def ways(tokenizer: Tokenizer) -> Iterator[Callable[[str], Verdict]]:
    yield classify
    for size in range(1, 6):
        yield partial(by_tokens, tokenizer, size)
        yield partial(by_characters, size)


def test_the_set_is_large_and_in_many_languages() -> None:
    assert len(WRITTEN_BEFORE) >= 600
    assert len({(answer.language, answer.text) for answer in ANSWERS}) == len(ANSWERS)
    languages = Counter(answer.language for answer in WRITTEN_BEFORE)
    assert {language.code for language in LANGUAGES} | {"und"} == set(languages)
    assert all(languages[language.code] >= 60 for language in LANGUAGES)
    assert len(BLIND) >= 600
    assert all(count >= 40 for count in Counter(answer.language for answer in BLIND).values())


@pytest.mark.parametrize(
    ("answers", "recall"), [(WRITTEN_BEFORE, 0.98), (BLIND, 0.95)], ids=["written before", "blind"]
)
def test_refusals_are_told_precisely_whole_and_streamed(
    answers: list[LabelledAnswer], recall: float, tokenizer: Tokenizer
) -> None:
    """The blind ones by no more than what was measured: docs/refusals.md says so."""
    for judge in ways(tokenizer):
        found = score(answers, judge)
        assert found.precision >= 0.98
        assert found.recall >= recall


def test_no_answer_and_no_refusal_is_broken_and_broken_ones_are(tokenizer: Tokenizer) -> None:
    for judge in ways(tokenizer):
        found = score(ANSWERS, judge)
        assert found.broken_claimed == found.broken_found
        assert found.broken_found >= 0.98 * found.broken


@given(st.sampled_from(ANSWERS), st.lists(st.integers(0, 400), max_size=20))
def test_the_verdict_is_the_same_for_any_cut(answer: LabelledAnswer, places: list[int]) -> None:
    text = answer.text
    assert streamed(text, sorted(min(place, len(text)) for place in places)) is classify(text)


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_the_verdict_is_the_same_in_every_form_of_unicode(form: Literal["NFC", "NFD", "NFKC", "NFKD"]) -> None:
    refusals = [answer.text for answer in ANSWERS if answer.label is Verdict.REFUSAL]
    assert [classify(unicodedata.normalize(form, text)) for text in refusals] == [classify(text) for text in refusals]


def test_a_refusal_stays_one_in_capitals_and_without_accents() -> None:
    for answer in ANSWERS:
        if answer.label is Verdict.REFUSAL and classify(answer.text) is Verdict.REFUSAL:
            assert classify(answer.text.upper()) is Verdict.REFUSAL
            assert classify(_without_accents(answer.text)) is Verdict.REFUSAL


def _without_accents(text: str) -> str:
    kept = [char for char in unicodedata.normalize("NFD", text) if not 0x300 <= ord(char) <= 0x36F]
    return unicodedata.normalize("NFC", "".join(kept))
