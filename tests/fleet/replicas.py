"""Starting replicas that share one PostgreSQL, and asking them: over HTTP, as callers and administrators do."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import httpx

from steering.store import VectorStore
from tests.contract.serving import ROOT, logged
from tests.steering.drafts import EVALUATION, draft

PEPPER = "a pepper that every replica shares"
START_SECONDS = 90.0
ALPHAS = {"refusal@1.0.0": 0.1, "refusal@2.0.0": 0.25, "refusal@3.0.0": 0.75}
"""The vector sets of a fleet, and the alpha that each recommends."""


@dataclass(frozen=True)
class Replica:
    """A replica that is ready. ``url`` is its API's, ``admin_url`` its admin API's."""

    name: str
    url: str
    admin_url: str
    process: "subprocess.Popen[bytes]"
    log: Path

    def kill(self) -> None:
        """End it as a machine that loses its power does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(30)


def vectors_in(folder: Path) -> Path:
    """A store of the fleet's vector sets."""
    store = VectorStore(folder)
    for id_, alpha in ALPHAS.items():
        store.publish(draft(id_, alpha=alpha), EVALUATION)
    return folder


@contextmanager
def fleet_of(count: int, database: str, folder: Path, **environment: str) -> Iterator[tuple[Replica, ...]]:
    """``count`` replicas over the ``database``, ready; stopped by SIGTERM at the end."""
    vectors = vectors_in(folder / "vectors")
    shared = {
        "SARSTEER_DATABASE": database,
        "SARSTEER_KEY_PEPPER": PEPPER,
        "SARSTEER_VECTORS": str(vectors),
        "SARSTEER_PORT": "0",
        "SARSTEER_ADMIN_PORT": "0",
        "SARSTEER_LOG_LEVEL": "info",
        "SARSTEER_CANARY_SECONDS": "0",
        **environment,
    }
    with ExitStack() as stack:
        started = []
        for number in range(count):
            name, log = f"replica-{number}", folder / f"replica-{number}.log"
            process = stack.enter_context(_process(log, {**shared, "SARSTEER_REPLICA_NAME": name}))
            started.append((name, process, log))
        yield tuple(_ready(*each) for each in started)


@contextmanager
def _process(log: Path, environment: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.fleet.replica_process"],
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
            env={**os.environ, **environment},
        )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise


def _ready(name: str, process: "subprocess.Popen[bytes]", log: Path) -> Replica:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        ready, admin = logged(log, "ready"), logged(log, "admin ready")
        if ready and admin:
            return Replica(name, ready["url"], admin["url"], process, log)
        time.sleep(0.05)
    raise AssertionError(f"{name} did not get ready; it printed:\n{log.read_text(errors='replace')[-4000:]}")


def first_admin_key(replicas: Sequence[Replica]) -> str:
    """The key that the replica which made the store has shown, once."""
    shown = re.findall(r"admin key \(shown once\): (\S+)", "".join(each.log.read_text() for each in replicas))
    assert len(shown) == 1, f"{len(shown)} admin keys were shown"
    return str(shown[0])


class Admin:
    """An administrator of one replica."""

    def __init__(self, replica: Replica, key: str) -> None:
        self._client = httpx.Client(
            base_url=f"{replica.admin_url}/admin/v1/", headers={"authorization": f"Bearer {key}"}, timeout=60
        )

    def __enter__(self) -> "Admin":
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def get(self, path: str, **query: Any) -> Any:
        return self._client.get(path, params=query).raise_for_status().json()

    def write(self, method: str, path: str, body: Any = None, wait: bool = False, match: str | None = None) -> Any:
        """Make a change, and return what is answered; raise HTTPStatusError if it was refused."""
        query = {"reason": "a test asks for it", **({"wait": "true", "wait_seconds": "20"} if wait else {})}
        headers = {} if match is None else {"if-match": match}
        answer = self._client.request(method, path, params=query, json=body, headers=headers)
        return answer.raise_for_status().json()

    def put_tenant(self, name: str, fields: dict[str, Any], wait: bool = False) -> int:
        """Create or replace a tenant; the revision that it is."""
        held = self._client.get(f"tenants/{name}")
        if held.status_code == 404:
            made = self.write("POST", "tenants", {"name": name, **fields}, wait)
        else:
            made = self.write("PUT", f"tenants/{name}", fields, wait, held.raise_for_status().headers["etag"])
        return int(made["revision"])

    def issue_key(self, tenant: str, wait: bool = False) -> tuple[str, str]:
        """The id and the text of a new key."""
        made = self.write("POST", f"tenants/{tenant}/keys", {}, wait)
        return made["id"], made["key"]


def question(**fields: Any) -> dict[str, Any]:
    return {"model": "directed", "messages": [{"role": "user", "content": "hello"}], **fields}


def ask(replica: Replica, key: str, **fields: Any) -> httpx.Response:
    """What a caller is answered."""
    headers = {"authorization": f"Bearer {key}"}
    return httpx.post(f"{replica.url}/chat/completions", json=question(**fields), headers=headers, timeout=60)


def until(condition: Callable[[], bool], seconds: float, what: str) -> float:
    """Wait for ``condition``, at most ``seconds``; how long it took."""
    start = time.monotonic()
    while not condition():
        assert time.monotonic() - start < seconds, f"{what} not within {seconds:g} seconds"
        time.sleep(0.01)
    return time.monotonic() - start


def until_all(replicas: Sequence[Replica], condition: Callable[[Replica], bool], seconds: float, what: str) -> None:
    """Wait for ``condition`` of each of them, at most ``seconds`` for one."""
    for replica in replicas:
        until(partial(condition, replica), seconds, f"{replica.name}: {what}")
