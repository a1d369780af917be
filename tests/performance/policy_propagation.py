"""From the start of a change until every replica answers by it: three server processes on one PostgreSQL.

    python -m tests.performance.policy_propagation --json FILE

Each change is made through the admin API of one replica, in turn, as ``PUT …?wait=true``; meanwhile each replica is
asked by a caller, every few milliseconds, until its answer tells the new revision. Then keys are revoked, a quarter as
many, and asked with until every replica refuses them (``key_revoked``). All of it is done twice: as it is, and with
PostgreSQL's notifications switched off (``without_notify``), when only polling finds a change.
"""

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

import httpx

from tests import postgres
from tests.fleet.replicas import Admin, Replica, first_admin_key, fleet_of, question
from tests.performance.interleaved import machine, write

T = TypeVar("T")

TENANTS = 20
PATIENCE_SECONDS = 30.0
PAUSE_SECONDS = 0.005
"""Between two requests of a caller: three that never pause would leave three servers on two cores no time to follow."""


class Caller:
    """Asks one replica, over one connection."""

    def __init__(self, replica: Replica) -> None:
        self._client = httpx.Client(base_url=replica.url + "/", timeout=60)
        self._body = json.dumps(question()).encode()

    def close(self) -> None:
        self._client.close()

    def revision(self, key: str) -> int | None:
        """The revision that the key's tenant is answered by; None if the key is refused."""
        headers = {"authorization": f"Bearer {key}", "content-type": "application/json"}
        answer = self._client.post("chat/completions", content=self._body, headers=headers)
        if answer.status_code == 401:
            return None
        return int(answer.raise_for_status().json()["steering"]["revision"])

    def seconds_until(self, done: Callable[["Caller"], bool], start: float) -> float:
        while not done(self):
            if time.perf_counter() - start > PATIENCE_SECONDS:
                raise RuntimeError(f"A replica did not follow within {PATIENCE_SECONDS:g} seconds.")
            time.sleep(PAUSE_SECONDS)
        return time.perf_counter() - start


def timed(make: Callable[[], T], callers: Sequence[Caller], done: Callable[[Caller], bool]) -> tuple[T, float, float]:
    """Make a change; what it made, the seconds until it is ``done`` for every caller, and until ``make`` returned."""
    with ThreadPoolExecutor(len(callers)) as pool:
        start = time.perf_counter()
        watching = [pool.submit(caller.seconds_until, done, start) for caller in callers]
        made = make()
        answered = time.perf_counter() - start
        return made, max(watch.result() for watch in watching), answered


class Desk:
    """Administrators and callers of every replica of a fleet, and its tenants."""

    def __init__(self, fleet: Sequence[Replica], stack: ExitStack) -> None:
        key = first_admin_key(fleet)
        self.admins = [stack.enter_context(Admin(replica, key)) for replica in fleet]
        self.callers = [Caller(replica) for replica in fleet]
        for caller in self.callers:
            stack.callback(caller.close)
        self.tenants = [f"tenant-{number}" for number in range(TENANTS)]
        self.etags = {tenant: self.admins[0].put_tenant(tenant, {}, wait=True) for tenant in self.tenants}
        self.keys = {tenant: self.admins[0].issue_key(tenant, wait=True)[1] for tenant in self.tenants}

    def change(self, number: int) -> tuple[float, float]:
        """Change a tenant; the seconds until all served it, and until its PUT was answered."""
        tenant, admin = self.tenants[number % TENANTS], self.admins[number % len(self.admins)]
        key, etag = self.keys[tenant], f'"{self.etags[tenant]}"'
        before = max(caller.revision(key) or 0 for caller in self.callers)
        made, served, answered = timed(
            lambda: admin.write("PUT", f"tenants/{tenant}", {"strength": 0.5 + number % 100 / 100}, True, etag),
            self.callers,
            lambda caller: (caller.revision(key) or 0) > before,
        )
        if not made["propagation"]["complete"]:
            raise RuntimeError(f"A replica lagged: {made['propagation']}")
        self.etags[tenant] = made["revision"]
        return served, answered

    def revoke(self, number: int) -> float:
        """Revoke a key; the seconds until all refused it."""
        admin = self.admins[number % len(self.admins)]
        id_, key = admin.issue_key(self.tenants[number % TENANTS], wait=True)
        _, refused, _ = timed(
            lambda: admin.write("DELETE", f"keys/{id_}"), self.callers, lambda caller: caller.revision(key) is None
        )
        return refused


def spread(seconds: Sequence[float]) -> dict[str, float]:
    cuts = statistics.quantiles(seconds, n=100, method="inclusive")
    return {
        "p50_seconds": round(cuts[49], 4),
        "p99_seconds": round(cuts[98], 4),
        "max_seconds": round(max(seconds), 4),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--changes", type=int, default=200)
    parser.add_argument("--replicas", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, postgres.running() as server:
        figures = {}
        for name, environment in (("with", {}), ("without", {"SARSTEER_FLEET_NOTIFY": "off"})):
            (apart := Path(folder) / name).mkdir()
            with fleet_of(options.replicas, server.fresh(), apart, **environment) as fleet, ExitStack() as stack:
                desk = Desk(fleet, stack)
                changes = [desk.change(number) for number in range(options.changes)]
                revoked = [desk.revoke(number) for number in range(options.changes // 4)]
            figures[name] = {
                **spread([served for served, _ in changes]),
                "put_answered": spread([answered for _, answered in changes]),
                "key_revoked": spread(revoked),
            }
    write(
        options.json,
        {
            "changes": options.changes,
            "replicas": options.replicas,
            **figures["with"],
            "without_notify": figures["without"],
            "machine": machine(),
        },
    )


if __name__ == "__main__":
    main()
