"""Tenants, and the seam behind which they are kept."""

from dataclasses import dataclass
from typing import Literal, Protocol

from steering.vector_set import VectorSetId


@dataclass(frozen=True, slots=True)
class Tenant:
    """One caller of the service and its steering.

    ``strength``, ``floor`` and ``ceiling`` are multiples of the recommended alpha of the tenant's vector set
    (None: the server's). ``gate`` None steers through the set's gate where it has one; False is the paper's
    mode, always in full. ``models`` lists the models that it may use; empty means every one.
    """

    name: str
    strength: float = 1.0
    floor: float = 0.0
    ceiling: float = 2.0
    vector: VectorSetId | None = None
    gate: bool | None = None
    state: Literal["active", "suspended"] = "active"
    models: tuple[str, ...] = ()


class PolicyStore(Protocol):
    """Where tenants come from."""

    @property
    def tenants(self) -> tuple[Tenant, ...]:
        """Every tenant."""

    def tenant_of(self, key: str | None) -> Tenant | None:
        """The tenant that ``key`` names, in constant time in the key; None for a missing or unknown key."""


@dataclass(frozen=True, slots=True)
class OpenPolicy:
    """One tenant for every caller, with any key or none: for a server that only its own machine can reach."""

    tenant: Tenant = Tenant("local")

    @property
    def tenants(self) -> tuple[Tenant, ...]:
        return (self.tenant,)

    def tenant_of(self, key: str | None) -> Tenant | None:
        return self.tenant
