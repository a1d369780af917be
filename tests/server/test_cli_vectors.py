import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from server.cli_vectors import app
from steering.store import SHIPPED_ROOT, VectorStore
from tests.steering.drafts import EVALUATION, REFUSAL, draft, gated_draft, store_with


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments], env={"COLUMNS": "200"})


def printed(*arguments: str) -> Any:
    result = run(*arguments, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    store_with(tmp_path)
    VectorStore(tmp_path).publish(draft("refusal@1.1.0", alpha=0.2), {**EVALUATION, "clips": 120})
    return tmp_path


def test_list_names_every_version(root: Path) -> None:
    VectorStore(root).yank(REFUSAL, "over-refuses [music]")
    result = run("list", "--store", str(root))
    assert result.exit_code == 0
    assert "refusal@1.1.0" in result.stdout
    assert "yanked: over-refuses [music]" in result.stdout
    first, second = printed("list", "--store", str(root))
    assert (first["version"], first["yanked"], first["reason"]) == ("1.0.0", True, "over-refuses [music]")
    assert (second["version"], second["yanked"], second["reason"]) == ("1.1.0", False, None)


def test_the_shipped_store_is_the_default() -> None:
    assert (SHIPPED_ROOT / "index.json").is_file()
    assert [f"{each['name']}@{each['version']}" for each in printed("list")] == [
        str(entry.id) for entry in VectorStore(SHIPPED_ROOT).entries()
    ]
    assert all(each["ok"] for each in printed("verify"))


def test_show_gives_the_manifest_and_the_evaluation(root: Path) -> None:
    result = run("show", "refusal@1.1.0", "--store", str(root))
    assert result.exit_code == 0
    for fact in ("2, 3, 5", "last-prompt", "0.5 to 1.5", "0.2", "tensors-v1:aaaa", "clips", "120"):
        assert fact in result.stdout
    shown = printed("show", "refusal@1.1.0", "--store", str(root))
    assert shown["manifest"]["provenance"]["lambda"] == 1.0
    assert shown["evaluation"]["clips"] == 120
    assert shown["entry"]["digest"] == VectorStore(root).entries()[1].digest


def test_show_tells_of_the_gate_the_dose_cap_and_the_strength_for_text(root: Path) -> None:
    assert "after layer" not in run("show", "refusal@1.1.0", "--store", str(root)).stdout
    VectorStore(root).publish(gated_draft("refusal@1.2.0"), EVALUATION)
    result = run("show", "refusal@1.2.0", "--store", str(root))
    assert result.exit_code == 0
    for fact in ("after layer 3", "AUROC 0.970", "100 harmful and 90 safe requests (audio)", "0.25 of a layer", "0.4"):
        assert fact in result.stdout
    assert printed("show", "refusal@1.2.0", "--store", str(root))["manifest"]["gate"]["reread"] is True


def test_verify_checks_one_version_or_all(root: Path) -> None:
    assert run("verify", "--store", str(root)).exit_code == 0
    (root / "refusal" / "1.0.0" / "evaluation.json").write_text("{}")
    assert run("verify", "refusal@1.1.0", "--store", str(root)).exit_code == 0
    result = run("verify", "--store", str(root), "--json")
    assert result.exit_code == 1
    assert [(each["id"], each["ok"]) for each in json.loads(result.stdout)] == [
        ("refusal@1.0.0", False),
        ("refusal@1.1.0", True),
    ]
    [complaint] = result.stderr.splitlines()
    assert "evaluation.json" in complaint
    table = run("verify", "--store", str(root))
    assert (table.exit_code, table.stderr) == (1, result.stderr)


def test_diff_shows_what_differs(root: Path) -> None:
    arguments = ("diff", "refusal@1.0.0", "refusal@1.1.0", "--store", str(root))
    result = run(*arguments)
    assert result.exit_code == 0
    assert "recommended_alpha" in result.stdout
    assert "1.0000" in result.stdout
    difference = printed(*arguments)
    assert {"field": "recommended_alpha", "a": 0.1, "b": 0.2} in difference["fields"]
    assert {"field": "evaluation.clips", "a": None, "b": 120} in difference["fields"]
    assert [layer["layer"] for layer in difference["layers"]] == [2, 3, 5]


def test_yank_withdraws_a_version(root: Path) -> None:
    result = run("yank", "refusal@1.0.0", "--reason", "collapses", "--store", str(root))
    assert (result.exit_code, result.stdout) == (0, "refusal@1.0.0 is yanked: collapses\n")
    entry = VectorStore(root).entry(REFUSAL)
    assert (entry.yanked, entry.reason) == (True, "collapses")
    assert printed("yank", "refusal@1.0.0", "--reason", "worse", "--store", str(root))["reason"] == "worse"


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "refusal@9.0.0"),
        ("show", "gone@1.0.0"),
        ("show", "../x@1.0.0"),
        ("verify", "gone@1.0.0"),
        ("diff", "refusal@1.0.0", "refusal@9.0.0"),
        ("yank", "refusal@9.0.0", "--reason", "why"),
        ("yank", "refusal@1.0.0", "--reason", ""),
    ],
)
def test_a_refusal_is_one_line_and_exit_code_1(root: Path, arguments: tuple[str, ...]) -> None:
    result = run(*arguments, "--store", str(root))
    assert (result.exit_code, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 1
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("command", [("list",), ("verify",), ("show", "a@1.0.0")])
def test_a_store_that_is_not_there_is_one_line_and_exit_code_1(tmp_path: Path, command: tuple[str, ...]) -> None:
    result = run(*command, "--store", str(tmp_path / "gone"))
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1


def test_an_id_without_a_version_is_a_usage_error(root: Path) -> None:
    result = run("show", "refusal", "--store", str(root))
    assert result.exit_code == 2
    assert "name@version" in result.stderr
