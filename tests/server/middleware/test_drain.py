import asyncio

import pytest
from fastapi import FastAPI
from prometheus_client import CollectorRegistry

from server.errors import install_error_handlers
from server.middleware.drain import DrainMiddleware, DrainSwitch
from server.telemetry.metrics import Metrics
from tests.server.middleware.asking import client


class Service:
    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        metrics = Metrics(self.registry)
        self.switch = DrainSwitch(metrics)
        self.release = asyncio.Event()
        self.app = FastAPI()
        install_error_handlers(self.app)
        self.app.add_middleware(DrainMiddleware, switch=self.switch, metrics=metrics)
        self.app.get("/work")(self.work)
        self.app.get("/crash")(self.crash)
        for probe in ("/livez", "/readyz", "/metrics"):
            self.app.get(probe)(self.ok)

    async def work(self) -> str:
        await self.release.wait()
        return "done"

    async def crash(self) -> None:
        raise RuntimeError

    async def ok(self) -> str:
        return "ok"

    def gauge(self, name: str) -> float | None:
        return self.registry.get_sample_value(f"sarsteer_{name}")


async def test_a_draining_server_refuses_new_requests_and_says_when_to_retry() -> None:
    service = Service()
    service.switch.turn_on()
    async with client(service.app) as http:
        response = await http.get("/work")
    assert response.status_code == 503
    assert response.json()["error"]["code"] == "draining"
    assert 0 < int(response.headers["retry-after"]) <= 120
    assert service.gauge("draining") == 1


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/metrics"])
async def test_probes_are_answered_while_draining(path: str) -> None:
    service = Service()
    service.switch.turn_on()
    async with client(service.app) as http:
        assert (await http.get(path)).status_code == 200


async def test_requests_that_run_when_draining_begins_are_finished_and_counted_until_then() -> None:
    service = Service()
    async with client(service.app) as http:
        running = [asyncio.ensure_future(http.get("/work")) for _ in range(3)]
        async with asyncio.timeout(5):
            while service.gauge("inflight_requests") != 3:
                await asyncio.sleep(0)
        service.switch.turn_on()
        service.release.set()
        assert [response.json() for response in await asyncio.gather(*running)] == ["done"] * 3
    assert service.gauge("inflight_requests") == 0


async def test_a_request_that_crashes_is_in_flight_no_longer() -> None:
    service = Service()
    async with client(service.app) as http:
        assert (await http.get("/crash")).status_code == 500
    assert service.gauge("inflight_requests") == 0
    assert service.gauge("draining") == 0
