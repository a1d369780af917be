"""Keys over HTTP: shown once, listed without their MACs, rotated, revoked."""

from typing import Any

import httpx
import pytest

from server.policy.administration import LONGEST_OVERLAP
from server.policy.records import Scope
from tests.server.admin.plane import Plane, SetClock, match, refused, write


@pytest.fixture
async def issued(client: httpx.AsyncClient) -> dict[str, Any]:
    """A key of the tenant acme, as it was answered."""
    await client.post("/tenants", params=write(), json={"name": "acme"})
    answer = await client.post("/tenants/acme/keys", params=write(), json={"label": "prod é"})
    assert answer.status_code == 201
    found: dict[str, Any] = answer.json()
    return found


def tenant_of(plane: Plane, key: str) -> str | None:
    tenant = plane.replica.tenant_of(key)
    return None if tenant is None else tenant.name


async def test_a_key_works_at_once_and_is_shown_once(
    plane: Plane, client: httpx.AsyncClient, issued: dict[str, Any]
) -> None:
    assert tenant_of(plane, issued["key"]) == "acme"
    (listed,) = (await client.get("/tenants/acme/keys")).json()["data"]
    assert listed == {
        "id": issued["id"],
        "tenant": "acme",
        "label": "prod é",
        "created": "2026-05-01T12:00:00Z",
        "expires": None,
        "revoked": None,
        "live": True,
    }
    assert issued == {**listed, "key": issued["key"], "revision": plane.repository.head(), "propagation": None}
    secret = issued["key"].rpartition("-")[2]
    mac = plane.replica.latest[1].keys[issued["id"]].record.mac
    for path in ("/tenants/acme/keys", "/audit", "/audit/export", f"/revisions/{issued['revision']}", "/admin-keys"):
        text = (await client.get(path)).text
        assert secret not in text
        assert mac not in text


async def test_a_rotated_key_overlaps_and_ends(
    plane: Plane, clock: SetClock, client: httpx.AsyncClient, issued: dict[str, Any]
) -> None:
    answer = await client.post(f"/keys/{issued['id']}/rotate", params=write(), json={"overlap_seconds": 60})
    assert answer.status_code == 201
    new = answer.json()
    assert (new["tenant"], new["label"]) == ("acme", "prod é")
    assert new["id"] != issued["id"]
    assert [tenant_of(plane, each["key"]) for each in (issued, new)] == ["acme", "acme"]
    clock.pass_(seconds=60)
    assert [tenant_of(plane, each["key"]) for each in (issued, new)] == [None, "acme"]
    by_id = {key["id"]: key for key in (await client.get("/tenants/acme/keys")).json()["data"]}
    assert [by_id[each["id"]]["live"] for each in (issued, new)] == [False, True]
    refused(await client.post(f"/keys/{issued['id']}/rotate", params=write(), json={}), 404, "not_found")


async def test_a_rotation_without_an_overlap_ends_the_old_key_at_once(
    plane: Plane, client: httpx.AsyncClient, issued: dict[str, Any]
) -> None:
    assert (await client.post(f"/keys/{issued['id']}/rotate", params=write(), json={})).status_code == 201
    assert tenant_of(plane, issued["key"]) is None


async def test_a_revoked_key_ends_at_once_and_only_once(
    plane: Plane, client: httpx.AsyncClient, issued: dict[str, Any]
) -> None:
    answer = await client.delete(f"/keys/{issued['id']}", params=write())
    assert answer.json() == {"revision": plane.repository.head(), "propagation": None}
    assert tenant_of(plane, issued["key"]) is None
    refused(await client.delete(f"/keys/{issued['id']}", params=write()), 404, "not_found")


@pytest.mark.parametrize(
    ("sent", "param"),
    [
        ({"label": "x" * 201}, "label"),
        ({"label": "a\0b"}, "label"),
        ({"label": "a\x1b[2J"}, "label"),
        ({"label": 7}, "label"),
        ({"expires": "2026-05-01T11:59:59Z"}, "expires"),
        ({"expires": "2026-05-02"}, "expires"),
        ({"expires": "9999-12-31T23:59:59-14:00"}, "expires"),
        ({"expires": 4102444800}, "expires"),
        ({"tenant": "other"}, "tenant"),
    ],
)
async def test_what_no_key_can_have_is_400(plane: Plane, client: httpx.AsyncClient, sent: Any, param: str) -> None:
    await client.post("/tenants", params=write(), json={"name": "acme"})
    head = plane.repository.head()
    refused(await client.post("/tenants/acme/keys", params=write(), json=sent), 400, "invalid_value", param)
    admin = {"scope": "read", **sent}
    refused(await client.post("/admin-keys", params=write(), json=admin), 400, "invalid_value", param)
    assert plane.repository.head() == head


@pytest.mark.parametrize("overlap", [-1, LONGEST_OVERLAP.total_seconds() + 1, 10**400, True, "60", 0.5, None])
async def test_an_overlap_out_of_bounds_is_400(
    client: httpx.AsyncClient, issued: dict[str, Any], overlap: object
) -> None:
    answer = await client.post(f"/keys/{issued['id']}/rotate", params=write(), json={"overlap_seconds": overlap})
    refused(answer, 400, "invalid_value", "overlap_seconds")


async def test_keys_of_no_tenant_and_unknown_keys_are_404(client: httpx.AsyncClient) -> None:
    refused(await client.get("/tenants/no/keys"), 404, "not_found")
    refused(await client.post("/tenants/no/keys", params=write(), json={}), 404, "not_found")
    refused(await client.post("/keys/no/rotate", params=write(), json={}), 404, "not_found")
    refused(await client.delete("/keys/no", params=write()), 404, "not_found")
    refused(await client.delete("/admin-keys/no", params=write()), 404, "not_found")


async def test_an_admin_key_is_issued_listed_and_revoked(plane: Plane, client: httpx.AsyncClient) -> None:
    sent = {"scope": "operate", "label": "ci", "expires": "2027-01-01T00:00:00+02:00"}
    made = (await client.post("/admin-keys", params=write(), json=sent)).json()
    assert made["expires"] == "2026-12-31T22:00:00Z"
    listed = {key["id"]: key for key in (await client.get("/admin-keys")).json()["data"]}
    assert listed.keys() == {*plane.ids.values(), made["id"]}
    assert listed[made["id"]] == {
        "id": made["id"],
        "scope": "operate",
        "label": "ci",
        "created": "2026-05-01T12:00:00Z",
        "expires": made["expires"],
        "revoked": None,
        "live": True,
    }
    own = {"authorization": f"Bearer {made['key']}"}
    assert (await client.get("/me", headers=own)).json() == {"id": made["id"], "scope": "operate"}
    assert (await client.delete(f"/admin-keys/{made['id']}", params=write())).status_code == 200
    refused(await client.get("/me", headers=own), 401, "invalid_api_key")


async def test_the_last_security_key_stays(plane: Plane, client: httpx.AsyncClient) -> None:
    answer = await client.delete(f"/admin-keys/{plane.ids['security']}", params=write())
    refused(answer, 400, "invalid_value", "id")


async def test_scopes(plane: Plane, client: httpx.AsyncClient, issued: dict[str, Any]) -> None:
    head = plane.repository.head()
    asked: tuple[tuple[Scope, str, str, Any, Scope], ...] = (
        ("read", "POST", "/tenants/acme/keys", {}, "operate"),
        ("read", "POST", f"/keys/{issued['id']}/rotate", {}, "operate"),
        ("read", "DELETE", f"/keys/{issued['id']}", None, "operate"),
        ("operate", "POST", "/admin-keys", {"scope": "read"}, "security"),
        ("operate", "DELETE", f"/admin-keys/{plane.ids['read']}", None, "security"),
    )
    for scope, method, path, body, needed in asked:
        answer = await client.request(method, path, params=write(), json=body, headers=plane.bearer(scope))
        assert needed in refused(answer, 403, "scope_missing")
    assert plane.repository.head() == head


async def test_a_new_tenant_of_a_deleted_ones_name_does_not_get_its_keys(
    plane: Plane, client: httpx.AsyncClient, issued: dict[str, Any]
) -> None:
    await client.delete("/tenants/acme", params=write(), headers=match(await client.get("/tenants/acme")))
    await client.post("/tenants", params=write(), json={"name": "acme"})
    assert tenant_of(plane, issued["key"]) is None
    (old,) = (await client.get("/tenants/acme/keys")).json()["data"]
    assert not old["live"]
