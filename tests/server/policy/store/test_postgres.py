import signal
import traceback
from collections.abc import Callable, Iterator

import psutil
import psycopg
import pytest
from sqlalchemy import make_url, select

from server.policy.errors import PolicyError, StoreUnavailable
from server.policy.repository import Change, Commit
from server.policy.store import open_repository
from server.policy.store.postgres import PostgresDatabase
from server.policy.store.repository import SqlPolicyRepository
from server.policy.store.tables import HEAD
from tests import postgres
from tests.server.policy.store.conftest import PEPPER, Time

PATIENCE = 1.0


def created(name: str) -> Commit:
    return Commit("k", "create", "a test", (Change("tenant", name, {}, None),))


@pytest.fixture
def opened() -> Iterator[Callable[[str], SqlPolicyRepository]]:
    repositories = []

    def open_(url: str) -> SqlPolicyRepository:
        repositories.append(open_repository(url, Time(), patience=PATIENCE))
        return repositories[-1]

    yield open_
    for repository in repositories:
        repository.close()


Open = Callable[[str], SqlPolicyRepository]


def test_a_server_that_is_stopped_is_unavailable_until_it_is_back(
    own_server: postgres.PostgresServer, opened: Open
) -> None:
    repository = opened(own_server.schema())
    repository.prepare(PEPPER)
    repository.commit(created("a"))
    own_server.stop()
    for call in (repository.head, lambda: repository.commit(created("b")), lambda: repository.prepare(PEPPER)):
        with pytest.raises(StoreUnavailable, match=r"does not answer \(.*refused.*retry\."):
            call()
    own_server.start()
    assert repository.head() == 1
    assert repository.commit(created("b")).number == 2


def test_a_server_that_hangs_is_unavailable_until_it_goes_on(own_server: postgres.PostgresServer, opened: Open) -> None:
    repository = opened(own_server.schema())
    repository.prepare(PEPPER)
    children = [each for each in psutil.Process().children() if each.status() != psutil.STATUS_ZOMBIE]
    (main,) = [each for each in children if str(own_server.port) in each.cmdline()]
    own = [main, *main.children(recursive=True)]
    for process in own:
        process.send_signal(signal.SIGSTOP)
    try:
        with pytest.raises(StoreUnavailable):
            repository.head()
    finally:
        for process in own:
            process.send_signal(signal.SIGCONT)
    assert repository.head() == 0


def test_a_table_that_another_locks_is_unavailable(postgres_url: str, opened: Open) -> None:
    repository = opened(f"{postgres_url}%20-cstatement_timeout%3D0")  # Its own options win.
    repository.prepare(PEPPER)
    with psycopg.connect(postgres_url) as other:
        other.execute("LOCK TABLE head IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(StoreUnavailable, match="lock timeout"):
            repository.head()
    assert repository.head() == 0


def test_a_head_that_another_holds_is_unavailable_and_nothing_is_written(postgres_url: str, opened: Open) -> None:
    repository = opened(postgres_url)
    repository.prepare(PEPPER)
    with psycopg.connect(postgres_url) as other:
        other.execute("SELECT * FROM head FOR UPDATE")
        with pytest.raises(StoreUnavailable, match=r"timeout.*nothing was written, retry"):
            repository.commit(created("a"))
        assert repository.since(0) == (0, ())
    assert repository.commit(created("a")).number == 1


def test_one_that_stays_in_the_middle_of_a_change_does_not_keep_the_others_from_theirs(
    postgres_url: str, opened: Open
) -> None:
    repository = opened(postgres_url)
    repository.prepare(PEPPER)
    database = PostgresDatabase(make_url(postgres_url), PATIENCE)

    def stay() -> None:
        with database.writing() as connection:
            connection.execute(select(HEAD).with_for_update())
            until(lambda: repository.commit(created("a")).number == 1)
            connection.execute(select(HEAD))

    with pytest.raises(StoreUnavailable, match="idle-in-transaction"):
        stay()
    database.close()


def until(condition: Callable[[], bool], attempts: int = 100) -> None:
    """Try until the store answers and the answer is right."""
    for _ in range(attempts):
        try:
            if condition():
                return
        except StoreUnavailable:
            continue
    raise AssertionError("It never came.")


def test_a_database_that_takes_no_writes_is_unavailable_for_writing_alone(postgres_url: str, opened: Open) -> None:
    opened(postgres_url).prepare(PEPPER)
    repository = opened(f"{postgres_url}%20-cdefault_transaction_read_only%3Don")
    with pytest.raises(StoreUnavailable, match="read-only transaction"):
        repository.commit(created("a"))
    assert repository.head() == 0


def test_a_schema_that_was_never_prepared_is_unavailable(postgres_url: str, opened: Open) -> None:
    with pytest.raises(StoreUnavailable, match='"head" does not exist'):
        opened(postgres_url).head()


def test_a_connection_that_the_server_ended_is_replaced(postgres_url: str, opened: Open) -> None:
    repository = opened(postgres_url)
    repository.prepare(PEPPER)
    with psycopg.connect(postgres_url, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE application_name = 'sarsteer' AND pid <> pg_backend_pid()"
        )
    assert repository.head() == 0


def test_an_end_in_the_middle_of_the_last_step_is_told_as_what_it_is(postgres_url: str, opened: Open) -> None:
    repository = opened(postgres_url)
    repository.prepare(PEPPER)
    with psycopg.connect(postgres_url) as other:
        other.execute(
            "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$"
        )
        other.execute(
            "CREATE CONSTRAINT TRIGGER die AFTER INSERT ON audit DEFERRABLE INITIALLY DEFERRED "
            "FOR EACH ROW EXECUTE FUNCTION die()"
        )
    with pytest.raises(StoreUnavailable, match="as the change was written; look whether it is there"):
        repository.commit(created("a"))
    assert repository.head() == 0


@pytest.mark.parametrize(
    "change",
    [
        lambda url, port: url.replace(f":{port}", ":1"),
        lambda url, port: url.replace("/postgres", "/absent"),
        lambda url, port: url.replace("sarsteer:", "nobody:"),
        lambda url, port: url.replace("pw-", "wrong-pw-"),
        lambda url, port: url.replace("?", "?wrong_option=pw-1&"),
        lambda url, port: url.replace("pw-", "p%40s%2Fs%3Aw-pw-"),
    ],
    ids=["port", "database", "user", "password", "option", "quoted"],
)
def test_no_password_is_told(
    postgres_server: postgres.PostgresServer, opened: Open, change: Callable[[str, int], str]
) -> None:
    url = change(postgres_server.schema(), postgres_server.port)
    with pytest.raises(PolicyError) as caught:
        opened(url).prepare(PEPPER)
    told = "".join(traceback.format_exception(caught.value))
    assert "pw-" not in told.replace("?wrong_option=pw-1", "")
    assert postgres_server.password.removeprefix("pw-") not in told


def test_no_mac_is_told_when_a_statement_fails(postgres_url: str, opened: Open) -> None:
    repository = opened(postgres_url)
    repository.prepare(PEPPER)
    with psycopg.connect(postgres_url) as other:
        other.execute("ALTER TABLE versions ADD CHECK (body IS NULL)")
    mac = "f00d" * 16
    with pytest.raises(StoreUnavailable) as caught:
        repository.commit(Commit("k", "c", "r", (Change("key", "k", {"mac": mac}, None),)))
    assert mac not in "".join(traceback.format_exception(caught.value))
