"""Policies in memory: immutable, replaced whole by the next revision, so that a request sees one of them or another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Generic, TypeVar

from pydantic import ValidationError

from server.policy.errors import InvalidPolicy
from server.policy.keys import KeyHasher, id_of
from server.policy.model import Tenant
from server.policy.records import AdminKeyRecord, KeyRecord, Record, ServiceRecord, TenantRecord, is_live
from server.policy.repository import Version
from server.policy.resolution import resolve, set_of
from steering.vector_set import VectorSetId

R = TypeVar("R", bound=Record)

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
    held: Mapping[str, Stored[R]], model: type[R], versions: Iterable[Version], kind: str
) -> Mapping[str, Stored[R]]:
    news = [version for version in versions if version.kind == kind]
    if not news:
        return held
    changed = dict(held)
    for version in news:
        if version.body is None:
            changed.pop(version.name, None)
        else:
            changed[version.name] = _read(model, version)
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
    """Every key as of ``revision``, by id. Keys take effect with the newest revision, whatever policy is in force."""

    revision: int = 0
    keys: Mapping[str, Stored[KeyRecord]] = field(default_factory=dict)
    admin_keys: Mapping[str, Stored[AdminKeyRecord]] = field(default_factory=dict)

    def after(self, revision: int, versions: Iterable[Version]) -> "KeyRing":
        """The keys that ``versions`` lead to; raise InvalidPolicy for one that this code cannot read."""
        news = tuple(versions)
        return KeyRing(
            revision,
            _changed(self.keys, KeyRecord, news, "key"),
            _changed(self.admin_keys, AdminKeyRecord, news, "admin_key"),
        )

    def tenant_named_by(self, key: str, hasher: KeyHasher, now: datetime) -> str | None:
        """The name of the tenant whose live key this is, in constant time in the key; None if it is nobody's."""
        stored = self.keys.get(id_of(key))
        matches = hasher.matches(key, stored.record.mac if stored else None)
        return stored.record.tenant if stored and matches and is_live(stored.record, now) else None

    def admin_named_by(self, key: str, hasher: KeyHasher, now: datetime) -> tuple[str, AdminKeyRecord] | None:
        """The id and the record of the live admin key that this is."""
        id_ = id_of(key)
        stored = self.admin_keys.get(id_)
        matches = hasher.matches(key, stored.record.mac if stored else None)
        return (id_, stored.record) if stored and matches and is_live(stored.record, now) else None


class Snapshot:
    """One revision as requests are answered by it. Tenants are resolved when first asked for, and then kept."""

    __slots__ = ("_resolved", "state")

    def __init__(self, state: PolicyState) -> None:
        self.state = state
        self._resolved: dict[str, Tenant] = {}

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
        tenant = resolve(name, stored.record, self.state.service.record, self.revision)
        return self._resolved.setdefault(name, tenant)

    @property
    def anyone(self) -> Tenant:
        """Who calls without a key, where that is allowed: the tenant ``open``, or the service-wide policy alone."""
        return self.tenant(OPEN) or self._resolved.setdefault(
            f"{OPEN} ", resolve(OPEN, TenantRecord(), self.state.service.record, self.revision)
        )
