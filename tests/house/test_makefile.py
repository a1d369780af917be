"""``make`` on a machine with nothing but Python: what it says, what it runs, and when it installs."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from server.cli import app

ROOT = Path(__file__).resolve().parents[2]


def make(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    quiet = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "SARSTEER_"))}
    return subprocess.run(["make", *arguments], cwd=folder, env=quiet, capture_output=True, text=True, check=False)


def command(*arguments: str) -> str:
    """What make would run, everything being installed."""
    ran = make("-n", "-o", ".venv/.installed-serve", "-o", ".venv/.installed-dev", *arguments)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A tree with the Makefile and what decides whether it installs, everything installed already."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    for name in ("bin/python", ".installed-serve", ".installed-dev"):
        (tmp_path / ".venv" / name).touch()
    return tmp_path


def test_help_names_every_target() -> None:
    targets = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert targets is not None
    assert [f"make {target}" for target in targets[1].split()] == re.findall(r"^make \w+", make().stdout, re.MULTILINE)


@pytest.mark.parametrize("name", ["serve", "ask"])
def test_the_program_takes_the_options_that_make_gives_it(name: str) -> None:
    ran = re.search(rf"\.venv/bin/sarsteer {name}(.*)", command(name, "PORT=9123"))
    assert ran is not None
    options = re.findall(r"--[a-z-]+", ran[1])
    shown = CliRunner().invoke(app, [name, "--help"], env={"COLUMNS": "200", "TERM": "dumb", "NO_COLOR": "1"}).output
    assert "9123" in ran[1]
    assert options
    assert set(options) <= set(re.findall(r"--[a-z-]+", shown))


def test_the_served_tenants_file_is_in_the_tree() -> None:
    named = re.search(r"--tenants (\S+)", command("serve"))
    assert named is not None
    assert (ROOT / named[1]).is_file()


def test_an_empty_tenants_serves_without_keys() -> None:
    assert "--open" not in command("serve")
    without = command("serve", "TENANTS=")
    assert "--open" in without
    assert "--tenants" not in without


def test_the_console_stands_beside_the_api() -> None:
    assert "--port 9123 --admin-port 9124" in command("serve", "PORT=9123")


def test_test_lints_before_it_tests() -> None:
    ran = command("test")
    tools = ["ruff check", "ruff format --check", "mypy", "lint-imports", "python -m pytest"]
    assert sorted(tools, key=ran.index) == tools


@pytest.mark.parametrize("stamp", [".venv/.installed-serve", ".venv/.installed-dev"])
@pytest.mark.parametrize(
    "changed", [None, "pyproject.toml", "requirements/constraints.txt", "requirements/no-deps.txt"]
)
def test_it_installs_again_only_when_what_to_install_changed(checkout: Path, stamp: str, changed: str | None) -> None:
    if changed:
        later = (checkout / ".venv/.installed-dev").stat().st_mtime + 5
        os.utime(checkout / changed, (later, later))
    assert make("--question", stamp, folder=checkout).returncode == (1 if changed else 0)


@pytest.mark.parametrize("version", ["3.10.14", "3.15.0"])
def test_another_python_is_refused_in_one_sentence(checkout: Path, version: str) -> None:
    shutil.rmtree(checkout / ".venv")
    python = checkout / "python"
    python.write_text(f'#!/bin/sh\n[ "$1" = --version ] && echo "Python {version}" || exit 1\n')
    python.chmod(0o755)
    ran = make("serve", f"PYTHON={python}", folder=checkout)
    said = [line for line in ran.stderr.splitlines() if not line.startswith("make")]
    assert ran.returncode != 0
    assert said == [
        f"sarsteer needs Python 3.11 to 3.14, and {python} is Python {version}: "
        "name another with make PYTHON=/path/to/python3."
    ]
    assert not (checkout / ".venv").exists()
