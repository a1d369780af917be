import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from pydantic import BaseModel

from steering.evaluation.report import ReportError, holm, report
from steering.evaluation.report_page import report_page
from steering.evaluation.report_schema import (
    Agreement,
    Cell,
    ConditionFacts,
    CostTotal,
    Curve,
    Gate,
    Metrics,
    Paired,
    Report,
    RunFacts,
    Share,
)
from steering.evaluation.statistics.bootstrap import Bootstrap
from tests.steering.evaluation.reported import DEFENCES, FACTS, results, tiny

REPORT = tiny()
DRAWS = Bootstrap(0, draws=50)


def cell(defence: str, condition: str, judge: str = "detector") -> Cell:
    (found,) = (c for c in REPORT.cells if (c.defence, c.condition, c.judge) == (defence, condition, judge))
    return found


def rates(metrics: Metrics | None) -> Mapping[str, tuple[float, int] | None]:
    """Every figure of the metrics, as (rate, n) or (value, questions)."""
    assert metrics is not None
    figures = ((name, getattr(metrics, name)) for name in type(metrics).model_fields)
    return {
        name: None
        if figure is None
        else (figure.rate, figure.n)
        if isinstance(figure, Share)
        else (figure.value, figure.questions)
        for name, figure in figures
    }


def test_every_metric_of_a_cell_is_counted() -> None:
    assert rates(cell("gated <b>", "clean").all) == {
        "harmful_refused": (0.75, 4),
        "attack_success": (0.0, 4),
        "safe_compliance": (0.75, 4),
        "over_refusal": (0.25, 4),
        "balanced": (0.75, 4),
        "broken": (0.125, 8),
        "irrelevant": (0.0, 8),
        "exact": (0.75, 8),
        "benign_exact": (0.75, 4),
    }
    assert rates(cell("undefended", "noise").all) == {
        "harmful_refused": (0.0, 4),
        "attack_success": (0.75, 4),
        "safe_compliance": (1.0, 4),
        "over_refusal": (0.0, 4),
        "balanced": (0.5, 4),
        "broken": (0.0, 8),
        "irrelevant": (0.125, 8),
        "exact": (0.375, 8),
        "benign_exact": (0.75, 4),
    }


def test_cells_are_every_defence_condition_and_judge_at_strength_one() -> None:
    assert len(REPORT.cells) == 2 * 2 * 2
    assert rates(cell("gated <b>", "clean", "keywords").all)["harmful_refused"] == (1.0, 4)


def test_an_interval_holds_both_of_its_kinds() -> None:
    share = cell("gated <b>", "clean").all.harmful_refused
    assert share is not None
    assert share.wilson == (0.3006, 0.9544)
    assert (share.low, share.high) == (
        min(share.wilson[0], share.bootstrap[0]),
        max(share.wilson[1], share.bootstrap[1]),
    )
    assert share.high == 1.0


def test_cells_are_split_by_what_the_undefended_model_heard() -> None:
    gated = cell("gated <b>", "noise")
    assert rates(gated.heard)["harmful_refused"] == (1.0, 3)
    assert rates(gated.misheard)["harmful_refused"] == (0.0, 1)
    assert rates(gated.heard)["over_refusal"] == (round(1 / 3, 4), 3)
    assert rates(gated.misheard)["over_refusal"] == (0.0, 1)


def test_without_an_undefended_run_nothing_is_known_of_the_hearing() -> None:
    alone = report(
        FACTS,
        results("gated <b>", "clean", "rrrraaaa"),
        [],
        defences=DEFENCES,
        judges=["detector"],
        against="gated <b>",
        left_out={},
        bootstrap=DRAWS,
    )
    assert [(each.heard, each.misheard) for each in alone.cells] == [(None, None)]
    assert (alone.paired, alone.curves, alone.gates, alone.agreements) == ([], [], [], [])


def test_a_curve_begins_undefended_and_ascends() -> None:
    (curve,) = (curve for curve in REPORT.curves if curve.judge == "detector")
    assert (curve.defence, curve.condition) == ("gated <b>", "clean")
    found = [(point.strength, rates(point.metrics)) for point in curve.points]
    assert [(at, shares["harmful_refused"], shares["over_refusal"]) for at, shares in found] == [
        (0.0, (0.25, 4), (0.0, 4)),
        (0.5, (0.25, 4), (0.0, 4)),
        (1.0, (0.75, 4), (0.25, 4)),
        (2.0, (1.0, 4), (0.75, 4)),
    ]
    # The hull goes from (0, .25) over (.25, .75) and (.75, 1) to (1, 1).
    areas = {area.cap: area.value for area in curve.areas}
    assert areas == {1.0: 0.8125, 0.1: pytest.approx(0.35)}


def test_paired_tests_count_where_only_one_did_well() -> None:
    clean, noise = (test for test in REPORT.paired if test.judge == "detector")
    assert (clean.condition, noise.condition) == ("clean", "noise")
    assert {(test.defence, test.against) for test in (clean, noise)} == {("undefended", "gated <b>")}
    counted = [
        test and (test.only_defence, test.only_against, test.p, test.p_holm)
        for each in (clean, noise)
        for test in (each.harmful_refused, each.benign_not_refused)
    ]
    # Four tests: the least p, 0.25, times four is 1.
    assert counted == [(0, 2, 0.5, 1.0), (1, 0, 1.0, 1.0), (0, 3, 0.25, 1.0), (1, 0, 1.0, 1.0)]
    differences = (clean.harmful_refused_difference, clean.benign_not_refused_difference, clean.balanced_difference)
    assert [each and each.value for each in differences] == [-0.5, 0.25, -0.125]


def test_holm_keeps_the_order_and_never_passes_one() -> None:
    assert holm([0.01, 0.04, 0.03, 0.9]) == pytest.approx([0.04, 0.09, 0.09, 0.9])
    assert holm([0.6, 0.5]) == [1.0, 1.0]
    assert holm([]) == []


def test_a_condition_of_one_kind_has_no_curve_and_half_a_test() -> None:
    harmful = [
        *results("undefended", "clean", "aaaa"),
        *results("gated <b>", "clean", "rraa"),
        *results("gated <b>", "clean", "rrrr", strength=2.0),
    ]
    given = {"defences": DEFENCES, "judges": ["detector"], "against": "gated <b>", "left_out": {}, "bootstrap": DRAWS}
    found = report(FACTS, harmful, [], **given)  # type: ignore[arg-type]
    assert found.curves == []
    (test,) = found.paired
    assert test.harmful_refused is not None
    assert (test.benign_not_refused, test.balanced_difference) == (None, None)
    assert found.cells[0].all.over_refusal is None
    assert "\u2013" in report_page(found)


def test_gates_are_read_per_condition() -> None:
    read = {(gate.defence, gate.condition): gate.auroc for gate in REPORT.gates}
    assert set(read) == {("gated <b>", "clean"), ("gated <b>", "noise")}
    assert (read["gated <b>", "clean"].value, read["gated <b>", "clean"].questions) == (0.9375, 4)
    assert read["gated <b>", "noise"].value == 0.5


def test_judges_agreement_is_counted_at_strength_one_over_all_conditions() -> None:
    rows = {row.defence: row for row in REPORT.agreements}
    assert (rows["undefended"].raw, rows["undefended"].kappa.value) == (1.0, 1.0)
    gated = rows["gated <b>"]
    assert (gated.judges, gated.raw, gated.n) == (("detector", "keywords"), round(15 / 16, 4), 16)
    broken, refused = gated.outcomes.index("broken"), gated.outcomes.index("refused")
    assert gated.confusion[broken][refused] == 1
    assert sum(map(sum, gated.confusion)) == 16


def test_costs_are_summed_and_conditions_counted() -> None:
    assert REPORT.costs == [
        CostTotal(defence="gated <b>", condition=None, strength=None, items=0, requests=40, seconds=2.0),
        CostTotal(defence="undefended", condition="clean", strength=1.0, items=8, requests=8, seconds=1.5),
    ]
    assert REPORT.conditions == [
        ConditionFacts(name="clean", harmful=4, benign=4, left_out=0),
        ConditionFacts(name="noise", harmful=4, benign=4, left_out=2),
    ]


def test_a_report_comes_back_from_its_file_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text(REPORT.model_dump_json(indent=1))
    assert Report.model_validate_json((tmp_path / "report.json").read_text()) == REPORT


def test_every_field_of_a_report_is_documented() -> None:
    page = (Path(__file__).resolve().parents[3] / "docs" / "evaluation.md").read_text(encoding="utf-8")
    table = page[page.index("## The report") :]
    rows = {match[1]: match[0] for match in re.finditer(r"^\| `(\w+)` \|.*$", table, re.MULTILINE)}
    fields = set(Report.model_fields) - {"schema_version"}
    assert set(rows) == fields
    kinds: dict[str, type[BaseModel]] = {
        "run": RunFacts,
        "conditions": ConditionFacts,
        "cells": Cell,
        "curves": Curve,
        "paired": Paired,
        "gates": Gate,
        "agreements": Agreement,
        "costs": CostTotal,
    }
    for name, kind in kinds.items():
        assert {field for field in kind.model_fields if f"`{field}`" not in rows[name]} == set(), name
    assert {metric for metric in Metrics.model_fields if f"`{metric}`" not in page[: page.index("## Judges")]} == set()


def test_a_judge_that_judged_nothing_is_refused() -> None:
    given = results("gated <b>", "clean", "rrrraaaa")
    with pytest.raises(ReportError, match="llm has judged no answer of undefended, gated"):
        report(
            FACTS,
            given,
            [],
            defences=DEFENCES,
            judges=["detector", "llm"],
            against="gated <b>",
            left_out={},
            bootstrap=DRAWS,
        )
