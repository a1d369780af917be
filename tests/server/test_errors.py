import json
from collections.abc import AsyncIterator

import httpx2
import openai
import pytest
from fastapi import FastAPI
from pydantic import BaseModel

from server import errors
from server.errors import ERRORS, ApiError, error_chunk, error_response, error_table, install_error_handlers

SECRET = "the caller's words"


class Message(BaseModel):
    role: str


class Body(BaseModel):
    messages: list[Message]


def build_app() -> FastAPI:
    app = FastAPI()
    install_error_handlers(app)

    @app.post("/v1/chat/completions")
    async def chat(body: Body) -> None:
        raise errors.Overloaded("The server is full.", retry_after=7)

    @app.get("/crash")
    async def crash() -> None:
        raise RuntimeError(SECRET)

    @app.get("/key")
    async def key() -> None:
        raise errors.InvalidApiKey("The API key is missing.")

    @app.get("/quota")
    async def quota() -> None:
        raise errors.QuotaExceeded("The quota is spent.")

    return app


@pytest.fixture
async def client() -> AsyncIterator[httpx2.AsyncClient]:
    transport = httpx2.ASGITransport(build_app(), raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


def subclasses(cls: type[ApiError]) -> set[type[ApiError]]:
    return {cls, *(c for sub in cls.__subclasses__() for c in subclasses(sub))}


def test_every_code_of_the_table_has_one_exception_class_and_no_class_lacks_a_code() -> None:
    codes = [cls.code for cls in subclasses(ApiError) - {ApiError}]
    assert sorted(codes) == sorted(ERRORS)


@pytest.mark.parametrize(
    ("cls", "status"),
    [
        (errors.InvalidValue, 400),
        (errors.InvalidBase64, 400),
        (errors.InvalidAudio, 400),
        (errors.TooManyClips, 400),
        (errors.AudioUrlUnavailable, 400),
        (errors.InvalidApiKey, 401),
        (errors.TenantSuspended, 403),
        (errors.ModelNotAllowed, 403),
        (errors.ModelNotFound, 404),
        (errors.NotFound, 404),
        (errors.MethodNotAllowed, 405),
        (errors.BodyTooLarge, 413),
        (errors.AudioTooLarge, 413),
        (errors.UnsupportedAudio, 415),
        (errors.RateLimited, 429),
        (errors.QuotaExceeded, 429),
        (errors.Overloaded, 503),
        (errors.Draining, 503),
        (errors.StoreUnverified, 503),
        (errors.NoPolicyYet, 503),
    ],
)
def test_each_failure_has_its_status(cls: type[ApiError], status: int) -> None:
    assert error_response(cls("Why.")).status_code == status


def test_an_internal_error_takes_no_message_from_its_raiser() -> None:
    assert error_response(errors.InternalError()).status_code == 500
    with pytest.raises(TypeError):
        errors.InternalError(SECRET)  # type: ignore[call-arg]


def test_every_503_and_rate_429_says_when_to_retry_within_what_the_client_obeys() -> None:
    for code, spec in ERRORS.items():
        if spec.status == 503 or code == "rate_limit_exceeded":
            assert 0 < int(spec.headers["retry-after"]) <= 120


async def test_a_spent_quota_tells_the_client_not_to_retry(client: httpx2.AsyncClient) -> None:
    response = await client.get("/quota")
    assert (response.status_code, response.headers["x-should-retry"]) == (429, "false")


async def test_a_missing_key_names_the_scheme(client: httpx2.AsyncClient) -> None:
    response = await client.get("/key")
    assert (response.status_code, response.headers["www-authenticate"]) == (401, "Bearer")


async def test_a_bad_field_is_a_400_with_its_path(client: httpx2.AsyncClient) -> None:
    response = await client.post("/v1/chat/completions", json={"messages": [{"role": "user"}, {"role": 3}]})
    assert response.status_code == 400
    assert response.json()["error"] == {
        "message": "messages[1].role: Input should be a valid string.",
        "type": "invalid_request_error",
        "param": "messages[1].role",
        "code": "invalid_value",
    }


async def test_a_body_that_is_not_json_is_a_400_that_says_where(client: httpx2.AsyncClient) -> None:
    headers = {"content-type": "application/json"}
    response = await client.post("/v1/chat/completions", content=b'{"messages": [', headers=headers)
    assert response.status_code == 400
    assert "not JSON" in response.json()["error"]["message"]
    assert "character 14" in response.json()["error"]["message"]


async def test_an_absent_body_is_a_400(client: httpx2.AsyncClient) -> None:
    response = await client.post("/v1/chat/completions")
    assert response.status_code == 400
    assert response.json()["error"]["message"] == "The body: Field required."


async def test_an_unknown_path_is_a_404_in_openais_shape(client: httpx2.AsyncClient) -> None:
    response = await client.get("/v1/nothing")
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "not_found"
    assert "/v1/nothing" in response.json()["error"]["message"]


async def test_a_wrong_method_names_the_right_one(client: httpx2.AsyncClient) -> None:
    response = await client.get("/v1/chat/completions")
    assert response.status_code == 405
    assert response.headers["allow"] == "POST"
    assert "use POST" in response.json()["error"]["message"]


async def test_a_crash_is_a_500_that_leaks_nothing(client: httpx2.AsyncClient) -> None:
    response = await client.get("/crash")
    assert response.status_code == 500
    assert response.json()["error"]["code"] == "internal_error"
    assert SECRET not in response.text


async def test_the_official_client_reads_the_error() -> None:
    transport = httpx2.ASGITransport(build_app(), raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport) as http:
        client = openai.AsyncOpenAI(api_key="k", base_url="http://test/v1", http_client=http, max_retries=0)
        with pytest.raises(openai.InternalServerError) as caught:
            await client.chat.completions.create(model="m", messages=[{"role": "user", "content": "hi"}])
    assert caught.value.status_code == 503
    assert caught.value.code == "overloaded"
    assert caught.value.response.headers["retry-after"] == "7"


def test_a_stream_ends_in_one_event_that_holds_the_error_object() -> None:
    chunk = error_chunk(errors.InvalidAudio("line\nbreak", param="messages[0]"))
    assert chunk.startswith("data: ")
    assert chunk.endswith("\n\n")
    assert chunk.count("\n") == 2
    assert json.loads(chunk.removeprefix("data: "))["error"]["param"] == "messages[0]"


def test_the_table_of_the_docs_has_a_row_for_each_code() -> None:
    lines = error_table().splitlines()
    assert len(lines) == len(ERRORS) + 2
    assert "| 415 | `unsupported_audio` |" in error_table()
