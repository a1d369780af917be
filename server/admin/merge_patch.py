"""PATCH of a policy as a JSON merge patch (RFC 7396): what it names is set, null takes a field off the record."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from server.policy.errors import InvalidPolicy
from server.policy.records import InheritedFields, refusal_of

R = TypeVar("R", bound=InheritedFields)


def patched(held: R, patch: Mapping[str, Any]) -> R:
    """``held`` with ``patch`` applied; raise InvalidPolicy for an unknown field or a record that cannot be."""
    model = type(held)
    if unknown := sorted(patch.keys() - model.model_fields.keys()):
        raise InvalidPolicy(f"{unknown[0][:80]}: there is no such field.", unknown[0][:80])
    merged = {name: value for name, value in {**held.stored(), **patch}.items() if value is not None}
    try:
        return model.model_validate(merged)
    except ValidationError as error:
        raise refusal_of(error) from None


def patch_schema(model: type[InheritedFields]) -> dict[str, Any]:
    """The JSON schema of a patch of ``model``: any of its fields, each of which may be null."""
    properties = {}
    for name, field in model.model_json_schema()["properties"].items():
        kept = {key: value for key, value in field.items() if key not in ("default", "title")}
        choices = kept.pop("anyOf", None) or [{key: kept.pop(key) for key in ("type", "enum") if key in kept}]
        null = {"type": "null"}
        properties[name] = {"anyOf": choices if null in choices else [*choices, null], **kept}
    return {
        "title": f"{model.__name__}Patch",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
