"""The application for one tenant, asked in the ways in which a test asks it."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
from starlette.types import Message

from server.app import Service, create_service
from server.control import now
from server.policy.model import Clock, OpenPolicy, Tenant
from server.settings import Settings
from tests.server.test_app import SET, RecordingEngine

PATH = "/v1/chat/completions"


def serving(engine: RecordingEngine, tenant: Tenant, clock: Clock | None = None) -> Service:
    return create_service(Settings(), engine, OpenPolicy(tenant), SET.id, clock=clock or now)


@asynccontextmanager
async def asking(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(service.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


async def requests_counted(client: httpx.AsyncClient) -> list[str]:
    lines = (await client.get("/metrics")).text.splitlines()
    return [line for line in lines if line.startswith("sarsteer_requests_total{")]


async def asked_by_one_who_leaves(
    service: Service, body: dict[str, Any], until: Callable[[list[Message]], Awaitable[None]]
) -> list[Message]:
    """What the application sends to a client that is gone as soon as ``until``, given what was sent, returns."""
    sent: list[Message] = []
    asked = False

    async def receive() -> Message:
        nonlocal asked
        if not asked:
            asked = True
            return {"type": "http.request", "body": json.dumps(body).encode(), "more_body": False}
        await until(sent)
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": PATH,
        "raw_path": PATH.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [],
        "client": ("test", 1),
        "server": ("test", 80),
        "state": {},
    }
    await service.app(scope, receive, send)
    return sent
