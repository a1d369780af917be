"""The fields of a policy as options of a command, made from the records that declare them."""

import inspect
import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, get_args

import typer

from server.admin_client import AdminError
from server.durations import parse_span
from server.policy.model import Mode, RefusalStyle
from server.policy.records import UNLIMITED, InheritedFields

SWITCHES = frozenset({"gate", "required"})
NUMBERS = frozenset({"strength", "floor", "ceiling", "twin_share"})
LIMITS = frozenset({"requests_per_minute", "tokens_per_minute", "audio_seconds_per_minute"})
_WORDS = {
    "mode": "|".join(get_args(Mode)),
    "refusal_style": "|".join(get_args(RefusalStyle)),
    "models": "MODEL,MODEL",
    "off_until": "TIME",
}
# A tenant is suspended by a command of its own.
_NO_OPTION = frozenset({"state"})


def span(text: str) -> timedelta:
    """An option's span of time."""
    try:
        return parse_span(text)
    except ValueError as error:
        raise typer.BadParameter(f"{error}.") from error


def field_options(model: type[InheritedFields]) -> list[inspect.Parameter]:
    """An option for every field of ``model``, and ``off_for``; each is None where it is not given."""
    options = [
        _optional(name, *_form_of(name), field.description or "")
        for name, field in model.model_fields.items()
        if name not in _NO_OPTION
    ]
    off_for = typer.Option("--off-for", parser=span, metavar="SPAN", help="Mode off, for so long: 30m, at most 24h.")
    place = next(index for index, option in enumerate(options) if option.name == "off_until")
    options.insert(place, _parameter("off_for", Annotated[timedelta | None, off_for]))
    return options


def patch_of(fields: Mapping[str, Any], inherit: Sequence[str] = (), now: datetime | None = None) -> dict[str, Any]:
    """The options that were given, as a merge patch (RFC 7396) of a policy: ``inherit`` names what is taken off it.

    Raise AdminError for options that contradict one another. ``now`` is when ``off_for`` begins.
    """
    given = {name: value for name, value in fields.items() if value is not None}
    if (off_for := given.pop("off_for", None)) is not None:
        if "off_until" in given:
            raise AdminError("Give either --off-for or --off-until.")
        given["off_until"] = ((now or datetime.now(UTC)) + off_for).isoformat()
    if "off_until" in given and given.setdefault("mode", "off") != "off":
        raise AdminError(f"--off-for and --off-until are for --mode off, not {given['mode']}.")
    if "models" in given:
        given["models"] = [model.strip() for model in given["models"].split(",") if model.strip()]
    cleared = {name.replace("-", "_"): None for name in inherit}
    if both := sorted(given.keys() & cleared.keys()):
        raise AdminError(f"{both[0]} cannot be set and inherited at once.")
    if given.get("mode", "off") != "off" or "mode" in cleared:
        cleared["off_until"] = None  # It ends with the mode that it was the end of.
    return {**given, **cleared}


def _form_of(name: str) -> tuple[Any, dict[str, Any]]:
    """The type of a field's option, and what typer is told of it."""
    if name in SWITCHES:
        return bool, {}
    if name in NUMBERS:
        return float, {"parser": _number, "metavar": "NUMBER"}
    if name in LIMITS:
        return str, {"parser": _limit, "metavar": f"NUMBER|{UNLIMITED}"}
    return str, {"metavar": _WORDS.get(name, "NAME@VERSION")}


def _optional(name: str, kind: Any, form: dict[str, Any], description: str) -> inspect.Parameter:
    option = f"--{name.replace('_', '-')}"
    names = f"{option}/--no-{option[2:]}" if name in SWITCHES else option
    return _parameter(name, Annotated[kind | None, typer.Option(names, help=description, **form)])


def _parameter(name: str, annotation: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation)


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise typer.BadParameter(f"{text!r} is no finite number.")
    return number


def _limit(text: str) -> int | str:
    if text == UNLIMITED:
        return UNLIMITED
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        raise typer.BadParameter(f"{text!r} is neither a whole number nor {UNLIMITED!r}.")
    return int(text)
