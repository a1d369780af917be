"""The form of a policy: from a record to its controls, and from what was sent back to a record.

A field that was not sent keeps what the record holds: a control that the signed-in key may not use is disabled, and a
disabled control sends nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Generic, Self, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from starlette.datastructures import FormData

from server.admin.console.fields import FieldSpec, Groups, inherited, is_unlimited, text_of
from server.policy.errors import InvalidPolicy, PolicyError
from server.policy.records import UNLIMITED, InheritedFields

R = TypeVar("R", bound=InheritedFields)

OFF_FOR: Mapping[str, str] = {
    "30": "30 minutes",
    "60": "1 hour",
    "240": "4 hours",
    "720": "12 hours",
    "1440": "24 hours",
}
KEEP = "keep"
"""The choice that leaves the end of a broken glass where it is."""


@dataclass(frozen=True, slots=True)
class Control:
    """One field as the form has it: whether it is set here, and its text; ``inherited`` is what holds otherwise."""

    spec: FieldSpec
    own: bool
    text: str
    inherited: Any
    error: str | None = None


@dataclass(frozen=True, slots=True)
class PolicyForm(Generic[R]):
    """``record`` is what the form says, None while it says nothing that can be in force; then ``errors`` say why."""

    controls: Mapping[str, Control]
    record: R | None
    off_for: str = KEEP
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def problem(self) -> str | None:
        """The first error, whatever field it is of."""
        return next(iter(self.errors.values()), None)

    def refused(self, refusal: PolicyError) -> Self:
        """The form with what the administration refused beside the field that it is of."""
        param = refusal.param if isinstance(refusal, InvalidPolicy) else None
        name = "mode" if param == "off_until" else param or ""
        if name not in self.controls:
            return self
        return replace(self, controls={**self.controls, name: replace(self.controls[name], error=str(refusal))})


def form_of(record: R, groups: Groups, above: InheritedFields | None) -> PolicyForm[R]:
    """The form of a record as it stands."""
    controls = {}
    for spec in _specs(groups):
        value = getattr(record, spec.name)
        fallback = inherited(spec.name, above)
        text = text_of(spec.name, fallback if value is None else value)
        controls[spec.name] = Control(spec, value is not None, text, fallback)
    return PolicyForm(controls, record, KEEP if record.off_until else "60")


def submitted(sent: FormData, held: R, groups: Groups, above: InheritedFields | None, now: datetime) -> PolicyForm[R]:
    """What was sent, over what is ``held``."""
    before = form_of(held, groups, above)
    present, own = set(_texts(sent, "field")), set(_texts(sent, "own"))
    values: dict[str, Any] = held.model_dump()
    errors: dict[str, str] = {}
    controls: dict[str, Control] = {}
    off_for = str(sent.get("off_for", before.off_for))
    for name, control in before.controls.items():
        if name not in present:
            controls[name] = control
            continue
        spec = control.spec
        is_own = name in own or not spec.inherits
        text = str(sent.get(name, "false" if spec.kind == "flag" else control.text))
        try:
            values[name] = _value(spec, text) if is_own else None
        except ValueError as error:
            errors[name] = str(error)
        if name == "mode":
            values["off_until"] = _end(off_for, held, now) if values["mode"] == "off" else None
        controls[name] = Control(spec, is_own, text, control.inherited)
    record: R | None = None
    if not errors:
        try:
            record = type(held).model_validate(values)
        except ValidationError as invalid:
            errors = _told(invalid, controls)
    marked = {name: replace(control, error=errors.get(name)) for name, control in controls.items()}
    return PolicyForm(marked, record, off_for, errors)


def _specs(groups: Groups) -> tuple[FieldSpec, ...]:
    return tuple(spec for specs in groups.values() for spec in specs)


def _texts(sent: FormData, name: str) -> list[str]:
    return [str(value) for value in sent.getlist(name)]


def _value(spec: FieldSpec, text: str) -> Any:
    """Raise ValueError, saying what would do, for a text that is no value of the field."""
    text = text.strip()
    match spec.kind:
        case "strength" | "number":
            try:
                return float(text)
            except ValueError:
                raise ValueError(f"{spec.label} must be a number, not {text[:40]!r}.") from None
        case "limit":
            if is_unlimited(text):
                return UNLIMITED
            digits = text.replace(",", "").replace(" ", "")
            if not digits.isdecimal() or len(digits) > 12:
                raise ValueError(f"{spec.label} must be a whole number or empty, not {text[:40]!r}.")
            return int(digits)
        case "gate" | "flag":
            return text == "true"
        case "models":
            return tuple(line.strip() for line in text.splitlines() if line.strip())
        case _:
            return text or None


def _end(off_for: str, held: InheritedFields, now: datetime) -> datetime | None:
    if off_for in OFF_FOR:
        return now.replace(microsecond=0) + timedelta(minutes=int(off_for))
    return held.off_until


def _told(invalid: ValidationError, controls: Mapping[str, Control]) -> dict[str, str]:
    """A sentence for each field that is wrong."""
    told: dict[str, str] = {}
    for error in invalid.errors(include_input=False):
        name = _at(error)
        label = controls[name].spec.label if name in controls else "It"
        told.setdefault(name, _sentence(re.sub("^Input ", f"{label} ", error["msg"])))
    return told


def _at(error: ErrorDetails) -> str:
    """The field of an error; one of the whole record begins with the name of the field that it is about."""
    return str(error["loc"][0]) if error["loc"] else _words(error["msg"]).partition(" ")[0]


def _sentence(message: str) -> str:
    text = _words(message).rstrip(".")
    return f"{text[:1].upper()}{text[1:]}."


def _words(message: str) -> str:
    return message.removeprefix("Value error, ")
