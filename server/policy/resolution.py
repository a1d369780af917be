"""From what is written to what holds: a tenant's record over the service's, over what is built in.

The floor wins: what is resolved lies within its floor and ceiling, and where these contradict one another the ceiling
gives way. So no change of the service-wide policy can leave a tenant without a policy, or below its own floor.
"""

from dataclasses import dataclass
from typing import Any, Literal

from server.policy.model import RateLimits, Tenant
from server.policy.records import BUILT_IN, UNLIMITED, Channel, InheritedFields, ServiceRecord, TenantRecord
from steering.vector_set import VectorSetId

Source = Literal["tenant", "service", "built in"]


@dataclass(frozen=True, slots=True)
class Explained:
    """A field's value in force, where it came from, and what changed it on the way, if anything did."""

    value: Any
    source: Source
    note: str | None = None


def explain(tenant: TenantRecord, service: ServiceRecord) -> dict[str, Explained]:
    """Every effective field by name, ``off_until`` with ``mode``'s source."""
    found = {name: _inherited(name, tenant, service) for name in BUILT_IN}
    # One decision: a mode of off that is inherited ends when it was meant to end there.
    layer: InheritedFields = {"tenant": tenant, "service": service}.get(found["mode"].source, ServiceRecord())
    found["off_until"] = Explained(layer.off_until, found["mode"].source)
    if tenant.required and found["mode"].value != "enforce":
        found["mode"] = Explained("enforce", "tenant", f"required overrides the {found['mode'].value} of the service")
        found["off_until"] = Explained(None, "tenant")
    floor, ceiling, strength = (found[name].value for name in ("floor", "ceiling", "strength"))
    if ceiling < floor:
        found["ceiling"] = Explained(floor, found["floor"].source, f"raised from {ceiling:g} to the floor")
        ceiling = floor
    if strength < floor:
        found["strength"] = Explained(floor, found["floor"].source, f"raised from {strength:g} to the floor")
    elif strength > ceiling:
        found["strength"] = Explained(ceiling, found["ceiling"].source, f"lowered from {strength:g} to the ceiling")
    found["state"] = Explained(tenant.state, "tenant")
    found["required"] = Explained(tenant.required, "tenant")
    return found


def _inherited(name: str, tenant: TenantRecord, service: ServiceRecord) -> Explained:
    layers: tuple[tuple[Source, InheritedFields], ...] = (("tenant", tenant), ("service", service))
    for source, record in layers:
        if (value := getattr(record, name)) is not None:
            return Explained(value, source)
    return Explained(BUILT_IN[name], "built in")


def set_of(vector: Channel | str, service: ServiceRecord) -> VectorSetId | None:
    """The set that a ``vector`` field names; None is the server's own."""
    if vector not in ("stable", "candidate"):
        return VectorSetId.parse(vector)
    named = (service.candidate or service.stable) if vector == "candidate" else service.stable
    return None if named is None else VectorSetId.parse(named)


def resolve(name: str, tenant: TenantRecord, service: ServiceRecord, revision: int) -> Tenant:
    """The policy in force for the tenant ``name`` at ``revision``."""
    values = {field: explained.value for field, explained in explain(tenant, service).items()}
    per_minute = (values.pop(f"{what}_per_minute") for what in ("requests", "tokens", "audio_seconds"))
    limits = RateLimits(*(None if limit == UNLIMITED else limit for limit in per_minute))
    vector = set_of(values.pop("vector"), service)
    return Tenant(name, **values, vector=vector, limits=limits, revision=revision)
