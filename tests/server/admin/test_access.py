"""Who is let in: nobody without a live admin key."""

import httpx
import pytest
from fastapi import FastAPI, Request
from starlette.routing import Mount, Route

from server.admin.access import BASE, DESCRIPTION, acting
from server.errors import InvalidApiKey
from server.policy.actor import LOCAL
from tests.server.admin.plane import Plane, SetClock, open_plane, refused, write
from tests.server.policy.memory_repository import MemoryRepository

PARAMETERS = {"{name}": "acme", "{id}": "x", "{number}": "1", "{version}": "1.0.0"}


def paths(app: FastAPI) -> list[tuple[str, str]]:
    """Every method and path of the API, its parameters filled in. What lies elsewhere has a guard of its own."""
    found = []
    for route in app.routes:
        assert isinstance(route, Route | Mount), route
        path = route.path
        if isinstance(route, Mount) or not path.startswith(BASE):
            assert not BASE.startswith(path.rstrip("/") or "-"), "a part of the API that nobody walks"
            continue
        for name, value in PARAMETERS.items():
            path = path.replace(name, value)
        found += [(method, path) for method in route.methods or ()]
    return found


async def test_every_route_but_the_description_answers_401_without_a_key(plane: Plane) -> None:
    asked = 0
    async with plane.client(None) as client:
        for method, path in paths(plane.app):
            answer = await client.request(method, f"http://test{path}", params=write(), content=b"{not json")
            if path == DESCRIPTION:
                assert answer.status_code == (200 if method in ("GET", "HEAD") else 405)
                continue
            assert "{" not in path
            assert path.startswith(f"{BASE}/")
            refused(answer, 401, "invalid_api_key")
            assert answer.headers["www-authenticate"] == "Bearer"
            asked += 1
    assert asked > 25


@pytest.mark.parametrize("path", ["/nowhere", "/tenants/", "", "/TENANTS"])
async def test_a_path_that_is_not_there_is_401_without_a_key_and_404_with_one(plane: Plane, path: str) -> None:
    async with plane.client(None) as client:
        refused(await client.get(f"http://test{BASE}{path}"), 401, "invalid_api_key")
    async with plane.client() as client:
        message = refused(await client.get(f"http://test{BASE}{path}"), 404, "not_found")
        assert "/admin/v1" in message


@pytest.mark.parametrize("key", ["", " ", "sk-adm-aaaaaaaa-" + "a" * 43, "\xff\xfe", "x" * 60_000])
async def test_what_is_no_key_is_401_and_never_shown(plane: Plane, key: str) -> None:
    async with plane.client(None) as client:
        for scheme in ("Bearer ", "bearer ", "Bearer\t", ""):
            answer = await client.get("/me", headers={b"authorization": (scheme + key).encode("latin-1")})
            message = refused(answer, 401, "invalid_api_key")
            assert not key.strip() or key not in message


async def test_a_key_under_another_scheme_and_a_tenants_key_are_401(plane: Plane, client: httpx.AsyncClient) -> None:
    await client.post("/tenants", params=write(), json={"name": "acme"})
    key = (await client.post("/tenants/acme/keys", params=write(), json={})).json()["key"]
    for authorization in (f"Bearer {key}", f"Basic {plane.keys['security']}", plane.keys["security"]):
        refused(await client.get("/me", headers={"authorization": authorization}), 401, "invalid_api_key")


async def test_each_scope_reads_and_knows_itself(plane: Plane) -> None:
    for scope in plane.keys:
        async with plane.client(scope) as client:
            assert (await client.get("/me")).json() == {"id": plane.ids[scope], "scope": scope}


async def test_an_expired_and_a_revoked_key_end_at_once(
    plane: Plane, clock: SetClock, client: httpx.AsyncClient
) -> None:
    ends = {"scope": "read", "expires": "2026-05-01T13:00:00Z"}
    brief = (await client.post("/admin-keys", params=write(), json=ends)).json()
    as_brief = {"authorization": f"Bearer {brief['key']}"}
    assert (await client.get("/me", headers=as_brief)).status_code == 200
    clock.pass_(hours=1)
    refused(await client.get("/me", headers=as_brief), 401, "invalid_api_key")
    assert (await client.delete(f"/admin-keys/{plane.ids['operate']}", params=write())).status_code == 200
    refused(await client.get("/me", headers=plane.bearer("operate")), 401, "invalid_api_key")


async def test_a_key_that_another_replica_has_revoked_writes_nothing(plane: Plane, client: httpx.AsyncClient) -> None:
    """This replica has not looked since, so it still lets the key in; a write looks first."""
    plane.administration.revoke_admin_key(LOCAL, plane.ids["operate"], "elsewhere")
    head = plane.repository.head()
    answer = await client.post("/tenants", params=write(), json={"name": "acme"}, headers=plane.bearer("operate"))
    refused(answer, 401, "invalid_api_key")
    assert plane.repository.head() == head


async def test_before_any_key_was_read_it_is_503(clock: SetClock) -> None:
    plane = await open_plane(MemoryRepository(clock), clock, keyed=False)
    plane.keys["security"] = "sk-adm-aaaaaaaa-" + "a" * 43
    async with plane.client() as client:
        answer = await client.get("/me")
        refused(answer, 503, "policy_unavailable")
        assert int(answer.headers["retry-after"]) > 0
        assert (await client.get("/openapi.json")).status_code == 200
    plane.close()


async def test_no_answer_may_be_cached(plane: Plane, client: httpx.AsyncClient) -> None:
    assert (await client.get("/me")).headers["cache-control"] == "no-store"
    refusal = await client.get("/me", headers={"authorization": "none"})
    assert refusal.headers["cache-control"] == "no-store"


def test_a_route_that_the_middleware_does_not_guard_knows_no_actor() -> None:
    with pytest.raises(InvalidApiKey):
        acting(Request({"type": "http", "headers": []}))
