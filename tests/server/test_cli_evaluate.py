import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from server import cli_evaluate
from server.cli import app
from server.evaluation.asked import Asked, EngineOptions, JudgeSpec, Target
from server.evaluation.catalogue import Catalogue
from steering.evaluation.suite import Made
from steering.store import SHIPPED_ROOT, VectorStore
from tests.steering.evaluation import fakes


def evaluate(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["evaluate", *arguments], env={"COLUMNS": "200"})


class Engine(fakes.Engine):
    closed = False

    def close(self) -> None:
        self.closed = True


@dataclass
class Listed:
    """A catalogue of fakes in the place of the real one: what was asked for, and who was asked what."""

    asked: Asked
    target: Target
    engine: Engine
    answered: list[fakes.Asked]


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> list[Listed]:
    """One entry for every run of the command."""
    runs: list[Listed] = []

    def catalogue(asked: Asked, target: Target) -> Catalogue:
        engine, answered = Engine(), list[fakes.Asked]()
        runs.append(Listed(asked, target, engine, answered))

        async def start() -> Engine:
            return engine

        return Catalogue(
            conditions={
                "clean": lambda: Made(fakes.items("clean", 4)),
                "noise": lambda: Made(fakes.items("noise", 2), 1),
            },
            defences={name: lambda name=name: fakes.Defence(name, answered) for name in ("undefended", "gated")},  # type: ignore[misc]
            default_conditions=("clean",),
            default_defences=("undefended", "gated"),
            calibration=lambda: fakes.NOTHING,
            judge=lambda spec: fakes.Judge(spec.kind),
            start=start,
            against="gated",
            inputs={},
        )

    monkeypatch.setattr(cli_evaluate, "catalogue", catalogue)
    return runs


def answered(run: Listed) -> list[tuple[str, str]]:
    return [(defence, id_) for what, id_, defence, _ in run.answered if what == "answer"]


def written(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def test_a_run_writes_its_report_its_page_and_its_record(tmp_path: Path, listed: list[Listed]) -> None:
    ran = evaluate("--json", str(tmp_path / "out" / "e.json"), "--page", str(tmp_path / "e.html"))
    assert (ran.exit_code, ran.exception) == (0, None)
    report = written(tmp_path / "out" / "e.json")
    (entry,) = VectorStore(SHIPPED_ROOT).entries()[-1:]
    assert report["run"]["vectors"] == {str(entry.id): entry.digest}
    assert report["run"]["model"].startswith("tensors-v1:")
    assert [(cell["defence"], cell["condition"]) for cell in report["cells"]] == [
        ("undefended", "clean"),
        ("gated", "clean"),
    ]
    assert "sarsteer evaluation: quick" in (tmp_path / "e.html").read_text(encoding="utf-8")
    assert (tmp_path / "out" / "e.record.jsonl").read_text(encoding="utf-8").count('"kind":"result"') == 8
    assert "undefended" in ran.stdout
    assert listed[0].engine.closed


def test_a_second_run_asks_nothing_and_a_wider_one_only_what_is_new(tmp_path: Path, listed: list[Listed]) -> None:
    out = str(tmp_path / "e.json")
    assert evaluate("--json", out, "--defences", "gated").exit_code == 0
    assert evaluate("--json", out, "--defences", "gated").exit_code == 0
    assert evaluate("--json", out, "--conditions", "noise, clean").exit_code == 0
    once, twice, wider = (answered(run) for run in listed)
    assert once == [("gated", id_) for id_ in "0123"]
    assert twice == []
    assert sorted(wider) == sorted([("undefended", id_) for id_ in "010123"] + [("gated", id_) for id_ in "01"])
    assert [each["left_out"] for each in written(tmp_path / "e.json")["conditions"]] == [1, 0]


def test_a_report_is_of_what_was_asked_for_not_of_all_that_its_record_holds(
    tmp_path: Path, listed: list[Listed]
) -> None:
    out = str(tmp_path / "e.json")
    assert evaluate("--json", out, "--conditions", "noise,clean").exit_code == 0
    assert evaluate("--json", out, "--conditions", "noise", "--defences", "undefended").exit_code == 0
    assert [(cell["defence"], cell["condition"]) for cell in written(tmp_path / "e.json")["cells"]] == [
        ("undefended", "noise")
    ]


def test_options_arrive_as_they_were_meant(tmp_path: Path, listed: list[Listed]) -> None:
    judges = ("--judge", "keywords", "--judge", "llm=http://127.0.0.1:8001/v1,guard")
    engine = ("--max-tokens", "9", "--engine", "max_model_len=2048", "--engine", "dtype=float32")
    given = (*judges, *engine, "--public", "xstest=folder", "--suite", "full", "--seed", "3")
    ran = evaluate("--json", str(tmp_path / "e.json"), *given)
    assert ran.exit_code == 0
    asked = listed[0].asked
    assert asked.judges == (JudgeSpec("keywords"), JudgeSpec("llm", "http://127.0.0.1:8001/v1", "guard"))
    assert asked.engine == EngineOptions(9, {"max_model_len": 2048, "dtype": "float32"})
    assert (asked.public, asked.size, asked.seed) == (("xstest", "folder"), "full", 3)
    assert written(tmp_path / "e.json")["judges"] == ["keywords", "llm"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--suite", "huge"], "'huge' is none of quick, full"),
        (["--vector", "refusal"], "name@version"),
        (["--public", "xstest"], "write NAME=SOURCE"),
        (["--public", "x=y", "--set", "."], "not from both"),
        (["--set", "gone.jsonl"], "gone.jsonl"),
        (["--defences", "a,,b"], "empty name"),
        (["--conditions", ""], "empty name"),
        (["--judge", "me"], "'me' is no judge"),
        (["--judge", "llm=http://host"], "no judge"),
        (["--judge", "llm=host,model"], "no judge"),
        (["--judge", "detector=x"], "no judge"),
        (["--engine", "max_model_len"], "write name=value"),
        (["--engine", "max-model-len=1"], "write name=value"),
        (["--engine", "enable_prefix_caching=true"], "enable_prefix_caching is not free"),
        (["--max-tokens", "0"], "--max-tokens"),
        (["--page", "E.JSON"], "a file each"),
        (["--page", "."], "is a directory"),
    ],
)
def test_an_option_that_makes_no_sense_is_a_usage_error(
    tmp_path: Path, listed: list[Listed], arguments: Sequence[str], said: str
) -> None:
    out = str(tmp_path / "e.json")
    ran = evaluate("--json", out, *(out if each == "E.JSON" else each for each in arguments))
    assert ran.exit_code == 2
    assert said in ran.stderr
    assert listed == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--defences", "undefended,prayer"], "There is no defence 'prayer'; choose from undefended, gated."),
        (["--conditions", "vacuum"], "There is no condition 'vacuum'; choose from clean, noise."),
        (["--vector", "refusal@9.9.9"], "9.9.9"),
        (["--vectors", "gone"], "'gone' is neither a folder nor a Hub id"),
        (["--model", "gone"], "'gone' is neither a folder nor a Hub id"),
    ],
)
def test_what_cannot_be_run_is_told_in_one_line(
    tmp_path: Path, listed: list[Listed], arguments: Sequence[str], said: str
) -> None:
    ran = evaluate("--json", str(tmp_path / "e.json"), *arguments)
    assert ran.exit_code == 1
    (line,) = ran.stderr.splitlines()
    assert line.startswith("sarsteer: ")
    assert said in line


def test_another_runs_record_is_told_in_one_line_and_kept(tmp_path: Path, listed: list[Listed]) -> None:
    out = str(tmp_path / "e.json")
    assert evaluate("--json", out).exit_code == 0
    before = (tmp_path / "e.record.jsonl").read_bytes()
    ran = evaluate("--json", out, "--seed", "1")
    assert ran.exit_code == 1
    assert "seed 0, not 1" in ran.stderr
    assert len(ran.stderr.splitlines()) == 1
    assert (tmp_path / "e.record.jsonl").read_bytes() == before


def test_a_page_without_matplotlib_is_refused_before_anything_runs(
    tmp_path: Path, listed: list[Listed], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    ran = evaluate("--json", str(tmp_path / "e.json"), "--page", str(tmp_path / "e.html"))
    assert ran.exit_code == 1
    assert "sarsteer[evaluation]" in ran.stderr
    assert listed == []


def test_the_engine_is_stopped_when_a_run_dies(
    tmp_path: Path, listed: list[Listed], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: Callable[[Asked, Target], Catalogue] = vars(cli_evaluate)["catalogue"]

    def dying(asked: Asked, target: Target) -> Catalogue:
        known = made(asked, target)
        return replace(
            known, defences={"gated": lambda: fakes.Defence("gated", dies_at=1)}, default_defences=("gated",)
        )

    monkeypatch.setattr(cli_evaluate, "catalogue", dying)
    ran = evaluate("--json", str(tmp_path / "e.json"))
    assert isinstance(ran.exception, fakes.Killed)
    assert listed[0].engine.closed
    assert not (tmp_path / "e.json").exists()
