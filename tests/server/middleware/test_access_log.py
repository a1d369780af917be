import json

import pytest
from fastapi import FastAPI, Request

from server.errors import install_error_handlers
from server.middleware.access_log import AccessLogMiddleware
from server.middleware.request_id import RequestIdMiddleware
from server.telemetry.logs import configure_logs
from tests.server.middleware.asking import client

CONTENT = "what was said"
KEY = "sk-secret"


def app() -> FastAPI:
    app = FastAPI()
    install_error_handlers(app)
    app.add_middleware(AccessLogMiddleware)
    app.add_middleware(RequestIdMiddleware)

    @app.post("/v1/chat/completions")
    async def chat(request: Request) -> str:
        request.state.tenant = "acme"
        return (await request.body()).decode()

    @app.post("/crash")
    async def crash() -> None:
        raise RuntimeError(CONTENT)

    @app.get("/livez")
    async def livez() -> str:
        return "ok"

    return app


@pytest.fixture(autouse=True)
def logs(keep_logging: None) -> None:
    """Logging as the server sets it up, and as it was once the test ends."""


async def test_a_request_is_one_line_without_content_query_or_key(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("info")
    async with client(app()) as http:
        headers = {"x-request-id": "mine", "authorization": f"Bearer {KEY}"}
        await http.post("/v1/chat/completions?q=asked", content=CONTENT, headers=headers)
    err = capsys.readouterr().err
    (line,) = err.splitlines()
    entry = json.loads(line)
    assert entry.pop("seconds") >= 0
    entry.pop("timestamp")
    assert entry == {
        "event": "request",
        "level": "info",
        "method": "POST",
        "path": "/v1/chat/completions",
        "status": 200,
        "tenant": "acme",
        "request_id": "mine",
    }


@pytest.mark.parametrize(("path", "status"), [("/crash", 500), ("/nothing", 404)])
async def test_a_failure_is_logged_with_the_status_that_its_caller_saw(
    capsys: pytest.CaptureFixture[str], path: str, status: int
) -> None:
    configure_logs("info")
    async with client(app()) as http:
        assert (await http.post(path)).status_code == status
    entry = json.loads(capsys.readouterr().err)
    assert (entry["status"], entry["tenant"]) == (status, None)


async def test_probes_are_not_logged(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("debug")
    async with client(app()) as http:
        assert (await http.get("/livez")).status_code == 200
    assert capsys.readouterr().err == ""
