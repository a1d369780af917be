"""A control plane for unit tests: a store in memory, a clock that is set by hand, sets that load if they are known."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from server.policy.actor import LOCAL
from server.policy.administration import Administration, Issued
from server.policy.errors import InvalidPolicy
from server.policy.keys import KeyHasher
from server.policy.records import ServiceRecord, TenantRecord
from server.policy.replica import Identity, PolicyReplica
from server.policy.state import KeyRing, PolicyState, Snapshot
from steering.vector_set import VectorSetId
from tests.server.policy.memory_repository import MemoryRepository

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
WHY = "a test asks for it"
PEPPER = b"a pepper of at least 32 bytes, for tests"


class Clock:
    """Stands still until it is set."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **time: float) -> None:
        self.now += timedelta(**time)


class Sets:
    """Sets in service: every one but the ``missing``."""

    def __init__(self) -> None:
        self.missing: set[str] = set()
        self.wanted: list[frozenset[VectorSetId]] = []
        self.released: list[frozenset[VectorSetId]] = []

    async def ensure(self, wanted: frozenset[VectorSetId]) -> None:
        for id_ in sorted(wanted, key=str):
            self.check(id_)
        self.wanted.append(wanted)

    async def release(self, wanted: frozenset[VectorSetId]) -> None:
        self.released.append(wanted)

    def check(self, id_: VectorSetId) -> None:
        if str(id_) in self.missing:
            raise InvalidPolicy(f"{id_} cannot be put into service: it is missing.")


def counted_bytes() -> Callable[[int], bytes]:
    """Entropy that never repeats itself and is the same in every run."""

    def blocks() -> Iterator[bytes]:
        count = 0
        while True:
            count += 1
            yield hashlib.sha256(str(count).encode()).digest()

    source = blocks()
    return lambda size: next(source)[:size]


class Desk:
    """One replica and its administration over ``repository``."""

    def __init__(self, repository: MemoryRepository | None = None, name: str = "a", poll_seconds: float = 0.01) -> None:
        self.clock = Clock()
        self.repository = repository or MemoryRepository(self.clock)
        self.sets = Sets()
        self.hasher = KeyHasher(PEPPER)
        self.applied: list[Snapshot] = []
        self.replica = PolicyReplica(
            self.repository,
            self.sets,
            self.hasher,
            self.clock,
            Identity(name, name, self.clock()),
            poll_seconds=poll_seconds,
            on_apply=lambda snapshot, seconds: self.applied.append(snapshot),
        )
        self.administration = Administration(
            self.repository, self.latest, self.hasher, self.clock, counted_bytes(), self.sets.check
        )

    def latest(self) -> tuple[PolicyState, KeyRing]:
        """What is written, read from the store itself: no replica need look first."""
        head, versions = self.repository.since(0)
        return PolicyState().after(head, versions), KeyRing().after(head, versions)

    def write(self, name: str, record: TenantRecord | None = None) -> int:
        """Create or change a tenant; the revision that it is."""
        held = self.latest()[0].tenants.get(name)
        expected = held.revision if held else None
        return self.administration.put_tenant(LOCAL, name, record or TenantRecord(), expected, WHY).number

    def write_service(self, record: ServiceRecord) -> int:
        held = self.latest()[0].service
        return self.administration.put_service(LOCAL, record, held.revision, WHY).number

    def key(self, tenant: str) -> Issued:
        return self.administration.issue_key(LOCAL, tenant, WHY)
