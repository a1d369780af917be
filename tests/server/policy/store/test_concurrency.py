"""Replicas that write at the same time."""

import json
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

from server.policy.errors import AlreadyThere, PolicyError, RevisionConflict
from server.policy.repository import Change, Commit
from server.policy.store.repository import SqlPolicyRepository
from tests.server.policy.store.conftest import PEPPER, Opener

WRITERS = 6


def outcomes(stores: list[SqlPolicyRepository], commits: list[Commit]) -> list[int | PolicyError]:
    """What each of ``commits`` came to, made at once, by turns through ``stores``."""
    barrier = threading.Barrier(len(commits))

    def attempt(number: int) -> int | PolicyError:
        barrier.wait(30)
        try:
            return stores[number % len(stores)].commit(commits[number]).number
        except PolicyError as error:
            return error

    with ThreadPoolExecutor(len(commits)) as pool:
        return list(pool.map(attempt, range(len(commits))))


def change(name: str, expected: int | None, strength: float) -> Commit:
    return Commit(f"k{strength:g}", "change", "a race", (Change("tenant", name, {"strength": strength}, expected),))


def test_exactly_one_of_those_that_change_a_record_wins(repository: SqlPolicyRepository, opened: Opener) -> None:
    stores = [repository, opened()]
    repository.commit(change("a", None, 0))
    for round_ in range(1, 6):
        came_to = outcomes(stores, [change("a", round_, n) for n in range(WRITERS)])
        winners = [n for n, each in enumerate(came_to) if isinstance(each, int)]
        losers = [each for each in came_to if not isinstance(each, int)]
        assert [came_to[n] for n in winners] == [round_ + 1]
        assert all(isinstance(each, RevisionConflict) and each.current == round_ + 1 for each in losers)
        (version,) = repository.at(round_ + 1)
        assert version.body == {"strength": winners[0]}
    assert repository.verify_audit().fault is None


def test_exactly_one_of_those_that_create_a_record_wins(repository: SqlPolicyRepository, opened: Opener) -> None:
    came_to = outcomes([repository, opened()], [change("a", None, n) for n in range(WRITERS)])
    assert [each for each in came_to if isinstance(each, int)] == [1]
    assert sum(isinstance(each, AlreadyThere) for each in came_to) == WRITERS - 1


def test_those_that_change_different_records_all_win(repository: SqlPolicyRepository, opened: Opener) -> None:
    came_to = outcomes([repository, opened()], [change(f"t{n}", None, n) for n in range(WRITERS)])
    assert sorted(each for each in came_to if isinstance(each, int)) == list(range(1, WRITERS + 1))
    verdict = repository.verify_audit()
    assert (verdict.entries, verdict.fault) == (WRITERS, None)


def test_eight_processes_prepare_at_once_and_lose_no_update(url: str, opened: Opener) -> None:
    processes, commits = 8, 5
    told = subprocess.run(
        [sys.executable, "-m", "tests.server.policy.store.writers", "race", url, str(processes), str(commits)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    won = sorted((each["revision"], each["limit"]) for each in map(json.loads, told.stdout.splitlines()))
    assert won == [(n, n) for n in range(1, processes * commits + 1)]
    repository = opened()
    repository.prepare(PEPPER)
    verdict = repository.verify_audit()
    assert (verdict.entries, verdict.fault) == (processes * commits, None)
