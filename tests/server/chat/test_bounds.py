"""Fields that would take the engine, or this process, down are refused by name before vLLM sees them."""

from typing import Any

import pytest

from server.chat.fields import take_fields
from server.errors import InvalidValue

MESSAGES = [{"role": "user", "content": "hello"}]
CHAIN = {"$defs": {f"d{i}": {"$ref": f"#/$defs/d{i + 1}"} for i in range(2000)}, "$ref": "#/$defs/d0"}
NESTED = {"type": "string", "pattern": "(" * 9000 + "a" + ")" * 9000}


def schema(value: dict[str, Any]) -> dict[str, Any]:
    return {"type": "json_schema", "json_schema": {"name": "x", "schema": value}}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("n", 17),
        ("n", 0),
        ("n", "2"),
        ("n", True),
        ("seed", 2**63 - 1),
        ("top_k", 10**30),
        ("max_tokens", 2.5),
        ("min_tokens", -1),
        ("frequency_penalty", 3),
        ("repetition_penalty", 1e30),
        ("repetition_penalty", float("nan")),
        ("temperature", -0.1),
        ("stream", "false"),
        ("logprobs", 1),
        ("messages", MESSAGES * 1025),
        ("tools", [{}] * 129),
        ("response_format", schema(CHAIN)),
        ("response_format", schema(NESTED)),
        ("structured_outputs", {"regex": "Sure.*"}),
    ],
)
def test_a_field_out_of_bounds_is_refused_by_name(field: str, value: Any) -> None:
    with pytest.raises(InvalidValue) as refused:
        take_fields({"messages": MESSAGES, field: value})
    assert refused.value.param == field
    assert refused.value.message.startswith(field)
    assert len(refused.value.message) < 300


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ({"tools": [{}, {"type": "function", "function": {"name": "f", "parameters": CHAIN}}]}, "tools[1]"),
        ({"messages": [{"role": "user", "content": [{"type": "text", "text": "a"}] * 257}]}, "messages[0].content"),
        ({"messages": [{"role": "assistant", "tool_calls": [{}] * 257}]}, "messages[0].tool_calls"),
    ],
)
def test_what_is_nested_is_named_by_its_path(body: dict[str, Any], param: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        take_fields({"messages": MESSAGES, **body})
    assert refused.value.param == param


def test_what_is_within_bounds_is_taken_as_it_is() -> None:
    body = {
        "messages": MESSAGES * 1024,
        "n": 16,
        "seed": -(2**62),
        "temperature": 0,
        "top_p": 1,
        "top_k": -1,
        "repetition_penalty": 1.1,
        "stream": True,
        "stop": "\n",
        "response_format": schema({"type": "object"}),
    }
    assert take_fields(body) == (body, None)


def test_null_is_as_good_as_absent() -> None:
    assert take_fields({"messages": MESSAGES, "n": None, "stream": None}) == ({"messages": MESSAGES}, None)
