"""From a policy document to the changes that make it so, for the store and for whoever reads them first.

A plan is declarative: what is as the document says is not in it, so a document that was applied plans nothing more.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from server.policy.document import KeyEntry, PolicyDocument, TenantEntry
from server.policy.errors import InvalidPolicy
from server.policy.keys import KeyHasher, is_foreign
from server.policy.records import KeyRecord, is_live
from server.policy.repository import SERVICE, Change, Kind
from server.policy.state import KeyRing, PolicyState, Stored

Action = Literal["create", "change", "delete", "add key", "revoke key"]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field as JSON, before and after; None where it is not set."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Step:
    """What one change does, for people; of a key, its id and whose it is, and nothing by which it could be tried."""

    kind: Kind
    name: str
    action: Action
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What makes the policies at the head ``base`` as a document says; one step a change."""

    base: int
    changes: tuple[Change, ...]
    steps: tuple[Step, ...]


def plan(
    document: PolicyDocument, state: PolicyState, ring: KeyRing, hasher: KeyHasher, now: datetime, prune: bool = False
) -> Plan:
    """Plan ``document``; with ``prune``, tenants that it does not list are deleted, and their keys revoked.

    Raise InvalidPolicy for a key that is another tenant's or is spent, and for a prune that would leave no tenant.
    """
    if prune and not document.tenants:
        raise InvalidPolicy(
            "The document lists no tenant, so prune would delete every one; list one, or do not prune.", "tenants"
        )
    wanted = _wanted(document, state, prune)
    gone = state.tenants.keys() - wanted.tenants.keys()
    planned = [
        *_records(state, wanted),
        *_keys(document, wanted.tenants.keys() - state.tenants.keys(), ring, hasher, now),
        *((change, _ended(ring, change.name)) for change in revocations(ring, gone, now)),
    ]
    return Plan(state.revision, tuple(change for change, _ in planned), tuple(step for _, step in planned))


def differences(held: PolicyState, wanted: PolicyState) -> Iterator[Change]:
    """The changes by which the service and the tenants that are held become those that are wanted."""
    if held.service.record != wanted.service.record:
        yield Change("service", SERVICE, wanted.service.record.stored(), held.service.revision or None)
    for name in sorted(held.tenants.keys() | wanted.tenants.keys()):
        before, after = held.tenants.get(name), wanted.tenants.get(name)
        if (before and before.record) != (after and after.record):
            yield Change("tenant", name, after.record.stored() if after else None, before.revision if before else None)


def revocations(ring: KeyRing, tenants: Collection[str], now: datetime) -> Iterator[Change]:
    """The changes that end every key of these tenants at once."""
    for id_, stored in ring.keys.items():
        if stored.record.tenant in tenants and stored.record.revoked is None:
            yield _revoked(id_, stored, now)


_Planned = tuple[Change, Step]


def _wanted(document: PolicyDocument, state: PolicyState, prune: bool) -> PolicyState:
    service = state.service if document.service is None else Stored(document.service, state.service.revision)
    listed = {tenant.name: Stored(tenant.record, 0) for tenant in document.tenants}
    return PolicyState(state.revision, service, listed if prune else {**state.tenants, **listed})


def _records(state: PolicyState, wanted: PolicyState) -> Iterator[_Planned]:
    for change in differences(state, wanted):
        held = state.service if change.kind == "service" else state.tenants.get(change.name)
        before = held.record.stored() if held else {}
        action: Action = "delete" if change.body is None else "change" if change.expected else "create"
        yield change, Step(change.kind, change.name, action, _compared(before, change.body or {}))


def _keys(
    document: PolicyDocument, created: Collection[str], ring: KeyRing, hasher: KeyHasher, now: datetime
) -> Iterator[_Planned]:
    # A key that was issued here may be listed by its digest, which does not tell its id.
    by_mac = {stored.record.mac: id_ for id_, stored in ring.keys.items()}
    listed: dict[str, set[str]] = {tenant.name: set() for tenant in document.tenants if tenant.keys is not None}
    for tenant in document.tenants:
        for entry in tenant.keys or ():
            mac = hasher.mac_of_digest(entry.digest)
            id_ = by_mac.get(mac, entry.id)
            listed[tenant.name].add(id_)
            yield from _listed(tenant, entry, id_, mac, ring, now)
    for id_, stored in ring.keys.items():
        owner = stored.record.tenant
        # What an earlier tenant of that name may have left, after a rollback, is not the new one's.
        ends = owner in created or (owner in listed and is_foreign(id_))
        if ends and id_ not in listed.get(owner, ()) and is_live(stored.record, now):
            yield _revoked(id_, stored, now), _ended(ring, id_)


def _listed(
    tenant: TenantEntry, entry: KeyEntry, id_: str, mac: str, ring: KeyRing, now: datetime
) -> Iterator[_Planned]:
    """What a listed key needs: to be added, to be labelled, or nothing."""
    held = ring.keys.get(id_)
    if held is None and id_ not in ring.admin_keys:
        key = KeyRecord(tenant=tenant.name, mac=mac, label=entry.label or "", created=now)
        shown = {"tenant": key.tenant, **({"label": key.label} if key.label else {})}
        yield Change("key", id_, key.stored(), None), Step("key", id_, "add key", _compared({}, shown))
        return
    if held is None or held.record.mac != mac or held.record.tenant != tenant.name:
        raise InvalidPolicy(
            f"Tenant {tenant.name} lists the key {id_}, which is known as another's; a key names exactly one tenant.",
            "tenants",
        )
    if not is_live(held.record, now):
        spent = "expired" if held.record.revoked is None else "was revoked"
        raise InvalidPolicy(
            f"Tenant {tenant.name} lists the key {id_}, which {spent}; no document revives it: list a new key.",
            "tenants",
        )
    if entry.label is not None and entry.label != held.record.label:
        body = held.record.model_copy(update={"label": entry.label}).stored()
        fields = _compared({"label": held.record.label}, {"label": entry.label})
        yield Change("key", id_, body, held.revision), Step("key", id_, "change", fields)


def _ended(ring: KeyRing, id_: str) -> Step:
    return Step("key", id_, "revoke key", _compared({"tenant": ring.keys[id_].record.tenant}, {}))


def _revoked(id_: str, stored: Stored[KeyRecord], now: datetime) -> Change:
    return Change("key", id_, stored.record.model_copy(update={"revoked": now}).stored(), stored.revision)


def _compared(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[FieldChange, ...]:
    names = dict.fromkeys((*before, *after))
    return tuple(
        FieldChange(name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)
    )
