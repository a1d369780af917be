import pytest
from fastapi import FastAPI, Request
from starlette.types import Message, Receive, Scope, Send

from server.errors import install_error_handlers
from server.middleware.body_limit import BodyLimitMiddleware
from tests.server.middleware.asking import client, pieces


def app(seen: list[int]) -> FastAPI:
    app = FastAPI()
    install_error_handlers(app)
    app.add_middleware(BodyLimitMiddleware, max_bytes=100)

    @app.post("/")
    async def read(request: Request) -> int:
        size = 0
        async for piece in request.stream():
            size += len(piece)
            seen.append(size)
        return size

    return app


async def test_a_body_of_just_the_limit_passes_with_or_without_its_length() -> None:
    async with client(app([])) as http:
        assert (await http.post("/", content=bytes(100))).json() == 100
        assert (await http.post("/", content=pieces(60, 40))).json() == 100


async def test_a_declared_length_over_the_limit_is_413_before_a_byte_is_read() -> None:
    async def never(scope: Scope, receive: Receive, send: Send) -> None:
        raise AssertionError("the application was called")

    async def receive() -> Message:
        raise AssertionError("the body was read")

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "path": "/", "headers": [(b"content-length", b"101")]}
    await BodyLimitMiddleware(never, 100)(scope, receive, send)
    assert sent[0]["status"] == 413
    assert b"may hold 100 bytes and this one holds 101 bytes" in sent[1]["body"]


async def test_a_body_of_unknown_length_is_413_as_soon_as_it_is_over_the_limit() -> None:
    seen: list[int] = []
    async with client(app(seen)) as http:
        response = await http.post("/", content=pieces(60, 60, 60, 60))
    assert response.status_code == 413
    assert response.json()["error"]["code"] == "body_too_large"
    assert seen == [60]


@pytest.mark.parametrize("declared", ["-5", "abc", "1", "\u00b2"])
async def test_a_length_that_lies_does_not_help(declared: str) -> None:
    async with client(app([])) as http:
        headers = {b"content-length": declared.encode("latin-1")}
        response = await http.post("/", content=pieces(200), headers=headers)
    assert response.status_code == 413
