import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steering.evaluation.report_statistics import area, auroc, balanced, holm, kappa, mcnemar, share


def test_a_share_of_separate_questions_has_wilsons_interval() -> None:
    found = share([True] * 8 + [False] * 2, [str(index) for index in range(10)])
    assert found is not None
    assert (found.rate, found.low, found.high, found.n) == (0.8, 0.4902, 0.9433, 10)


def test_answers_to_one_question_count_as_one_cluster() -> None:
    hits = [True] * 40 + [False] * 40
    apart = share(hits, [str(index) for index in range(80)])
    together = share(hits, [str(index // 20) for index in range(80)])
    assert apart is not None
    assert together is not None
    assert (apart.rate, apart.n) == (together.rate, together.n) == (0.5, 80)
    assert together.high - together.low > 1.5 * (apart.high - apart.low)


def test_an_interval_of_one_question_is_not_taken_for_certain() -> None:
    found = share([True] * 50, ["the same"] * 50)
    assert found is not None
    assert found.low < 0.3


def test_nothing_has_no_share() -> None:
    assert share([], []) is None
    assert balanced([], [], [True], ["a"]) is None
    assert auroc([0.1, 0.2], [True, True], ["a", "b"]) is None


def test_balanced_is_half_of_each() -> None:
    found = balanced([True, True, True, False], list("abcd"), [True, False], list("ef"))
    assert found is not None
    assert found.rate == pytest.approx((0.75 + 0.5) / 2, abs=1e-4)
    assert found.low < found.rate < found.high


def test_auroc_counts_ties_half() -> None:
    found = auroc([0.9, 0.5, 0.5, 0.1], [True, True, False, False], list("abcd"))
    assert found is not None
    assert found.rate == 0.875


@settings(deadline=None, max_examples=20)
@given(st.lists(st.tuples(st.sampled_from([0.0, 0.2, 0.5, 1.0]), st.booleans()), min_size=2, max_size=12))
def test_auroc_is_the_share_of_pairs_in_order(pairs: list[tuple[float, bool]]) -> None:
    harmful = [score for score, label in pairs if label]
    benign = [score for score, label in pairs if not label]
    found = auroc([score for score, _ in pairs], [label for _, label in pairs], [str(i) for i in range(len(pairs))])
    if not harmful or not benign:
        assert found is None
        return
    wins = sum((a > b) + (a == b) / 2 for a in harmful for b in benign)
    assert found is not None
    assert found.rate == pytest.approx(wins / len(harmful) / len(benign), abs=1e-4)


@pytest.mark.parametrize(("pair", "p"), [((0, 0), 1.0), ((5, 5), 1.0), ((0, 6), 0.03125), ((9, 1), 22 / 1024)])
def test_mcnemar_is_exact(pair: tuple[int, int], p: float) -> None:
    assert mcnemar(*pair) == pytest.approx(p)
    assert mcnemar(3000, 10) < 1e-9


def test_holm_keeps_the_order_and_never_passes_one() -> None:
    assert holm([0.01, 0.04, 0.03, 0.9]) == pytest.approx([0.04, 0.09, 0.09, 0.9])
    assert holm([]) == []


def test_area_of_chance_and_of_a_perfect_defence() -> None:
    assert area([]) == 0.5
    assert area([(0.0, 1.0)]) == 1.0
    assert area([(0.5, 0.5), (0.0, 0.0)]) == 0.5


def test_kappa_takes_chance_away() -> None:
    assert kappa(["a", "a", "b", "b"], ["a", "a", "b", "b"]) == 1.0
    assert kappa(["a", "a", "b", "b"], ["a", "b", "a", "b"]) == 0.0
    assert kappa(["a", "a"], ["a", "a"]) is None
