"""Starting a real server in a process of its own, and waiting for it with an end."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).parents[2]
CLIPS = ROOT / "reference" / "clips"
START_SECONDS = 180


@dataclass(frozen=True)
class Server:
    url: str
    process: "subprocess.Popen[bytes]"
    log: Path

    @property
    def root(self) -> str:
        return self.url.removesuffix("/v1")

    def family(self) -> list[psutil.Process]:
        """The server's process and every process that it has started."""
        me = psutil.Process(self.process.pid)
        return [me, *me.children(recursive=True)]


def command(state: Path, *flags: str) -> list[str]:
    ours = ["--port", "0", "--admin-port", "0", "--state-dir", str(state)]
    return [sys.executable, "-m", "server", "serve", *ours, *flags]


@contextmanager
def serving(log: Path, *flags: str, **environment: str) -> Iterator[Server]:
    """A server that is ready; stopped by SIGTERM at the end. Its policy database is made beside ``log``."""
    state = log.with_suffix(".state")
    with log.open("wb") as output:
        process = subprocess.Popen(
            command(state, *flags),
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
            # Tests of what the engine is busy with are not to find it busy with canaries.
            env={"SARSTEER_CANARY_SECONDS": "0", **os.environ, **environment},
        )
    try:
        yield Server(_ready(process, log), process, log)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise


def logged(log: Path, event: str) -> dict[str, Any] | None:
    """The first line of that event in a server's log."""
    for line in log.read_text(errors="replace").splitlines():
        if line.startswith("{") and f'"event": "{event}"' in line:
            found: dict[str, Any] = json.loads(line)
            return found
    return None


def _ready(process: "subprocess.Popen[bytes]", log: Path) -> str:
    for _ in range(START_SECONDS * 2):
        if ready := logged(log, "ready"):
            return str(ready["url"])
        if process.poll() is not None:
            break
        time.sleep(0.5)
    raise AssertionError(f"The server did not get ready; it printed:\n{log.read_text(errors='replace')[-4000:]}")


def refused_start(flags: Sequence[str], **environment: str) -> str:
    """The one line that a server prints that does not start."""
    with tempfile.TemporaryDirectory() as state:
        done = subprocess.run(
            command(Path(state), *flags),
            capture_output=True,
            text=True,
            timeout=120,
            cwd=ROOT,
            env={**os.environ, **environment},
        )
    assert done.returncode == 1, done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("sarsteer: ")]
    assert len(lines) == 1, done.stderr
    assert "Traceback" not in done.stderr
    return lines[0]
