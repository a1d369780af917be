"""A report's figures, as SVG text that takes the page's text colour."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from io import StringIO
from typing import Any

from steering.evaluation.report_schema import Cell, Report, Share

_INK = "#010203"
"""Stands for the page's text colour while matplotlib draws."""
_PALETTE = (
    "#3b82c4",
    "#d9822b",
    "#3a9d6e",
    "#b4539b",
    "#8a6fd1",
    "#c94f4f",
    "#2fa3a8",
    "#9a8a3c",
    "#7d8590",
    "#b07a5b",
)
_MARKERS = "osD^vP*Xhd"


class FiguresUnavailableError(Exception):
    """What draws figures is not installed; the message says how to get it."""


def require_matplotlib() -> None:
    """Raise FiguresUnavailableError where figures cannot be drawn."""
    _pyplot()


def curve_figure(report: Report, condition: str) -> str:
    """Harmful refused over over-refusal, a line a defence through its strengths, by the report's first judge."""
    places = {defence.name: place for place, defence in enumerate(report.defences)}
    curves = [curve for curve in report.curves if (curve.judge, curve.condition) == (report.judges[0], condition)]
    drawn = {curve.defence: [point.metrics for point in curve.points] for curve in curves}
    lines = {cell.defence: [cell.all] for cell in _cells(report, condition)} | drawn
    with _axes(5.2, 4.6, condition) as (axis, finish):
        for name, place in places.items():
            refusals = [(each.over_refusal, each.harmful_refused) for each in lines.get(name, ())]
            path = [(benign.rate, harmful.rate) for benign, harmful in refusals if benign and harmful]
            marker, colour = _MARKERS[place % len(_MARKERS)], _colour(place)
            axis.plot([x for x, _ in path], [y for _, y in path], marker=marker, ms=5, color=colour, label=name)
        axis.set(xlabel="over-refusal", ylabel="harmful refused", xlim=(-0.02, 1.02), ylim=(-0.02, 1.05))
        axis.figure.legend(loc="outside lower center", frameon=False, fontsize=8, ncols=2)
        return finish(f"Harmful refused over over-refusal under {condition}")


def interval_figure(report: Report, condition: str) -> str:
    """Harmful refused, over-refusal and benign exact of every defence, with 95 % intervals."""
    cells = _cells(report, condition)[::-1]
    with _axes(5.2, 1.4 + 0.36 * len(cells), condition) as (axis, finish):
        for place, metric in enumerate(("harmful_refused", "over_refusal", "benign_exact")):
            shares: list[Share | None] = [getattr(cell.all, metric) for cell in cells]
            known = [(row + (1 - place) * 0.2, share) for row, share in enumerate(shares) if share is not None]
            colour = _colour(place)
            axis.hlines(
                [row for row, _ in known], [s.low for _, s in known], [s.high for _, s in known], color=colour, lw=1.6
            )
            rates, rows = [share.rate for _, share in known], [row for row, _ in known]
            axis.plot(rates, rows, _MARKERS[place], ms=5, color=colour, label=metric.replace("_", " "))
        axis.set(xlim=(-0.02, 1.02), yticks=range(len(cells)), yticklabels=[cell.defence for cell in cells])
        axis.figure.legend(loc="outside lower center", frameon=False, fontsize=8, ncols=3)
        return finish(f"Shares with 95 % intervals under {condition}")


def _cells(report: Report, condition: str) -> list[Cell]:
    return [cell for cell in report.cells if (cell.judge, cell.condition) == (report.judges[0], condition)]


def _colour(place: int) -> str:
    return _PALETTE[place % len(_PALETTE)]


def _pyplot() -> Any:
    try:
        import matplotlib
    except ImportError as error:
        raise FiguresUnavailableError(
            "A page's figures need matplotlib, which is not installed; pip install 'sarsteer[evaluation]'."
        ) from error
    matplotlib.use("svg")
    from matplotlib import pyplot

    return pyplot


@contextmanager
def _axes(width: float, height: float, title: str) -> Iterator[tuple[Any, Callable[[str], str]]]:
    """Axes to draw on, and what makes the SVG of them, given its description for who cannot see it."""
    pyplot = _pyplot()
    coloured = ("text.color", "axes.labelcolor", "axes.edgecolor", "xtick.color", "ytick.color", "grid.color")
    style = {"font.size": 10, "axes.titlesize": 11, "grid.alpha": 0.2, "svg.fonttype": "none"}
    with pyplot.rc_context({**style, **dict.fromkeys(coloured, _INK)}):
        figure, axis = pyplot.subplots(figsize=(width, height), layout="constrained")
        axis.spines[["top", "right"]].set_visible(False)
        axis.set_title(title)
        axis.grid(True)
        try:
            yield axis, lambda described: _svg(figure, described)
        finally:
            pyplot.close(figure)


def _svg(figure: Any, described: str) -> str:
    text = StringIO()
    # The salt keeps the ids of several figures on one page apart, and the same from run to run.
    _pyplot().rcParams["svg.hashsalt"] = described
    figure.savefig(text, format="svg", transparent=True, metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    svg = re.sub(r"^.*?(?=<svg)", "", text.getvalue(), flags=re.DOTALL).replace(_INK, "currentColor")
    svg = re.sub(r'<g id="[^"]*"', "<g", svg)  # Numbered anew in every figure, and pointed to by nothing.
    svg = re.sub(r' (width|height)="[^"]*pt"', "", svg, count=2)
    return svg.replace("<svg", f'<svg role="img" aria-label="{escape(described)}"', 1)


def standalone(svg: str) -> str:
    """A figure as a file of its own: dark ink on white, whatever the page that shows it looks like."""
    white = '<rect width="100%" height="100%" fill="#ffffff"/>'
    return re.sub(r"(<svg[^>]*>)", lambda match: match[1] + white, svg, count=1).replace("currentColor", "#1f2328")
