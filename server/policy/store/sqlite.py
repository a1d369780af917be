"""SQLite: one file, for one machine. Written through its log and synced, so that a power loss takes no revision."""

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from server.policy.errors import StoreUnusable
from server.policy.store.database import Database

_WAL_STEP = 0.02


class SqliteDatabase(Database):
    """The file that ``url`` names, in a folder that exists. Only ``migrating`` makes the file."""

    def __init__(self, url: URL, patience: float) -> None:
        if not url.database or url.database == ":memory:" or url.query:
            raise StoreUnusable("A policy store in SQLite is a file: give it as sqlite:////folder/policy.db.")
        self._path = Path(url.database).absolute()
        if not self._path.parent.is_dir():
            raise StoreUnusable(f"The policy store's folder {self._path.parent} does not exist; make it.")
        engine = _engine(self._path, patience)
        super().__init__(engine, engine.execution_options(sqlite_begin="BEGIN IMMEDIATE"))
        self._lock = threading.Lock()
        self._wakes: list[Callable[[], object]] = []

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        try:
            _make(self._path)
        except OSError as error:
            raise StoreUnusable(f"The policy store {self._path} cannot be made: {error.strerror}.") from error
        with self.writing() as connection:
            yield connection

    @contextmanager
    def announcing(self) -> Iterator[Connection]:
        with self.writing() as connection:
            yield connection
        with self._lock:
            wakes = tuple(self._wakes)
        for wake in wakes:
            with suppress(Exception):  # The change is written: a watcher that is gone must not make it look undone.
                wake()

    @contextmanager
    def watch(self, wake: Callable[[], object]) -> Iterator[None]:
        with self._lock:
            self._wakes.append(wake)
        try:
            yield
        finally:
            with self._lock:
                self._wakes.remove(wake)


def _make(path: Path) -> None:
    """Make the file readable by its owner alone, whatever the umask; leave one that exists as it is."""
    with suppress(FileExistsError):
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        try:
            os.fchmod(descriptor, 0o600)
        finally:
            os.close(descriptor)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _engine(path: Path, patience: float) -> Engine:
    def connect() -> sqlite3.Connection:
        # mode=rw: a file that went missing must not come back empty.
        connection = sqlite3.connect(
            f"file:{quote(str(path))}?mode=rw",
            uri=True,
            timeout=patience,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            _turn_on_wal(connection, patience)
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
        except BaseException:
            connection.close()
            raise
        return connection

    engine = create_engine(
        "sqlite://", creator=connect, poolclass=QueuePool, pool_timeout=patience, hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def remember_file(connection: Any, record: ConnectionPoolEntry) -> None:
        record.info["file"] = _identity(path)

    @event.listens_for(engine, "checkout")
    def same_file(connection: Any, record: ConnectionPoolEntry, proxy: object) -> None:
        # After a backup was put in the file's place, an open connection would go on writing to the one removed.
        if record.info["file"] != _identity(path):
            raise DisconnectionError("The file was replaced.")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN"))

    return engine


def _turn_on_wal(connection: sqlite3.Connection, patience: float) -> None:
    """Keep the file's changes in a log; SQLite does not wait for its turn at this by itself."""
    deadline = time.monotonic() + patience
    while connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(_WAL_STEP)
