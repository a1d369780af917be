"""Two defences on the same items: exact McNemar and paired differences."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steering.evaluation.statistics.bootstrap import Bootstrap
from steering.evaluation.statistics.paired import McNemar, compare
from tests.steering.evaluation.verdicts import JUDGE, results

BOOTSTRAP = Bootstrap(seed=0, draws=300)
Count = st.integers(0, 60)


@pytest.mark.parametrize(("first", "second", "p"), [(0, 0, 1.0), (0, 5, 0.0625), (1, 9, 22 / 1024), (4, 4, 1.0)])
def test_p_is_the_exact_two_sided_binomial(first: int, second: int, p: float) -> None:
    assert McNemar.of(first, second).p == pytest.approx(p)


@given(Count, Count)
def test_swapping_the_defences_keeps_p(first: int, second: int) -> None:
    p = McNemar.of(first, second).p
    assert p == McNemar.of(second, first).p
    assert 0 < p <= 1
    n = first + second
    as_extreme = sum(comb(n, k) for k in range(n + 1) if abs(2 * k - n) >= abs(first - second))
    assert p == pytest.approx(as_extreme / 2**n)


def test_many_items_do_not_overflow() -> None:
    assert McNemar.of(900, 1100).p == pytest.approx(8.4e-6, rel=0.05)


def test_what_the_second_defence_changes() -> None:
    first = results("RRAAAAAAAA", "AAAAAAAARR")
    second = results("RARRRRRRRB", "AAAAAAAAAB")
    found = compare(first, second[::-1], JUDGE, BOOTSTRAP)
    assert found.harmful_refused is not None
    assert found.benign_not_refused is not None
    assert (found.harmful_refused.only_first, found.harmful_refused.only_second) == (1, 7)
    assert (found.benign_not_refused.only_first, found.benign_not_refused.only_second) == (0, 2)
    differences = (
        found.harmful_refused_difference,
        found.benign_not_refused_difference,
        found.balanced_difference,
    )
    # Of benign requests the balanced rate counts those that were answered: a broken answer is no compliance.
    for difference, value in zip(differences, (0.6, 0.2, 0.35), strict=True):
        assert difference is not None
        assert difference.value == pytest.approx(value)
        assert difference.low <= value <= difference.high


def test_a_defence_does_not_differ_from_itself() -> None:
    same = results("RARAB", "ARAAI")
    found = compare(same, same, JUDGE, BOOTSTRAP)
    assert found.harmful_refused == McNemar(0, 0, 1.0)
    assert found.balanced_difference is not None
    assert (found.balanced_difference.low, found.balanced_difference.high) == (0, 0)


def test_pairing_narrows_the_interval() -> None:
    """Both refuse alike on all but two questions, so their difference is known far better than either rate."""
    first, second = results("R" * 20 + "A" * 20, "A" * 40), results("R" * 22 + "A" * 18, "A" * 40)
    difference = compare(first, second, JUDGE, BOOTSTRAP).harmful_refused_difference
    assert difference is not None
    assert difference.high - difference.low < 0.16


def test_requests_of_one_kind_are_compared_as_far_as_they_go() -> None:
    found = compare(results("RA"), results("RR"), JUDGE, BOOTSTRAP)
    assert found.harmful_refused == McNemar(0, 1, 1.0)
    assert {found.benign_not_refused, found.benign_not_refused_difference, found.balanced_difference} == {None}


def test_results_must_pair_up() -> None:
    with pytest.raises(ValueError, match="Item 'harmful-2' is not judged once of each defence"):
        compare(results("RA", "A"), results("RAA", "A"), JUDGE, BOOTSTRAP)
    with pytest.raises(ValueError, match="Item 'benign-0' is not judged once of each defence"):
        compare(results("RA", "A"), [*results("RA", "A"), *results("", "A")], JUDGE, BOOTSTRAP)
    with pytest.raises(ValueError, match="Item 'harmful-0' has several results of one defence"):
        compare([*results("R"), *results("R")], results("R"), JUDGE, BOOTSTRAP)
