"""Hearing of commits by PostgreSQL's LISTEN, in a thread of its own."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from psycopg import sql

POLL_SECONDS = 0.2
"""How soon the thread sees that it must end."""
PAUSE_SECONDS = 0.5
"""How long it waits before it connects anew."""


class Listener:
    """Calls ``wake`` for each notification on ``channel``, and for each new connection: some may have been missed."""

    def __init__(
        self, connect: Callable[[], psycopg.Connection[Any]], channel: str, wake: Callable[[], object]
    ) -> None:
        self._connect = connect
        self._channel = channel
        self._wake = wake
        self._ending = threading.Event()

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Listen while open, through whatever the database does."""
        thread = threading.Thread(target=self._run, name=f"listen {self._channel}", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._ending.set()
            thread.join()

    def _run(self) -> None:
        while not self._ending.is_set():
            with suppress(psycopg.Error, OSError):  # Away: polling tells of it, and here another try follows.
                self._listen()
            self._ending.wait(PAUSE_SECONDS)

    def _listen(self) -> None:
        connection = self._connect()
        try:
            connection.autocommit = True
            connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(self._channel)))
            self._tell()
            while not self._ending.is_set():
                for _ in connection.notifies(timeout=POLL_SECONDS, stop_after=1):
                    self._tell()
        finally:
            connection.close()

    def _tell(self) -> None:
        with suppress(Exception):  # One who can no longer be woken must not end the thread.
            self._wake()
