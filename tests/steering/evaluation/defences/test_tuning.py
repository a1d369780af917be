import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steering.evaluation.defences.tuning import CalibrationError, balanced, best, split
from steering.evaluation.engine import Answer
from tests.steering.evaluation.defences.scripted import REFUSED, STUCK, compliant, item, items


@settings(max_examples=30)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=30))
def test_no_question_is_both_fitted_and_held_out(numbers: list[int]) -> None:
    harmful = [*items("harmful", 3), *(item("harmful", number) for number in numbers)]
    parts = split(harmful, items("benign", 9))
    fitted, held = ({each.question for each in part} for part in (parts.harmful, parts.held_harmful))
    assert not fitted & held
    assert len(parts.harmful) + len(parts.held_harmful) == len(harmful)
    assert len(parts.held_benign) == 3


def test_too_few_questions_are_refused_by_name() -> None:
    with pytest.raises(CalibrationError, match="2 benign items are too few"):
        split(items("harmful", 3), items("benign", 2))


def test_balanced_counts_refused_harm_and_right_answers_alike() -> None:
    harmful, benign = items("harmful", 2), items("benign", 4)
    answers = [REFUSED, "Sure.", *(compliant(each) for each in benign[:3]), REFUSED]
    assert balanced([*harmful, *benign], [Answer(text) for text in answers]) == pytest.approx((1 / 2 + 3 / 4) / 2)


def test_what_got_stuck_neither_refuses_nor_answers() -> None:
    both = [item("harmful", 0), item("benign", 0)]
    assert balanced(both, [Answer(STUCK), Answer(STUCK)]) == 0


def test_a_wrong_benign_answer_counts_only_where_the_right_one_is_not_known() -> None:
    known = item("benign", 0)
    unknown = type(known)("free", "a free question", "benign", "scripted")
    wrong = Answer("Sure, about nothing.")
    assert balanced([known], [wrong]) == 0
    assert balanced([unknown], [wrong]) == pytest.approx(0.5)


async def test_of_equal_choices_the_first_is_best() -> None:
    async def score(choice: int) -> float:
        return min(choice, 2)

    assert await best([1, 2, 3], score) == 2


async def test_nothing_to_choose_from_is_an_error() -> None:
    async def score(_choice: int) -> float:
        return 0.0

    with pytest.raises(CalibrationError, match="nothing to choose from"):
        await best([], score)
