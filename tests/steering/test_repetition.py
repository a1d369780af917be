import pytest
from hypothesis import given
from hypothesis import strategies as st

from steering.repetition import Repetition


def is_stuck(*pieces: str, repeats: int = 5) -> bool:
    repetition = Repetition()
    for piece in pieces:
        repetition.add(piece)
    return repetition.is_stuck(repeats)


@given(
    st.lists(st.sampled_from(["I'm ", "sorry", "I", " ", "对不起", "죄송", "ß", "\n"]), max_size=60), st.integers(0, 90)
)
def test_the_cut_does_not_matter(parts: list[str], place: int) -> None:
    text = "".join(parts)
    for repeats in (3, 5):
        assert is_stuck(text[:place], text[place:], repeats=repeats) == is_stuck(text, repeats=repeats)
        assert is_stuck(*text, repeats=repeats) == is_stuck(text, repeats=repeats)


@pytest.mark.parametrize("phrase", ["对不起，我不能。", "すみません。", "죄송합니다", "ขอโทษครับ"])
def test_a_phrase_without_blanks_is_a_phrase(phrase: str) -> None:
    assert is_stuck(phrase * 7)


def test_laughter_is_one_letter() -> None:
    assert not is_stuck("哈" * 20)
    assert not is_stuck("ㅋ" * 20)


def test_a_long_text_is_not_kept() -> None:
    repetition = Repetition()
    for number in range(20_000):
        repetition.add(f"word{number} ")
    assert not repetition.is_stuck(5)
    assert len(repetition._letters) < 10_000
    for _ in range(4_000):
        repetition.add("and so on ")
    assert repetition.is_stuck(5)
