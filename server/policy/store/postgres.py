"""PostgreSQL, through psycopg: for several replicas. Nothing here waits for it without an end."""

import time
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

import psycopg
from sqlalchemy import URL, Connection, create_engine, text

from server.policy.store.database import Database
from server.policy.store.watch import Listener

CHANNEL = "sarsteer_policy"
MIGRATION_LOCK = 0x7361_7273_7465_6572
"""The advisory lock under which one replica migrates: ``sarsteer`` in ASCII."""
MIGRATION_SECONDS = 120.0
CONNECT_SECONDS = 3
POOL = 4
_GRACE_SECONDS = 2.0
"""What the server gets, after its own timeout, to say so."""

Result = TypeVar("Result")


class BoundedConnection(psycopg.Connection[Any]):
    """A connection that gives up on a server which takes its bytes and then says nothing, as one that hangs does.

    The server's own timeouts end a slow statement; only the client can end the wait for a silent server.
    """

    patience = 10.0
    """For how many seconds one answer may be waited for."""

    def wait(self, gen: Generator[Any, Any, Result], *args: Any, **options: Any) -> Result:
        return super().wait(self._within_patience(gen), *args, **options)

    def _within_patience(self, waiting: Generator[Any, Any, Result]) -> Generator[Any, Any, Result]:
        deadline = time.monotonic() + self.patience
        try:
            wanted = next(waiting)
            while True:
                ready = yield wanted
                if not ready and time.monotonic() > deadline:
                    waiting.close()
                    self.pgconn.finish()
                    raise psycopg.OperationalError(f"no answer within {self.patience:g} seconds")
                wanted = waiting.send(ready)
        except StopIteration as end:
            result: Result = end.value
            return result


class PostgresDatabase(Database):
    """The database that ``url`` names; its own options win over the bounds that are set here."""

    def __init__(self, url: URL, patience: float) -> None:
        self._parameters = _parameters(url, patience)

        def connect() -> BoundedConnection:
            connection = BoundedConnection.connect(**self._parameters)
            connection.patience = patience + _GRACE_SECONDS
            return connection

        self._connect = connect
        engine = create_engine(
            "postgresql+psycopg://",
            creator=connect,
            pool_size=POOL,
            max_overflow=POOL,
            pool_timeout=patience,
            pool_pre_ping=True,
            use_native_hstore=False,
            hide_parameters=True,
        )
        reads = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        super().__init__(reads, engine, url.password)

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        with self.writing() as connection:
            raw = connection.connection.driver_connection
            assert isinstance(raw, BoundedConnection)
            patience, raw.patience = raw.patience, MIGRATION_SECONDS + raw.patience
            try:
                connection.execute(text(f"SET LOCAL statement_timeout = '{MIGRATION_SECONDS:.0f}s'"))
                connection.execute(text(f"SET LOCAL lock_timeout = '{MIGRATION_SECONDS:.0f}s'"))
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
                yield connection
            finally:
                raw.patience = patience

    @contextmanager
    def announcing(self) -> Iterator[Connection]:
        with self.writing() as connection:
            yield connection
            connection.execute(text("SELECT pg_notify(:channel, '')"), {"channel": CHANNEL})

    @contextmanager
    def watch(self, wake: Callable[[], object]) -> Iterator[None]:
        with Listener(self._connect, CHANNEL, wake).listening():
            yield


def _parameters(url: URL, patience: float) -> Mapping[str, Any]:
    """What psycopg connects with: whoever is silent for some seconds, before or after the connection, is away."""
    given: dict[str, Any] = url.translate_connect_args(username="user", database="dbname")
    given |= {name: value if isinstance(value, str) else ",".join(value) for name, value in url.query.items()}
    milliseconds = int(patience * 1000)
    # One that is caught in the middle of a change must not keep the head's row from all others.
    bounds = {
        "statement_timeout": milliseconds,
        "lock_timeout": milliseconds,
        "idle_in_transaction_session_timeout": 2 * milliseconds,
    }
    options = " ".join(f"-c {name}={value}" for name, value in bounds.items())
    return {
        "connect_timeout": CONNECT_SECONDS,
        "tcp_user_timeout": milliseconds,
        "keepalives_idle": 2,
        "keepalives_interval": 1,
        "keepalives_count": 3,
        "application_name": "sarsteer",
        **given,
        "options": f"{options} {given.get('options', '')}".strip(),
    }
