import re

import pytest
from fastapi import FastAPI, Request
from structlog.contextvars import get_contextvars

from server.errors import install_error_handlers
from server.middleware.request_id import RequestIdMiddleware
from tests.server.middleware.asking import client


def app() -> FastAPI:
    app = FastAPI()
    install_error_handlers(app)
    app.add_middleware(RequestIdMiddleware)

    @app.get("/")
    async def root(request: Request) -> dict[str, object]:
        return {"state": request.state.request_id, "log": get_contextvars().get("request_id")}

    @app.get("/crash")
    async def crash() -> None:
        raise RuntimeError

    return app


@pytest.mark.parametrize("sent", ["a", "req_1.2-3", "A" * 128])
async def test_a_callers_own_id_is_kept_in_answer_state_and_log(sent: str) -> None:
    async with client(app()) as http:
        response = await http.get("/", headers={"x-request-id": sent})
    assert response.headers["x-request-id"] == sent
    assert response.json() == {"state": sent, "log": sent}


@pytest.mark.parametrize("sent", [None, "", "a b", "a\tb", "A" * 129, "id;drop", "\u00e9", "a,b"])
async def test_an_absent_or_odd_id_is_replaced_by_a_new_one(sent: str | None) -> None:
    headers = {} if sent is None else {b"x-request-id": sent.encode("latin-1")}
    async with client(app()) as http:
        first, second = [(await http.get("/", headers=headers)).headers["x-request-id"] for _ in range(2)]
    assert re.fullmatch("[0-9a-f]{32}", first)
    assert first != second


@pytest.mark.parametrize(("path", "status"), [("/nothing", 404), ("/crash", 500)])
async def test_errors_and_crashes_bear_the_id_too(path: str, status: int) -> None:
    async with client(app()) as http:
        response = await http.get(path, headers={"x-request-id": "mine"})
    assert (response.status_code, response.headers["x-request-id"]) == (status, "mine")
