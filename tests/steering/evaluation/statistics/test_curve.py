"""The curve over the strength and the area under its hull."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from steering.evaluation.statistics.bootstrap import Bootstrap
from steering.evaluation.statistics.curve import area, curve
from tests.steering.evaluation.verdicts import JUDGE, results

BOOTSTRAP = Bootstrap(seed=0, draws=200)
Shares = st.floats(0, 1).map(lambda value: round(value, 3))
Points = st.lists(st.tuples(Shares, Shares), min_size=1, max_size=8)
Caps = st.sampled_from([0.1, 0.25, 1.0])


def area_of(points: list[tuple[float, float]], cap: float) -> float:
    return area(np.array(points), cap)


@pytest.mark.parametrize(
    ("points", "cap", "expected"),
    [
        ([(0.0, 0.0)], 1.0, 0.5),
        ([(0.0, 0.0)], 0.1, 0.05),
        ([(0.0, 1.0)], 0.1, 1.0),
        ([(0.5, 0.5)], 1.0, 0.5),
        ([(0.0, 0.8)], 1.0, 0.9),
        ([(0.1, 0.9)], 0.1, 0.45),
        ([(0.2, 0.8)], 0.1, 0.2),
        ([(0.2, 0.8)], 1.0, 0.8),
        ([(0.0, 0.0), (0.1, 0.8), (0.3, 0.9), (0.2, 0.1), (0.9, 0.2)], 0.1, 0.4),
    ],
)
def test_areas_that_can_be_drawn_by_hand(points: list[tuple[float, float]], cap: float, expected: float) -> None:
    assert area_of(points, cap) == pytest.approx(expected)


@given(Points, Points, Caps)
def test_another_strength_never_makes_a_defence_worse(
    points: list[tuple[float, float]], more: list[tuple[float, float]], cap: float
) -> None:
    assert cap / 2 - 1e-9 <= area_of(points, cap) <= area_of(points + more, cap) + 1e-9 <= 1 + 2e-9


@given(Points, Caps)
def test_the_order_of_points_does_not_matter_and_the_hull_is_over_them(
    points: list[tuple[float, float]], cap: float
) -> None:
    assert area_of(points[::-1], cap) == pytest.approx(area_of(points, cap))
    beside, above = max(points, key=lambda point: point[1] - point[0])
    assert area_of(points, 1.0) >= 0.5 + (above - beside) / 2 - 1e-9


@pytest.mark.parametrize("cap", [0.0, -1.0, 1.1])
def test_a_cap_that_is_no_share_is_named(cap: float) -> None:
    with pytest.raises(ValueError, match=f"The cap on over-refusal is {cap}"):
        area_of([(0.0, 0.0)], cap)


def test_points_are_by_strength_and_areas_have_intervals() -> None:
    by_strength = {
        1.0: results("RRRRRRRRAA", "AAAAAAAAAR"),
        0.0: results("AAAAAAAAAA", "AAAAAAAAAA"),
        2.0: results("RRRRRRRBBB", "RRRRAAAAAA"),
    }
    drawn = curve(by_strength, JUDGE, BOOTSTRAP)
    assert [(point.strength, point.over_refusal, point.harmful_refused) for point in drawn.points] == [
        (0.0, 0.0, 0.0),
        (1.0, 0.1, 0.8),
        (2.0, 0.4, 0.7),
    ]
    assert drawn.areas[1.0].value == pytest.approx(0.85)
    assert drawn.areas[0.1].value == pytest.approx(0.4)
    for estimate in drawn.areas.values():
        assert estimate.low < estimate.value < estimate.high
        assert estimate.questions == 10


def test_a_defence_without_strength_is_one_point() -> None:
    assert curve({1.0: results("RRRRA", "AAAAA")}, JUDGE, BOOTSTRAP).areas[1.0].value == pytest.approx(0.9)


def test_strengths_must_be_of_the_same_items_of_both_kinds() -> None:
    with pytest.raises(ValueError, match=r"Strengths 0.0 and 1.0 have other items"):
        curve({0.0: results("AA", "A"), 1.0: results("AA", "AA")}, JUDGE, BOOTSTRAP)
    with pytest.raises(ValueError, match=r"Strength 1.0 has requests of one kind only"):
        curve({1.0: results("AA")}, JUDGE, BOOTSTRAP)
    with pytest.raises(ValueError, match="one strength at least"):
        curve({}, JUDGE, BOOTSTRAP)
