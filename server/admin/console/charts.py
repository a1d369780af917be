"""The geometry of what is drawn: a quarter of an hour of traffic, a strength on its scale, an evaluation's curves.

Templates draw it with presentation attributes and classes alone: the pages' policy forbids inline styles.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, inf, isfinite
from typing import Any

from server.telemetry.recent import BIN_SECONDS, BINS, Bin

SPARK_WIDTH, SPARK_HEIGHT = 2 * BINS, 28


@dataclass(frozen=True, slots=True)
class Spark:
    """Answers over ``BINS`` bins as two paths in a box of ``SPARK_WIDTH`` by ``SPARK_HEIGHT``: all, and refusals."""

    answers: int
    refusals: int
    all_path: str
    refused_path: str

    @property
    def ratio(self) -> float | None:
        return self.refusals / self.answers if self.answers else None

    @property
    def words(self) -> str:
        minutes = BINS * BIN_SECONDS // 60
        return f"{self.answers} answers in the last {minutes} minutes, {self.refusals} of them refusals"


def spark(bins: Sequence[Bin]) -> Spark:
    """A bar for each bin; the busiest one is as high as the box."""
    most = max((each.answers for each in bins), default=0) or 1

    def bars(heights: Iterable[int]) -> str:
        return "".join(
            f"M{2 * index + 1} {SPARK_HEIGHT}V{SPARK_HEIGHT - max(1.5, SPARK_HEIGHT * height / most):.4g}"
            for index, height in enumerate(heights)
            if height
        )

    return Spark(
        sum(each.answers for each in bins),
        sum(each.refusals for each in bins),
        bars(each.answers for each in bins),
        bars(each.refusals for each in bins),
    )


@dataclass(frozen=True, slots=True)
class Scale:
    """Strengths from 0 to ``top``: the certified band of a set, its dose cap, and the bounds of a policy."""

    top: float
    floor: float
    ceiling: float
    strength: float
    band: tuple[float, float] | None
    cap: float | None
    band_holds: bool = True

    def at(self, strength: float) -> float:
        """Where a strength lies, in percent of the scale."""
        return round(100 * min(max(strength, 0.0), self.top) / self.top, 3)

    @property
    def ticks(self) -> tuple[float, ...]:
        step = next(step for step in (0.5, 1.0, 2.0, 5.0, 10.0, 25.0, 50.0, 100.0, 250.0) if self.top / step <= 8)
        return tuple(step * index for index in range(floor(self.top / step) + 1))

    @property
    def words(self) -> str:
        band = "no certified band" if self.band is None else f"certified from {self.band[0]:g} to {self.band[1]:g}"
        return f"Scale from 0 to {self.top:g}: floor {self.floor:g}, ceiling {self.ceiling:g}, {band}."

    @property
    def remark(self) -> str | None:
        """What is to be said of this strength: that it is outside the band, above the cap, or none at all."""
        if self.cap is not None and self.strength > self.cap:
            return f"Above the set's dose cap: requests get {self.cap:.3g} at the most."
        if self.strength == 0:
            return "At strength 0 nothing is steered."
        if not self.band_holds:
            return "The band is certified through the gate; here the gate is off, and requests are steered in full."
        if self.band is not None and not self.band[0] <= self.strength <= self.band[1]:
            return "Outside the certified band: the set's evaluation says nothing of this strength."
        return None


def scale(
    strength: float,
    least: float,
    ceiling: float,
    band: tuple[float, float] | None,
    largest: float | None,
    *,
    band_holds: bool = True,
) -> Scale:
    """The scale on which all of these can be seen; ``largest`` is the dose cap as a strength, None or inf: none."""
    cap = largest if largest is not None and isfinite(largest) else None
    most = max(2.0, strength, least, ceiling, band[1] if band else 0.0)
    return Scale(ceil(most * 1.06 * 2) / 2, least, ceiling, strength, band, cap, band_holds)


@dataclass(frozen=True, slots=True)
class Series:
    """One curve. ``key`` is its class and ``points`` its SVG path's points."""

    key: str
    label: str
    points: tuple[tuple[float, float], ...]

    @property
    def path(self) -> str:
        return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in self.points)


@dataclass(frozen=True, slots=True)
class Plot:
    """Curves over strength in a box of 640 by 300, with their axes' ticks. Positions are in the box."""

    title: str
    series: tuple[Series, ...]
    x_ticks: tuple[tuple[float, str], ...]
    y_ticks: tuple[tuple[float, str], ...]
    band: tuple[float, float] | None
    one: float
    one_words: str
    axis: str
    rows: tuple[Mapping[str, float], ...]


LEFT, RIGHT, TOP, BOTTOM = 58.0, 628.0, 14.0, 262.0
_CURVES = {
    "harmful_refused": "Harmful refused",
    "exact": "Benign answered exactly",
    "over_refusal": "Benign refused",
    "broken": "Broken answers",
}
_EARLIER = {"exact": "benign_exact", "over_refusal": "benign_refused"}
_TITLES = {"gated": "Through the gate", "ungated": "In full, without the gate", "curve": "Steered in full"}


def plots(evaluation: Mapping[str, Any], band: tuple[float, float], ungated: float) -> tuple[Plot, ...]:
    """A plot for each curve that an evaluation holds; none for what is not there or cannot be read.

    ``ungated`` is the share of the recommended alpha that steering in full gets. The band is certified on the curve of
    what is recommended, which for a set with a gate is the one through it.
    """
    curves = evaluation.get("curves")
    named = dict(curves) if isinstance(curves, dict) else {"curve": evaluation.get("curve")}
    found = ((name, _rows(named.get(name))) for name in _TITLES)
    gated = "gated" in named
    return tuple(
        _plot(_TITLES[name], rows, None, ungated) if gated and name == "ungated" else _plot(_TITLES[name], rows, band)
        for name, rows in found
        if len(rows) > 1
    )


def _rows(points: Any) -> tuple[dict[str, float], ...]:
    """The rates of each point; those of the first evaluations hold intervals too."""
    rows = []
    for point in points if isinstance(points, list) else ():
        if isinstance(point, dict) and (strength := _rate(point.get("strength"))) is not None:
            row = {"strength": strength}
            for name in _CURVES:
                rate = _rate(point.get(name, point.get(_EARLIER.get(name, ""))))
                if rate is not None:
                    row[name] = rate
            rows.append(row)
    return tuple(sorted(rows, key=lambda row: row["strength"]))


def _rate(value: Any) -> float | None:
    if isinstance(value, dict):
        value = value.get("rate")
    return float(value) if isinstance(value, int | float) and isfinite(value) else None


def _plot(title: str, rows: tuple[dict[str, float], ...], band: tuple[float, float] | None, share: float = 1.0) -> Plot:
    most = max(row["strength"] for row in rows) or 1.0
    step = next(step for step in (0.25, 0.5, 1.0, 2.0, 5.0, 10.0, inf) if most / step <= 8)

    def x(strength: float) -> float:
        return LEFT + (RIGHT - LEFT) * min(strength, most) / most

    def y(rate: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * rate

    series = (
        Series(key, label, tuple((x(row["strength"]), y(row[key])) for row in rows if key in row))
        for key, label in _CURVES.items()
    )
    return Plot(
        title,
        tuple(each for each in series if len(each.points) > 1),
        tuple((x(step * index), f"{step * index:g}") for index in range(floor(most / step) + 1)),
        tuple((y(share / 100), f"{share} %") for share in (0, 25, 50, 75, 100)),
        (x(band[0]), x(band[1])) if band and band[0] < most else None,
        x(share),
        "Strength 1" if share == 1 else f"Strength 1 without the gate, {share:g} of the alpha",
        "strength" if share == 1 else "alpha, in multiples of the recommended",
        rows,
    )
