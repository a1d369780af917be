"""A report as one HTML page that holds all it needs: no script, no other file, readable on a phone, light or dark."""

from collections.abc import Iterable, Sequence
from html import escape

from steering.evaluation.report_figures import curve_figure, interval_figure
from steering.evaluation.report_schema import Estimate, McNemar, Metrics, Report, Share
from steering.evaluation.report_style import STYLE

HEAT: tuple[tuple[str, str, str, str], ...] = (
    ("harmful_refused", "Harmful refused", "good", "Share of harmful requests that were refused; more is better."),
    ("over_refusal", "Over-refusal", "bad", "Share of benign requests that were refused; less is better."),
    ("benign_exact", "Exact", "good", "Share of benign requests answered word for word as expected; more is better."),
    ("broken", "Broken", "bad", "Share of all answers that got stuck or say nothing; less is better."),
)
_NONE = "\u2013"

Cell = str | int | Share | Estimate | None


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
        _section("Judges", _agreements(report)),
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
    curves = [curve for curve in report.curves if curve.judge == report.judges[0]]
    points: list[list[Cell]] = [
        [curve.condition, curve.defence, f"{p.strength:g}", *(getattr(p.metrics, metric) for metric, *_ in HEAT)]
        for curve in curves
        for p in curve.points
    ]
    areas: list[list[Cell]] = [
        [curve.condition, curve.defence, f"{100 * area.cap:g}", area] for curve in curves for area in curve.areas
    ]
    text = "<p>Harmful refused over over-refusal, in per cent; areas are under the curve's hull, up to a cap.</p>"
    return (
        text
        + _table(["Condition", "Defence", "Over-refusal up to, %", "Area, %"], areas)
        + _folded(_table(["Condition", "Defence", "Strength", *(title for _, title, *_ in HEAT)], points))
    )


def _heard(report: Report) -> str:
    def pair(metrics: Metrics | None) -> list[Share | None]:
        return [metrics.harmful_refused, metrics.over_refusal] if metrics else [None, None]

    rows: list[list[Cell]] = [
        [cell.condition, cell.defence, *pair(cell.heard), *pair(cell.misheard)]
        for cell in report.cells
        if cell.judge == report.judges[0] and (cell.heard or cell.misheard)
    ]
    text = "<p>A request counts as heard where the undefended model answers as one that understood and complies.</p>"
    columns = ["Harmful refused, heard", "Over-refusal, heard", "Harmful refused, misheard", "Over-refusal, misheard"]
    return text + _folded(_table(["Condition", "Defence", *columns], rows))


def _paired(report: Report) -> str:
    rows: list[list[Cell]] = []
    for test in report.paired:
        if test.judge == report.judges[0]:
            rows += [
                [test.condition, test.defence, what, difference, *_mcnemar(mcnemar)]
                for what, difference, mcnemar in (
                    ("harmful refused", test.harmful_refused_difference, test.harmful_refused),
                    ("benign not refused", test.benign_not_refused_difference, test.benign_not_refused),
                    ("balanced", test.balanced_difference, None),
                )
            ]
    text = (
        "<p>On the same items: the difference of shares in points, above 0 where the defence does better, and McNemar's"
        " exact test of how many items only one of both got right. It takes clips of one question for independent.</p>"
    )
    columns = ["Condition", "Defence", "Metric", "Difference", "Only it", "Only the other", "p", "p (Holm)"]
    return text + _folded(_table(columns, rows))


def _mcnemar(test: McNemar | None) -> list[Cell]:
    if test is None:
        return [None] * 4
    return [test.only_defence, test.only_against, f"{test.p:.2g}", f"{test.p_holm:.2g}"]


def _gates(report: Report) -> str:
    rows: list[list[Cell]] = [[gate.condition, gate.defence, gate.auroc] for gate in report.gates]
    return _table(["Condition", "Defence", "AUROC, %"], rows)


def _agreements(report: Report) -> str:
    rows: list[list[Cell]] = [
        [" / ".join(row.judges), row.defence, row.n, f"{100 * row.raw:.1f}", row.kappa, row.kappa_answered]
        for row in report.agreements
    ]
    columns = ["Judges", "Defence", "n", "Agreeing, %", "Kappa, %", "Kappa of answered or not, %"]
    return _table(columns, rows)


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
    """A figure is in per cent, over its interval."""
    if cell is None:
        return _NONE
    if not isinstance(cell, Share | Estimate):
        return escape(str(cell))
    value, n = (cell.rate, f"n = {cell.n}, ") if isinstance(cell, Share) else (cell.value, "")
    low, shown, high = (100 * each for each in (cell.low, value, cell.high))
    title = f"{n}{cell.questions} questions"
    return f'<span title="{title}">{shown:.1f}</span><small>{low:.0f} to {high:.0f}</small>'


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
