"""From the start of a change until every replica answers by it: three server processes on one PostgreSQL.

    python -m tests.performance.policy_propagation --json FILE

Each change is made through the admin API of one replica, in turn, as ``PUT …?wait=true``; meanwhile each replica is
asked by a caller, without a pause, until its answer tells the new revision. The run is made once as it is, and once
with PostgreSQL's notifications switched off (``without_notify``), when only polling finds a change.
"""

import argparse
import json
import statistics
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx

from tests import postgres
from tests.fleet.replicas import Admin, Replica, first_admin_key, fleet_of, question
from tests.performance.interleaved import machine, write

TENANTS = 20
PATIENCE_SECONDS = 30.0


class Caller:
    """Asks one replica, over one connection, until it answers by a revision."""

    def __init__(self, replica: Replica) -> None:
        self._client = httpx.Client(base_url=replica.url + "/", timeout=60)
        self._body = json.dumps(question()).encode()

    def close(self) -> None:
        self._client.close()

    def revision(self, key: str) -> int:
        headers = {"authorization": f"Bearer {key}", "content-type": "application/json"}
        answer = self._client.post("chat/completions", content=self._body, headers=headers)
        return int(answer.raise_for_status().json()["steering"]["revision"])

    def seconds_until(self, key: str, after: int, start: float) -> float:
        """From ``start`` until the answer tells a revision later than ``after``."""
        while self.revision(key) <= after:
            if time.perf_counter() - start > PATIENCE_SECONDS:
                raise RuntimeError(f"A replica did not follow within {PATIENCE_SECONDS:g} seconds.")
        return time.perf_counter() - start


def one_change(admin: Admin, tenant: str, strength: float, etag: int, key: str, callers: Sequence[Caller]) -> Any:
    """Make a change, and ask meanwhile; its revision, the seconds until all served it, and until the answer came."""
    seen = [0.0] * len(callers)
    failed: list[BaseException] = []
    head = max(caller.revision(key) for caller in callers)
    start = time.perf_counter()

    def watch(index: int) -> None:
        try:
            seen[index] = callers[index].seconds_until(key, head, start)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=watch, args=(index,)) for index in range(len(callers))]
    for thread in threads:
        thread.start()
    made = admin.write("PUT", f"tenants/{tenant}", {"strength": strength}, wait=True, match=f'"{etag}"')
    answered = time.perf_counter() - start
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    if not made["propagation"]["complete"]:
        raise RuntimeError(f"A replica lagged: {made['propagation']}")
    return made["revision"], max(seen), answered


def measure(changes: int, count: int, server: postgres.PostgresServer, folder: Path, **environment: str) -> Any:
    """The seconds of each change until all served it, and until its PUT was answered."""
    with fleet_of(count, server.fresh(), folder, **environment) as fleet, ExitStack() as stack:
        admin_key = first_admin_key(fleet)
        admins = [stack.enter_context(Admin(replica, admin_key)) for replica in fleet]
        callers = [Caller(replica) for replica in fleet]
        for caller in callers:
            stack.callback(caller.close)
        tenants = [f"tenant-{number}" for number in range(TENANTS)]
        etags = {tenant: admins[0].put_tenant(tenant, {}, wait=True) for tenant in tenants}
        keys = {tenant: admins[0].issue_key(tenant, wait=True)[1] for tenant in tenants}
        served, answered = [], []
        for number in range(changes):
            tenant, admin = tenants[number % TENANTS], admins[number % count]
            strength = 0.5 + (number % 100) / 100
            etags[tenant], seconds, put = one_change(admin, tenant, strength, etags[tenant], keys[tenant], callers)
            served.append(seconds)
            answered.append(put)
        return served, answered


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
        (Path(folder) / "with").mkdir()
        (Path(folder) / "without").mkdir()
        served, answered = measure(options.changes, options.replicas, server, Path(folder) / "with")
        silent, _ = measure(
            options.changes, options.replicas, server, Path(folder) / "without", SARSTEER_FLEET_NOTIFY="off"
        )
    write(
        options.json,
        {
            "changes": options.changes,
            "replicas": options.replicas,
            **spread(served),
            "put_answered": spread(answered),
            "without_notify": spread(silent),
            "machine": machine(),
        },
    )


if __name__ == "__main__":
    main()
