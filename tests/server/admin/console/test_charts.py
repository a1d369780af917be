"""The geometry of what the console draws."""

import math
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.admin.console.charts import BOTTOM, LEFT, RIGHT, SPARK_HEIGHT, SPARK_WIDTH, TOP, plots, scale, spark
from server.telemetry.recent import BINS, Bin

RATES = st.fixed_dictionaries(
    {"strength": st.floats(0, 50)}, optional={name: st.floats(0, 1) for name in ("harmful_refused", "exact", "broken")}
)


@given(st.lists(st.integers(0, 500).flatmap(lambda n: st.builds(Bin, st.just(n), st.integers(0, n))), max_size=BINS))
def test_a_spark_stays_in_its_box_and_counts_all(bins: list[Bin]) -> None:
    drawn = spark(bins)
    assert drawn.answers == sum(each.answers for each in bins)
    assert drawn.refusals == sum(each.refusals for each in bins)
    for path in (drawn.all_path, drawn.refused_path):
        for x, base, top in re.findall(r"M(\d+) (\d+)V([\d.e+-]+)", path):
            assert 0 <= int(x) <= SPARK_WIDTH
            assert 0 <= float(top) < int(base) == SPARK_HEIGHT


def test_the_busiest_bin_is_as_high_as_the_box_and_the_least_can_be_seen() -> None:
    drawn = spark([Bin(), Bin(1, 0), Bin(1000, 0)])
    assert drawn.all_path == "M3 28V26.5M5 28V0"
    assert drawn.ratio == 0
    assert spark([]).ratio is None


STRENGTH = st.floats(0, 1000)


@given(
    STRENGTH, STRENGTH, STRENGTH, st.none() | st.tuples(STRENGTH, STRENGTH), st.none() | st.just(math.inf) | STRENGTH
)
def test_a_scale_shows_all_that_is_on_it(
    strength: float, least: float, ceiling: float, band: tuple[float, float] | None, cap: float | None
) -> None:
    drawn = scale(strength, least, ceiling, band, cap)
    assert drawn.top >= max(2.0, strength, least, ceiling, band[1] if band else 0)
    assert 0 <= drawn.at(strength) <= 100
    assert drawn.at(drawn.top) == 100
    assert 2 <= len(drawn.ticks) <= 10
    assert drawn.ticks[-1] <= drawn.top


@pytest.mark.parametrize(
    ("strength", "holds", "remark"),
    [
        (1.0, True, None),
        (0.2, True, "Outside the certified band"),
        (2.5, True, "Outside the certified band"),
        (0.0, True, "nothing is steered"),
        (9.0, True, "dose cap: requests get 3.7"),
        (1.0, False, "the gate is off"),
    ],
)
def test_a_strength_is_remarked_upon(strength: float, holds: bool, remark: str | None) -> None:
    found = scale(strength, 0, 2, (0.38, 2.22), 3.7, band_holds=holds).remark
    assert (found is None) if remark is None else remark in (found or "")


@given(st.lists(RATES, min_size=2, max_size=20))
def test_curves_stay_in_their_box(points: list[dict[str, float]]) -> None:
    for plot in plots({"curves": {"gated": points}}, (0.5, 1.5), 1.0):
        for series in plot.series:
            for x, y in series.points:
                assert LEFT - 1e-6 <= x <= RIGHT + 1e-6
                assert TOP - 1e-6 <= y <= BOTTOM + 1e-6
        assert len(plot.x_ticks) <= 10


@pytest.mark.parametrize(
    "evaluation",
    [
        {},
        {"curves": None},
        {"curves": {"gated": "none"}},
        {"curves": {"gated": [1, None, {}, {"strength": "1"}]}},
        {"curves": {"gated": [{"strength": 1.0, "exact": 1.0}]}},
        {"curve": [{"strength": math.nan}, {"strength": math.inf}]},
        {"curve": {"strength": 1.0}},
    ],
)
def test_an_evaluation_without_curves_draws_none(evaluation: dict[str, Any]) -> None:
    assert plots(evaluation, (0.5, 1.5), 1.0) == ()
