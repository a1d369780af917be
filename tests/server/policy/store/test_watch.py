import threading
from collections.abc import Iterator

import pytest

from server.policy.repository import Change, Commit
from server.policy.store import open_repository
from server.policy.store.repository import SqlPolicyRepository
from tests import postgres
from tests.server.policy.store.conftest import PEPPER, Opener, Time

DEADLINE = 30.0


class Bell:
    """Counts the wakes, and lets a test wait for the next."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.rung = 0

    def __call__(self) -> None:
        with self._changed:
            self.rung += 1
            self._changed.notify_all()

    def wait_beyond(self, rung: int) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: self.rung > rung, DEADLINE), "nobody rang"


def created(name: str) -> Commit:
    return Commit("k", "create", "a test", (Change("tenant", name, {}, None),))


def listeners() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("listen")]


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    yield
    assert listeners() == []


def test_a_commit_wakes_the_watchers_after_it_can_be_read(repository: SqlPolicyRepository) -> None:
    heads: list[int] = []
    bell = Bell()

    def look() -> None:
        heads.append(repository.head())
        bell()

    with repository.watch(look), repository.watch(bell):
        for number in (1, 2):
            rung = bell.rung
            repository.commit(created(f"t{number}"))
            while number not in heads:
                bell.wait_beyond(rung)
                rung = bell.rung


def test_a_watcher_that_is_gone_harms_nobody(repository: SqlPolicyRepository) -> None:
    def gone() -> None:
        raise RuntimeError("Event loop is closed")

    bell = Bell()
    with repository.watch(gone), repository.watch(bell):
        rung = bell.rung
        assert repository.commit(created("a")).number == 1
        bell.wait_beyond(rung)
    rung = bell.rung
    repository.commit(created("b"))
    assert bell.rung == rung


def test_a_refused_commit_wakes_nobody_in_sqlite(tmp_path: object) -> None:
    repository = open_repository(f"sqlite:///{tmp_path}/policy.db", Time())
    repository.prepare(PEPPER)
    bell = Bell()
    with repository.watch(bell):
        with pytest.raises(Exception, match="is gone"):
            repository.commit(Commit("k", "c", "r", (Change("tenant", "a", {}, 7),)))
        assert bell.rung == 0
    repository.close()


def test_another_replicas_commit_wakes_too(postgres_url: str) -> None:
    one, other = open_repository(postgres_url, Time()), open_repository(postgres_url, Time())
    one.prepare(PEPPER)
    bell = Bell()
    with one.watch(bell):
        bell.wait_beyond(0)  # It listens.
        rung = bell.rung
        other.commit(created("a"))
        bell.wait_beyond(rung)
    one.close()
    other.close()


def test_watching_survives_a_server_that_stops(own_server: postgres.PostgresServer) -> None:
    repository = open_repository(own_server.schema(), Time())
    repository.prepare(PEPPER)
    bell = Bell()
    with repository.watch(bell):
        bell.wait_beyond(0)
        own_server.stop()
        rung = bell.rung
        own_server.start()
        bell.wait_beyond(rung)  # It listens again, and tells that it may have missed something.
        rung = bell.rung
        repository.commit(created("a"))
        bell.wait_beyond(rung)
        own_server.stop()
    repository.close()


def test_watching_may_begin_while_the_server_is_away(own_server: postgres.PostgresServer) -> None:
    repository = open_repository(own_server.schema(), Time())
    own_server.stop()
    bell = Bell()
    with repository.watch(bell):
        own_server.start()
        bell.wait_beyond(0)
    repository.close()


@pytest.mark.usefixtures("opened")
def test_watching_ends_with_its_block_whatever_happens_inside(opened: Opener) -> None:
    repository = opened()
    repository.prepare(PEPPER)
    with pytest.raises(ZeroDivisionError), repository.watch(Bell()):
        raise ZeroDivisionError
