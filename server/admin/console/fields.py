"""The fields of a policy as a form shows them: what they are called, how they are grouped, how a value is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from server.policy.records import BUILT_IN, UNLIMITED, InheritedFields
from server.policy.rules import SECURITY_FIELDS

FieldKind = Literal["vector", "strength", "number", "gate", "mode", "limit", "style", "models", "state", "flag", "set"]


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of the form. ``inherits``: left unset, it takes another layer's value."""

    name: str
    kind: FieldKind
    label: str
    hint: str
    inherits: bool = True

    @property
    def security(self) -> bool:
        """Whether only the scope security may change it."""
        return self.name in SECURITY_FIELDS


Groups = Mapping[str, Sequence[FieldSpec]]

_STEERING = (
    FieldSpec("vector", "vector", "Vector set", "A channel follows what the service calls stable or candidate."),
    FieldSpec("strength", "strength", "Strength", "In multiples of the set's recommended alpha; 0 steers nothing."),
    FieldSpec("floor", "number", "Floor", "The least strength that a policy may give."),
    FieldSpec("ceiling", "number", "Ceiling", "The greatest strength that a caller may ask for."),
    FieldSpec("gate", "gate", "Gate", "Through the gate, only what the model itself finds harmful is steered."),
)
_MODE = FieldSpec("mode", "mode", "Mode", "Shadow answers unsteered to learn. Off breaks the glass, for a while.")
_TWINS = FieldSpec(
    "twin_share",
    "number",
    "Twins",
    "Share of requests, 0 to 1, also answered the other way to learn what steering changes.",
)
_LIMITS = (
    FieldSpec("requests_per_minute", "limit", "Requests a minute", "Empty or unlimited: no limit."),
    FieldSpec("tokens_per_minute", "limit", "Tokens a minute", "In and out together."),
    FieldSpec("audio_seconds_per_minute", "limit", "Seconds of audio a minute", "Of decoded sound."),
)
_ANSWERS = (
    FieldSpec("refusal_style", "style", "Refusal style", "Where the words of a refusal go."),
    FieldSpec("models", "models", "Models", "One name a line; empty lets it use every one."),
)

TENANT_GROUPS: Groups = {
    "Steering": _STEERING,
    "Enforcement": (
        _MODE,
        _TWINS,
        FieldSpec("required", "flag", "Required", "Always enforced: never in shadow, never off.", inherits=False),
        FieldSpec("state", "state", "State", "A suspended tenant's keys are refused.", inherits=False),
    ),
    "Limits": _LIMITS,
    "Answers": _ANSWERS,
}
SERVICE_GROUPS: Groups = {
    "Channels": (
        FieldSpec("stable", "set", "Stable", "What the channel stable serves. Unset: the server's own set."),
        FieldSpec("candidate", "set", "Candidate", "What the channel candidate serves. Unset: what stable serves."),
    ),
    "Steering": _STEERING,
    "Enforcement": (_MODE, _TWINS),
    "Limits": _LIMITS,
    "Answers": _ANSWERS,
}
LABELS: Mapping[str, str] = {
    "off_until": "Off until",
    **{
        spec.name: spec.label for groups in (SERVICE_GROUPS, TENANT_GROUPS) for each in groups.values() for spec in each
    },
}

GATE_WORDS = {None: "where the set has one", True: "always through it", False: "never; steer in full"}
STYLE_WORDS = {
    "both": "both message.refusal and content",
    "openai": "message.refusal alone, as OpenAI",
    "content": "content alone",
}


def shown(name: str, value: Any) -> str:
    """A value in force, in words; of one as written (None: inherited) see ``written``."""
    if name == "gate":
        return GATE_WORDS[value]
    if name == "models":
        return ", ".join(value) or "every one"
    if name == "twin_share" and value is None:
        return "none enforced, all in shadow"
    if value is None:
        return "none"
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return format(value, "g")
    return format(value, ",") if isinstance(value, int) else str(value)


def written(name: str, value: Any) -> str:
    """A value as a record has it, in words."""
    return "inherited" if value is None else shown(name, value)


def text_of(name: str, value: Any) -> str:
    """A value as its control in the form has it."""
    if value is None:
        return ""
    if name == "models":
        return "\n".join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, ".15g") if isinstance(value, float) else str(value)


def inherited(name: str, above: InheritedFields | None) -> Any:
    """What a record that leaves ``name`` out takes from the record ``above`` it (None: there is none)."""
    value = getattr(above, name, None)
    return BUILT_IN.get(name) if value is None else value


def moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%d %b %Y %H:%M:%S UTC")


def is_unlimited(text: str) -> bool:
    return text.strip().lower() in ("", UNLIMITED)
