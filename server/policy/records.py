"""A policy as it is written: in the store, over the admin API, in a YAML file. What a record leaves out, it inherits.

A tenant's record inherits from the service-wide one, and that one from ``BUILT_IN``.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    ValidationError,
    model_validator,
)

from server.policy.errors import InvalidPolicy
from server.policy.model import Mode, RefusalStyle, State
from steering.manifest import check_name, check_version
from steering.vector_set import VectorSetId

Channel = Literal["stable", "candidate"]
CHANNELS: tuple[Channel, ...] = ("stable", "candidate")
UNLIMITED: Literal["unlimited"] = "unlimited"

TENANT_NAME = r"^[a-z0-9][a-z0-9._-]{0,62}$"
TenantName = Annotated[str, Field(pattern=TENANT_NAME, max_length=63)]

ONE_LINE = r"^[^\x00-\x1f\x7f-\x9f]*$"
"""Text without control characters: some are no text to a database, others would write to a terminal what is not there.
pydantic refuses lone surrogates itself; ``is_one_line`` does for text that has not passed it."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def is_one_line(text: str) -> bool:
    """Whether ``text`` holds neither control characters nor lone surrogates."""
    return _CONTROL.search(text) is None


def _check_line(text: str) -> str:
    if not is_one_line(text):
        raise ValueError("it must be one line of text, without control characters")
    return text


_LINE = {"pattern": ONE_LINE}
Label = Annotated[str, Field(max_length=200, json_schema_extra=_LINE), AfterValidator(_check_line)]
ModelName = Annotated[str, Field(min_length=1, max_length=200, json_schema_extra=_LINE), AfterValidator(_check_line)]
Reason = Annotated[str, Field(min_length=3, max_length=500, json_schema_extra=_LINE), AfterValidator(_check_line)]
"""Why a change is made; it is audited. What surrounds it is stripped, and does not count."""


def _check_version(text: str) -> str:
    id_ = VectorSetId.parse(text)
    check_name(id_.name)
    check_version(id_.version)
    return text


def _check_vector(text: str) -> str:
    return text if text in CHANNELS else _check_version(text)


def _check_limit(value: object) -> object:
    if value != UNLIMITED and (
        isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_A_MINUTE
    ):
        raise ValueError(f"a limit is an integer from 1 to {MOST_A_MINUTE}, or {UNLIMITED!r}")
    return value


def _check_time(value: object) -> object:
    """Only times that are written out: pydantic would take a number, of seconds or milliseconds, too."""
    if isinstance(value, datetime) or (isinstance(value, str) and re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]", value)):
        return value
    raise ValueError("a time is written with its zone, as in 2026-01-31T12:00:00Z")


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("a time lies within the years 1 to 9999 of UTC") from None


# What is said of a set's id in the API's description; what holds is ``steering.manifest``'s.
_ID = r"[a-z0-9]+([-_][a-z0-9]+)*@(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-[0-9A-Za-z.-]+)?"
_VERSION: dict[str, Any] = {"pattern": f"^{_ID}$", "examples": ["refusal@1.0.0"]}
_VECTOR: dict[str, Any] = {"pattern": f"^(stable|candidate|{_ID})$", "examples": ["stable", "refusal@1.0.0"]}
VersionText = Annotated[str, Field(max_length=200, json_schema_extra=_VERSION), AfterValidator(_check_version)]
"""A vector set as ``name@version``."""
VectorText = Annotated[str, Field(max_length=200, json_schema_extra=_VECTOR), AfterValidator(_check_vector)]
"""A vector set as ``name@version``, or a channel."""
Strength = Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False, strict=True)]
MOST_A_MINUTE = 1_000_000_000
Limit = Annotated[Annotated[int, Field(ge=1, le=MOST_A_MINUTE)] | Literal["unlimited"], BeforeValidator(_check_limit)]
Moment = Annotated[AwareDatetime, BeforeValidator(_check_time), AfterValidator(_in_utc)]
"""A time, kept in UTC."""


class Record(BaseModel):
    # An error must not quote its input, which may be a key.
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    def stored(self) -> dict[str, Any]:
        """What the record sets, as JSON; what it inherits is left out."""
        return self.model_dump(mode="json", exclude_none=True, exclude_defaults=True)


class InheritedFields(Record):
    """What a tenant inherits from the service where it sets nothing itself."""

    vector: VectorText | None = Field(
        default=None, description="Vector set: name@version, or the channel stable or candidate."
    )
    strength: Strength | None = Field(default=None, description="Multiples of the set's recommended alpha; 0 is off.")
    floor: Strength | None = Field(default=None, description="Least strength that the policy may give.")
    ceiling: Strength | None = Field(default=None, description="Greatest strength that a caller may ask for.")
    gate: StrictBool | None = Field(
        default=None,
        description="true: only with the set's gate; false: steer every request in full. "
        "Nowhere set: through the gate where the set has one.",
    )
    mode: Mode | None = Field(
        default=None,
        description="enforce; shadow: answer unsteered; off: break-glass, until off_until and no longer.",
    )
    off_until: Moment | None = Field(default=None, description="When a mode of off ends, with its time zone.")
    models: Annotated[tuple[ModelName, ...], Field(max_length=100)] | None = Field(
        default=None, description="Models that may be used; empty: every one."
    )
    requests_per_minute: Limit | None = Field(default=None, description="Most requests a minute.")
    tokens_per_minute: Limit | None = Field(default=None, description="Most tokens a minute, in and out.")
    audio_seconds_per_minute: Limit | None = Field(default=None, description="Most seconds of audio a minute.")
    twin_share: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False, strict=True)] | None = Field(
        default=None,
        description="Share of requests that are also answered the other way, unseen, to learn what steering changes. "
        "Nowhere set: none while enforced, all in shadow.",
    )
    refusal_style: RefusalStyle | None = Field(
        default=None, description="Where a refusal's words go: both, openai (message.refusal alone) or content."
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        floor, strength, ceiling = self.floor, self.strength, self.ceiling
        if floor is not None and ceiling is not None and floor > ceiling:
            raise ValueError(f"floor {floor:g} must not be above the ceiling {ceiling:g}")
        if strength is not None and not (floor or 0.0) <= strength <= (strength if ceiling is None else ceiling):
            raise ValueError(
                f"strength {strength:g} must lie from the floor {floor or 0:g} to the ceiling "
                f"{'that is inherited' if ceiling is None else format(ceiling, 'g')}"
            )
        if (self.mode == "off") != (self.off_until is not None):
            raise ValueError("mode off and off_until go together: a broken glass needs the time at which it is mended")
        return self


class TenantRecord(InheritedFields):
    """A tenant as it is written."""

    state: State = Field(default="active", description="active, or suspended: its keys are refused.")
    required: StrictBool = Field(
        default=False, description="Always enforced: never shadow or off, its own or inherited."
    )

    @model_validator(mode="after")
    def _enforced_if_required(self) -> Self:
        if self.required and self.mode in ("shadow", "off"):
            raise ValueError(f"mode {self.mode} is not for a required tenant; it is always enforced")
        return self


class ServiceRecord(InheritedFields):
    """The service-wide policy as it is written."""

    stable: VersionText | None = Field(default=None, description="Set of the channel stable. Default: the server's.")
    candidate: VersionText | None = Field(default=None, description="Set of the channel candidate. Default: stable's.")


BUILT_IN: Mapping[str, Any] = {
    "vector": "stable",
    "strength": 1.0,
    "floor": 0.0,
    "ceiling": 2.0,
    "gate": None,
    "mode": "enforce",
    "off_until": None,
    "models": (),
    "requests_per_minute": UNLIMITED,
    "tokens_per_minute": UNLIMITED,
    "audio_seconds_per_minute": UNLIMITED,
    "twin_share": None,
    "refusal_style": "both",
}
"""What holds where neither a tenant nor the service sets a field."""


class KeyRecord(Record):
    """A tenant's key as it is stored. ``mac`` is that of ``server.policy.keys``; the key itself is kept nowhere."""

    tenant: TenantName
    mac: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", repr=False)]
    label: Label = ""
    created: Moment
    expires: Moment | None = None
    revoked: Moment | None = None


Scope = Literal["read", "operate", "security"]
"""What an admin key may do; each includes those before it."""
SCOPES: tuple[Scope, ...] = ("read", "operate", "security")


class AdminKeyRecord(Record):
    """An admin key as it is stored."""

    scope: Scope
    mac: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", repr=False)]
    label: Label = ""
    created: Moment
    expires: Moment | None = None
    revoked: Moment | None = None


def refusal_of(error: ValidationError) -> InvalidPolicy:
    """What pydantic found first, as a sentence with the path of its field, and without what was sent."""
    first = error.errors(include_input=False, include_url=False)[0]
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in first["loc"]).removeprefix(".")
    message = first["msg"].removeprefix("Value error, ").rstrip(".")
    return InvalidPolicy(f"{path or 'The whole'}: {message}.", path or None)


def is_live(record: KeyRecord | AdminKeyRecord, now: datetime) -> bool:
    """Whether the key may still be used."""
    return (record.revoked is None or now < record.revoked) and (record.expires is None or now < record.expires)


def policy_fields_table() -> str:
    """The fields of a policy as a markdown table, for the docs."""
    rows = []
    for name, field in {**ServiceRecord.model_fields, **TenantRecord.model_fields}.items():
        where = (
            "tenant"
            if name not in ServiceRecord.model_fields
            else "service"
            if name not in TenantRecord.model_fields
            else "both"
        )
        rows.append(f"| `{name}` | {where} | {_shown(BUILT_IN.get(name))} | {field.description} |")
    return "\n".join(("| Field | Set by | Built in | Meaning |", "|---|---|---|---|", *rows))


def _shown(value: object) -> str:
    return "" if value is None or value == () else f"`{value}`"
