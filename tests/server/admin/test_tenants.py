"""Tenants over HTTP: created, read, replaced, patched, deleted, explained."""

from typing import Any

import httpx
import pytest

from server.policy.records import Scope
from tests.server.admin.plane import Plane, SetClock, match, refused, write

BUILT_IN = {
    "vector": "stable",
    "strength": 1.0,
    "floor": 0.0,
    "ceiling": 2.0,
    "gate": None,
    "mode": "enforce",
    "off_until": None,
    "models": [],
    "requests_per_minute": "unlimited",
    "tokens_per_minute": "unlimited",
    "audio_seconds_per_minute": "unlimited",
    "twin_share": None,
    "refusal_style": "both",
    "state": "active",
    "required": False,
}


async def created(client: httpx.AsyncClient, name: str = "acme", **fields: Any) -> httpx.Response:
    answer = await client.post("/tenants", params=write(), json={"name": name, **fields})
    assert answer.status_code == 201, answer.text
    return answer


async def test_a_tenant_is_created_and_read_with_what_it_inherits(client: httpx.AsyncClient) -> None:
    answer = await created(client, strength=1.5, models=["a", "b"])
    revision = answer.json()["revision"]
    assert answer.headers["etag"] == f'"{revision}"'
    tenant = {
        "name": "acme",
        "revision": revision,
        "fields": {"strength": 1.5, "models": ["a", "b"]},
        "effective": BUILT_IN | {"strength": 1.5, "models": ["a", "b"]},
        "mode_now": "enforce",
    }
    assert answer.json() == {**tenant, "propagation": None}
    read = await client.get("/tenants/acme")
    assert read.json() == tenant
    assert read.headers["etag"] == answer.headers["etag"]


async def test_the_service_wide_policy_shows_in_what_is_effective_and_explained(client: httpx.AsyncClient) -> None:
    await created(client, floor=0.5, strength=1.0)
    changed = await client.put(
        "/policy", params=write(), json={"ceiling": 0.25}, headers=match(await client.get("/policy"))
    )
    assert changed.status_code == 200
    effective = (await client.get("/tenants/acme")).json()["effective"]
    assert (effective["floor"], effective["ceiling"], effective["strength"]) == (0.5, 0.5, 0.5)
    explained = (await client.get("/tenants/acme/explain")).json()
    assert explained["name"] == "acme"
    assert explained["fields"].keys() == BUILT_IN.keys()
    assert explained["fields"]["ceiling"] == {
        "value": 0.5,
        "source": "tenant",
        "note": "raised from 0.25 to the floor",
    }
    assert explained["fields"]["models"] == {"value": [], "source": "built in", "note": None}


async def test_put_replaces_and_patch_merges_and_null_inherits(client: httpx.AsyncClient) -> None:
    answer = await created(client, strength=1.5, models=["a"], state="suspended", required=True)
    answer = await client.patch(
        "/tenants/acme",
        params=write(),
        json={"strength": None, "models": ["b"], "state": None},
        headers={**match(answer), "content-type": "application/merge-patch+json"},
    )
    assert answer.status_code == 200
    assert answer.json()["fields"] == {"models": ["b"], "required": True}
    answer = await client.put("/tenants/acme", params=write(), json={"ceiling": 3}, headers=match(answer))
    assert answer.json()["fields"] == {"ceiling": 3.0}
    assert (await client.get("/tenants/acme")).json()["fields"] == {"ceiling": 3.0}


async def test_pages_go_by_name(client: httpx.AsyncClient) -> None:
    for name in ("c", "a", "d", "b"):
        await created(client, name)
    names: list[str] = []
    after: str | None = ""
    while after is not None:
        page = (await client.get("/tenants", params={"after": after, "limit": 3})).json()
        assert page["revision"] == 7
        names += [tenant["name"] for tenant in page["data"]]
        after = page["next"]
    assert names == ["a", "b", "c", "d"]
    assert (await client.get("/tenants", params={"limit": 4})).json()["next"] is None


@pytest.mark.parametrize(
    ("query", "param"),
    [
        ({"limit": "0"}, "limit"),
        ({"limit": "1001"}, "limit"),
        ({"limit": "9" * 5000}, "limit"),
        ({"afte": "x"}, "afte"),
    ],
)
async def test_a_page_out_of_bounds_is_400(client: httpx.AsyncClient, query: dict[str, str], param: str) -> None:
    refused(await client.get("/tenants", params=query), 400, "invalid_value", param)


async def test_a_tenant_that_exists_or_does_not(client: httpx.AsyncClient) -> None:
    await created(client)
    again = await client.post("/tenants", params=write(), json={"name": "acme"})
    assert "acme" in refused(again, 412, "already_exists")
    tag = {"if-match": '"1"'}
    for answer in (
        await client.get("/tenants/no"),
        await client.get("/tenants/no/explain"),
        await client.put("/tenants/no", params=write(), json={}, headers=tag),
        await client.patch("/tenants/no", params=write(), json={}, headers=tag),
        await client.delete("/tenants/no", params=write(), headers=tag),
    ):
        assert "'no'" in refused(answer, 404, "not_found") or "tenant no" in answer.text


async def test_the_second_of_two_writers_is_told_the_current_revision(client: httpx.AsyncClient) -> None:
    seen = match(await created(client))
    first = await client.patch("/tenants/acme", params=write(), json={"strength": 1.1}, headers=seen)
    assert first.status_code == 200
    for second in (
        await client.patch("/tenants/acme", params=write(), json={"strength": 1.2}, headers=seen),
        await client.put("/tenants/acme", params=write(), json={"strength": 1.2}, headers=seen),
        await client.delete("/tenants/acme", params=write(), headers=seen),
    ):
        message = refused(second, 412, "revision_conflict")
        assert str(first.json()["revision"]) in message
    assert (await client.get("/tenants/acme")).json()["fields"] == {"strength": 1.1}


async def test_a_deleted_tenant_is_gone_with_its_keys(plane: Plane, client: httpx.AsyncClient) -> None:
    seen = match(await created(client))
    key = (await client.post("/tenants/acme/keys", params=write(), json={})).json()["key"]
    assert plane.replica.tenant_of(key) is not None
    answer = await client.delete("/tenants/acme", params=write(), headers=seen)
    assert answer.json() == {"revision": plane.repository.head(), "propagation": None}
    assert plane.replica.tenant_of(key) is None
    refused(await client.get("/tenants/acme"), 404, "not_found")
    refused(await client.get("/tenants/acme/keys"), 404, "not_found")


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"strength": -1}, "strength"),
        ({"strength": "1"}, "strength"),
        ({"strength": True}, "strength"),
        ({"strength": 10**400}, "strength"),
        ({"gate": "yes"}, "gate"),
        ({"mode": "on"}, "mode"),
        ({"vector": "refusal@9.9.9"}, "vector"),
        ({"vector": "a\0@1.0.0"}, "vector"),
        ({"vector": "../x@1.0.0"}, "vector"),
        ({"models": ["a\0"]}, "models[0]"),
        ({"models": ["ok", ""]}, "models[1]"),
        ({"models": ["x" * 201]}, "models[0]"),
        ({"models": ["x"] * 101}, "models"),
        ({"models": "x"}, "models"),
        ({"requests_per_minute": 0}, "requests_per_minute"),
        ({"requests_per_minute": 10**30}, "requests_per_minute"),
        ({"requests_per_minute": "none"}, "requests_per_minute"),
        ({"mode": "off"}, None),
        ({"mode": "off", "off_until": 1e9}, "off_until"),
        ({"mode": "off", "off_until": "2026-05-01T13:00:00"}, "off_until"),
        ({"mode": "off", "off_until": "2026-05-03T13:00:00Z"}, "off_until"),
        ({"mode": "off", "off_until": "9999-12-31T23:59:59-14:00"}, "off_until"),
        ({"floor": 3, "ceiling": 1}, None),
        ({"required": True, "mode": "shadow"}, None),
        ({"unknown": 1}, "unknown"),
        ({"state": None}, "state"),
    ],
)
async def test_a_field_that_cannot_be_is_400_and_named_and_nothing_is_written(
    plane: Plane, client: httpx.AsyncClient, fields: dict[str, Any], param: str | None
) -> None:
    seen = match(await created(client))
    head = plane.repository.head()
    refused(await client.post("/tenants", params=write(), json={"name": "new", **fields}), 400, "invalid_value", param)
    refused(await client.put("/tenants/acme", params=write(), json=fields, headers=seen), 400, "invalid_value", param)
    if fields != {"state": None}:  # null takes a field off in a patch.
        patched = await client.patch("/tenants/acme", params=write(), json=fields, headers=seen)
        refused(patched, 400, "invalid_value", param)
    assert plane.repository.head() == head


async def test_a_name_that_cannot_be_is_400(client: httpx.AsyncClient) -> None:
    for name in ("", "A", "-a", "a b", "a\n", "a\0", "é", "a" * 64, None, 7, ["a"]):
        refused(await client.post("/tenants", params=write(), json={"name": name}), 400, "invalid_value", "name")


async def test_a_path_of_any_bytes_names_no_tenant(client: httpx.AsyncClient) -> None:
    tag = {"if-match": '"1"'}
    for path in ("%00", "a%00b", "%ff%fe", "%ed%a0%80", "..%2f", "%0d%0aset-cookie:a=b", "é", "x" * 5000):
        for answer in (
            await client.get(f"/tenants/{path}"),
            await client.get(f"/tenants/{path}/keys"),
            await client.put(f"/tenants/{path}", params=write(), json={}, headers=tag),
            await client.post(f"/tenants/{path}/keys", params=write(), json={}),
            await client.post(f"/keys/{path}/rotate", params=write(), json={}),
            await client.delete(f"/admin-keys/{path}", params=write()),
        ):
            refused(answer, 404, "not_found")
            assert "set-cookie" not in answer.headers


async def test_scopes(plane: Plane, client: httpx.AsyncClient) -> None:
    seen = match(await created(client))
    head = plane.repository.head()
    operator: Scope = "operate"

    async def ask(scope: Scope, method: str, path: str, **more: Any) -> httpx.Response:
        headers = {**plane.bearer(scope), **seen}
        return await client.request(method, path, params=write(), headers=headers, **more)

    for answer in (
        await ask("read", "POST", "/tenants", json={"name": "b"}),
        await ask("read", "PUT", "/tenants/acme", json={}),
        await ask("read", "PATCH", "/tenants/acme", json={}),
        await ask("read", "DELETE", "/tenants/acme"),
        await ask(operator, "DELETE", "/tenants/acme"),
        await ask(operator, "PATCH", "/tenants/acme", json={"floor": 0.1}),
        await ask(operator, "PATCH", "/tenants/acme", json={"ceiling": 9}),
        await ask(operator, "PATCH", "/tenants/acme", json={"required": True}),
        await ask(operator, "POST", "/tenants", json={"name": "b", "required": True}),
    ):
        refused(answer, 403, "scope_missing")
    assert plane.repository.head() == head
    assert (await ask(operator, "PATCH", "/tenants/acme", json={"strength": 0.5})).status_code == 200


async def test_a_broken_glass_mends_itself(clock: SetClock, client: httpx.AsyncClient) -> None:
    answer = await created(client, mode="off", off_until="2026-05-01T14:00:00+01:00")
    assert answer.json()["mode_now"] == "off"
    assert answer.json()["effective"]["off_until"] == "2026-05-01T13:00:00Z"
    clock.pass_(hours=1)
    tenant = (await client.get("/tenants/acme")).json()
    assert (tenant["mode_now"], tenant["effective"]["mode"]) == ("enforce", "off")


async def test_a_lone_surrogate_is_400(plane: Plane, client: httpx.AsyncClient) -> None:
    seen = match(await created(client))
    head = plane.repository.head()
    headers = {**seen, "content-type": "application/json"}
    for body in (
        rb'{"name": "a", "models": ["\ud800"]}',
        rb'{"name": "\udfff"}',
        rb'{"name": "a", "\ud800": 1}',
        rb'{"name": "a", "vector": "\ud800@1.0.0"}',
    ):
        answer = await client.post("/tenants", params=write(), content=body, headers=headers)
        assert answer.status_code == 400, answer.text
        answer = await client.patch("/tenants/acme", params=write(), content=body, headers=headers)
        assert answer.status_code == 400, answer.text
    assert plane.repository.head() == head
