"""What the admin API is sent and answers. A policy's fields are those of ``server.policy.records``."""

from datetime import UTC, datetime
from typing import Annotated, Any, Generic, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from server.policy import replica
from server.policy.administration import LONGEST_OVERLAP
from server.policy.model import Mode, RefusalStyle, State
from server.policy.records import (
    AdminKeyRecord,
    KeyRecord,
    Label,
    Limit,
    Moment,
    Scope,
    ServiceRecord,
    TenantName,
    TenantRecord,
    is_live,
)
from server.policy.repository import AuditEntry, Kind, Revision
from server.policy.resolution import Source

Item = TypeVar("Item")


class Sent(BaseModel):
    """The base of what is sent: nothing beyond what is declared, and no error that quotes it."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Answered(BaseModel):
    """The base of what is answered."""

    model_config = ConfigDict(frozen=True)


class ErrorDetail(Answered):
    message: str = Field(description="What is wrong, and the way out.")
    type: str
    param: str | None = Field(description="The path of the field or the name of the parameter that is at fault.")
    code: str


class ErrorBody(Answered):
    """OpenAI's error object."""

    error: ErrorDetail


class ReplicaAt(Answered):
    """A live replica, and the revision that it serves."""

    id: str
    name: str
    revision: int


class AppliedBy(ReplicaAt):
    seconds: float = Field(description="From the commit to when it was seen to serve the revision.")


class LaggingOn(ReplicaAt):
    problem: str | None = Field(description="Why it serves no newer revision, if it knows.")


class Propagation(Answered):
    """How far a revision has come: which live replicas serve it, or a later one, and which do not yet."""

    revision: int
    complete: bool
    applied: list[AppliedBy]
    lagging: list[LaggingOn]

    @classmethod
    def of(cls, found: replica.Propagation) -> Self:
        applied = [
            AppliedBy(
                id=each.replica.id,
                name=each.replica.name,
                revision=each.replica.revision,
                seconds=round(each.seconds, 3),
            )
            for each in found.applied
        ]
        lagging = [
            LaggingOn(id=each.id, name=each.name, revision=each.revision, problem=each.problem)
            for each in found.lagging
        ]
        return cls(revision=found.revision, complete=found.complete, applied=applied, lagging=lagging)


class Changed(Answered):
    """A write's answer."""

    revision: int = Field(description="The revision that the write made.")
    propagation: Propagation | None = Field(description="null unless the write waited.")


class Listed(Answered, Generic[Item]):
    data: list[Item]


TenantFields = Annotated[TenantRecord, PlainSerializer(lambda record: record.stored())]
"""A tenant's record as it is written: without what it inherits."""
ServiceFields = Annotated[ServiceRecord, PlainSerializer(lambda record: record.stored())]


class EffectiveFields(Answered):
    """What is in force for a tenant that sets nothing itself."""

    vector: str
    strength: float
    floor: float
    ceiling: float
    gate: bool | None
    mode: Mode
    off_until: datetime | None
    models: list[str]
    requests_per_minute: Limit
    tokens_per_minute: Limit
    audio_seconds_per_minute: Limit
    twin_share: float | None
    refusal_style: RefusalStyle


class EffectiveTenantFields(EffectiveFields):
    """What is in force for a tenant: its own fields over the service's, over what is built in."""

    state: State
    required: bool


class Explained(Answered):
    """A field's value in force, where it comes from, and what changed it on the way, if anything did."""

    value: Any
    source: Source
    note: str | None


class NewTenant(TenantRecord):
    """A tenant to create: its name, and any of its fields."""

    name: TenantName = Field(description="Lower-case letters, digits, dots, dashes and underscores.")

    @property
    def record(self) -> TenantRecord:
        return TenantRecord.model_validate(self.model_dump(exclude={"name"}))


class Tenant(Answered):
    name: str
    revision: int = Field(description="The revision that last changed the tenant; its ETag.")
    fields: TenantFields
    effective: EffectiveTenantFields
    mode_now: Mode = Field(description="The mode in force at this moment.")


class ChangedTenant(Tenant):
    propagation: Propagation | None = Field(description="null unless the write waited.")


class Tenants(Listed[Tenant]):
    revision: int = Field(description="The revision that all of them are read at.")
    next: str | None = Field(description="The name to send as after for the next page; null on the last.")


class ExplainedTenant(Answered):
    name: str
    revision: int
    fields: dict[str, Explained]


class Service(Answered):
    revision: int = Field(description="The revision that last changed the policy, 0 before the first; its ETag.")
    fields: ServiceFields
    effective: EffectiveFields


class ChangedService(Service):
    propagation: Propagation | None = Field(description="null unless the write waited.")


class NewKey(Sent):
    label: Label = Field(default="", description="For people: what the key is for.")
    expires: Moment | None = Field(default=None, description="When it ends by itself.")


class NewAdminKey(NewKey):
    scope: Scope = Field(description="What the key may do; each scope includes those before it.")


class Rotation(Sent):
    overlap_seconds: int = Field(
        default=0,
        ge=0,
        le=int(LONGEST_OVERLAP.total_seconds()),
        strict=True,
        description="For how long the old key goes on beside the new one.",
    )


class _AnyKey(Answered):
    id: str
    label: str
    created: datetime
    expires: datetime | None
    revoked: datetime | None
    live: bool = Field(description="Whether it may be used at this moment.")


class Key(_AnyKey):
    tenant: str

    @classmethod
    def of(cls, id_: str, record: KeyRecord, now: datetime) -> Self:
        return cls(id=id_, live=is_live(record, now), **record.model_dump(exclude={"mac"}))


class AdminKey(_AnyKey):
    scope: Scope

    @classmethod
    def of(cls, id_: str, record: AdminKeyRecord, now: datetime) -> Self:
        return cls(id=id_, live=is_live(record, now), **record.model_dump(exclude={"mac"}))


class IssuedKey(Key, Changed):
    key: str = Field(description="The key. It is shown this once, and kept nowhere.")


class IssuedAdminKey(AdminKey, Changed):
    key: str = Field(description="The key. It is shown this once, and kept nowhere.")


class Me(Answered):
    id: str
    scope: Scope


class Band(Answered):
    low: float
    high: float


class Gate(Answered):
    layer: int
    auroc: float = Field(description="Over requests that its fit has not seen.")


class VectorVersion(Answered):
    """A published version. What its manifest says is null where ``problem`` says why it cannot be read."""

    id: str = Field(description="name@version, as a policy names it.")
    name: str
    version: str
    digest: str
    status: Literal["published", "yanked"]
    reason: str | None = Field(description="Why it was yanked.")
    problem: str | None
    layers: list[int] | None
    band: Band | None = Field(description="The strengths at which its evaluation holds.")
    alpha: float | None = Field(description="The recommended alpha: what strength 1 is.")
    gate: Gate | None
    in_service: bool = Field(description="Whether this replica steers with it.")
    channels: list[Literal["stable", "candidate"]] = Field(description="The channels that lead to it.")
    default: bool = Field(description="Whether it is the server's own, for where no policy names one.")
    tenants: int = Field(description="How many tenants are steered by it.")


class VectorDetail(VectorVersion):
    manifest: dict[str, Any]
    evaluation: dict[str, Any]


class RevisionSummary(Answered):
    number: int
    at: datetime
    actor: str = Field(description="The id of an admin key, or local.")
    action: str
    reason: str
    subjects: list[str] = Field(description="What was changed, as kind/name.")

    @classmethod
    def of(cls, revision: Revision) -> Self:
        return cls(
            number=revision.number,
            at=revision.at,
            actor=revision.actor,
            action=revision.action,
            reason=revision.reason,
            subjects=list(revision.subjects),
        )


class Revisions(Listed[RevisionSummary]):
    head: int = Field(description="The newest revision; the ETag.")
    next: int | None = Field(description="The number to send as before for the next page; null on the last.")


def _as_digested(moment: datetime) -> str:
    """A time as an entry's digest covers it, so that whoever exports the audit can verify it."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


class Audited(Answered):
    """One change, for ever. The bodies are without MACs."""

    sequence: int
    revision: int
    at: Annotated[datetime, PlainSerializer(_as_digested, when_used="json")]
    actor: str
    action: str
    reason: str
    kind: Kind
    name: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    previous: str = Field(description="The digest of the entry before.")
    digest: str = Field(
        description="SHA-256, in hex, of this entry without digest as JSON in UTF-8 with sorted keys and no blanks."
    )

    @classmethod
    def of(cls, entry: AuditEntry) -> Self:
        return cls(**{name: getattr(entry, name) for name in cls.model_fields})


class AuditPage(Listed[Audited]):
    next: int | None = Field(description="The sequence to send as after for the next page; null on the last.")


class RevisionDetail(RevisionSummary):
    entries: list[Audited]


class Verdict(Answered):
    """Whether the audit's chain holds."""

    ok: bool
    entries: int
    digest: str = Field(description="Of the last entry: keep it elsewhere, and a cut chain will show.")
    fault: str | None


class Replica(ReplicaAt):
    started: datetime
    seen: datetime
    problem: str | None = Field(description="Why it serves no newer revision, if it knows.")


class Replicas(Listed[Replica]):
    head: int


class Standing(Answered):
    """How this replica stands to the policy store."""

    id: str
    name: str
    started: datetime
    serving: int | None = Field(description="The revision that requests are answered by; null before the first.")
    newest: int = Field(description="The newest revision that it has read.")
    age_seconds: float = Field(description="Since the store last answered.")
    store_problem: str | None
    held_back: str | None = Field(description="Why a newer revision is not served.")
    model: str
    engine_alive: bool
