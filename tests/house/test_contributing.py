"""The map of the house in CONTRIBUTING.md shows the house as it is."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
IN_MIRROR = {"tests/reference", "tests/server", "tests/steering"}
"""Test folders that mirror a package: what lies below is the package's own layout."""


def mapped() -> set[str]:
    text = (ROOT / "CONTRIBUTING.md").read_text().split("## Running the tests")[0]
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    return {folder.rstrip("/") for row in rows for folder in re.findall(r"`([^`]+)`", row)}


def folders() -> set[str]:
    """The rooms: two levels of folders that hold code or documents; vectors are data by name."""
    found = {
        path.relative_to(ROOT).as_posix()
        for pattern in ("*/", "*/*/")
        for path in ROOT.glob(pattern)
        if any(file.is_file() and "__pycache__" not in file.parts for file in path.rglob("*"))
    }
    kept = {name for name in found if not re.search(r"(^|/)(\.|__)|\.egg-info|^(build|dist)(/|$)", name)}
    return {name for name in kept if not name.startswith("vectors/")}


def test_every_folder_is_on_the_map() -> None:
    assert folders() - mapped() == set()


def test_every_folder_on_the_map_is_there() -> None:
    assert {name for name in mapped() if not (ROOT / name).is_dir()} == set()


def test_the_mirrors_follow_the_packages() -> None:
    for mirror in IN_MIRROR:
        rooms = {path.name for path in (ROOT / mirror).iterdir() if path.is_dir() and path.name != "__pycache__"}
        packages = {path.name for path in (ROOT / mirror.removeprefix("tests/")).iterdir() if path.is_dir()}
        assert rooms - packages == set(), mirror
