"""What a field of a chat request may hold at the most, checked before vLLM sees it.

Some values past these bounds take vLLM, or the native libraries that it calls in this process, down for everyone:
xgrammar's parser recurses as deeply as a schema does, a worker keeps a seed in 64 bits, and a list of wrong messages
becomes a longer list of errors.
"""

import json
from collections.abc import Mapping
from math import inf
from typing import Any

from server.engine.protocol import Json
from server.errors import InvalidValue

_INTEGERS: Mapping[str, tuple[float, float]] = {
    "n": (1, 16),
    "seed": (-(2**62), 2**62),
    "top_k": (-1, 2**31 - 1),
    "top_logprobs": (0, 2**31 - 1),
    "max_tokens": (1, 2**31 - 1),
    "max_completion_tokens": (1, 2**31 - 1),
    "min_tokens": (0, 2**31 - 1),
}
_NUMBERS: Mapping[str, tuple[float, float]] = {
    "temperature": (0, inf),
    "top_p": (0, 1),
    "min_p": (0, 1),
    "frequency_penalty": (-2, 2),
    "presence_penalty": (-2, 2),
    # Far from 1 it forbids or forces the words of the prompt, and so, written there, the words of a refusal.
    "repetition_penalty": (0.5, 1.5),
}
_FLAGS = frozenset(
    {
        *("stream", "logprobs", "parallel_tool_calls"),
        *("include_stop_str_in_output", "ignore_eos", "skip_special_tokens"),
    }
)
_MOST_ITEMS: Mapping[str, int] = {"messages": 1024, "tools": 128, "stop": 16, "stop_token_ids": 128}
_MOST_PARTS = 256
_MOST_SCHEMA_CHARACTERS = 16_384
"""Of a schema, as JSON. xgrammar overflowed its stack on one of 60,000 characters."""


def check_bounds(taken: Json) -> None:
    """Raise InvalidValue, naming the field, for a number, flag, list or schema that is out of bounds."""
    for field, (low, high) in (*_INTEGERS.items(), *_NUMBERS.items()):
        if field in taken:
            _check_number(field, taken[field], low, high, int if field in _INTEGERS else int | float)
    for field in _FLAGS & taken.keys():
        if not isinstance(taken[field], bool):
            raise InvalidValue(f"{field} must be true or false, not {_shown(taken[field])}.", param=field)
    for field, most in _MOST_ITEMS.items():
        _check_length(field, taken.get(field), most)
    for index, message in enumerate(taken["messages"]):
        if isinstance(message, dict):
            for field in ("content", "tool_calls"):
                _check_length(f"messages[{index}].{field}", message.get(field), _MOST_PARTS)
    _check_schema("response_format", taken.get("response_format"))
    _check_schema("tool_choice", taken.get("tool_choice"))
    tools = taken.get("tools")
    for index, tool in enumerate(tools if isinstance(tools, list) else ()):
        _check_schema(f"tools[{index}]", tool)


def _check_number(field: str, value: Any, low: float, high: float, kind: Any) -> None:
    # Compared, not converted: an integer of JSON may be too large for a float. A NaN compares as out of bounds.
    if isinstance(value, bool) or not isinstance(value, kind) or not low <= value <= high:
        what = "an integer" if kind is int else "a number"
        span = f"of at least {low:g}" if high == inf else f"from {low:.15g} to {high:.15g}"
        raise InvalidValue(f"{field} must be {what} {span}, not {_shown(value)}.", param=field)


def _check_length(field: str, value: Any, most: int) -> None:
    if isinstance(value, list) and len(value) > most:
        raise InvalidValue(f"{field} holds {len(value)} items; send at most {most}.", param=field)


def _check_schema(field: str, value: Any) -> None:
    length = len(json.dumps(value)) if isinstance(value, dict) else 0
    if length > _MOST_SCHEMA_CHARACTERS:
        raise InvalidValue(
            f"{field} has {length} characters as JSON; send a schema of at most {_MOST_SCHEMA_CHARACTERS}.",
            param=field,
        )


def _shown(value: Any) -> str:
    return repr(value)[:40]
