"""Processes that write to a store, for tests that race or kill them; one interpreter forks them all.

    python -m tests.server.policy.store.writers race URL PROCESSES COMMITS
    python -m tests.server.policy.store.writers kill URL COMMITS SEED

``race`` starts them together: each prepares the store, then raises one tenant's limit by one, again and again, until it
has won COMMITS times. ``kill`` has one write until COMMITS are acknowledged, and kills it (SIGKILL) at random points on
the way. Both print a line of JSON for each acknowledged revision, once ``commit`` has returned.
"""

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from server.policy.errors import AlreadyThere, RevisionConflict
from server.policy.repository import Change, Commit, PolicyRepository
from server.policy.store import open_repository

PEPPER = "a" * 64
CONTENDED = "contended"


def now() -> datetime:
    return datetime.now(UTC)


def tell(out: int, told: dict[str, Any]) -> None:
    """Write a line at once; it is short enough to come whole or not at all."""
    os.write(out, f"{json.dumps(told)}\n".encode())


def forked(child: Callable[[], None]) -> int:
    """Run ``child`` in a process of its own; its id."""
    process = os.fork()
    if process == 0:
        status = 1
        try:
            child()
            status = 0
        finally:
            sys.stderr.flush()
            os._exit(status)
    return process


def race(url: str, processes: int, commits: int) -> None:
    start, starter = os.pipe()

    def child() -> None:
        os.close(starter)
        os.read(start, 1)  # Until the parent closes its end, for all at once.
        repository = open_repository(url, now)
        repository.prepare(PEPPER)
        for _ in range(commits):
            tell(1, raised(repository))
        repository.close()

    started = [forked(child) for _ in range(processes)]
    os.close(starter)
    for process in started:
        _, status = os.waitpid(process, 0)
        if status:
            sys.exit(f"a writer ended with {status}")


def raised(repository: PolicyRepository) -> dict[str, Any]:
    """Raise the contended limit by one, however many others come first; the revision and the limit that was written."""
    while True:
        held = {each.name: each for each in repository.since(0)[1]}.get(CONTENDED)
        limit = 1 + (held.body or {})["requests_per_minute"] if held else 1
        change = Change("tenant", CONTENDED, {"requests_per_minute": limit}, held.revision if held else None)
        try:
            revision = repository.commit(Commit("k", "raise", "a race", (change,)))
        except (AlreadyThere, RevisionConflict):
            continue
        return {"revision": revision.number, "limit": limit}


def kill(url: str, commits: int, seed: int) -> None:
    chance = random.Random(seed)
    repository = open_repository(url, now)
    repository.prepare(PEPPER)
    repository.close()
    acknowledged = 0
    while acknowledged < commits:
        acknowledged += killed_after(url, chance.randint(1, 60), chance.random() * 0.02, chance.randrange(2**32))


def killed_after(url: str, lines: int, seconds: float, seed: int) -> int:
    """Pass on a writer's lines, kill it ``seconds`` after so many, and pass on the rest; how many there were."""
    read, write = os.pipe()

    def child() -> None:
        os.close(read)
        write_until_killed(url, write, random.Random(seed))

    process = forked(child)
    os.close(write)
    passed = 0
    with open(read, "rb") as lines_of_child:
        for line in lines_of_child:
            os.write(1, line)
            passed += 1
            if passed == lines:
                time.sleep(seconds)
                os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    if os.waitstatus_to_exitcode(status) != -signal.SIGKILL:
        sys.exit(f"the writer ended by itself, with {status}")
    return passed


def write_until_killed(url: str, out: int, chance: random.Random) -> None:
    repository = open_repository(url, now)
    while True:
        head, versions = repository.since(0)
        changes = some_changes(
            head + 1, {each.name: each.revision for each in versions if each.kind == "tenant"}, chance
        )
        revision = repository.commit(Commit("k", "write", f"{len(changes)} records", changes))
        wrote = [[change.kind, change.name, change.body] for change in changes]
        tell(out, {"revision": revision.number, "wrote": wrote})


def some_changes(number: int, tenants: dict[str, int], chance: random.Random) -> tuple[Change, ...]:
    """A tenant, a key, a change, a deletion, or several records together."""
    new = Change("tenant", f"t{number}", {"strength": chance.random()}, None)
    key = Change("key", f"k{number}", {"tenant": new.name, "mac": f"{number:064x}"}, None)
    if not tenants:
        return (new,)
    name = chance.choice(sorted(tenants))
    body = chance.choice([None, {"mode": "shadow", "strength": chance.random()}])
    old = Change("tenant", name, body, tenants[name])
    more = (Change("tenant", f"t{number}-{n}", {"strength": float(n)}, None) for n in range(chance.randint(1, 5)))
    return chance.choice([(new,), (key,), (old,), (new, key, old, *more)])


if __name__ == "__main__":
    verb, target, *numbers = sys.argv[1:]
    {"race": race, "kill": kill}[verb](target, *map(int, numbers))
