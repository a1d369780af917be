"""``.ci/run`` and the Debian packages, with the programs that they call replaced by recorders."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def fake(folder: Path, name: str, script: str) -> None:
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


def run(command: list[str], tools: Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        command, cwd=cwd, env={"PATH": path}, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )


def test_it_runs_make_test_at_the_root_from_anywhere(tmp_path: Path) -> None:
    fake(tmp_path, "make", 'echo "$PWD|$*|$CI"')
    ran = run([str(ROOT / ".ci" / "run")], tmp_path, cwd=tmp_path)
    assert (ran.returncode, ran.stdout) == (0, f"{ROOT}|test|true\n")


def test_it_fails_when_the_tests_fail(tmp_path: Path) -> None:
    fake(tmp_path, "make", "exit 2")
    assert run([str(ROOT / ".ci" / "run")], tmp_path, cwd=tmp_path).returncode == 2


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A Debian on which only espeak-ng is installed."""
    fake(tmp_path, "dpkg-query", 'for last; do :; done; [ "$last" = espeak-ng ] && printf installed || exit 1')
    fake(tmp_path, "apt-get", f'echo "$*" >> {tmp_path}/apt')
    return tmp_path


def debian(tools: Path, *packages: str) -> subprocess.CompletedProcess[str]:
    return run(["sh", str(ROOT / "requirements" / "debian.sh"), *packages], tools, cwd=tools)


def test_root_installs_what_is_missing_and_only_that(tools: Path) -> None:
    fake(tools, "id", "echo 0")
    ran = debian(tools, "espeak-ng", "flite")
    assert (ran.returncode, ran.stdout) == (0, "Installing Debian packages: flite\n")
    update, install = (tools / "apt").read_text().splitlines()
    assert update.startswith("update")
    assert install.startswith("install")
    assert install.endswith("--no-install-recommends flite")


def test_nothing_is_said_or_installed_when_nothing_is_missing(tools: Path) -> None:
    fake(tools, "id", "echo 0")
    ran = debian(tools, "espeak-ng")
    assert (ran.returncode, ran.stdout + ran.stderr) == (0, "")
    assert not (tools / "apt").exists()


def test_a_user_without_sudo_is_told_what_to_install(tools: Path) -> None:
    fake(tools, "id", "echo 1000")
    fake(tools, "sudo", "exit 1")
    ran = debian(tools, "espeak-ng", "flite", "libnuma1")
    assert ran.returncode == 1
    assert ran.stderr == "Debian packages are missing; install them with: sudo apt-get install flite libnuma1\n"


def test_a_failing_apt_fails(tools: Path) -> None:
    fake(tools, "id", "echo 0")
    fake(tools, "apt-get", "exit 100")
    assert debian(tools, "flite").returncode != 0
