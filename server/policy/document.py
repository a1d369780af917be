"""A policy as a document: the service's record and the tenants with their keys, in a file or over the admin API.

service:
  strength: 1.0
tenants:
  - name: acme
    keys: [{sha256: <hex>, label: gateway}]   # or {key: <the key itself>}, for trying things out
    vector: refusal@3.0.1
    floor: 0.5

What a document leaves out, it leaves alone: the service-wide policy without ``service``, a tenant's keys without
``keys``, tenants that it does not list. What a tenant in it leaves out, that tenant inherits.
"""

from typing import Annotated, Self

from pydantic import Field, model_validator

from server.policy.keys import digest_of, id_of, id_of_digest
from server.policy.records import Label, Record, ServiceRecord, TenantName, TenantRecord


class KeyEntry(Record):
    """A key, in clear or as its sha256. Exactly one of the two."""

    key: Annotated[str, Field(min_length=8, max_length=1000)] | None = Field(
        default=None, repr=False, description="The key itself, for trying things out."
    )
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = Field(
        default=None,
        repr=False,
        description="SHA-256 of the key, in hex. Of a key of the form sk-sar-, only if it was issued here.",
    )
    label: Label | None = Field(default=None, description="What the key is for.")

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.key is None) == (self.sha256 is None):
            raise ValueError("give either key or sha256")
        if self.key is not None and self.key.startswith("sk-adm-"):
            raise ValueError("an admin key names no tenant; give a key of the tenant's own")
        return self

    @property
    def digest(self) -> str:
        return self.sha256 or digest_of(self.key or "")

    @property
    def id(self) -> str:
        """The id under which the key is looked up."""
        return id_of_digest(self.digest) if self.key is None else id_of(self.key)


class TenantEntry(TenantRecord):
    """A tenant as a document lists it."""

    name: TenantName
    keys: Annotated[tuple[KeyEntry, ...], Field(max_length=1000)] | None = Field(
        default=None, description="Every key that documents give the tenant; left out: its keys stay as they are."
    )

    @property
    def record(self) -> TenantRecord:
        return TenantRecord(**{field: getattr(self, field) for field in TenantRecord.model_fields})


class PolicyDocument(Record):
    """The whole document."""

    service: ServiceRecord | None = Field(default=None, description="The service-wide policy, whole.")
    tenants: tuple[TenantEntry, ...] = Field(default=(), description="Tenants, each of them whole.")

    @model_validator(mode="after")
    def _without_doubles(self) -> Self:
        seen: set[str] = set()
        for tenant in self.tenants:
            if tenant.name in seen:
                raise ValueError(f"tenant {tenant.name} is listed twice")
            seen.add(tenant.name)
        keys = [key for tenant in self.tenants for key in tenant.keys or ()]
        if min(len({key.digest for key in keys}), len({key.id for key in keys})) < len(keys):
            raise ValueError("one key is listed twice; a key names exactly one tenant")
        return self

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.service is None and "tenants" not in self.model_fields_set:
            raise ValueError("give service, tenants or both")
        return self
