"""Rate limits over HTTP: who is refused, in which words and headers, and what an answer costs however it ends."""

import asyncio
from typing import Any

import pytest
from starlette.types import Message

from server.errors import InternalError
from server.policy.model import RateLimits, Tenant
from tests.server.chat.serving import PATH, asked_by_one_who_leaves, asking, requests_counted, serving
from tests.server.policy.minutes import Minutes
from tests.server.test_app import PROMPT_TOKENS, RecordingEngine, body, events, spoken

LIMIT_HEADERS = "x-ratelimit-"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Minutes:
    return Minutes.installed(monkeypatch)


@pytest.fixture
def engine() -> RecordingEngine:
    return RecordingEngine()


def tenant(**limits: int) -> Tenant:
    return Tenant("acme", limits=RateLimits(**limits))


def limits_told(headers: Any) -> dict[str, str]:
    return {
        name.removeprefix(LIMIT_HEADERS): value for name, value in headers.items() if name.startswith(LIMIT_HEADERS)
    }


async def test_a_tenant_without_limits_is_told_of_none(engine: RecordingEngine) -> None:
    async with asking(serving(engine, tenant())) as client:
        for stream in (False, True):
            assert limits_told((await client.post(PATH, json=body(stream=stream))).headers) == {}


@pytest.mark.parametrize("stream", [False, True])
async def test_the_request_too_many_is_a_429_that_says_which_limit_and_when_to_come_back(
    engine: RecordingEngine, clock: Minutes, stream: bool
) -> None:
    clock.now += 48.5
    async with asking(serving(engine, tenant(requests=2))) as client:
        answered = [await client.post(PATH, json=body(stream=stream)) for _ in range(2)]
        assert [limits_told(answer.headers)["remaining-requests"] for answer in answered] == ["1", "0"]
        refused = await client.post(PATH, json=body(stream=stream))
        assert refused.status_code == 429
        assert refused.headers["retry-after"] == "12"
        assert "x-should-retry" not in refused.headers
        assert refused.headers["x-request-id"]
        assert refused.json()["error"] == {
            "message": "Tenant acme may use 2 requests a minute, and they are spent; retry in 12 s.",
            "type": "rate_limit_error",
            "param": None,
            "code": "rate_limit_exceeded",
        }
        assert limits_told(refused.headers) == {
            "limit-requests": "2",
            "remaining-requests": "0",
            "reset-requests": "72s",
        }
        assert len(engine.calls) == 2
        [counted] = [line for line in await requests_counted(client) if 'outcome="rate_limit_exceeded"' in line]
        assert 'steering="unknown",tenant="acme"' in counted
        assert counted.endswith(" 1.0")
        clock.now += 12
        assert (await client.post(PATH, json=body(stream=stream))).status_code == 200


async def test_a_request_is_counted_before_its_body_is_looked_at(engine: RecordingEngine) -> None:
    async with asking(serving(engine, tenant(requests=1))) as client:
        first = await client.post(PATH, content=b"{")
        assert (first.status_code, limits_told(first.headers)["remaining-requests"]) == (400, "0")
        assert (await client.post(PATH, content=b"{")).status_code == 429
        assert (await client.get("/v1/models")).status_code == 200


async def test_two_at_once_do_not_both_get_the_last_request(engine: RecordingEngine) -> None:
    async with asking(serving(engine, tenant(requests=3))) as client:
        answers = await asyncio.gather(*(client.post(PATH, json=body(stream=n % 2 == 0)) for n in range(12)))
    assert sorted(answer.status_code for answer in answers) == [200] * 3 + [429] * 9
    assert len(engine.calls) == 3


async def test_audio_is_counted_by_its_decoded_seconds(engine: RecordingEngine) -> None:
    async with asking(serving(engine, tenant(audio_seconds=3))) as client:
        heard = await client.post(PATH, json=body(messages=spoken(1.2)))
        assert limits_told(heard.headers) == {
            "limit-audio-seconds": "3",
            "remaining-audio-seconds": "1",
            "reset-audio-seconds": "120s",
        }
        refused = await client.post(PATH, json=body(messages=spoken(1.2)))
        assert refused.status_code == 429
        assert (
            "3 seconds of audio a minute, and this request needs 2 and 1 are left" in refused.json()["error"]["message"]
        )
        assert 1 <= int(refused.headers["retry-after"]) <= 120
        assert (await client.post(PATH, json=body())).status_code == 200, "text costs no audio"


async def test_more_audio_than_any_minute_holds_is_a_429_that_tells_the_client_not_to_retry(
    engine: RecordingEngine,
) -> None:
    async with asking(serving(engine, tenant(audio_seconds=1))) as client:
        refused = await client.post(PATH, json=body(messages=spoken(1.5)))
    assert (refused.status_code, refused.json()["error"]["code"]) == (429, "rate_limit_exceeded")
    assert refused.headers["x-should-retry"] == "false"
    assert "retry-after" not in refused.headers
    assert limits_told(refused.headers)["remaining-audio-seconds"] == "1"
    assert not engine.calls


@pytest.mark.parametrize("stream", [False, True])
async def test_what_an_answer_used_is_booked_when_it_ends_and_then_no_more_are_let_in(
    engine: RecordingEngine, clock: Minutes, stream: bool
) -> None:
    cost = PROMPT_TOKENS + len(engine.pieces)
    async with asking(serving(engine, tenant(tokens=2 * cost - 1))) as client:
        answer = await client.post(PATH, json=body(stream=stream))
        # A stream's headers come before its tokens.
        assert limits_told(answer.headers)["remaining-tokens"] == str(2 * cost - 1 if stream else cost - 1)
        assert (await client.post(PATH, json=body(stream=stream))).status_code == 200
        refused = await client.post(PATH, json=body(stream=stream))
        assert refused.status_code == 429
        assert f"may use {2 * cost - 1} tokens a minute, and they are spent" in refused.json()["error"]["message"]
        clock.now += int(refused.headers["retry-after"])
        assert (await client.post(PATH, json=body(stream=stream))).status_code == 200


async def remaining(client: Any) -> int:
    """Tokens; asked by a request that is refused, and costs none."""
    return int(limits_told((await client.post(PATH, content=b"")).headers)["remaining-tokens"])


@pytest.mark.parametrize("stream", [False, True])
async def test_what_was_produced_is_booked_when_an_answer_fails_midway(engine: RecordingEngine, stream: bool) -> None:
    service = serving(engine, tenant(tokens=100))
    engine.fails = InternalError()
    async with asking(service) as client:
        await client.post(PATH, json=body(stream=stream))
        assert await remaining(client) == 100 - PROMPT_TOKENS - len(engine.pieces)


@pytest.mark.parametrize("stream", [False, True])
async def test_what_was_produced_is_booked_when_the_client_goes_away(engine: RecordingEngine, stream: bool) -> None:
    service = serving(engine, tenant(tokens=100))
    engine.may_end.clear()

    async def until(sent: list[Message]) -> None:
        while not engine.calls or (stream and len(sent) < 3):
            await asyncio.sleep(0.001)

    await asyncio.wait_for(asked_by_one_who_leaves(service, body(stream=stream), until), 10)
    assert engine.closed == stream
    async with asking(service) as client:
        assert await remaining(client) == 100 - PROMPT_TOKENS - len(engine.pieces)
        [counted] = [line for line in await requests_counted(client) if 'outcome="client_gone"' in line]
        assert counted.endswith(" 1.0")


async def test_a_client_that_is_gone_before_its_stream_begins_is_counted_and_its_answer_given_up(
    engine: RecordingEngine,
) -> None:
    service = serving(engine, tenant(tokens=100))
    engine.may_end.clear()

    async def at_once(sent: list[Message]) -> None:
        return None

    await asyncio.wait_for(asked_by_one_who_leaves(service, body(stream=True), at_once), 10)
    assert engine.closed == 1
    async with asking(service) as client:
        assert await remaining(client) == 100 - engine.calls[0].reading.tokens < 100
        [counted] = [line for line in await requests_counted(client) if 'outcome="client_gone"' in line]
        assert counted.endswith(" 1.0")


async def test_a_streams_chunks_are_what_the_caller_asked_for(engine: RecordingEngine) -> None:
    """Tokens are counted by the engine as it answers, not by asking for usage on a caller's behalf."""
    async with asking(serving(engine, tenant(tokens=100))) as client:
        *chunks, done = events(await client.post(PATH, json=body(stream=True)))
    assert done == "[DONE]"
    assert not any('"usage"' in chunk for chunk in chunks)
    assert "stream_options" not in engine.calls[0].body


async def test_all_limits_are_told_together(engine: RecordingEngine) -> None:
    async with asking(serving(engine, tenant(requests=9, tokens=900, audio_seconds=90))) as client:
        told = limits_told((await client.post(PATH, json=body(messages=spoken(1.0)))).headers)
    assert told == {
        "limit-requests": "9",
        "remaining-requests": "8",
        "reset-requests": "120s",
        "limit-tokens": "900",
        "remaining-tokens": str(900 - PROMPT_TOKENS - len(engine.pieces)),
        "reset-tokens": "120s",
        "limit-audio-seconds": "90",
        "remaining-audio-seconds": "89",
        "reset-audio-seconds": "120s",
    }
