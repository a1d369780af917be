"""The seam to the store: what is committed, what is read back, and who has applied it.

Each change makes a new, immutable revision; revisions are numbered from 1 without gaps.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

Kind = Literal["service", "tenant", "key", "admin_key"]
SERVICE = "service"
"""The name of the one record of the kind ``service``."""


@dataclass(frozen=True, slots=True)
class Version:
    """A record as one revision left it; ``body`` None: that revision deleted it."""

    kind: Kind
    name: str
    revision: int
    body: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Change:
    """A record to write (``body`` None: to delete) if it is still at revision ``expected`` (None: not there)."""

    kind: Kind
    name: str
    body: Mapping[str, Any] | None
    expected: int | None


@dataclass(frozen=True, slots=True)
class Commit:
    """Changes that become one revision together, or not at all. ``base``: the head that they were made for, if any."""

    actor: str
    action: str
    reason: str
    changes: tuple[Change, ...]
    base: int | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """One commit as it is remembered. ``subjects`` are ``kind/name`` of what it changed."""

    number: int
    at: datetime
    actor: str
    action: str
    reason: str
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One change, for ever. ``digest`` is the SHA-256 of the entry with ``previous``, the digest of the one before.

    ``before`` and ``after`` are the record's bodies without MACs.
    """

    sequence: int
    revision: int
    at: datetime
    actor: str
    action: str
    reason: str
    kind: Kind
    name: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    previous: str
    digest: str


@dataclass(frozen=True, slots=True)
class AuditVerdict:
    """Whether the chain holds: how many entries, the digest of the last, and the first fault found, None if none."""

    entries: int
    digest: str
    fault: str | None


@dataclass(frozen=True, slots=True)
class ReplicaState:
    """What a replica last wrote of itself. ``problem`` says why it serves no newer revision, if that is so."""

    id: str
    name: str
    started: datetime
    seen: datetime
    revision: int
    problem: str | None = None


class PolicyRepository(Protocol):
    """Where policies are kept. Calls block (make them in a thread) and may raise StoreUnavailable, within seconds."""

    def prepare(self, pepper_check: str) -> None:
        """Create or migrate the schema, once however many replicas start together.

        Raise StoreUnusable if it was keyed with another pepper (see KeyHasher.check), or is newer than this code.
        """

    def commit(self, commit: Commit) -> Revision:
        """Write a revision and its audit entries in one transaction.

        Raise RevisionConflict, or AlreadyThere where ``expected`` is None; then nothing is written.
        """

    def head(self) -> int:
        """The newest revision, 0 before the first."""

    def since(self, revision: int) -> tuple[int, tuple[Version, ...]]:
        """The head, and the newest version of each record that changed after ``revision``, read at one moment."""

    def at(self, revision: int) -> tuple[Version, ...]:
        """Every record as it was at ``revision``, deleted ones left out."""

    def revisions(self, before: int | None = None, limit: int = 50) -> tuple[Revision, ...]:
        """The newest revisions first, those below ``before``."""

    def audit(self, after: int = 0, limit: int = 100, *, newest_first: bool = False) -> tuple[AuditEntry, ...]:
        """Audit entries of a sequence above ``after``, oldest first (or the newest ``limit`` of them, newest first)."""

    def audit_of(self, revision: int) -> tuple[AuditEntry, ...]:
        """The audit entries of one revision, oldest first; empty if there is no such revision."""

    def verify_audit(self) -> AuditVerdict:
        """Walk the whole chain: digests, gaps, and the head that the store keeps apart."""

    def beat(self, replica: ReplicaState) -> None:
        """Write what a replica serves."""

    def forget(self, replica_id: str) -> None:
        """Take a replica that stops off the list."""

    def replicas(self, since: datetime) -> tuple[ReplicaState, ...]:
        """The replicas that were seen after ``since``, by name."""

    def watch(self, wake: Callable[[], object]) -> AbstractContextManager[None]:
        """While open, call ``wake`` (from any thread) soon after a commit by anyone, as far as the store can tell.

        It only shortens the wait: a wake may be missed, and polling has to find the commit all the same.
        """

    def close(self) -> None:
        """Let go of every connection."""
