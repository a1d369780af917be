"""The wheel holds all that serving needs, and nothing else."""

import shutil
import subprocess
import sys
import zipfile
from configparser import ConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ("steering", "server", "reference", "vectors")


def files_of(package: str) -> set[str]:
    """What of a package the wheel must hold: code and data, not the hidden files that a working tree has."""
    files = {path.relative_to(ROOT) for path in (ROOT / package).rglob("*") if path.is_file()}
    return {
        path.as_posix()
        for path in files
        if path.suffix != ".md" and not any(part.startswith((".", "__pycache__")) for part in path.parts)
    }


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel built from a copy, because setuptools leaves its build folder in the tree."""
    source, built = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("built")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    for package in SHIPPED:
        shutil.copytree(ROOT / package, source / package, ignore=shutil.ignore_patterns("__pycache__"))
    pip = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--disable-pip-version-check"]
    subprocess.run([*pip, "--wheel-dir", str(built), str(source)], check=True, capture_output=True)
    (found,) = built.glob("sarsteer-*.whl")
    return zipfile.ZipFile(found)


def test_it_holds_every_package_and_its_data(wheel: zipfile.ZipFile) -> None:
    for package in SHIPPED:
        assert files_of(package) - set(wheel.namelist()) == set(), package


def test_the_model_the_clips_and_the_vectors_are_data_that_it_holds(wheel: zipfile.ZipFile) -> None:
    names = wheel.namelist()
    assert "reference/checkpoint/model.safetensors" in names
    assert "vectors/index.json" in names
    assert [name for name in names if name.startswith("reference/clips/") and name.endswith(".wav")]
    assert {name.split("/")[1] for name in names if name.startswith("vectors/")} >= {
        path.name for path in (ROOT / "vectors").iterdir() if path.is_dir()
    }


def test_it_holds_nothing_else(wheel: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(SHIPPED)


def test_vectors_are_data_alone() -> None:
    assert not list((ROOT / "vectors").rglob("*.py"))


def test_it_brings_the_command_and_vllms_plugin(wheel: zipfile.ZipFile) -> None:
    (listed,) = (name for name in wheel.namelist() if name.endswith("/entry_points.txt"))
    entry_points = ConfigParser()
    entry_points.read_string(wheel.read(listed).decode())
    assert entry_points["console_scripts"]["sarsteer"] == "server.cli:app"
    assert entry_points["vllm.general_plugins"]["sarsteer"] == "steering.vllm.plugin:register"


def test_it_brings_its_licence(wheel: zipfile.ZipFile) -> None:
    assert [name for name in wheel.namelist() if name.endswith("licenses/LICENSE")]
