"""What all writes have in common: a reason, a wait for the other replicas, a store that may be away."""

import asyncio
from typing import Any

import httpx
import pytest

from server.admin import context
from server.policy.errors import StoreUnavailable
from tests.server.admin.plane import Plane, SetClock, match, refused, write
from tests.server.policy.memory_repository import MemoryRepository

NAMED = {"name": "acme"}


@pytest.mark.parametrize(
    ("query", "param"),
    [
        ({}, "reason"),
        ({"reason": ""}, "reason"),
        ({"reason": "no"}, "reason"),
        ({"reason": "   x   "}, "reason"),
        ({"reason": "x" * 501}, "reason"),
        ({"reason": "a\0b"}, "reason"),
        ({"reason": "two\nlines"}, "reason"),
        ({"reason": "good", "wait": "perhaps"}, "wait"),
        ({"reason": "good", "wait_seconds": "-1"}, "wait_seconds"),
        ({"reason": "good", "wait_seconds": "31"}, "wait_seconds"),
        ({"reason": "good", "wait_seconds": "nan"}, "wait_seconds"),
        ({"reason": "good", "wait_seconds": "inf"}, "wait_seconds"),
        ({"reason": "good", "wiat": "true"}, "wiat"),
    ],
)
async def test_a_query_that_cannot_be_is_400(
    plane: Plane, client: httpx.AsyncClient, query: dict[str, str], param: str
) -> None:
    head = plane.repository.head()
    refused(await client.post("/tenants", params=query, json=NAMED), 400, "invalid_value", param)
    assert plane.repository.head() == head


@pytest.mark.parametrize("reason", ["x" * 500, "日本語の理由", "Grüße; drop table", "a=b&c=d%", "👍👍👍", "\u200f rtl"])
async def test_a_reason_of_any_language_is_kept_as_it_was_sent(client: httpx.AsyncClient, reason: str) -> None:
    assert (await client.post("/tenants", params=write(reason), json=NAMED)).status_code == 201
    kept = (await client.get("/audit", params={"order": "newest", "limit": 1})).json()["data"][0]["reason"]
    assert kept == reason.strip()


async def test_a_query_of_any_bytes_is_no_crash(client: httpx.AsyncClient) -> None:
    for query in (
        "reason=%ff%fe%fd",
        "reason=abc&wait_seconds=%00",
        "reason=%ed%a0%80abc",
        "%ff=%ff",
        "reason=abc;x=1&&=",
    ):
        answer = await client.post(f"/tenants?{query}", json={"name": "A"})
        assert answer.status_code == 400, answer.text


async def test_without_a_wait_nothing_is_said_of_propagation(plane: Plane, client: httpx.AsyncClient) -> None:
    plane.beat("behind", 1)
    answer = await client.post("/tenants", params=write(), json=NAMED)
    assert (answer.status_code, answer.json()["propagation"]) == (201, None)


async def test_a_replica_that_lags_makes_it_202_and_is_named(plane: Plane, client: httpx.AsyncClient) -> None:
    plane.beat("behind", 1, "refusal@9.9.9 is not published.")
    answer = await client.post("/tenants", params=write(wait=True, wait_seconds=0.05), json=NAMED)
    assert answer.status_code == 202
    revision = answer.json()["revision"]
    propagation = answer.json()["propagation"]
    (applied,) = propagation.pop("applied")
    assert applied.pop("seconds") >= 0
    assert applied == {"id": "id-this", "name": "this", "revision": revision}
    assert propagation == {
        "revision": revision,
        "complete": False,
        "lagging": [{"id": "id-behind", "name": "behind", "revision": 1, "problem": "refusal@9.9.9 is not published."}],
    }
    assert (await client.get("/tenants/acme")).status_code == 200, "it is written all the same"


async def test_once_every_replica_follows_it_is_the_usual_status(plane: Plane, client: httpx.AsyncClient) -> None:
    plane.beat("other", plane.repository.head())

    async def follow() -> None:
        head = plane.repository.head()
        while plane.repository.head() == head:
            await asyncio.sleep(0.005)
        plane.beat("other", plane.repository.head())

    async with asyncio.TaskGroup() as together:
        asking = together.create_task(client.post("/tenants", params=write(wait=True, wait_seconds=30), json=NAMED))
        together.create_task(follow())
    answer = asking.result()
    assert answer.status_code == 201
    propagation = answer.json()["propagation"]
    assert propagation["complete"]
    assert propagation["lagging"] == []
    assert {each["name"] for each in propagation["applied"]} == {"this", "other"}


async def test_every_write_waits_if_asked(plane: Plane, client: httpx.AsyncClient) -> None:
    async def lags(method: str, path: str, body: Any = None, tag: dict[str, str] | None = None) -> dict[str, Any]:
        plane.beat("behind", 0)
        query = write(wait=True, wait_seconds=0)
        answer = await client.request(method, path, params=query, json=body, headers=tag)
        assert answer.status_code == 202, answer.text
        found: dict[str, Any] = answer.json()
        assert found["revision"] == plane.repository.head() == found["propagation"]["revision"]
        assert [each["name"] for each in found["propagation"]["lagging"]] == ["behind"]
        return found

    await lags("POST", "/tenants", NAMED)
    await lags("PUT", "/tenants/acme", {}, match(await client.get("/tenants/acme")))
    await lags("PATCH", "/tenants/acme", {"strength": 1}, match(await client.get("/tenants/acme")))
    key = await lags("POST", "/tenants/acme/keys", {})
    rotated = await lags("POST", f"/keys/{key['id']}/rotate", {})
    await lags("DELETE", f"/keys/{rotated['id']}")
    admin = await lags("POST", "/admin-keys", {"scope": "read"})
    await lags("DELETE", f"/admin-keys/{admin['id']}")
    await lags("PUT", "/policy", {}, match(await client.get("/policy")))
    await lags("PATCH", "/policy", {"strength": 1}, match(await client.get("/policy")))
    await lags("POST", "/revisions/4/rollback", None, match(await client.get("/revisions")))
    await lags("DELETE", "/tenants/acme", None, match(await client.get("/tenants/acme")))


async def test_a_store_that_is_away_answers_reads_from_memory_and_writes_with_503(
    plane: Plane, repository: MemoryRepository, client: httpx.AsyncClient
) -> None:
    seen = match(await client.post("/tenants", params=write(), json=NAMED))
    key = (await client.post("/tenants/acme/keys", params=write(), json={})).json()["id"]
    head = match(await client.get("/revisions"))
    policy = match(await client.get("/policy"))
    repository.away = True
    for path in ("/me", "/tenants", "/tenants/acme", "/tenants/acme/keys", "/tenants/acme/explain", "/policy"):
        assert (await client.get(path)).status_code == 200, path
    for path in ("/admin-keys", "/vectors", "/vectors/refusal/3.0.1", "/status"):
        assert (await client.get(path)).status_code == 200, path
    for path in ("/revisions", "/revisions/1", "/replicas", "/audit"):
        refused(await client.get(path), 503, "store_unavailable")
    for method, path, body, tag in (
        ("POST", "/tenants", {"name": "b"}, None),
        ("PUT", "/tenants/acme", {}, seen),
        ("PATCH", "/tenants/acme", {}, seen),
        ("DELETE", "/tenants/acme", None, seen),
        ("POST", "/tenants/acme/keys", {}, None),
        ("POST", f"/keys/{key}/rotate", {}, None),
        ("DELETE", f"/keys/{key}", None, None),
        ("POST", "/admin-keys", {"scope": "read"}, None),
        ("DELETE", f"/admin-keys/{plane.ids['read']}", None, None),
        ("PUT", "/policy", {}, policy),
        ("PATCH", "/policy", {}, policy),
        ("POST", "/revisions/1/rollback", None, head),
    ):
        answer = await client.request(method, path, params=write(), json=body, headers=tag)
        assert "nothing was written" in refused(answer, 503, "store_unavailable")
        assert int(answer.headers["retry-after"]) > 0
    repository.away = False
    assert f'"{repository.head()}"' == head["if-match"]


async def test_a_store_that_goes_away_after_the_commit_does_not_unsay_it(
    plane: Plane, repository: MemoryRepository, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = repository.commit

    def commit_then_away(*args: Any) -> object:
        made = commit(*args)
        repository.away = True
        return made

    monkeypatch.setattr(repository, "commit", commit_then_away)
    answer = await client.post("/tenants", params=write(wait=True), json={**NAMED, "strength": 1.5})
    assert answer.status_code == 202
    assert answer.json()["fields"] == {"strength": 1.5}
    revision = answer.json()["revision"]
    assert answer.json()["propagation"] == {"revision": revision, "complete": False, "applied": [], "lagging": []}
    repository.away = False
    assert repository.head() == revision


async def test_a_store_that_is_away_between_the_look_and_the_commit_writes_nothing(
    repository: MemoryRepository, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_args: Any) -> object:
        raise StoreUnavailable("The store does not answer; nothing was written.")

    monkeypatch.setattr(repository, "commit", away)
    refused(await client.post("/tenants", params=write(), json=NAMED), 503, "store_unavailable")


async def test_an_engine_that_is_stuck_keeps_nobody_from_a_change(
    plane: Plane, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(context, "LOOK_SECONDS", 0.05)
    plane.sets.stuck = asyncio.Event()
    for number, name in enumerate(("a", "b"), 4):
        answer = await client.post("/tenants", params=write(wait=True, wait_seconds=0.05), json={"name": name})
        assert answer.status_code == 202
        assert answer.json()["revision"] == number
        assert [each["revision"] for each in answer.json()["propagation"]["lagging"]] == [3]
    plane.sets.stuck.set()
    await plane.replica.look()
    assert (await client.get("/status")).json()["serving"] == 5


async def test_an_engine_that_fails_keeps_nobody_from_a_change(plane: Plane, client: httpx.AsyncClient) -> None:
    """Not even from the one that takes back what it fails on."""
    plane.sets.fault = RuntimeError("the engine has died")
    answer = await client.put("/policy", params=write(), json={"stable": "refusal@2.0.0"}, headers={"if-match": '"0"'})
    assert answer.status_code == 200
    assert (await client.get("/status")).json()["serving"] == 3
    head = match(await client.get("/revisions"))
    assert (await client.post("/revisions/3/rollback", params=write(), headers=head)).status_code == 200
    plane.sets.fault = None
    await plane.replica.look()
    assert (await client.get("/status")).json()["serving"] == 5


async def test_changes_are_counted_by_what_they_are(plane: Plane, client: httpx.AsyncClient) -> None:
    await client.post("/tenants", params=write(), json=NAMED)
    await client.post("/tenants", params=write(), json=NAMED)
    registry = plane.context.metrics.registry
    assert registry.get_sample_value("sarsteer_admin_changes_total", {"action": "create tenant"}) == 1


async def test_two_writers_at_once_make_one_change(plane: Plane, client: httpx.AsyncClient, clock: SetClock) -> None:
    seen = match(await client.post("/tenants", params=write(), json=NAMED))
    head = plane.repository.head()
    answers = await asyncio.gather(
        *(
            client.patch("/tenants/acme", params=write(), json={"strength": 1 + number / 10}, headers=seen)
            for number in range(8)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200] + [412] * 7
    assert plane.repository.head() == head + 1
    (won,) = (answer for answer in answers if answer.status_code == 200)
    assert (await client.get("/tenants/acme")).json()["fields"] == won.json()["fields"]
