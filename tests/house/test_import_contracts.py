"""The import contracts catch what they are there to catch: each is broken once, in a copy."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in ("steering", "server", "reference"):
        modules = shutil.ignore_patterns("__pycache__", "checkpoint", "clips")
        shutil.copytree(ROOT / package, tmp_path / package, ignore=modules)
    return tmp_path


def contracts(tree: Path) -> subprocess.CompletedProcess[str]:
    run = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    return subprocess.run(run, cwd=tree, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("steering/operators.py", "import server.settings", "arrows point one way"),
        ("steering/difference.py", "import reference.corpus", "arrows point one way"),
        ("steering/operators.py", "import vllm", "vLLM is touched only where"),
        ("server/chat/route.py", "import vllm.outputs", "vLLM is touched only where"),
        ("steering/store.py", "import steering.vllm.table", "nothing else in steering knows"),
        ("server/policy/model.py", "import starlette", "the policy knows no HTTP"),
        ("server/policy/file.py", "import server.errors", "the policy knows no HTTP"),
        ("server/health.py", "import server.app", "nothing imports the app"),
        ("server/health.py", "import psycopg", "only the policy store knows SQL"),
        ("server/policy/replica.py", "import sqlalchemy.exc", "only the policy store knows SQL"),
        ("server/telemetry/tracing.py", "import opentelemetry.trace", "only one module knows OpenTelemetry"),
        ("server/app.py", "import server.telemetry.otlp", "only the start of a server chooses OpenTelemetry"),
        ("server/policy/keys.py", "import alembic", "only the policy store knows SQL"),
    ],
)
def test_a_forbidden_import_breaks_its_contract(tree: Path, module: str, line: str, contract: str) -> None:
    with (tree / module).open("a") as file:
        file.write(f"\n{line}\n")
    ran = contracts(tree)
    broken = [said for said in ran.stdout.splitlines() if said.endswith("BROKEN")]
    assert ran.returncode == 1, ran.stdout
    assert [said for said in broken if said.startswith(contract)], ran.stdout


def test_the_tree_as_it_is_keeps_them(tree: Path) -> None:
    ran = contracts(tree)
    assert ran.returncode == 0, ran.stdout
