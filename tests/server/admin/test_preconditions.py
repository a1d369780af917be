"""If-Match: one ETag of ours, or no change."""

import httpx

from tests.server.admin.plane import Plane, match, refused, write

GUARDED: tuple[tuple[str, str, dict[str, str] | None], ...] = (
    ("PUT", "/tenants/acme", {}),
    ("PATCH", "/tenants/acme", {}),
    ("DELETE", "/tenants/acme", None),
    ("PUT", "/policy", {}),
    ("PATCH", "/policy", {}),
    ("POST", "/revisions/1/rollback", None),
)
STRANGE = (
    *("*", "", "4", '"x"', 'W/"4"', '"4", "5"', '"04"', '"-4"', '"2147483648"', '"\xb2"', "\xff"),
    '"' + "9" * 9999 + '"',
)


async def test_without_it_nothing_is_changed(plane: Plane, client: httpx.AsyncClient) -> None:
    await client.post("/tenants", params=write(), json={"name": "acme"})
    head = plane.repository.head()
    for method, path, body in GUARDED:
        answer = await client.request(method, path, params=write(), json=body)
        assert "ETag" in refused(answer, 428, "precondition_required", "If-Match")
    assert plane.repository.head() == head


async def test_what_is_no_tag_of_ours_is_400(plane: Plane, client: httpx.AsyncClient) -> None:
    await client.post("/tenants", params=write(), json={"name": "acme"})
    head = plane.repository.head()
    for method, path, body in GUARDED:
        for sent in STRANGE:
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
