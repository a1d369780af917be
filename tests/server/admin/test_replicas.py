"""Who serves which revision, over HTTP."""

import httpx
import pytest

from server.policy.errors import StoreUnavailable
from tests.server.admin.plane import Plane, SetClock, refused
from tests.server.policy.memory_repository import MemoryRepository


async def test_live_replicas_are_listed_with_what_they_serve(
    plane: Plane, clock: SetClock, client: httpx.AsyncClient
) -> None:
    plane.beat("gone", 1)
    clock.pass_(seconds=60)
    plane.beat("other", 2, "Revision 3 is held back: why.")
    found = (await client.get("/replicas")).json()
    assert found == {
        "data": [
            {
                "id": "id-other",
                "name": "other",
                "started": "2026-05-01T12:01:00Z",
                "seen": "2026-05-01T12:01:00Z",
                "revision": 2,
                "problem": "Revision 3 is held back: why.",
            }
        ],
        "head": 3,
    }


async def test_this_replica_tells_how_it_stands(
    plane: Plane, repository: MemoryRepository, client: httpx.AsyncClient
) -> None:
    found = (await client.get("/status")).json()
    assert found.pop("age_seconds") >= 0
    assert found == {
        "id": "id-this",
        "name": "this",
        "started": "2026-05-01T12:00:00Z",
        "serving": 3,
        "newest": 3,
        "store_problem": None,
        "held_back": None,
        "model": "idle",
        "engine_alive": True,
    }
    repository.away = True
    with pytest.raises(StoreUnavailable):
        await plane.replica.look()
    assert "does not answer" in (await client.get("/status")).json()["store_problem"]
    refused(await client.get("/replicas"), 503, "store_unavailable")
