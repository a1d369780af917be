"""What an administrator may do, and by which rules: the one way by which policies and keys change.

The admin API, the console and the policy file all come through here, so a rule holds for all of them.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from pydantic import ValidationError

from server.policy.actor import LOCAL, Actor
from server.policy.document import PolicyDocument
from server.policy.errors import AlreadyThere, InvalidPolicy, NotThere, RevisionConflict
from server.policy.keys import Entropy, KeyHasher, KeyKind, mint
from server.policy.model import Clock
from server.policy.plan import Plan, differences, plan, revocations
from server.policy.records import (
    TENANT_NAME,
    AdminKeyRecord,
    InheritedFields,
    KeyRecord,
    Scope,
    ServiceRecord,
    TenantRecord,
    is_live,
    is_one_line,
    refusal_of,
)
from server.policy.repository import SERVICE, Change, Commit, Kind, PolicyRepository, Revision
from server.policy.rules import SetCheck, check_record, check_sets
from server.policy.state import KeyRing, PolicyState, Stored

REASON_LENGTHS = (3, 500)
LONGEST_OVERLAP = timedelta(days=90)
"""For how long a rotated key may go on beside its successor."""

Record = TypeVar("Record", AdminKeyRecord, KeyRecord)


@dataclass(frozen=True, slots=True)
class Issued:
    """A key that was just made. ``text`` is shown this once; ``record`` is what is kept of it."""

    id: str
    text: str = field(repr=False)
    revision: Revision
    record: KeyRecord | AdminKeyRecord


class Administration:
    """Changes to the policies in ``repository``. ``latest`` gives what is now known of them.

    Methods that change something block; each makes one revision. They raise NotPermitted, InvalidPolicy, NotThere,
    AlreadyThere, RevisionConflict or StoreUnavailable, and then have changed nothing.
    """

    def __init__(
        self,
        repository: PolicyRepository,
        latest: Callable[[], tuple[PolicyState, KeyRing]],
        hasher: KeyHasher,
        clock: Clock,
        entropy: Entropy,
        check_set: SetCheck,
    ) -> None:
        self._repository = repository
        self._latest = latest
        self._hasher = hasher
        self._clock = clock
        self._entropy = entropy
        self._check_set = check_set

    def put_tenant(self, actor: Actor, name: str, record: TenantRecord, expected: int | None, reason: str) -> Revision:
        """Write a tenant that was last changed at revision ``expected``; None creates it."""
        actor.require("operate", f"Changing tenant {name}")
        state, ring = self._latest()
        held = state.tenants.get(name)
        if expected is not None:
            if held is None:
                raise NotThere(f"There is no tenant {name}; create it first.")
            _check_unchanged(f"Tenant {name}", held.revision, expected)
        if expected is None and not re.fullmatch(TENANT_NAME, name):
            raise InvalidPolicy(
                f"{name[:80]!r} is no tenant's name; use at most 63 lower-case letters, digits, dots, dashes and "
                "underscores, a letter or digit first.",
                "name",
            )
        self._check(actor, record, held.record if held else TenantRecord(), f"tenant {name}")
        change = Change("tenant", name, record.stored(), expected)
        if expected is not None:
            return self._commit(actor, "change tenant", reason, [change])
        # What an earlier tenant of that name may have left, after a rollback, is not this one's.
        return self._commit(actor, "create tenant", reason, [change, *revocations(ring, (name,), self._clock())])

    def delete_tenant(self, actor: Actor, name: str, expected: int, reason: str) -> Revision:
        """Delete a tenant and revoke its keys, in one revision."""
        actor.require("security", f"Deleting tenant {name}")
        state, ring = self._latest()
        if name not in state.tenants:
            raise NotThere(f"There is no tenant {name}.")
        keys = revocations(ring, (name,), self._clock())
        return self._commit(actor, "delete tenant", reason, [Change("tenant", name, None, expected), *keys])

    def put_service(self, actor: Actor, record: ServiceRecord, expected: int, reason: str) -> Revision:
        """Write the service-wide policy; ``expected`` 0 is the one that nobody has written yet."""
        actor.require("operate", "Changing the service-wide policy")
        held = self._latest()[0].service
        _check_unchanged("The service-wide policy", held.revision, expected)
        self._check(actor, record, held.record, "the service-wide policy")
        change = Change("service", SERVICE, record.stored(), expected or None)
        try:
            return self._commit(actor, "change service", reason, [change])
        except AlreadyThere as there:
            raise RevisionConflict("The service-wide policy was written since; look again.", held.revision) from there

    def issue_key(
        self, actor: Actor, tenant: str, reason: str, label: str = "", expires: datetime | None = None
    ) -> Issued:
        """A new key of a tenant."""
        actor.require("operate", f"Issuing a key of tenant {tenant}")
        if tenant not in self._latest()[0].tenants:
            raise NotThere(f"There is no tenant {tenant}; create it first.")
        return self._issue(actor, "issue key", tenant, reason, label, expires)

    def rotate_key(self, actor: Actor, id_: str, overlap: timedelta, reason: str) -> Issued:
        """A new key of the same tenant and label; the old one ends after ``overlap``, or sooner if it would have."""
        actor.require("operate", f"Rotating key {id_}")
        if not timedelta() <= overlap <= LONGEST_OVERLAP:
            raise InvalidPolicy(f"An overlap lasts from 0 seconds to {LONGEST_OVERLAP.days} days.", "overlap_seconds")
        now = self._clock()
        state, ring = self._latest()
        stored = self._live(ring.keys, id_, now)
        held = stored.record
        if held.tenant not in state.tenants:
            raise NotThere(f"There is no tenant {held.tenant}, whose key {id_} was; revoke the key.")
        ends = now + overlap if held.expires is None else min(now + overlap, held.expires)
        old = Change("key", id_, held.model_copy(update={"expires": ends}).stored(), stored.revision)
        return self._issue(actor, "rotate key", held.tenant, reason, held.label, None, old)

    def revoke_key(self, actor: Actor, id_: str, reason: str) -> Revision:
        """End a tenant's key at once."""
        actor.require("operate", f"Revoking key {id_}")
        return self._revoke(actor, "key", self._latest()[1].keys, id_, reason)

    def issue_admin_key(
        self, actor: Actor, scope: Scope, reason: str, label: str = "", expires: datetime | None = None
    ) -> Issued:
        """A new admin key."""
        actor.require("security", "Issuing an admin key")
        return self._issue(actor, "issue admin key", None, reason, label, expires, scope=scope)

    def revoke_admin_key(self, actor: Actor, id_: str, reason: str) -> Revision:
        """End an admin key at once; raise InvalidPolicy for the last one of the scope security."""
        actor.require("security", f"Revoking admin key {id_}")
        now, ring = self._clock(), self._latest()[1]
        keys = ring.admin_keys
        if self._live(keys, id_, now).record.scope != "security":
            return self._revoke(actor, "admin_key", keys, id_, reason)
        if not any(
            stored.record.scope == "security" and is_live(stored.record, now)
            for other, stored in keys.items()
            if other != id_
        ):
            raise InvalidPolicy(f"{id_} is the last admin key of the scope security; issue another first.", "id")
        # Two that are revoked at the same moment would each count on the other.
        return self._revoke(actor, "admin_key", keys, id_, reason, ring.revision)

    def bootstrap(self) -> Issued | None:
        """The first admin key of a store that has no revision yet; None if another was first."""
        if self._repository.head():
            return None
        try:
            return self._issue(LOCAL, "install", None, "first start", "first", None, scope="security", base=0)
        except RevisionConflict:
            return None

    def rollback(self, actor: Actor, number: int, base: int, reason: str) -> Revision:
        """A new revision in which the service and every tenant are as they were at ``number``.

        ``base`` is the head that the caller has seen. Keys stay as they are: a rollback revives no revoked key.
        """
        actor.require("security", f"Rolling back to revision {number}")
        if not 1 <= number <= base:
            raise NotThere(f"There is no revision {number}; the newest is {base}.")
        # The commit checks it again; here, so that what is compared is not of another day.
        if (head := self._repository.head()) != base:
            raise RevisionConflict(f"Revision {base} is not the newest any more; look again.", head)
        then = PolicyState().after(number, self._repository.at(number))
        now = PolicyState().after(base, self._repository.at(base))
        changes = list(differences(now, then))
        for change in changes:
            if change.body is not None:
                model = ServiceRecord if change.kind == "service" else TenantRecord
                check_sets(model.model_validate(change.body), self._check_set)
        if not changes:
            raise InvalidPolicy(f"Service and tenants are as they were at revision {number}; nothing to do.", "number")
        return self._commit(actor, f"roll back to {number}", reason, changes, base)

    def plan(self, document: PolicyDocument, prune: bool = False) -> Plan:
        """What ``apply`` would do, every rule but the scopes checked."""
        return self._plan(LOCAL, document, prune)

    def apply(
        self, actor: Actor, document: PolicyDocument, base: int | None, reason: str, prune: bool = False
    ) -> Revision | None:
        """Make the policies as ``document`` says, in one revision; None if they are so already.

        ``base`` is the head that it was planned for, None if it was not. With ``prune``, tenants that the document
        does not list are deleted.
        """
        actor.require("operate", "Applying a document")
        head = self._latest()[0].revision
        if base is not None and base != head:
            raise RevisionConflict(f"The plan was made for revision {base}, and the head is {head}; plan anew.", head)
        planned = self._plan(actor, document, prune)
        if not planned.changes:
            return None
        return self._commit(actor, "apply document", reason, planned.changes, planned.base)

    def _plan(self, actor: Actor, document: PolicyDocument, prune: bool) -> Plan:
        state, ring = self._latest()
        planned = plan(document, state, ring, self._hasher, self._clock(), prune)
        if any(change.kind == "tenant" and change.body is None for change in planned.changes):
            actor.require("security", "Deleting tenants that the document does not list")
        if document.service is not None:
            self._check_listed(actor, document.service, state.service.record, "the service-wide policy", "service")
        for index, tenant in enumerate(document.tenants):
            held = state.tenants.get(tenant.name)
            record = held.record if held else TenantRecord()
            self._check_listed(actor, tenant.record, record, f"tenant {tenant.name}", f"tenants[{index}]")
        return planned

    def _check_listed(
        self, actor: Actor, record: InheritedFields, held: InheritedFields, what: str, place: str
    ) -> None:
        try:
            self._check(actor, record, held, what)
        except InvalidPolicy as invalid:
            param = place if invalid.param is None else f"{place}.{invalid.param}"
            raise InvalidPolicy(f"In {what}: {invalid}", param) from invalid

    def _check(self, actor: Actor, record: InheritedFields, held: InheritedFields, what: str) -> None:
        check_record(actor, record, held, what, self._clock(), self._check_set)

    def _issue(
        self,
        actor: Actor,
        action: str,
        tenant: str | None,
        reason: str,
        label: str,
        expires: datetime | None,
        *also: Change,
        scope: Scope | None = None,
        base: int | None = None,
    ) -> Issued:
        now = self._clock()
        kind: KeyKind = "sar" if scope is None else "adm"
        minted = mint(kind, self._entropy)
        mac = self._hasher.mac_of(minted.text)
        record: KeyRecord | AdminKeyRecord
        try:
            if scope is None:
                record = KeyRecord(tenant=tenant or "", mac=mac, label=label, created=now, expires=expires)
            else:
                record = AdminKeyRecord(scope=scope, mac=mac, label=label, created=now, expires=expires)
        except ValidationError as error:
            raise refusal_of(error) from None
        if record.expires is not None and record.expires <= now:
            raise InvalidPolicy(f"expires must lie ahead, not at {record.expires.isoformat()}.", "expires")
        change = Change("key" if scope is None else "admin_key", minted.id, record.stored(), None)
        return Issued(minted.id, minted.text, self._commit(actor, action, reason, [*also, change], base), record)

    def _revoke(
        self,
        actor: Actor,
        kind: Kind,
        keys: Mapping[str, Stored[Record]],
        id_: str,
        reason: str,
        base: int | None = None,
    ) -> Revision:
        now = self._clock()
        stored = self._live(keys, id_, now)
        body = stored.record.model_copy(update={"revoked": now}).stored()
        action = f"revoke {kind.replace('_', ' ')}"
        return self._commit(actor, action, reason, [Change(kind, id_, body, stored.revision)], base)

    def _live(self, keys: Mapping[str, Stored[Record]], id_: str, now: datetime) -> Stored[Record]:
        stored = keys.get(id_)
        if stored is None or not is_live(stored.record, now):
            raise NotThere(f"There is no live key {id_}.")
        return stored

    def _commit(
        self, actor: Actor, action: str, reason: str, changes: Iterable[Change], base: int | None = None
    ) -> Revision:
        least, most = REASON_LENGTHS
        if not least <= len(reason.strip()) <= most or not is_one_line(reason):
            raise InvalidPolicy(f"One line of {least} to {most} characters must say why; it is audited.", "reason")
        return self._repository.commit(Commit(actor.id, action, reason.strip(), tuple(changes), base))


def _check_unchanged(what: str, revision: int, expected: int) -> None:
    """Refuse an edit of what has changed since: who may make it depends on what it is made to."""
    if revision != expected:
        raise RevisionConflict(f"{what} is at revision {revision}, not {expected}; look again.", revision)
