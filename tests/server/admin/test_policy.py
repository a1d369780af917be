"""The service-wide policy over HTTP."""

import httpx

from server.policy.records import Scope
from tests.server.admin.plane import Plane, match, refused, write


async def test_before_it_is_written_its_revision_is_0(plane: Plane, client: httpx.AsyncClient) -> None:
    first = await client.get("/policy")
    assert first.headers["etag"] == '"0"'
    assert first.json()["revision"] == 0
    assert first.json()["fields"] == {}
    assert first.json()["effective"]["strength"] == 1.0
    written = await client.put("/policy", params=write(), json={"strength": 1.5}, headers=match(first))
    assert written.status_code == 200
    assert written.json()["revision"] == plane.repository.head()
    assert written.json()["fields"] == {"strength": 1.5}
    assert written.json()["effective"]["strength"] == 1.5
    read = await client.get("/policy")
    assert read.headers["etag"] == written.headers["etag"] == f'"{plane.repository.head()}"'
    assert {**read.json(), "propagation": None} == written.json()


async def test_a_patch_merges(client: httpx.AsyncClient) -> None:
    first = await client.get("/policy")
    one = await client.patch("/policy", params=write(), json={"strength": 1.5, "mode": "shadow"}, headers=match(first))
    two = await client.patch("/policy", params=write(), json={"mode": None, "gate": False}, headers=match(one))
    assert two.json()["fields"] == {"strength": 1.5, "gate": False}


async def test_the_second_of_two_writers_is_told(plane: Plane, client: httpx.AsyncClient) -> None:
    first = match(await client.get("/policy"))
    assert (await client.put("/policy", params=write(), json={}, headers=first)).status_code == 200
    head = plane.repository.head()
    for answer in (
        await client.put("/policy", params=write(), json={"strength": 1}, headers=first),
        await client.patch("/policy", params=write(), json={"strength": 1}, headers=first),
    ):
        assert str(head) in refused(answer, 412, "revision_conflict")
    assert plane.repository.head() == head


async def test_channels_and_bad_fields(client: httpx.AsyncClient) -> None:
    seen = match(await client.get("/policy"))
    for fields, param in (
        ({"stable": "refusal@9.9.9"}, "stable"),
        ({"state": "active"}, "state"),
        ({"floor": -1}, "floor"),
    ):
        answer = await client.put("/policy", params=write(), json=fields, headers=seen)
        refused(answer, 400, "invalid_value", param)
        answer = await client.patch("/policy", params=write(), json=fields, headers=seen)
        refused(answer, 400, "invalid_value", param)
    assert (
        await client.put("/policy", params=write(), json={"stable": "refusal@3.0.1"}, headers=seen)
    ).status_code == 200


async def test_scopes(plane: Plane, client: httpx.AsyncClient) -> None:
    seen = match(await client.get("/policy"))
    asked: tuple[tuple[Scope, dict[str, float], Scope], ...] = (
        ("read", {"strength": 1}, "operate"),
        ("operate", {"floor": 0.5}, "security"),
        ("operate", {"ceiling": 0.5}, "security"),
    )
    for scope, fields, expected in asked:
        headers = {**plane.bearer(scope), **seen}
        answer = await client.put("/policy", params=write(), json=fields, headers=headers)
        assert expected in refused(answer, 403, "scope_missing")
    headers = {**plane.bearer("operate"), **seen}
    assert (await client.put("/policy", params=write(), json={"strength": 1}, headers=headers)).status_code == 200
