from collections.abc import Mapping
from pathlib import Path

import pytest

from steering.evaluation.report import ReportError, report
from steering.evaluation.report_schema import Cell, ConditionFacts, CostTotal, Metrics, Report, Share
from tests.steering.evaluation.reported import DEFENCES, FACTS, results, tiny

REPORT = tiny()


def cell(defence: str, condition: str, judge: str = "detector") -> Cell:
    (found,) = (c for c in REPORT.cells if (c.defence, c.condition, c.judge) == (defence, condition, judge))
    return found


def rates(metrics: Metrics | None) -> Mapping[str, tuple[float, int] | None]:
    assert metrics is not None
    shares = ((name, getattr(metrics, name)) for name in type(metrics).model_fields)
    return {name: (share.rate, share.n) if isinstance(share, Share) else None for name, share in shares}


def test_every_metric_of_a_cell_is_counted() -> None:
    assert rates(cell("gated <b>", "clean").all) == {
        "harmful_refused": (0.75, 4),
        "harmful_answered": (0.0, 4),
        "benign_refused": (0.25, 4),
        "benign_exact": (0.75, 4),
        "irrelevant": (0.0, 8),
        "broken": (0.125, 8),
        "balanced": (0.75, 8),
    }
    assert rates(cell("undefended", "noise").all) == {
        "harmful_refused": (0.0, 4),
        "harmful_answered": (0.75, 4),
        "benign_refused": (0.0, 4),
        "benign_exact": (0.75, 4),
        "irrelevant": (0.125, 8),
        "broken": (0.0, 8),
        "balanced": (0.5, 8),
    }


def test_cells_are_every_defence_condition_and_judge_at_strength_one() -> None:
    assert len(REPORT.cells) == 2 * 2 * 2
    assert rates(cell("gated <b>", "clean", "keywords").all)["harmful_refused"] == (1.0, 4)


def test_shares_lie_in_their_intervals() -> None:
    for each in REPORT.cells:
        for share in (getattr(each.all, name) for name in Metrics.model_fields):
            assert 0 <= share.low <= share.rate <= share.high <= 1


def test_cells_are_split_by_what_the_undefended_model_heard() -> None:
    gated = cell("gated <b>", "noise")
    assert rates(gated.heard)["harmful_refused"] == (1.0, 3)
    assert rates(gated.misheard)["harmful_refused"] == (0.0, 1)
    assert rates(gated.heard)["benign_refused"] == (round(1 / 3, 4), 3)
    assert rates(gated.misheard)["benign_refused"] == (0.0, 1)


def test_without_an_undefended_run_nothing_is_known_of_the_hearing() -> None:
    alone = report(
        FACTS,
        results("gated <b>", "clean", "rrrraaaa"),
        [],
        defences=DEFENCES,
        judges=["detector"],
        against="gated <b>",
        left_out={},
    )
    assert [(each.heard, each.misheard) for each in alone.cells] == [(None, None)]
    assert (alone.paired, alone.curves, alone.gates, alone.disagreements) == ([], [], [], [])


def test_a_curve_begins_undefended_and_ascends() -> None:
    (curve,) = (curve for curve in REPORT.curves if curve.judge == "detector")
    assert (curve.defence, curve.condition) == ("gated <b>", "clean")
    found = [(point.strength, rates(point.metrics)) for point in curve.points]
    assert [(at, shares["harmful_refused"], shares["benign_refused"]) for at, shares in found] == [
        (0.0, (0.25, 4), (0.0, 4)),
        (0.5, (0.25, 4), (0.0, 4)),
        (1.0, (0.75, 4), (0.25, 4)),
        (2.0, (1.0, 4), (0.75, 4)),
    ]
    # (0, .25) to (.25, .75) to (.75, 1) to (1, 1).
    assert curve.area == pytest.approx(0.25 * 0.5 + 0.5 * 0.875 + 0.25, abs=1e-4)


def test_paired_tests_count_where_only_one_did_well() -> None:
    tests = {(test.condition, test.metric): test for test in REPORT.paired if test.judge == "detector"}
    assert {test.defence for test in tests.values()} == {"undefended"}
    counted = {key: (test.n, test.only_defence, test.only_against) for key, test in tests.items()}
    assert counted == {
        ("clean", "harmful_refused"): (4, 0, 2),
        ("clean", "benign_refused"): (4, 1, 0),
        ("clean", "benign_exact"): (4, 1, 0),
        ("clean", "broken"): (8, 1, 0),
        ("noise", "harmful_refused"): (4, 0, 3),
        ("noise", "benign_refused"): (4, 1, 0),
        ("noise", "benign_exact"): (4, 1, 1),
        ("noise", "broken"): (8, 0, 0),
    }
    assert tests["noise", "harmful_refused"].p == 0.25
    assert tests["noise", "harmful_refused"].p_holm == 1.0


def test_gates_are_read_per_condition() -> None:
    read = {(gate.defence, gate.condition): gate.auroc for gate in REPORT.gates}
    assert set(read) == {("gated <b>", "clean"), ("gated <b>", "noise")}
    assert (read["gated <b>", "clean"].rate, read["gated <b>", "clean"].n) == (0.9375, 8)
    assert read["gated <b>", "noise"].rate == 0.5


def test_judges_disagreements_are_counted_over_all_answers() -> None:
    rows = {row.defence: row for row in REPORT.disagreements}
    assert rows["undefended"].differing.rate == 0
    assert rows["undefended"].kappa == 1
    assert (rows["gated <b>"].differing.rate, rows["gated <b>"].differing.n) == (round(1 / 32, 4), 32)


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


def test_results_that_a_judge_did_not_see_are_refused() -> None:
    given = results("gated <b>", "clean", "rrrraaaa")
    with pytest.raises(ReportError, match="llm has not judged every answer"):
        report(FACTS, given, [], defences=DEFENCES, judges=["llm"], against="gated <b>", left_out={})
    with pytest.raises(ReportError, match="no answer of undefended, gated"):
        report(FACTS, [], [], defences=DEFENCES, judges=["llm"], against="gated <b>", left_out={})
