from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from server import cli_calibrate
from server.cli import app
from server.evaluation.asked import EngineOptions
from server.evaluation.calibrate import CalibrationError, Plan
from server.evaluation.engine import is_reference
from steering.calibration import Bounds
from steering.evaluation.sets import write_set
from steering.store import VectorStore
from tests.steering.drafts import EVALUATION, draft
from tests.steering.evaluation.fakes import items

SHIPPED = "refusal@2.0.0"


def calibrate(folder: Path, *arguments: str) -> Result:
    made = ("--version", "9.0.0", "--records", str(folder / "records"), "--store", str(folder / "store"))
    return CliRunner().invoke(app, ["calibrate", "--candidate", SHIPPED, *made, *arguments], env={"COLUMNS": "200"})


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Plan, EngineOptions]]:
    """What would have been calibrated; nothing is found."""
    plans: list[tuple[Plan, EngineOptions]] = []

    async def nothing(plan: Plan, folder: Path, records: Path, options: EngineOptions) -> Any:
        plans.append((plan, options))
        raise CalibrationError("Nothing is within bounds.")

    monkeypatch.setattr(cli_calibrate, "_calibrate", nothing)
    return plans


def test_options_arrive_as_they_were_meant(tmp_path: Path, planned: list[tuple[Plan, EngineOptions]]) -> None:
    manifest = write_set(items("clean", 4), tmp_path / "set")
    bounds = ("--over-refusal", "0.1", "--exactness", "0.2", "--broken", "0.3", "--gain", "0.4")
    layers = ("--layers", "5,4", "--layers", "4", "--layers", "4,5", "--positions", "last-prompt")
    ran = calibrate(tmp_path, "--set", str(manifest), *bounds, *layers, "--engine", "max_model_len=400")
    assert ran.stderr.splitlines()[-1] == "sarsteer: Nothing is within bounds."
    assert ran.exit_code == 1
    [(plan, options)] = planned
    assert plan.bounds == Bounds(0.1, 0.2, 0.3, gain=0.4)
    assert (plan.grid.layers, plan.grid.positions) == (((4, 5), (4,)), ("last-prompt",))
    assert [str(id_) for id_ in plan.candidates] == [SHIPPED]
    assert [each.id for each in plan.items] == list("0123")
    assert options == EngineOptions(None, {"max_model_len": 400})
    assert not (tmp_path / "store").exists()


def test_another_model_needs_a_set(
    tmp_path: Path, planned: list[tuple[Plan, EngineOptions]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli_calibrate, "is_reference", lambda folder: not is_reference(folder))
    ran = calibrate(tmp_path)
    assert ran.exit_code == 1
    assert "is not the reference LALM, so there are no questions for it; give --set." in ran.stderr
    assert planned == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--layers", "four"], "Write layers as 3,4,5, or all"),
        (["--layers", "4,6"], "outside 0 to 5"),
        (["--positions", "every"], "'every' is none of"),
        (["--engine", "max_model_len"], "write name=value"),
    ],
)
def test_an_option_that_makes_no_sense_is_a_usage_error(
    tmp_path: Path, planned: list[tuple[Plan, EngineOptions]], arguments: Sequence[str], said: str
) -> None:
    set_ = write_set(items("clean", 2), tmp_path / "set")
    ran = calibrate(tmp_path, "--set", str(set_), *arguments)
    assert ran.exit_code == 2
    assert said in ran.stderr
    assert planned == []


def test_a_version_that_is_there_is_refused_before_anything_is_asked(
    tmp_path: Path, planned: list[tuple[Plan, EngineOptions]]
) -> None:
    VectorStore(tmp_path / "store").publish(draft("refusal@9.0.0"), EVALUATION)
    ran = calibrate(tmp_path)
    assert "refusal@9.0.0 is published already" in ran.stderr
    assert not planned
