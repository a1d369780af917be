"""Wilson intervals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steering.evaluation.statistics import Rate


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (81, 263, 0.2553, 0.3662)],
)
def test_rates_have_wilson_intervals(hits: int, n: int, low: float, high: float) -> None:
    """The last row is the worked example of Newcombe (1998), Statistics in Medicine 17:857-872."""
    rate = Rate.of(hits, n)
    assert [rate.low, rate.high] == pytest.approx([low, high], abs=2e-4)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_rate_within_0_and_1_and_is_symmetric(counts: tuple[int, int]) -> None:
    hits, n = counts
    rate, opposite = Rate.of(hits, n), Rate.of(n - hits, n)
    assert 0 <= rate.low <= rate.rate <= rate.high <= 1
    assert (rate.low, rate.high) == pytest.approx((1 - opposite.high, 1 - opposite.low), abs=2e-4)


@pytest.mark.parametrize(("hits", "n"), [(0, 0), (3, 2), (-1, 4)])
def test_what_is_no_share_is_named(hits: int, n: int) -> None:
    with pytest.raises(ValueError, match=f"{hits} of {n} is no share"):
        Rate.of(hits, n)
