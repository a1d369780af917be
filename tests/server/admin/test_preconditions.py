"""If-Match: one ETag of ours, or no change."""

from typing import Any

import httpx
import pytest

from tests.server.admin.plane import Plane, match, refused, write

GUARDED = (
    ("PUT", "/tenants/acme", {}),
    ("PATCH", "/tenants/acme", {}),
    ("DELETE", "/tenants/acme", None),
    ("PUT", "/policy", {}),
    ("PATCH", "/policy", {}),
    ("POST", "/revisions/1/rollback", None),
)


@pytest.mark.parametrize(("method", "path", "body"), GUARDED)
async def test_without_it_nothing_is_changed(
    plane: Plane, client: httpx.AsyncClient, method: str, path: str, body: Any
) -> None:
    await client.post("/tenants", params=write(), json={"name": "acme"})
    head = plane.repository.head()
    answer = await client.request(method, path, params=write(), json=body)
    assert "ETag" in refused(answer, 428, "precondition_required", "If-Match")
    assert plane.repository.head() == head


@pytest.mark.parametrize(
    "sent",
    [
        "*",
        "",
        "4",
        '"x"',
        'W/"4"',
        '"4", "5"',
        '"04"',
        '"-4"',
        '"' + "9" * 9999 + '"',
        '"2147483648"',
        '"\xb2"',
        "\xff",
    ],
)
@pytest.mark.parametrize(("method", "path", "body"), GUARDED)
async def test_what_is_no_tag_of_ours_is_400(
    plane: Plane, client: httpx.AsyncClient, sent: str, method: str, path: str, body: Any
) -> None:
    await client.post("/tenants", params=write(), json={"name": "acme"})
    head = plane.repository.head()
    headers = {b"if-match": sent.encode("latin-1")}
    answer = await client.request(method, path, params=write(), json=body, headers=headers)
    refused(answer, 400, "invalid_value", "If-Match")
    assert plane.repository.head() == head


async def test_two_of_them_are_400(client: httpx.AsyncClient) -> None:
    headers = [("if-match", '"0"'), ("if-match", '"0"')]
    answer = await client.put("/policy", params=write(), json={}, headers=headers)
    refused(answer, 400, "invalid_value", "If-Match")


async def test_an_etag_changes_with_its_own_resource_alone(client: httpx.AsyncClient) -> None:
    one = match(await client.post("/tenants", params=write(), json={"name": "one"}))
    policy = match(await client.get("/policy"))
    await client.post("/tenants", params=write(), json={"name": "two"})
    assert match(await client.get("/tenants/one")) == one
    assert match(await client.get("/policy")) == policy
    assert (await client.patch("/tenants/one", params=write(), json={}, headers=one)).status_code == 200
    assert match(await client.get("/tenants/one")) != one
