"""Revisions over HTTP, and the way back."""

import httpx
import pytest

from tests.server.admin.plane import Plane, match, refused, write


async def test_revisions_are_listed_newest_first_in_pages(plane: Plane, client: httpx.AsyncClient) -> None:
    await client.post("/tenants", params=write("the fourth"), json={"name": "acme"})
    page = await client.get("/revisions", params={"limit": 3})
    assert page.headers["etag"] == '"4"'
    assert page.json()["head"] == 4
    newest = page.json()["data"][0]
    assert newest == {
        "number": 4,
        "at": "2026-05-01T12:00:00Z",
        "actor": plane.ids["security"],
        "action": "create tenant",
        "reason": "the fourth",
        "subjects": ["tenant/acme"],
    }
    assert [each["number"] for each in page.json()["data"]] == [4, 3, 2]
    rest = (await client.get("/revisions", params={"limit": 3, "before": page.json()["next"]})).json()
    assert ([each["number"] for each in rest["data"]], rest["next"], rest["head"]) == ([1], None, 4)
    assert (await client.get("/revisions", params={"limit": 4})).json()["next"] is None


async def test_a_revision_is_read_with_what_it_changed(client: httpx.AsyncClient) -> None:
    seen = match(await client.post("/tenants", params=write(), json={"name": "acme", "strength": 1.5}))
    key = (await client.post("/tenants/acme/keys", params=write(), json={})).json()["id"]
    deleted = (await client.delete("/tenants/acme", params=write("leaves us"), headers=seen)).json()["revision"]
    found = (await client.get(f"/revisions/{deleted}")).json()
    assert (found["number"], found["action"], found["reason"]) == (deleted, "delete tenant", "leaves us")
    tenant, revoked = found["entries"]
    assert (tenant["kind"], tenant["name"], tenant["before"], tenant["after"]) == (
        "tenant",
        "acme",
        {"strength": 1.5},
        None,
    )
    assert (revoked["kind"], revoked["name"]) == ("key", key)
    assert "mac" not in revoked["after"]


@pytest.mark.parametrize("number", ["999", "2147483647"])
async def test_a_revision_that_is_not_there_is_404(client: httpx.AsyncClient, number: str) -> None:
    refused(await client.get(f"/revisions/{number}"), 404, "not_found")


@pytest.mark.parametrize("number", ["0", "-1", "2147483648", "9" * 5000, "x", "1.5", "%00"])
async def test_what_numbers_no_revision_is_400(client: httpx.AsyncClient, number: str) -> None:
    refused(await client.get(f"/revisions/{number}"), 400, "invalid_value", "number")
    head = match(await client.get("/revisions"))
    answer = await client.post(f"/revisions/{number}/rollback", params=write(), headers=head)
    refused(answer, 400, "invalid_value", "number")
    refused(await client.get("/revisions", params={"before": number}), 400, "invalid_value", "before")


async def test_a_rollback_makes_a_new_revision_and_revives_no_key(plane: Plane, client: httpx.AsyncClient) -> None:
    await client.post("/tenants", params=write(), json={"name": "acme", "strength": 1.5})
    key = (await client.post("/tenants/acme/keys", params=write(), json={})).json()
    then = plane.repository.head()
    seen = match(await client.get("/tenants/acme"))
    await client.patch("/tenants/acme", params=write(), json={"strength": 1.1}, headers=seen)
    await client.post("/tenants", params=write(), json={"name": "later"})
    await client.delete(f"/keys/{key['id']}", params=write())
    head = await client.get("/revisions")
    answer = await client.post(f"/revisions/{then}/rollback", params=write("as before"), headers=match(head))
    assert answer.json() == {"revision": head.json()["head"] + 1, "propagation": None}
    assert (await client.get("/tenants/acme")).json()["fields"] == {"strength": 1.5}
    refused(await client.get("/tenants/later"), 404, "not_found")
    assert plane.replica.tenant_of(key["key"]) is None
    again = await client.post(
        f"/revisions/{then}/rollback", params=write(), headers=match(await client.get("/revisions"))
    )
    refused(again, 400, "invalid_value", "number")


async def test_a_rollback_names_the_head_that_it_was_planned_for(plane: Plane, client: httpx.AsyncClient) -> None:
    stale = match(await client.get("/revisions"))
    await client.post("/tenants", params=write(), json={"name": "acme"})
    head = plane.repository.head()
    answer = await client.post("/revisions/1/rollback", params=write(), headers=stale)
    assert str(head) in refused(answer, 412, "revision_conflict")
    refused(await client.post("/revisions/1/rollback", params=write()), 428, "precondition_required", "If-Match")
    fresh = match(await client.get("/revisions"))
    missing = await client.post(f"/revisions/{head + 1}/rollback", params=write(), headers=fresh)
    refused(missing, 404, "not_found")
    as_operator = {**fresh, **plane.bearer("operate")}
    refused(await client.post("/revisions/1/rollback", params=write(), headers=as_operator), 403, "scope_missing")
    assert plane.repository.head() == head
