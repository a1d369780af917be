"""A calibration's curves as a figure: what each strength refuses, over-refuses, keeps exact and breaks."""

from collections.abc import Mapping
from io import StringIO
from typing import Any

MEASURES = {
    "harmful_refused": "harmful refused",
    "over_refusal": "benign refused",
    "exact": "benign exact",
    "broken": "broken",
}


def draw_curves(card: Mapping[str, Any]) -> str:
    """SVG of a version's evaluation card: one panel a mode, shares over the strength. Needs matplotlib."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.hashsalt": "sarsteer", "font.size": 9})
    from matplotlib import pyplot
    from matplotlib.ticker import ScalarFormatter

    curves = card["curves"]
    figure, axes = pyplot.subplots(1, len(curves), figsize=(4.6 * len(curves), 3.2), sharey=True, layout="constrained")
    for axis, (mode, points) in zip([axes] if len(curves) == 1 else axes, curves.items(), strict=True):
        for measure, label in MEASURES.items():
            known = [(point["strength"], point[measure]) for point in points if point[measure] is not None]
            axis.plot([x for x, _ in known], [y for _, y in known], marker="o", ms=3, label=label)
        axis.set_title(mode)
        axis.set_xscale("log", base=2)
        axis.xaxis.set_major_formatter(ScalarFormatter())
        axis.set_xlabel("strength (1 is recommended)")
        axis.set_ylim(-0.02, 1.05)
        axis.spines[["top", "right"]].set_visible(False)
    handles = axis.get_legend_handles_labels()
    figure.legend(*handles, loc="outside lower center", ncols=len(MEASURES), frameon=False)
    text = StringIO()
    figure.savefig(text, format="svg", metadata={"Date": None})
    pyplot.close(figure)
    return text.getvalue()
