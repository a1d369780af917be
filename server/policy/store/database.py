"""What a database must do for the policy store, whichever it is, and how its refusals are told."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from server.policy.errors import StoreUnavailable

MOST_OF_A_CAUSE = 200


def cause_of(error: Exception, secret: str | None = None) -> str:
    """The first line of what the database said, without SQL, parameters or ``secret``."""
    said = str(getattr(error, "orig", None) or error).strip() or type(error).__name__
    line = said.splitlines()[0]
    return (line.replace(secret, "***") if secret else line)[:MOST_OF_A_CAUSE]


class Database(ABC):
    """One database and its pool. ``secret`` is the password in its URL, which no message may hold.

    Both context managers of connections raise StoreUnavailable for whatever the database refuses: away, slow, full,
    locked, read-only.
    """

    def __init__(self, reads: Engine, writes: Engine, secret: str | None = None) -> None:
        self._reads = reads
        self._writes = writes
        self._secret = secret

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees the database as of one moment."""
        try:
            with self._reads.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise StoreUnavailable(f"The policy store does not answer ({self.cause(error)}); retry.") from error
        except ValueError as error:
            raise StoreUnavailable(
                f"The policy store holds what no server has written ({error}); verify its audit, and restore a backup."
            ) from error

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is written at the end of the block, or not at all if it raises."""
        committing = False
        try:
            with self._writes.begin() as connection:
                yield connection
                committing = True
        except SQLAlchemyError as error:
            cause = self.cause(error)
            if committing and getattr(error, "connection_invalidated", False):
                raise StoreUnavailable(
                    f"The policy store stopped answering ({cause}) as the change was written; "
                    "look whether it is there, and if it is not, retry."
                ) from error
            raise StoreUnavailable(
                f"The policy store does not answer ({cause}); nothing was written, retry."
            ) from error

    @abstractmethod
    def migrating(self) -> AbstractContextManager[Connection]:
        """As ``writing``, alone of all replicas that prepare the store, in a database that is made if need be."""

    @abstractmethod
    def announcing(self) -> AbstractContextManager[Connection]:
        """As ``writing``; what it commits wakes the watchers."""

    @abstractmethod
    def watch(self, wake: Callable[[], object]) -> AbstractContextManager[None]:
        """As PolicyRepository.watch."""

    def upsert(self, connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
        """Write ``row`` in place of the one with its primary key, if there is one."""
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        statement = dialect.insert(table).values(row)
        keys = [column.name for column in table.primary_key]
        news = {name: statement.excluded[name] for name in row if name not in keys}
        connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=news))

    def cause(self, error: Exception) -> str:
        """As ``cause_of``, for this database's secret."""
        return cause_of(error, self._secret)

    def close(self) -> None:
        """Close every connection of the pool."""
        self._writes.dispose()
