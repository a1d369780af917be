"""OpenAI's own client over the application: its helpers see refusals, and its retries see limits."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import openai
import pytest
from openai import AsyncOpenAI
from pydantic import BaseModel

from server.policy.model import RateLimits, RefusalStyle, Tenant
from tests.server.chat.serving import serving
from tests.server.test_app import REFUSAL, RecordingEngine

HELLO: Any = [{"role": "user", "content": "hello"}]


class Recipe(BaseModel):
    bake: bool


@asynccontextmanager
async def client_of(engine: RecordingEngine, tenant: Tenant) -> AsyncIterator[AsyncOpenAI]:
    transport = httpx2.ASGITransport(serving(engine, tenant).app)
    async with (
        httpx2.AsyncClient(transport=transport) as http,
        AsyncOpenAI(base_url="http://test/v1", api_key="any", http_client=http, max_retries=0) as client,
    ):
        yield client


@pytest.fixture
def engine() -> RecordingEngine:
    engine = RecordingEngine()
    engine.pieces = ["", *REFUSAL.partition(" ")]
    return engine


@pytest.mark.parametrize("style", ["openai", "both", "content"])
async def test_its_helpers_see_a_refusal_where_the_tenant_wants_it(
    engine: RecordingEngine, style: RefusalStyle
) -> None:
    async with client_of(engine, Tenant("t", refusal_style=style)) as client:
        whole = await client.chat.completions.create(model="recorder", messages=HELLO)
        kinds, refusals = [], []
        async with client.chat.completions.stream(model="recorder", messages=HELLO) as stream:
            async for event in stream:
                kinds.append(event.type)
                if event.type == "refusal.delta":
                    refusals.append(event.delta)
            final = (await stream.get_final_completion()).choices[0]
    message = whole.choices[0].message
    assert message.content == (None if style == "openai" else REFUSAL)
    assert message.refusal == (None if style == "content" else REFUSAL)
    assert (final.message.content, final.message.refusal) == (message.content, message.refusal)
    assert final.finish_reason == "stop"
    assert "".join(refusals) == (message.refusal or "")
    assert ("refusal.done" in kinds) is (style != "content")
    assert ("content.delta" in kinds) is (style != "openai")


async def test_a_refusal_in_place_of_a_schema_is_no_error_in_openais_style(engine: RecordingEngine) -> None:
    async with client_of(engine, Tenant("t", refusal_style="openai")) as client:
        parsed = await client.chat.completions.parse(model="recorder", messages=HELLO, response_format=Recipe)
        async with client.chat.completions.stream(model="recorder", messages=HELLO, response_format=Recipe) as stream:
            final = await stream.get_final_completion()
        for completion in (parsed, final):
            message = completion.choices[0].message
            assert (message.parsed, message.refusal) == (None, REFUSAL)
        engine.pieces = ['{"ba', 'ke": true}']
        parsed = await client.chat.completions.parse(model="recorder", messages=HELLO, response_format=Recipe)
        async with client.chat.completions.stream(model="recorder", messages=HELLO, response_format=Recipe) as stream:
            final = await stream.get_final_completion()
        for completion in (parsed, final):
            message = completion.choices[0].message
            assert (message.parsed, message.refusal) == (Recipe(bake=True), None)


async def test_a_spent_limit_is_its_rate_limit_error_with_the_time_to_wait(engine: RecordingEngine) -> None:
    async with client_of(engine, Tenant("t", limits=RateLimits(requests=1))) as client:
        raw = await client.chat.completions.with_raw_response.create(model="recorder", messages=HELLO)
        assert raw.headers["x-ratelimit-remaining-requests"] == "0"
        with pytest.raises(openai.RateLimitError) as refused:
            await client.chat.completions.create(model="recorder", messages=HELLO)
    assert 1 <= int(refused.value.response.headers["retry-after"]) <= 60
    assert refused.value.code == "rate_limit_exceeded"
    assert "1 requests a minute" in refused.value.message
