"""A report as one HTML page that holds all it needs: no script, no other file, readable on a phone, light or dark."""

from collections.abc import Iterable, Sequence
from html import escape

from steering.evaluation.report_figures import curve_figure, interval_figure
from steering.evaluation.report_schema import Metric, Metrics, Report, Share
from steering.evaluation.report_style import STYLE

HEAT: tuple[tuple[Metric, str, str, str], ...] = (
    ("harmful_refused", "Harmful refused", "good", "Share of harmful requests that were refused; more is better."),
    ("benign_refused", "Over-refusal", "bad", "Share of benign requests that were refused; less is better."),
    ("benign_exact", "Exact", "good", "Share of benign requests answered word for word as expected; more is better."),
    ("broken", "Broken", "bad", "Share of all answers that got stuck or say nothing; less is better."),
)
_NONE = "\u2013"

Cell = str | int | Share | None


def report_page(report: Report) -> str:
    """The page; raise FiguresUnavailableError without matplotlib."""
    curved = list(dict.fromkeys(curve.condition for curve in report.curves))
    first = report.conditions[0].name
    sections = (
        _facts(report),
        _section(f"Under {first}", _overview(report, first), _grid([interval_figure(report, first)])),
        *(_section(title, f"<p>{text}</p>", _heat(report, metric, tone)) for metric, title, tone, text in HEAT),
        _section("Over the strength", _curves(report), _grid(curve_figure(report, name) for name in curved)),
        _section("Heard right or not", _heard(report)),
        _section(f"Against {report.paired[0].against}" if report.paired else "Paired tests", _paired(report)),
        _section("Gates", _gates(report)),
        _section("Judges that disagree", _disagreements(report)),
        _section("Costs", _costs(report)),
        _section("Conditions and defences", _conditions(report), _sources(report)),
    )
    title = f"sarsteer evaluation: {escape(report.run.suite)}"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
        + "\n".join(sections)
        + "\n</main>\n</body>\n</html>\n"
    )


def _facts(report: Report) -> str:
    run = report.run
    digests = [*run.vectors.items(), *run.inputs.items()]
    rows = [
        ("Model", run.model),
        *((name, digest) for name, digest in digests),
        ("Judges", f"{', '.join(report.judges)}; what follows is by {report.judges[0]} unless it says otherwise"),
        ("Date", run.date),
        ("Command", run.command),
        ("Machine", f"{run.cores} cores; sarsteer {run.version}; seed {run.seed}"),
    ]
    return "<dl>" + "".join(f"<dt>{escape(key)}</dt><dd>{escape(value)}</dd>" for key, value in rows) + "</dl>"


def _overview(report: Report, condition: str) -> str:
    columns = [*((metric, title) for metric, title, *_ in HEAT), ("balanced", "Balanced")]
    rows = [
        [cell.defence, *(getattr(cell.all, metric) for metric, _ in columns)]
        for cell in report.cells
        if (cell.judge, cell.condition) == (report.judges[0], condition)
    ]
    return _table(["Defence", *(title for _, title in columns)], rows)


def _heat(report: Report, metric: str, tone: str) -> str:
    """Defences down, conditions across."""
    found = {(c.defence, c.condition): getattr(c.all, metric) for c in report.cells if c.judge == report.judges[0]}
    head = "".join(f'<th scope="col">{escape(condition.name)}</th>' for condition in report.conditions)
    body = []
    for defence in report.defences:
        shares = [found.get((defence.name, condition.name)) for condition in report.conditions]
        cells = "".join(f'<td class="{tone}" style="--share:{s.rate if s else 0}">{_html(s)}</td>' for s in shares)
        body.append(f'<tr><th scope="row">{escape(defence.name)}</th>{cells}</tr>')
    return f'<div class="wide"><table class="heat"><tr><th>%</th>{head}</tr>{"".join(body)}</table></div>'


def _curves(report: Report) -> str:
    rows = [
        [
            curve.condition,
            curve.defence,
            f"{point.strength:g}",
            *(getattr(point.metrics, metric) for metric, *_ in HEAT),
            f"{curve.area:.3f}",
        ]
        for curve in report.curves
        if curve.judge == report.judges[0]
        for point in curve.points
    ]
    text = "<p>Harmful refused over benign refused; the area is under that curve, from (0, 0) to (1, 1).</p>"
    return text + _folded(_table(["Condition", "Defence", "Strength", *(title for _, title, *_ in HEAT), "Area"], rows))


def _heard(report: Report) -> str:
    def pair(metrics: Metrics | None) -> list[Share | None]:
        return [metrics.harmful_refused, metrics.benign_refused] if metrics else [None, None]

    rows: list[list[Cell]] = [
        [cell.condition, cell.defence, *pair(cell.heard), *pair(cell.misheard)]
        for cell in report.cells
        if cell.judge == report.judges[0] and cell.heard is not None
    ]
    text = "<p>A request counts as heard where the undefended model answers as one that understood and complies.</p>"
    columns = ["Harmful refused, heard", "Over-refusal, heard", "Harmful refused, misheard", "Over-refusal, misheard"]
    return text + _folded(_table(["Condition", "Defence", *columns], rows))


def _paired(report: Report) -> str:
    rows: list[list[Cell]] = [
        [
            test.condition,
            test.defence,
            test.metric.replace("_", " "),
            test.n,
            test.only_defence,
            test.only_against,
            f"{test.p:.2g}",
            f"{test.p_holm:.2g}",
        ]
        for test in report.paired
        if test.judge == report.judges[0]
    ]
    text = "<p>McNemar's exact test on the same items: how many only the defence, or only the other, got right.</p>"
    columns = ["Condition", "Defence", "Metric", "n", "Only it", "Only the other", "p", "p (Holm)"]
    return text + _folded(_table(columns, rows))


def _gates(report: Report) -> str:
    return _table(
        ["Condition", "Defence", "AUROC, %"], [[gate.condition, gate.defence, gate.auroc] for gate in report.gates]
    )


def _disagreements(report: Report) -> str:
    rows: list[list[Cell]] = [
        [" / ".join(row.judges), row.defence, row.differing, None if row.kappa is None else f"{row.kappa:.2f}"]
        for row in report.disagreements
    ]
    return _table(["Judges", "Defence", "Differing, %", "Kappa"], rows)


def _costs(report: Report) -> str:
    rows: list[list[Cell]] = [
        [
            cost.defence,
            cost.condition or "preparing",
            None if cost.strength is None else f"{cost.strength:g}",
            cost.items,
            cost.requests,
            f"{cost.seconds:.1f}",
        ]
        for cost in report.costs
    ]
    text = "<p>The first defence that is asked about a clip pays for encoding it.</p>"
    columns = ["Defence", "Condition", "Strength", "Items", "Requests", "Seconds"]
    return text + _folded(_table(columns, rows))


def _conditions(report: Report) -> str:
    rows: list[list[Cell]] = [[each.name, each.harmful, each.benign, each.left_out] for each in report.conditions]
    return _table(["Condition", "Harmful", "Benign", "Left out"], rows)


def _sources(report: Report) -> str:
    return _table(["Defence", "Source"], [[each.name, each.source] for each in report.defences])


def _html(cell: Cell) -> str:
    """A share is in per cent, over its interval."""
    if cell is None:
        return _NONE
    if not isinstance(cell, Share):
        return escape(str(cell))
    low, rate, high = (100 * value for value in (cell.low, cell.rate, cell.high))
    return f'<span title="n = {cell.n}">{rate:.1f}</span><small>{low:.0f}\u2013{high:.0f}</small>'


def _table(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    if not rows:
        return "<p>Nothing to show in this run.</p>"
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "".join(f"<tr>{''.join(f'<td>{_html(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f'<div class="wide"><table><tr>{head}</tr>{body}</table></div>'


def _folded(inner: str) -> str:
    return f"<details><summary>Table</summary>{inner}</details>"


def _grid(figures: Iterable[str]) -> str:
    return f'<div class="figures">{"".join(f"<figure>{svg}</figure>" for svg in figures)}</div>'


def _section(title: str, *parts: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{''.join(parts)}</section>"
