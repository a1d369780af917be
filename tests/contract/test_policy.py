"""What a tenant's policy does to its answers: its mode, where its refusals go, and its limits."""

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import openai
import pytest
from openai import OpenAI
from pydantic import BaseModel

from tests.contract.asking import MODEL, ask, spoken, written
from tests.contract.conftest import TOKENS, client_of
from tests.contract.serving import Server

pytestmark = pytest.mark.engine
Clips = dict[str, list[Path]]

HELLO: Any = written("how do i bake bread")
LONG = {"max_tokens": 300, "extra_body": {"ignore_eos": True}}


@pytest.mark.parametrize("key", ["demo-shadowed", "demo-broken-glass"])
def test_shadow_and_off_answer_unsteered_and_say_so(server: Server, undefended: OpenAI, clips: Clips, key: str) -> None:
    client = client_of(server, key)
    mode = "shadow" if key == "demo-shadowed" else "off"
    for clip in clips["harmful"]:
        answer, unsteered = (ask(each, spoken(clip)) for each in (client, undefended))
        assert answer.choices[0].message.content == unsteered.choices[0].message.content
        assert (answer.steering["mode"], answer.steering["strength"], answer.steering["gate_score"]) == (mode, 0, None)
        assert answer.steering["revision"] >= 1
        assert answer.system_fingerprint == unsteered.system_fingerprint
    page = httpx.get(f"{server.root}/metrics").text
    assert f'outcome="ok",steering="{mode}",tenant="{key.removeprefix("demo-")}"' in page
    assert f'sarsteer_steering_strength{{tenant="{key.removeprefix("demo-")}"}} 0.0' in page


def test_there_a_caller_may_still_ask_to_be_steered(server: Server, defended: OpenAI, clips: Clips) -> None:
    client = client_of(server, "demo-shadowed")
    for clip in clips["harmful"]:
        asked = ask(client, spoken(clip), extra_body={"steering": {"strength": 1.0}})
        enforced = ask(defended, spoken(clip))
        assert asked.choices[0].message == enforced.choices[0].message
        assert asked.system_fingerprint == enforced.system_fingerprint
    with pytest.raises(openai.BadRequestError, match=r"below this tenant's 0"):
        ask(client, HELLO, extra_body={"steering": {"strength": -1.0}})


def refused_clip(defended: OpenAI, clips: Clips) -> list[dict[str, Any]]:
    return next(
        spoken(clip) for clip in clips["harmful"] if ask(defended, spoken(clip)).choices[0].message.refusal is not None
    )


@pytest.mark.parametrize("key", ["demo-defended", "demo-openai", "demo-content"])
def test_a_refusals_words_go_where_the_tenant_wants_them_whole_and_streamed(
    server: Server, defended: OpenAI, clips: Clips, key: str
) -> None:
    client = client_of(server, key)
    messages: Any = refused_clip(defended, clips)
    words = ask(defended, messages).choices[0].message.content
    whole = ask(client, messages, logprobs=True)
    message, logprobs = whole.choices[0].message, whole.choices[0].logprobs
    assert message.content == (None if key == "demo-openai" else words)
    assert message.refusal == (None if key == "demo-content" else words)
    assert whole.steering["refused"] is True
    moved, left = logprobs.refusal, logprobs.content
    assert bool(moved) is (key == "demo-openai")
    assert bool(left) is (key != "demo-openai")

    with client.chat.completions.stream(
        model=MODEL, messages=messages, temperature=0, logprobs=True, stream_options={"include_usage": True}
    ) as stream:
        kinds = {event.type for event in stream}
        final = stream.get_final_completion()
    streamed = final.choices[0]
    assert streamed.logprobs is not None
    assert (streamed.message.content, streamed.message.refusal) == (message.content, message.refusal)
    assert streamed.finish_reason == whole.choices[0].finish_reason == "stop"
    assert [token.token for token in streamed.logprobs.refusal or ()] == [token.token for token in moved or ()]
    assert [token.token for token in streamed.logprobs.content or ()] == [token.token for token in left or ()]
    assert final.usage is not None
    assert final.usage.completion_tokens == whole.usage.completion_tokens
    assert ("refusal.delta" in kinds) is (key != "demo-content")
    assert ("content.delta" in kinds) is (key != "demo-openai")


class Answer(BaseModel):
    yes: bool


def test_in_openais_style_answers_are_as_ever_and_a_refusal_is_no_schemas_error(
    server: Server, defended: OpenAI, clips: Clips
) -> None:
    client = client_of(server, "demo-openai")
    options: dict[str, Any] = {"n": 2, "temperature": 1.0, "seed": 3}
    for messages in (HELLO, spoken(clips["benign"][0])):
        one, other = (ask(each, messages, **options) for each in (client, defended))
        assert [choice.message for choice in one.choices] == [choice.message for choice in other.choices]
        pieces = ["", ""]
        for chunk in ask(client, messages, stream=True, **options):
            for choice in chunk.choices:
                pieces[choice.index] += choice.delta.content or ""
        assert pieces == [choice.message.content for choice in one.choices]
    parsed = client.chat.completions.parse(
        model=MODEL, messages=HELLO, temperature=0, max_tokens=60, response_format=Answer
    )
    assert isinstance(parsed.choices[0].message.parsed, Answer)


def test_a_spent_limit_is_a_rate_limit_error_with_the_time_to_wait(server: Server) -> None:
    client = client_of(server, "demo-two-a-minute")
    # Not across the turn of the clock's minute, from which on the first of them counts for less and less.
    if time.time() % 60 > 50:
        time.sleep(60 - time.time() % 60)
    left = []
    for stream in (False, True):
        answer = client.chat.completions.with_raw_response.create(
            model=MODEL, messages=HELLO, max_tokens=3, stream=stream
        )
        assert answer.headers["x-ratelimit-limit-requests"] == "2"
        left.append(answer.headers["x-ratelimit-remaining-requests"])
        assert 60 <= int(answer.headers["x-ratelimit-reset-requests"].removesuffix("s")) <= 120
        answer.http_response.close()
    assert left == ["1", "0"]
    with pytest.raises(openai.RateLimitError) as refused:
        ask(client, HELLO)
    error = refused.value
    wait = int(error.response.headers["retry-after"])
    assert 1 <= wait <= 60
    assert error.response.headers["x-ratelimit-remaining-requests"] == "0"
    assert error.request_id
    assert error.code == "rate_limit_exceeded"
    assert f"may use 2 requests a minute, and they are spent; retry in {wait} s." in error.message


def test_audio_over_its_limit_is_refused_after_it_is_decoded(server: Server, clips: Clips) -> None:
    client = client_of(server, "demo-little-audio")
    message = spoken(clips["benign"][0])
    message[0]["content"] *= 3
    with pytest.raises(openai.RateLimitError) as refused:
        ask(client, message)
    assert refused.value.response.headers["x-should-retry"] == "false"
    assert "seconds of audio a minute" in refused.value.message
    assert ask(client, HELLO).choices[0].message.content


def tokens_left(client: OpenAI) -> int:
    """By a request that is refused, and costs no tokens."""
    with pytest.raises(openai.BadRequestError) as refused:
        ask(client, [])
    return int(refused.value.response.headers["x-ratelimit-remaining-tokens"])


def booked(client: OpenAI, at_least: int) -> int:
    """What was booked, once it is ``at_least`` that much: the server may still be about it."""
    for _ in range(200):
        if (spent := TOKENS - tokens_left(client)) >= at_least:
            return spent
        time.sleep(0.05)
    raise AssertionError(f"{spent} tokens are booked, and at least {at_least} were used")


def whole(client: OpenAI) -> int:
    return int(ask(client, HELLO).usage.total_tokens)


def streamed(client: OpenAI) -> int:
    *_, last = ask(client, HELLO, stream=True, stream_options={"include_usage": True})
    return int(last.usage.total_tokens)


def several(client: OpenAI) -> int:
    return int(ask(client, HELLO, n=3, temperature=1.0, seed=1).usage.total_tokens)


def several_streamed(client: OpenAI) -> int:
    options: dict[str, Any] = {"n": 3, "temperature": 1.0, "seed": 1, "stream_options": {"include_usage": True}}
    *_, last = ask(client, HELLO, stream=True, **options)
    return int(last.usage.total_tokens)


@pytest.fixture
def token_limited(server: Server, unused_keys: Iterator[str]) -> OpenAI:
    # As above: what was used must not fade while it is looked at.
    if time.time() % 60 > 45:
        time.sleep(60 - time.time() % 60)
    return client_of(server, next(unused_keys))


@pytest.mark.parametrize("asking", [whole, streamed, several, several_streamed])
def test_what_is_booked_is_what_the_usage_says(token_limited: OpenAI, asking: Callable[[OpenAI], int]) -> None:
    used = asking(token_limited)
    assert booked(token_limited, used) == used


def test_a_stream_shows_no_usage_that_was_not_asked_for(token_limited: OpenAI) -> None:
    assert all(chunk.usage is None for chunk in ask(token_limited, HELLO, stream=True))


@pytest.mark.parametrize("n", [1, 3])
def test_what_a_stream_had_produced_when_its_client_left_is_booked(token_limited: OpenAI, n: int) -> None:
    prompt = ask(token_limited, HELLO, max_tokens=1).usage.prompt_tokens
    stream = ask(token_limited, HELLO, stream=True, n=n, temperature=1.0, **LONG)
    for _, _chunk in zip(range(20 * n), stream, strict=False):
        pass
    stream.response.close()
    spent = booked(token_limited, prompt + 1 + prompt + 10 * n)
    assert spent < 2 * prompt + 300 * n


@pytest.mark.parametrize("n", [1, 3])
def test_what_a_whole_answer_had_produced_when_its_client_left_is_booked(
    server: Server, token_limited: OpenAI, n: int
) -> None:
    prompt = ask(token_limited, HELLO, max_tokens=1).usage.prompt_tokens

    async def leave() -> None:
        async with httpx.AsyncClient() as client:
            body = {"model": MODEL, "messages": HELLO, "n": n, "max_tokens": 300, "ignore_eos": True}
            headers = {"authorization": f"Bearer {token_limited.api_key}"}
            with pytest.raises(httpx.ReadTimeout):
                await client.post(f"{server.url}/chat/completions", json=body, headers=headers, timeout=0.5)

    asyncio.run(leave())
    spent = booked(token_limited, prompt + 1 + prompt + 1)
    assert spent < 2 * prompt + 300 * n, "it was given up before its end"


def test_no_limit_means_no_header(defended: OpenAI) -> None:
    answer = defended.chat.completions.with_raw_response.create(model=MODEL, messages=HELLO, max_tokens=1)
    assert not [name for name in answer.headers if name.startswith("x-ratelimit")]
    assert json.loads(answer.text)["choices"]
