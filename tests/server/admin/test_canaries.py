"""What the admin API tells of the canaries."""

from dataclasses import replace

import httpx

from server.admin.app import create_admin_app
from tests.server.admin.plane import BASE, Plane
from tests.server.telemetry.test_canaries import NOON, Watch
from tests.server.test_app import SET


async def test_where_none_are_run_there_is_nothing(client: httpx.AsyncClient) -> None:
    found = (await client.get("/canaries")).json()
    assert found == {"data": [], "every_seconds": None, "last_outcome": None, "last_at": None}


async def test_the_last_result_of_each_set_is_told(plane: Plane) -> None:
    watch = Watch()
    app = create_admin_app(replace(plane.context, canaries=watch.canaries))
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url=f"http://test{BASE}", headers=plane.bearer("read")
    ) as client:
        assert (await client.get("/canaries")).json()["last_outcome"] is None
        watch.engine.needs = 9.0
        await watch.canaries.look()
        found = (await client.get("/canaries")).json()
    assert (found["every_seconds"], found["last_outcome"]) == (0.01, "beyond")
    (result,) = found["data"]
    assert (result["vector"], result["digest"]) == (str(SET.id), SET.digest)
    assert result["at"] == NOON.isoformat().replace("+00:00", "Z")
    assert result["sets"]["harmful"] == {"refused": 0, "clips": 4, "certified": 1.0, "beyond": True}
    assert result["sets"]["benign"] == {"refused": 0, "clips": 4, "certified": 0.015, "beyond": False}
