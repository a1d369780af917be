"""The audit chain: each entry's digest covers the digest of the one before, so that no entry can be changed, removed,
added or moved without every later one telling.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any

from server.policy.repository import AuditEntry
from server.policy.store.tables import written

GENESIS = "0" * 64
"""What the first entry's ``previous`` is."""


def canonical(value: object) -> str:
    """JSON with sorted keys and no blanks, for UTF-8; raise ValueError for what has none, as NaN or half characters."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    text.encode()
    return text


def without_mac(body: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """What of a record's body is audited."""
    return None if body is None else {name: value for name, value in body.items() if name != "mac"}


def digest_of(entry: AuditEntry) -> str:
    """The SHA-256, in hex, of the canonical JSON of every field but ``digest``."""
    content = {each.name: getattr(entry, each.name) for each in fields(AuditEntry) if each.name != "digest"}
    return hashlib.sha256(canonical({**content, "at": written(entry.at)}).encode()).hexdigest()


def sealed(entry: AuditEntry) -> AuditEntry:
    """The entry with its digest."""
    return replace(entry, digest=digest_of(entry))


@dataclass(frozen=True, slots=True)
class Told:
    """What the other tables tell of an entry: its revision's row, and the version that it wrote."""

    revision: tuple[datetime, str, str, str] | None
    """When, by whom, what, why; None if there is no such revision."""
    has_version: bool
    body: Mapping[str, Any] | None


@dataclass(slots=True)
class ChainWalk:
    """Follows the chain from its start, one entry at a time, and remembers of each record only a hash."""

    entries: int = 0
    digest: str = GENESIS
    revision: int = 0
    _left: dict[tuple[str, str], bytes] = field(default_factory=dict)

    def fault(self, entry: AuditEntry, told: Told) -> str | None:
        """What is wrong with the next entry; None if it is as it must be, and then the walk has passed it."""
        number = self.entries + 1
        fault = self._link_fault(entry, number) or self._content_fault(entry, told)
        if fault is None:
            self.entries, self.digest, self.revision = number, entry.digest, entry.revision
            self._left[entry.kind, entry.name] = _hash(entry.after)
        return fault

    def _link_fault(self, entry: AuditEntry, number: int) -> str | None:
        if entry.sequence > number:
            return f"Entry {number} is missing; the next one there is {entry.sequence}."
        if entry.sequence < number:
            return f"An entry {entry.sequence} was put before the first."
        if entry.previous != self.digest:
            return f"Entry {number} does not follow the one before it: its previous digest is another's."
        if entry.digest != digest_of(entry):
            return f"Entry {number} was changed: its digest is not that of its content."
        return None

    def _content_fault(self, entry: AuditEntry, told: Told) -> str | None:
        where = f"Entry {entry.sequence}"
        if entry.revision not in ((self.revision, self.revision + 1) if self.revision else (1,)):
            return f"{where} is of revision {entry.revision}, which cannot come after revision {self.revision}."
        if told.revision != (entry.at, entry.actor, entry.action, entry.reason):
            return f"{where} and the row of revision {entry.revision} differ in when, who, what or why."
        if not told.has_version or without_mac(told.body) != entry.after:
            return f"{where} and the stored {entry.kind} {entry.name} of revision {entry.revision} differ."
        if self._left.get((entry.kind, entry.name), _hash(None)) != _hash(entry.before):
            return f"{where} begins from a {entry.kind} {entry.name} that the entries before it did not leave."
        return None


def _hash(body: Mapping[str, Any] | None) -> bytes:
    return hashlib.sha256(canonical(body).encode()).digest()
