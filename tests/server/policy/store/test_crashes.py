"""Writers and databases that die in the middle: what was acknowledged is there, whole, and nothing is by halves."""

import json
import random
import subprocess
import sys
import threading
from collections import defaultdict
from typing import Any

from server.policy.errors import StoreUnavailable
from server.policy.repository import Change, Commit
from server.policy.store import open_repository
from server.policy.store.repository import SqlPolicyRepository
from tests import postgres
from tests.server.policy.store.conftest import PEPPER, Opener, Time
from tests.server.policy.store.database import Beneath

COMMITS = 200
SEED = 20260301


def test_a_writer_killed_at_any_point_loses_nothing_acknowledged(url: str, opened: Opener, beneath: Beneath) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "tests.server.policy.store.writers", "kill", url, str(COMMITS), str(SEED)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    acknowledged = {each["revision"]: each["wrote"] for each in map(json.loads, told.stdout.splitlines())}
    assert len(acknowledged) >= COMMITS
    there: dict[int, list[Any]] = defaultdict(list)
    for kind, name, revision, body in beneath.run("SELECT kind, name, revision, body FROM versions"):
        there[revision].append([kind, name, None if body is None else json.loads(body)])
    for revision, wrote in acknowledged.items():
        assert sorted(there[revision], key=str) == sorted(wrote, key=str)
    revisions = beneath.run("SELECT number, reason FROM revisions ORDER BY number")
    # A revision whose writer died before it could say so is there too, and whole.
    assert [number for number, _ in revisions] == list(range(1, len(revisions) + 1))
    assert [reason for _, reason in revisions] == [f"{len(there[number])} records" for number, _ in revisions]
    repository = opened()
    repository.prepare(PEPPER)
    verdict = repository.verify_audit()
    assert (verdict.entries, verdict.fault) == (sum(map(len, there.values())), None)
    assert repository.head() == len(revisions)
    assert repository.commit(Commit("k", "c", "r", (Change("tenant", "after", {}, None),))).number == len(revisions) + 1


def test_a_database_that_crashes_loses_nothing_acknowledged(own_server: postgres.PostgresServer) -> None:
    repository = open_repository(own_server.schema(), Time(), patience=2)
    repository.prepare(PEPPER)
    acknowledged: list[tuple[int, str]] = []
    written = {count: threading.Event() for count in (20, 50, 80, 100)}
    writer = threading.Thread(target=write, args=(repository, acknowledged, written))
    writer.start()
    try:
        chance = random.Random(SEED)
        for count in (20, 50, 80):
            assert written[count].wait(60)
            threading.Event().wait(chance.random() * 0.01)
            own_server.crash()
            own_server.start()
        assert written[100].wait(60)
    finally:
        writer.join(60)
    there = {(version.revision, version.name) for version in repository.at(repository.head())}
    assert there >= set(acknowledged)
    assert [each.number for each in repository.revisions(limit=1000)] == list(range(repository.head(), 0, -1))
    verdict = repository.verify_audit()
    assert (verdict.entries, verdict.fault) == (repository.head(), None)
    repository.close()


def write(
    repository: SqlPolicyRepository, acknowledged: list[tuple[int, str]], written: dict[int, threading.Event]
) -> None:
    """Create tenants, under a new name after each that may not be there, until the last event is due."""
    attempt = 0
    while len(acknowledged) < max(written):
        attempt += 1
        try:
            revision = repository.commit(Commit("k", "c", "r", (Change("tenant", f"t{attempt}", {}, None),)))
        except StoreUnavailable:
            threading.Event().wait(0.02)
            continue
        acknowledged.append((revision.number, f"t{attempt}"))
        if event := written.get(len(acknowledged)):
            event.set()
