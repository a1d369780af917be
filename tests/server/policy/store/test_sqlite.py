import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from server.policy.errors import StoreUnavailable, StoreUnusable
from server.policy.repository import Change, Commit
from server.policy.store import open_repository
from server.policy.store.repository import SqlPolicyRepository
from tests.server.policy.store.conftest import PEPPER, Time


def created(name: str) -> Commit:
    return Commit("k", "create", "a test", (Change("tenant", name, {}, None),))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "policy?#%.db"


@pytest.fixture
def repository(file: Path) -> Iterator[SqlPolicyRepository]:
    quoted = str(file).replace("%", "%25").replace("?", "%3F").replace("#", "%23")
    repository = open_repository(f"sqlite:///{quoted}", Time(), patience=0.2)
    yield repository
    repository.close()


@contextmanager
def each_connection_runs(pragma: str) -> Iterator[None]:
    def run(connection: sqlite3.Connection, record: object) -> None:
        connection.execute(pragma)

    event.listen(Engine, "connect", run)
    try:
        yield
    finally:
        event.remove(Engine, "connect", run)


@pytest.fixture
def no_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("no_umask")
def test_only_its_owner_reads_the_file(file: Path, repository: SqlPolicyRepository) -> None:
    repository.prepare(PEPPER)
    repository.commit(created("a"))
    made = list(file.parent.iterdir())
    assert {path.name for path in made} == {file.name, f"{file.name}-wal", f"{file.name}-shm"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in made} == {0o600}


def test_a_strict_umask_leaves_the_file_writable(file: Path, repository: SqlPolicyRepository) -> None:
    before = os.umask(0o777)
    try:
        repository.prepare(PEPPER)
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_is_acknowledged_is_synced(repository: SqlPolicyRepository) -> None:
    seen = []

    def look(connection: sqlite3.Connection, record: object, proxy: object) -> None:
        seen.append({name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted})

    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 200}
    event.listen(Engine, "checkout", look)
    try:
        repository.prepare(PEPPER)
        repository.commit(created("a"))
    finally:
        event.remove(Engine, "checkout", look)
    assert seen == [wanted, wanted]


def test_a_database_that_another_holds_is_unavailable_and_then_answers_again(
    file: Path, repository: SqlPolicyRepository
) -> None:
    repository.prepare(PEPPER)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(
            StoreUnavailable, match=r"does not answer \(database is locked\); nothing was written, retry"
        ):
            repository.commit(created("a"))
        assert repository.head() == 0
    assert repository.commit(created("a")).number == 1


def test_a_full_disk_is_unavailable_and_nothing_is_half_written(repository: SqlPolicyRepository) -> None:
    repository.prepare(PEPPER)
    repository.commit(created("a"))
    repository.close()
    with each_connection_runs("PRAGMA max_page_count = 1"), pytest.raises(StoreUnavailable, match="full"):
        repository.commit(Commit("k", "create", "r", tuple(Change("tenant", f"t{n}", {}, None) for n in range(999))))
    repository.close()
    assert repository.head() == 1
    assert repository.verify_audit().fault is None
    assert repository.commit(created("b")).number == 2


def test_a_read_only_database_is_unavailable_for_writing_alone(repository: SqlPolicyRepository) -> None:
    repository.prepare(PEPPER)
    repository.close()
    with each_connection_runs("PRAGMA query_only = ON"):
        with pytest.raises(StoreUnavailable, match="readonly"):
            repository.commit(created("a"))
        assert repository.head() == 0
    repository.close()


def test_a_file_that_was_never_prepared_is_unavailable_and_stays_away(
    file: Path, repository: SqlPolicyRepository
) -> None:
    with pytest.raises(StoreUnavailable, match="unable to open"):
        repository.head()
    assert not file.exists()


def test_a_file_that_went_missing_is_unavailable(file: Path, repository: SqlPolicyRepository) -> None:
    repository.prepare(PEPPER)
    file.unlink()
    with pytest.raises(StoreUnavailable):
        repository.commit(created("a"))
    assert not file.exists()


def test_a_backup_put_in_the_files_place_is_what_is_read_from_then_on(
    file: Path, repository: SqlPolicyRepository, tmp_path: Path
) -> None:
    repository.prepare(PEPPER)
    repository.commit(created("a"))
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(tmp_path / "backup")) as backup:
        source.backup(backup)
    repository.commit(created("b"))
    for path in file.parent.glob(f"{file.name}*"):
        path.unlink()
    shutil.move(tmp_path / "backup", file)
    assert repository.head() == 1
    assert repository.commit(created("c")).number == 2


def test_another_kind_of_file_is_unavailable(file: Path, repository: SqlPolicyRepository) -> None:
    file.write_bytes(b"not a database at all, though it is long enough to be looked at as one" * 20)
    with pytest.raises(StoreUnavailable, match="not a database"):
        repository.prepare(PEPPER)


def test_a_file_that_cannot_be_made_is_unusable(file: Path, repository: SqlPolicyRepository) -> None:
    file.parent.rename(file.parent.with_name("moved"))
    with pytest.raises(StoreUnusable, match="cannot be made: No such file or directory"):
        repository.prepare(PEPPER)
    file.parent.with_name("moved").rename(file.parent)


def test_bytes_that_no_server_wrote_are_told(file: Path, repository: SqlPolicyRepository) -> None:
    repository.prepare(PEPPER)
    repository.commit(created("a"))
    with closing(sqlite3.connect(file)) as beneath, beneath:
        beneath.execute("INSERT INTO versions VALUES ('tenant', 'b', 1, '{half')")
    with pytest.raises(StoreUnavailable, match=r"holds what no server has written.*restore a backup"):
        repository.since(0)
