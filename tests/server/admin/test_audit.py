"""The audit over HTTP: in pages, verified, and exported whole."""

import json
from dataclasses import replace

import httpx
import pytest

from server.admin import audit
from server.policy.errors import StoreUnavailable
from tests.server.admin.plane import Plane, refused, write
from tests.server.policy.memory_repository import START, MemoryRepository


async def test_entries_come_in_pages_oldest_or_newest_first(plane: Plane, client: httpx.AsyncClient) -> None:
    await client.post("/tenants", params=write("日本 Grüße"), json={"name": "acme", "strength": 1.5})
    first = (await client.get("/audit", params={"limit": 3})).json()
    assert [each["sequence"] for each in first["data"]] == [1, 2, 3]
    second = (await client.get("/audit", params={"limit": 3, "after": first["next"]})).json()
    (entry,) = second["data"]
    assert second["next"] is None
    assert {name: entry[name] for name in ("actor", "action", "reason", "kind", "name", "before", "after")} == {
        "actor": plane.ids["security"],
        "action": "create tenant",
        "reason": "日本 Grüße",
        "kind": "tenant",
        "name": "acme",
        "before": None,
        "after": {"strength": 1.5},
    }
    newest = (await client.get("/audit", params={"limit": 2, "order": "newest"})).json()
    assert [each["sequence"] for each in newest["data"]] == [4, 3]
    assert newest["next"] is None


@pytest.mark.parametrize(
    ("query", "param"),
    [({"after": -1}, "after"), ({"after": 2**31}, "after"), ({"limit": 0}, "limit"), ({"order": "random"}, "order")],
)
async def test_a_page_out_of_bounds_is_400(client: httpx.AsyncClient, query: dict[str, str], param: str) -> None:
    refused(await client.get("/audit", params=query), 400, "invalid_value", param)


async def test_the_chain_is_verified(repository: MemoryRepository, client: httpx.AsyncClient) -> None:
    verdict = (await client.get("/audit/verify")).json()
    last = (await client.get("/audit", params={"order": "newest", "limit": 1})).json()["data"][0]["digest"]
    assert verdict == {"ok": True, "entries": 3, "digest": last, "fault": None}
    repository._audit[1] = replace(repository._audit[1], reason="another")
    verdict = (await client.get("/audit/verify")).json()
    assert not verdict["ok"]
    assert "entry 2" in verdict["fault"]


async def test_the_export_holds_every_entry_however_many_batches(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "_BATCH", 2)
    for name in ("a", "b"):
        await client.post("/tenants", params=write("日本"), json={"name": name})
    answer = await client.get("/audit/export")
    assert answer.headers["content-type"] == "application/x-ndjson"
    entries = [json.loads(line) for line in answer.text.splitlines()]
    assert entries == (await client.get("/audit")).json()["data"]
    assert [entry["previous"] for entry in entries] == [START, *(entry["digest"] for entry in entries[:-1])]


async def test_an_export_that_breaks_off_does_not_end_as_if_it_were_whole(
    plane: Plane, repository: MemoryRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "_BATCH", 2)
    read = repository.audit
    transport = httpx.ASGITransport(plane.app)

    def audit_then_away(after: int = 0, limit: int = 100, *, newest_first: bool = False) -> object:
        if after:
            raise StoreUnavailable("The store does not answer.")
        return read(after, limit, newest_first=newest_first)

    monkeypatch.setattr(repository, "audit", audit_then_away)
    async with httpx.AsyncClient(transport=transport, base_url="http://test/admin/v1") as client:
        with pytest.raises(Exception, match=r"already started|does not answer"):
            await client.get("/audit/export", headers=plane.bearer("read"))


async def test_without_the_store_each_is_503(repository: MemoryRepository, client: httpx.AsyncClient) -> None:
    repository.away = True
    for path in ("/audit", "/audit/verify", "/audit/export"):
        refused(await client.get(path), 503, "store_unavailable")
