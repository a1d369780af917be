"""A PolicyRepository in memory, for unit tests: what the seam promises, and a switch to take it away."""

import hashlib
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from server.policy.errors import AlreadyThere, RevisionConflict, StoreUnavailable, StoreUnusable
from server.policy.repository import (
    AuditEntry,
    AuditVerdict,
    Change,
    Commit,
    Kind,
    ReplicaState,
    Revision,
    Version,
)

START = "0" * 64
"""What the first audit entry names as the digest before it."""


class MemoryRepository:
    """Keeps everything in lists. While ``away`` is set, every call raises StoreUnavailable."""

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.away = False
        self.closed = False
        self._clock = clock
        self._lock = threading.Lock()
        self._versions: list[Version] = []
        self._revisions: list[Revision] = []
        self._audit: list[AuditEntry] = []
        self._chain_head = (0, START)
        self._replicas: dict[str, ReplicaState] = {}
        self._wakes: list[Callable[[], object]] = []
        self._pepper_check: str | None = None

    def prepare(self, pepper_check: str) -> None:
        with self._there():
            if self._pepper_check not in (None, pepper_check):
                raise StoreUnusable("The store was keyed with another pepper; start with that one.")
            self._pepper_check = pepper_check

    def commit(self, commit: Commit) -> Revision:
        with self._there():
            self._check(commit)
            number = len(self._revisions) + 1
            subjects = tuple(f"{change.kind}/{change.name}" for change in commit.changes)
            revision = Revision(number, self._clock(), commit.actor, commit.action, commit.reason, subjects)
            for change in commit.changes:
                self._note(revision, change)
                self._versions.append(Version(change.kind, change.name, number, _as_json(change.body)))
            self._revisions.append(revision)
            wakes = tuple(self._wakes)
        for wake in wakes:
            wake()
        return revision

    def head(self) -> int:
        with self._there():
            return len(self._revisions)

    def since(self, revision: int) -> tuple[int, tuple[Version, ...]]:
        with self._there():
            newest = self._newest(len(self._revisions))
            return len(self._revisions), tuple(each for each in newest.values() if each.revision > revision)

    def at(self, revision: int) -> tuple[Version, ...]:
        with self._there():
            return tuple(version for version in self._newest(revision).values() if version.body is not None)

    def revisions(self, before: int | None = None, limit: int = 50) -> tuple[Revision, ...]:
        with self._there():
            found = [each for each in reversed(self._revisions) if before is None or each.number < before]
            return tuple(found[:limit])

    def audit(self, after: int = 0, limit: int = 100, *, newest_first: bool = False) -> tuple[AuditEntry, ...]:
        with self._there():
            found = [entry for entry in self._audit if entry.sequence > after]
            return tuple((found[::-1] if newest_first else found)[:limit])

    def audit_of(self, revision: int) -> tuple[AuditEntry, ...]:
        with self._there():
            return tuple(entry for entry in self._audit if entry.revision == revision)

    def verify_audit(self) -> AuditVerdict:
        with self._there():
            previous = START
            for sequence, entry in enumerate(self._audit, 1):
                if (entry.sequence, entry.previous, entry.digest) != (sequence, previous, _digest_of(entry)):
                    return AuditVerdict(len(self._audit), previous, f"entry {sequence} is not as it was written")
                previous = entry.digest
            fault = None if (len(self._audit), previous) == self._chain_head else "the last entries are missing"
            return AuditVerdict(len(self._audit), previous, fault)

    def beat(self, replica: ReplicaState) -> None:
        with self._there():
            self._replicas[replica.id] = replica

    def forget(self, replica_id: str) -> None:
        with self._there():
            self._replicas.pop(replica_id, None)

    def replicas(self, since: datetime) -> tuple[ReplicaState, ...]:
        with self._there():
            return tuple(sorted((r for r in self._replicas.values() if r.seen > since), key=lambda r: (r.name, r.id)))

    @contextmanager
    def watch(self, wake: Callable[[], object]) -> Iterator[None]:
        self._wakes.append(wake)
        try:
            yield
        finally:
            self._wakes.remove(wake)

    def close(self) -> None:
        self.closed = True

    def put_back(self, revision: int) -> None:
        """Become what the store was at ``revision``, as one restored from a backup of that day."""
        with self._lock:
            self._versions = [version for version in self._versions if version.revision <= revision]
            self._revisions = self._revisions[:revision]
            self._audit = [entry for entry in self._audit if entry.revision <= revision]
            last = self._audit[-1].digest if self._audit else START
            self._chain_head = (len(self._audit), last)

    @contextmanager
    def _there(self) -> Iterator[None]:
        with self._lock:
            if self.away:
                raise StoreUnavailable("The store does not answer; nothing was written.")
            yield

    def _newest(self, revision: int) -> dict[tuple[Kind, str], Version]:
        return {(each.kind, each.name): each for each in self._versions if each.revision <= revision}

    def _check(self, commit: Commit) -> None:
        head = len(self._revisions)
        if commit.base is not None and commit.base != head:
            raise RevisionConflict(f"The head is revision {head}, not {commit.base}; look again.", head)
        newest = self._newest(head)
        for change in commit.changes:
            held = newest.get((change.kind, change.name))
            current = held.revision if held is not None and held.body is not None else 0
            if change.expected is None and current:
                raise AlreadyThere(f"There is a {change.kind} {change.name}, of revision {current}.")
            if change.expected is not None and change.expected != current:
                raise RevisionConflict(f"{change.kind} {change.name} is at revision {current}; look again.", current)

    def _note(self, revision: Revision, change: Change) -> None:
        held = self._newest(revision.number).get((change.kind, change.name))
        sequence, previous = self._chain_head
        entry = AuditEntry(
            sequence + 1,
            revision.number,
            revision.at,
            revision.actor,
            revision.action,
            revision.reason,
            change.kind,
            change.name,
            _public(held.body if held else None),
            _public(change.body),
            previous,
            "",
        )
        entry = replace(entry, digest=_digest_of(entry))
        self._audit.append(entry)
        self._chain_head = (entry.sequence, entry.digest)


def _as_json(body: Mapping[str, Any] | None) -> Any:
    """The body as a store would give it back: anything but JSON fails."""
    return json.loads(json.dumps(body, allow_nan=False))


def _public(body: Mapping[str, Any] | None) -> Any:
    return None if body is None else {name: value for name, value in _as_json(body).items() if name != "mac"}


def _digest_of(entry: AuditEntry) -> str:
    fields = [entry.sequence, entry.revision, entry.at.isoformat(), entry.actor, entry.action, entry.reason]
    content = [*fields, entry.kind, entry.name, entry.before, entry.after, entry.previous]
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
