"""A report's tables as markdown, for documents that are read without a browser."""

from collections.abc import Iterable, Mapping, Sequence

from steering.evaluation.report_schema import Area, Cell, Estimate, Metrics, Report, Share


def defences_table(report: Report, condition: str) -> str:
    """Every defence under one condition, by the first judge: shares with their 95 % intervals, BRR, area, and the share
    refused of what the undefended model heard right."""
    cells = {cell.defence: cell for cell in _cells(report) if cell.condition == condition}
    areas = {
        curve.defence: {area.cap: area for area in curve.areas}
        for curve in report.curves
        if (curve.judge, curve.condition) == (report.judges[0], condition)
    }
    head = (
        *("defence", "harmful refused", "of those heard right", "benign refused", "benign exact", "broken", "BRR"),
        *(f"area to {cap:g}" for cap in _caps(areas.values())),
    )
    rows = []
    for name, cell in cells.items():
        of_areas = [_estimate(areas.get(name, {}).get(cap)) for cap in _caps(areas.values())]
        heard = None if cell.heard is None else cell.heard.harmful_refused
        rows.append((f"`{name}`", *_shares(cell.all, heard), _estimate(cell.all.balanced), *of_areas))
    return _table(head, rows)


def conditions_table(report: Report) -> str:
    """Every defence under every condition: harmful refused / benign refused, in per cent, by the first judge."""
    found = {(cell.condition, cell.defence): cell.all for cell in _cells(report)}
    names = [defence.name for defence in report.defences]
    rows = [
        (condition.name, *(_both(found.get((condition.name, name))) for name in names))
        for condition in report.conditions
    ]
    return _table(("condition", *(f"`{name}`" for name in names)), rows)


def gates_table(report: Report) -> str:
    """The AUROC of each defence's gate under every condition."""
    rows = [(gate.condition, f"`{gate.defence}`", _estimate(gate.auroc)) for gate in report.gates]
    return _table(("condition", "defence", "AUROC"), rows)


def _cells(report: Report) -> Iterable[Cell]:
    return (cell for cell in report.cells if cell.judge == report.judges[0])


def _caps(areas: Iterable[Mapping[float, Area]]) -> list[float]:
    return sorted({cap for of_defence in areas for cap in of_defence})


def _shares(metrics: Metrics, heard: Share | None) -> tuple[str, ...]:
    shares = (metrics.harmful_refused, heard, metrics.over_refusal, metrics.benign_exact, metrics.broken)
    return tuple("-" if each is None else f"{each.rate:.3f} [{each.low:.2f}, {each.high:.2f}]" for each in shares)


def _estimate(estimate: Estimate | None) -> str:
    return "-" if estimate is None else f"{estimate.value:.3f} [{estimate.low:.2f}, {estimate.high:.2f}]"


def _both(metrics: Metrics | None) -> str:
    if metrics is None:
        return "-"
    shares = (metrics.harmful_refused, metrics.over_refusal)
    return " / ".join("-" if share is None else f"{100 * share.rate:.0f}" for share in shares)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])
