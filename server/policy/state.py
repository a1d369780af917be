"""Policies in memory: immutable, replaced whole by the next revision, so that a request sees one of them or another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Generic, TypeVar

from pydantic import ValidationError

from server.policy.errors import InvalidPolicy
from server.policy.keys import KeyHasher, digest_of, id_of, id_of_digest
from server.policy.model import Tenant
from server.policy.records import AdminKeyRecord, KeyRecord, Record, ServiceRecord, TenantRecord, is_live
from server.policy.repository import Version
from server.policy.resolution import resolve, set_of
from steering.vector_set import VectorSetId

R = TypeVar("R", bound=Record)
K = TypeVar("K", KeyRecord, AdminKeyRecord)

OPEN = "open"
"""The name of whoever calls without a key."""


@dataclass(frozen=True, slots=True)
class Stored(Generic[R]):
    """A record, and the revision that last changed it (0: never written)."""

    record: R
    revision: int


def _read(model: type[R], version: Version) -> Stored[R]:
    try:
        return Stored(model.model_validate(version.body or {}), version.revision)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "the whole"
        raise InvalidPolicy(
            f"Revision {version.revision} holds a {version.kind} {version.name} that this server cannot read, at "
            f"{where}: {first['msg']}. Write it anew, or serve with the version that wrote it."
        ) from error


def _changed(
    held: Mapping[str, Stored[R]],
    model: type[R],
    versions: Iterable[Version],
    kind: str,
    unreadable: dict[str, str] | None = None,
) -> Mapping[str, Stored[R]]:
    """``held`` after ``versions``; one that cannot be read is left out and told in ``unreadable``, if that is given."""
    news = [version for version in versions if version.kind == kind]
    if not news:
        return held
    changed = dict(held)
    for version in news:
        changed.pop(version.name, None)
        try:
            if version.body is not None:
                changed[version.name] = _read(model, version)
        except InvalidPolicy as invalid:
            if unreadable is None:
                raise
            unreadable[f"{kind}/{version.name}"] = str(invalid)
    return MappingProxyType(changed)


@dataclass(frozen=True, slots=True)
class PolicyState:
    """The service's and the tenants' records as of ``revision``."""

    revision: int = 0
    service: Stored[ServiceRecord] = field(default_factory=lambda: Stored(ServiceRecord(), 0))
    tenants: Mapping[str, Stored[TenantRecord]] = field(default_factory=dict)

    def after(self, revision: int, versions: Iterable[Version]) -> "PolicyState":
        """The state that ``versions`` lead to; raise InvalidPolicy for one that this code cannot read."""
        news = tuple(versions)
        service = self.service
        for version in news:
            if version.kind == "service":
                service = _read(ServiceRecord, version)
        return PolicyState(revision, service, _changed(self.tenants, TenantRecord, news, "tenant"))

    @property
    def named_sets(self) -> frozenset[VectorSetId]:
        """Every set that a tenant, the service or a channel names: those that must be in service."""
        service = self.service.record
        fields = {"stable", "candidate", service.vector or "stable"}
        fields |= {stored.record.vector for stored in self.tenants.values() if stored.record.vector is not None}
        return frozenset(id_ for each in fields if (id_ := set_of(each, service)) is not None)


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Every key as of ``revision``, by id. Keys take effect with the newest revision, whatever policy is in force.

    A key that this code cannot read is nobody's; ``unreadable`` says which and why.
    """

    revision: int = 0
    keys: Mapping[str, Stored[KeyRecord]] = field(default_factory=dict)
    admin_keys: Mapping[str, Stored[AdminKeyRecord]] = field(default_factory=dict)
    unreadable: Mapping[str, str] = field(default_factory=dict)

    def after(self, revision: int, versions: Iterable[Version]) -> "KeyRing":
        """The keys that ``versions`` lead to. One that cannot be read must not keep another's revocation from us."""
        news = tuple(versions)
        rewritten = {f"{version.kind}/{version.name}" for version in news}
        unreadable = {key: why for key, why in self.unreadable.items() if key not in rewritten}
        keys = _changed(self.keys, KeyRecord, news, "key", unreadable)
        admin_keys = _changed(self.admin_keys, AdminKeyRecord, news, "admin_key", unreadable)
        return KeyRing(revision, keys, admin_keys, unreadable)

    def tenant_named_by(self, key: str, hasher: KeyHasher, now: datetime) -> str | None:
        """The name of the tenant whose live key this is, in constant time in the key; None if it is nobody's."""
        found = _matching(self.keys, key, hasher, now)
        return None if found is None else found[1].tenant

    def admin_named_by(self, key: str, hasher: KeyHasher, now: datetime) -> tuple[str, AdminKeyRecord] | None:
        """The id and the record of the live admin key that this is."""
        return _matching(self.admin_keys, key, hasher, now)


def _matching(keys: Mapping[str, Stored[K]], key: str, hasher: KeyHasher, now: datetime) -> tuple[str, K] | None:
    # A policy document may have brought a key of our form, too, as its digest alone.
    ids = (id_of(key), id_of_digest(digest_of(key)))
    id_ = next((each for each in ids if each in keys), ids[0])
    stored = keys.get(id_)
    matches = hasher.matches(key, stored.record.mac if stored else None)
    return (id_, stored.record) if stored and matches and is_live(stored.record, now) else None


class Snapshot:
    """One revision as requests are answered by it. Tenants are resolved when first asked for, and then kept.

    What the snapshot ``before`` resolved from the same records need not be resolved again.
    """

    __slots__ = ("_known", "_known_from", "_resolved", "state")

    def __init__(self, state: PolicyState, before: "Snapshot | None" = None) -> None:
        self.state = state
        self._resolved: dict[str, Tenant] = {}
        same = before is not None and before.state.service is state.service
        self._known: Mapping[str, Tenant] = before._resolved if before and same else {}
        self._known_from: Mapping[str, Stored[TenantRecord]] = before.state.tenants if before and same else {}

    @property
    def revision(self) -> int:
        return self.state.revision

    def tenant(self, name: str) -> Tenant | None:
        """The tenant in force, or None if there is none of that name."""
        if (known := self._resolved.get(name)) is not None:
            return known
        stored = self.state.tenants.get(name)
        if stored is None:
            return None
        if self._known_from.get(name) is stored and (earlier := self._known.get(name)) is not None:
            tenant = replace(earlier, revision=self.revision)
        else:
            tenant = resolve(name, stored.record, self.state.service.record, self.revision)
        return self._resolved.setdefault(name, tenant)

    @property
    def anyone(self) -> Tenant:
        """Who calls without a key, where that is allowed: the tenant ``open``, or the service-wide policy alone."""
        return self.tenant(OPEN) or self._resolved.setdefault(
            f"{OPEN} ", resolve(OPEN, TenantRecord(), self.state.service.record, self.revision)
        )
