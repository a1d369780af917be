"""What the admin API and the console tell of the canaries."""

from dataclasses import replace

import httpx

from server.admin.app import create_admin_app
from steering.vector_set import VectorSetId
from tests.server.admin.console.visitor import Visitor, words_of
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


async def test_a_versions_page_tells_what_was_found_of_it(plane: Plane) -> None:
    watch = Watch()
    watch.engine.needs = 9.0
    weak = replace(SET, id=VectorSetId("refusal", "2.0.0"))
    watch.engine.vector_sets, watch.named = (SET, weak), frozenset({weak.id})
    await watch.canaries.look()
    plane.app = create_admin_app(replace(plane.context, canaries=watch.canaries))
    visitor = Visitor(plane)
    async with visitor.client:
        await visitor.sign_in("read")
        found = words_of(await visitor.get("/console/vectors/refusal/2.0.0"))
        unwatched = words_of(await visitor.get("/console/vectors/refusal/3.0.1"))
    assert "Beyond its certificate: harmful." in found
    assert "0 of 4 harmful refused, 0 of 4 benign refused at strength 1" in found
    assert "Certified of the harmful: at least 100 %." in found
    assert "canaries" not in unwatched
