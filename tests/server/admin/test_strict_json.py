"""Bodies that two parsers could read differently, or that no parser should read, are 400s."""

from typing import Any

import httpx
import pytest

from server.admin.strict_json import read_json
from server.errors import InvalidValue
from tests.server.admin.plane import Plane, refused, write
from tests.server.middleware.asking import pieces

MIB = 1024 * 1024
JSON = {"content-type": "application/json"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"{}x",
        b"{'a': 1}",
        b'{"a": 1, "a": 1}',
        b'{"a": {"b": 1, "c": 2, "b": 3}}',
        b'[{"\\u0061": 1, "a": 2}]',
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b"9" * 5000,
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'"\xff"',
        '{"a": 1}'.encode("utf-16"),
        b'"\x00"',
    ],
)
def test_what_is_not_strict_json_is_refused(body: bytes) -> None:
    with pytest.raises(InvalidValue) as refusal:
        read_json(body)
    assert len(refusal.value.message) < 300


@pytest.mark.parametrize(("body", "value"), [(b'{"a": [1, 2.5, "\\u00e9"]}', {"a": [1, 2.5, "é"]}), (b" null ", None)])
def test_what_is_json_is_read(body: bytes, value: Any) -> None:
    assert read_json(body) == value


async def test_a_key_named_twice_is_named(client: httpx.AsyncClient) -> None:
    body = b'{"name": "acme", "strength": 0, "strength": 1}'
    refused(await client.post("/tenants", params=write(), content=body, headers=JSON), 400, "invalid_value", "strength")


async def test_another_type_than_json_is_400(plane: Plane, client: httpx.AsyncClient) -> None:
    head = plane.repository.head()
    for type_ in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "é", "json"):
        headers = {b"content-type": type_.encode("latin-1")}
        refused(
            await client.post("/tenants", params=write(), content=b'{"name": "acme"}', headers=headers),
            400,
            "invalid_value",
        )
    bodies: tuple[object, ...] = ([], "x", 1, None)
    for body in bodies:
        refused(await client.post("/tenants", params=write(), json=body), 400, "invalid_value")
    refused(await client.post("/tenants", params=write()), 400, "invalid_value")
    assert plane.repository.head() == head


async def test_a_body_over_a_mebibyte_is_413_of_known_length_or_not(client: httpx.AsyncClient) -> None:
    for content in (bytes(MIB + 1), pieces(MIB, 1)):
        answer = await client.post("/tenants", params=write(), content=content, headers=JSON)
        refused(answer, 413, "body_too_large")
    refused(await client.post("/tenants", params=write(), content=bytes(MIB), headers=JSON), 400, "invalid_value")


async def test_audio_may_be_longer(client: httpx.AsyncClient) -> None:
    """What lies below the limit is read, and found to be no form."""
    refused(await client.post("/playground", content=bytes(MIB + 1)), 400, "invalid_value", "strengths")
    refused(await client.post("/playground", content=bytes(32 * MIB + 1)), 413, "body_too_large")
