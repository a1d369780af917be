"""Applying a document over HTTP."""

from typing import Any

import httpx
import pytest

from server.policy.keys import id_of
from tests.server.admin.plane import Plane, match, refused, write

DOCUMENT: dict[str, Any] = {
    "service": {"strength": 1.2},
    "tenants": [{"name": "acme", "floor": 0.5, "keys": [{"key": "a-key-of-acme"}]}],
}


async def test_a_document_is_one_revision_and_the_second_time_none(plane: Plane, client: httpx.AsyncClient) -> None:
    answer = await client.post("/apply", json=DOCUMENT, params=write(wait=True))
    assert answer.status_code == 200
    body = answer.json()
    assert body["revision"] == 4
    assert body["propagation"]["complete"]
    assert answer.headers["etag"] == '"4"'
    assert body["changes"] == [
        {
            "kind": "service",
            "name": "service",
            "action": "create",
            "fields": [{"field": "strength", "before": None, "after": 1.2}],
        },
        {
            "kind": "tenant",
            "name": "acme",
            "action": "create",
            "fields": [{"field": "floor", "before": None, "after": 0.5}],
        },
        {
            "kind": "key",
            "name": id_of("a-key-of-acme"),
            "action": "add key",
            "fields": [{"field": "tenant", "before": None, "after": "acme"}],
        },
    ]
    tenant = plane.replica.tenant_of("a-key-of-acme")
    assert tenant is not None
    assert (tenant.name, tenant.revision) == ("acme", 4)
    again = await client.post("/apply", json=DOCUMENT, params=write(wait=True))
    assert (again.status_code, again.json()) == (200, {"changes": [], "revision": None, "propagation": None})
    assert again.headers["etag"] == '"4"'
    assert plane.repository.head() == 4


async def test_a_dry_run_answers_what_would_change_and_the_etag_to_apply_it_by(
    plane: Plane, client: httpx.AsyncClient
) -> None:
    async with plane.client("read") as reader:
        planned = await reader.post("/apply", json=DOCUMENT, params={"dry_run": True})
    assert planned.status_code == 200
    assert (planned.json()["revision"], planned.headers["etag"]) == (None, '"3"')
    assert plane.repository.head() == 3
    applied = await client.post("/apply", json=DOCUMENT, params=write(), headers=match(planned))
    assert applied.json()["changes"] == planned.json()["changes"]
    for query in ({"dry_run": True}, write()):
        late = await client.post("/apply", json=DOCUMENT, params=query, headers=match(planned))
        refused(late, 412, "revision_conflict")


async def test_prune_deletes_what_is_not_listed(plane: Plane, client: httpx.AsyncClient) -> None:
    await client.post("/apply", json=DOCUMENT, params=write())
    listed = {"tenants": [{"name": "beta"}]}
    await client.post("/apply", json=listed, params=write())
    answer = await client.post("/apply", json=listed, params=write(prune=True))
    assert [(each["action"], each["name"]) for each in answer.json()["changes"]] == [
        ("delete", "acme"),
        ("revoke key", id_of("a-key-of-acme")),
    ]
    assert set(plane.replica.latest[0].tenants) == {"beta"}
    assert plane.replica.tenant_of("a-key-of-acme") is None
    none = await client.post("/apply", json={"tenants": []}, params=write(prune=True))
    assert "delete every one" in refused(none, 400, "invalid_value", "tenants")


async def test_a_lagging_replica_makes_it_a_202(plane: Plane, client: httpx.AsyncClient) -> None:
    plane.beat("other", 1)
    answer = await client.post("/apply", json=DOCUMENT, params=write(wait=True, wait_seconds=0))
    assert (answer.status_code, answer.json()["revision"]) == (202, 4)
    assert [each["name"] for each in answer.json()["propagation"]["lagging"]] == ["other"]


@pytest.mark.parametrize(
    ("document", "param"),
    [
        ({}, None),
        ([], None),
        ({"tenants": [{"name": "Acme"}]}, "tenants[0].name"),
        ({"tenants": [{"name": "a"}, {"name": "b", "strength": -1}]}, "tenants[1].strength"),
        ({"tenants": [{"name": "a", "vector": "refusal@9.9.9"}]}, "tenants[0].vector"),
        ({"tenants": [{"name": "a", "keys": [{"key": "sk-secret", "sha256": "0"}]}]}, "tenants[0].keys[0].sha256"),
        ({"service": {"required": True}}, "service.required"),
        ({"service": {"stable": "refusal@9.9.9"}}, "service.stable"),
    ],
)
async def test_a_bad_document_names_the_field_and_quotes_no_key(
    plane: Plane, client: httpx.AsyncClient, document: Any, param: str | None
) -> None:
    for query in (write(), {"dry_run": True}):
        answer = await client.post("/apply", json=document, params=query)
        assert "sk-secret" not in refused(answer, 400, "invalid_value", param)
    assert plane.repository.head() == 3


async def test_a_change_needs_a_reason_and_a_scope(plane: Plane, client: httpx.AsyncClient) -> None:
    refused(await client.post("/apply", json=DOCUMENT), 400, "invalid_value", "reason")
    refused(await client.post("/apply", json=DOCUMENT, params={"reason": "x"}), 400, "invalid_value", "reason")
    async with plane.client("operate") as operator:
        answer = await operator.post("/apply", json=DOCUMENT, params=write())
        assert "floor of tenant acme" in refused(answer, 403, "scope_missing")
        assert (await operator.post("/apply", json={"tenants": [{"name": "a"}]}, params=write())).status_code == 200
    async with plane.client("read") as reader:
        refused(await reader.post("/apply", json={"tenants": [{"name": "a"}]}, params=write()), 403, "scope_missing")
    async with plane.client(None) as stranger:
        refused(await stranger.post("/apply", json=DOCUMENT, params=write()), 401, "invalid_api_key")


async def test_a_document_may_be_larger_than_other_bodies(client: httpx.AsyncClient) -> None:
    document = {"tenants": [{"name": f"tenant-{number}", "models": ["m" * 190] * 10} for number in range(1000)]}
    answer = await client.post("/apply", json=document, params={"dry_run": True})
    assert len(answer.json()["changes"]) == 1000
