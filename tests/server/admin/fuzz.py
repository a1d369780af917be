"""Asks the admin API what its own description allows, and what it does not: ``python -m tests.server.admin.fuzz``.

schemathesis reads the description from a served application over a real store, authenticated, and follows its
links from what it has made to what can be done with it. It fails on a 5xx, on an answer that is not as described, on
what is taken that should not be, and on a path that lets anybody in.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from server.policy.store import open_repository
from server.telemetry.logs import configure_logs
from tests.postgres import running
from tests.server.admin.plane import BASE, Plane, SetClock, open_plane

ROOT = Path(__file__).parents[3]
START_SECONDS = 30
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "unsupported_method",
    "allow_header_conformance",
    "use_after_free",
    "ignored_auth",
)

# A stale ETag may be told before what else is wrong.
CONFIGURATION = """
[checks]
negative_data_rejection.expected-statuses = [400, 401, 404, 405, 412, 413, 428]
"""


@dataclass(frozen=True)
class Served:
    """An admin port that answers at ``url``."""

    url: str
    plane: Plane

    @property
    def let_in(self) -> bool:
        """Whether the key that asks is still live."""
        return self.plane.replica.admin_still(self.plane.ids["security"]) is not None

    @property
    def actions(self) -> Counter[str]:
        """How often each action changed the store."""
        return Counter(revision.action.split(" to ")[0] for revision in self.plane.repository.revisions(limit=10**6))


@contextmanager
def served(database: str) -> Iterator[Served]:
    """The admin's application on a free port, over the new store at the URL ``database``."""
    clock = SetClock()
    repository = open_repository(database, clock)
    plane = asyncio.run(open_plane(repository, clock))
    plane.sets.lenient = True  # That no made-up set is published would turn back most of what is asked.
    server = uvicorn.Server(uvicorn.Config(plane.app, port=0, log_config=None, access_log=False))
    started = threading.Event()

    async def serve() -> None:
        ready = asyncio.ensure_future(tell())
        await server.serve()
        await ready

    async def tell() -> None:
        while not server.started:
            await asyncio.sleep(0.01)
        started.set()

    thread = threading.Thread(target=lambda: asyncio.run(serve()), name="admin port")
    thread.start()
    try:
        if not started.wait(START_SECONDS):
            raise TimeoutError("The admin port did not start.")
        port = server.servers[0].sockets[0].getsockname()[1]
        yield Served(f"http://127.0.0.1:{port}", plane)
    finally:
        server.should_exit = True
        thread.join(START_SECONDS)
        plane.close()
        repository.close()


def fuzz(admin: Served, folder: Path, examples: int, *options: str) -> subprocess.CompletedProcess[str]:
    """Ask ``examples`` questions an operation and as many chains of them; the same ones each time.

    What schemathesis remembers of a run it leaves in ``folder``.
    """
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "run", f"{admin.url}{BASE}/openapi.json"),
        *("--header", f"Authorization: Bearer {admin.plane.keys['security']}"),
        *("--max-examples", str(examples), "--seed", "1", "--generation-deterministic"),
        *("--checks", ",".join(CHECKS), "--request-timeout", "20", "--suppress-health-check", "all", "--no-color"),
        *options,
    ]
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "SCHEMATHESIS_HOOKS": "tests.server.admin.fuzz_hooks",
        "FUZZED_API": f"{admin.url}{BASE}",
        "FUZZED_KEY": admin.plane.keys["security"],
    }
    (folder / "schemathesis.toml").write_text(CONFIGURATION)
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=folder)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--examples", type=int, default=200, help="per operation")
    parser.add_argument("--postgres", action="store_true", help="over PostgreSQL, started for this, and not SQLite")
    arguments, options = parser.parse_known_args()
    configure_logs("warning")
    with ExitStack() as open_:
        folder = open_.enter_context(tempfile.TemporaryDirectory())
        sqlite = f"sqlite:///{folder}/policy.db"
        database = open_.enter_context(running()).fresh() if arguments.postgres else sqlite
        admin = open_.enter_context(served(database))
        done = fuzz(admin, Path(folder), arguments.examples, *options)
        print(done.stdout, done.stderr, sep="\n")
        assert admin.let_in, "the key that asked was revoked on the way"
        print(*(f"{count:6} x {action}" for action, count in admin.actions.most_common()), sep="\n")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
