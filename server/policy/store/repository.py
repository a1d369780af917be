"""PolicyRepository on a SQL database."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update

from server.policy.errors import StoreUnusable
from server.policy.model import Clock
from server.policy.repository import AuditEntry, AuditVerdict, Commit, ReplicaState, Revision, Version
from server.policy.store.database import Database
from server.policy.store.migration import migrate
from server.policy.store.rows import entry_of, newest, replica_of, row_of_replica, version_of
from server.policy.store.tables import AUDIT, HEAD, REPLICAS, REVISIONS, VERSIONS, written
from server.policy.store.verification import verify
from server.policy.store.writing import check_writable, write

FORGOTTEN = timedelta(days=1)
"""A replica that was not seen for so long is taken off the list."""


class SqlPolicyRepository:
    """PolicyRepository in ``database``, for any number of threads; ``clock`` dates revisions."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def prepare(self, pepper_check: str) -> None:
        with self._database.migrating() as connection:
            migrate(connection)
            held = connection.execute(select(HEAD.c.pepper_check)).scalar_one()
            if held is None:
                connection.execute(update(HEAD).values(pepper_check=pepper_check))
            elif held != pepper_check:
                raise StoreUnusable(
                    "The policy store's keys were made under another pepper, and none would be known under this one. "
                    "Start with the pepper that the store was first started with."
                )

    def commit(self, commit: Commit) -> Revision:
        check_writable(commit)
        with self._database.announcing() as connection:
            return write(connection, commit, self._clock())

    def head(self) -> int:
        with self._database.reading() as connection:
            return _head(connection)

    def since(self, revision: int) -> tuple[int, tuple[Version, ...]]:
        with self._database.reading() as connection:
            head = _head(connection)
            if head <= revision:
                return head, ()
            rows = connection.execute(newest(VERSIONS.c.revision > revision))
            # To one who has seen nothing, what is gone never was.
            return head, tuple(version_of(row) for row in rows if revision or row.body is not None)

    def at(self, revision: int) -> tuple[Version, ...]:
        with self._database.reading() as connection:
            rows = connection.execute(newest(VERSIONS.c.revision <= revision))
            return tuple(version_of(row) for row in rows if row.body is not None)

    def revisions(self, before: int | None = None, limit: int = 50) -> tuple[Revision, ...]:
        query = select(REVISIONS).order_by(REVISIONS.c.number.desc()).limit(limit)
        if before is not None:
            query = query.where(REVISIONS.c.number < before)
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
            subjects = _subjects(connection, [row.number for row in rows])
            return tuple(
                Revision(
                    row.number,
                    datetime.fromisoformat(row.at),
                    row.actor,
                    row.action,
                    row.reason,
                    tuple(subjects[row.number]),
                )
                for row in rows
            )

    def audit(self, after: int = 0, limit: int = 100, *, newest_first: bool = False) -> tuple[AuditEntry, ...]:
        order = AUDIT.c.sequence.desc() if newest_first else AUDIT.c.sequence
        query = select(AUDIT).where(AUDIT.c.sequence > after).order_by(order).limit(limit)
        with self._database.reading() as connection:
            return tuple(entry_of(row) for row in connection.execute(query))

    def audit_of(self, revision: int) -> tuple[AuditEntry, ...]:
        query = select(AUDIT).where(AUDIT.c.revision == revision).order_by(AUDIT.c.sequence)
        with self._database.reading() as connection:
            return tuple(entry_of(row) for row in connection.execute(query))

    def verify_audit(self) -> AuditVerdict:
        with self._database.reading() as connection:
            return verify(connection)

    def beat(self, replica: ReplicaState) -> None:
        gone = select(REPLICAS.c.id).where(REPLICAS.c.seen < written(self._clock() - FORGOTTEN))
        with self._database.writing() as connection:
            self._database.upsert(connection, REPLICAS, row_of_replica(replica))
            # Two replicas that clear away the same ones must not wait for each other.
            connection.execute(delete(REPLICAS).where(REPLICAS.c.id.in_(gone.with_for_update(skip_locked=True))))

    def forget(self, replica_id: str) -> None:
        with self._database.writing() as connection:
            connection.execute(delete(REPLICAS).where(REPLICAS.c.id == replica_id))

    def replicas(self, since: datetime) -> tuple[ReplicaState, ...]:
        query = select(REPLICAS).where(REPLICAS.c.seen > written(since))
        with self._database.reading() as connection:
            states = [replica_of(row) for row in connection.execute(query)]
        return tuple(sorted(states, key=lambda state: (state.name, state.id)))

    def watch(self, wake: Callable[[], object]) -> AbstractContextManager[None]:
        return self._database.watch(wake)

    def close(self) -> None:
        self._database.close()


def _head(connection: Connection) -> int:
    return int(connection.execute(select(HEAD.c.revision)).scalar_one())


def _subjects(connection: Connection, numbers: Sequence[int]) -> Mapping[int, list[str]]:
    """What each of these revisions changed, in the order in which it was asked for."""
    subjects: dict[int, list[str]] = defaultdict(list)
    if numbers:
        query = (
            select(AUDIT.c.revision, AUDIT.c.kind, AUDIT.c.name)
            .where(AUDIT.c.revision.between(min(numbers), max(numbers)))
            .order_by(AUDIT.c.sequence)
        )
        for row in connection.execute(query):
            subjects[row.revision].append(f"{row.kind}/{row.name}")
    return subjects
