"""The application over an engine that only records: its routes, its streams, what it counts."""

import asyncio
import base64
import io
import json
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import replace
from typing import Any

import httpx
import numpy as np
import pytest
import soundfile
import torch
from starlette.routing import Route

from server.app import Service, create_service
from server.engine.protocol import ChatCall, Json
from server.errors import ApiError, InternalError, Overloaded
from server.policy.model import OpenPolicy, Tenant
from server.settings import Settings
from steering.directive import Directive
from steering.gate import Gate
from steering.vector_set import StrengthBand, VectorSet, VectorSetId

SET = VectorSet(
    VectorSetId("refusal", "1.0.0"), "d" * 64, (0,), torch.zeros(1, 4), "last-prompt", 0.5, StrengthBand(0.9, 1.1)
)
REFUSAL = "I'm sorry, but I can't help with that."
DEFENDED_ROUTES = {"/v1/chat/completions": {"POST"}}
PROMPT_TOKENS = 5
_HEAD = {"id": "x", "created": 0, "model": "recorder"}
OTHER_ROUTES = {"/v1/models", "/v1/models/{name:path}", "/livez", "/readyz", "/metrics"}


def _chunk(delta: Json, finish: str | None = None) -> Json:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {**_HEAD, "object": "chat.completion.chunk", "choices": [choice]}


class RecordingEngine:
    """Answers what it is told to, and keeps the calls, those in the background apart. Each piece is a token."""

    model = "recorder"
    sample_rate = 16_000
    hears_seconds = 2.0
    fingerprint = "engine"
    gate_layers = (0,)

    def __init__(self) -> None:
        self.calls: list[ChatCall] = []
        self.background: list[ChatCall] = []
        self.pieces = [REFUSAL[:9], REFUSAL[9:]]
        self.gates: list[float] = []
        self.fails: ApiError | None = None
        self.alive = True
        self.vector_sets: tuple[VectorSet, ...] = (SET,)
        self.closed = 0
        self.may_end = asyncio.Event()
        self.may_end.set()

    async def load(self, vector_set: VectorSet) -> None:
        self.vector_sets = (*self.vector_sets, vector_set)

    async def unload(self, id_: VectorSetId) -> None:
        self.vector_sets = tuple(held for held in self.vector_sets if held.id != id_)

    async def complete(self, call: ChatCall) -> Json:
        (self.background if call.background else self.calls).append(call)
        call.reading.gate = self.gates[-1] if self.gates else None
        call.reading.prompt_tokens, call.reading.answer_tokens = PROMPT_TOKENS, len(self.pieces)
        await self.may_end.wait()
        if self.fails:
            raise self.fails
        message = {"role": "assistant", "content": "".join(self.pieces)}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        return {**_HEAD, "object": "chat.completion", "choices": [choice], "usage": {}}

    async def stream(self, call: ChatCall) -> AsyncGenerator[Json, None]:
        self.calls.append(call)
        try:
            for index, piece in enumerate(self.pieces):
                call.reading.gate = self.gates[index] if self.gates else None
                call.reading.prompt_tokens, call.reading.answer_tokens = PROMPT_TOKENS, index + 1
                yield _chunk({"content": piece})
            await self.may_end.wait()
            if self.fails:
                raise self.fails
            yield _chunk({}, "stop")
        finally:
            self.closed += 1


@pytest.fixture
def engine() -> RecordingEngine:
    return RecordingEngine()


@pytest.fixture
def service(engine: RecordingEngine) -> Service:
    return create_service(Settings(max_body_bytes=20_000), engine, OpenPolicy(Tenant("t", strength=1.0)), SET.id)


@pytest.fixture
async def client(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(service.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as running:
        yield running


def spoken(seconds: float) -> list[dict[str, Any]]:
    sink = io.BytesIO()
    soundfile.write(sink, np.full(int(seconds * 100) * 40, 0.1), 4_000, format="WAV", subtype="PCM_U8")
    clip = {"data": base64.b64encode(sink.getvalue()).decode(), "format": "wav"}
    return [{"role": "user", "content": [{"type": "input_audio", "input_audio": clip}]}]


def body(**fields: Any) -> dict[str, Any]:
    return {"model": "recorder", "messages": [{"role": "user", "content": "hello"}], **fields}


def events(answer: httpx.Response) -> list[str]:
    return [line.removeprefix("data: ") for line in answer.text.splitlines() if line]


async def test_every_route_is_known_and_only_defended_ones_reach_the_engine(
    service: Service, engine: RecordingEngine, client: httpx.AsyncClient
) -> None:
    routes = {route.path: route.methods or set() for route in service.app.routes if isinstance(route, Route)}
    assert len(routes) == len(service.app.routes)
    assert set(routes) == DEFENDED_ROUTES.keys() | OTHER_ROUTES
    for path, methods in routes.items():
        for method in methods:
            for stream in (False, True):
                await client.request(method, path.replace("{name:path}", "recorder"), json=body(stream=stream))
                reached, engine.calls = engine.calls, []
                assert bool(reached) == (method in DEFENDED_ROUTES.get(path, ()))
                assert all(call.directive.vector == SET.id and call.directive.alpha == 0.5 for call in reached)


async def test_a_refusal_is_marked_whole_and_streamed(client: httpx.AsyncClient) -> None:
    whole = (await client.post("/v1/chat/completions", json=body())).json()
    assert whole["choices"][0]["message"] == {"role": "assistant", "content": REFUSAL, "refusal": REFUSAL}
    assert whole["steering"] == {
        "vector": "refusal",
        "version": "1.0.0",
        "strength": 1.0,
        "mode": "enforce",
        "revision": 0,
        "gate_score": None,
        "refused": True,
    }
    *chunks, done = events(await client.post("/v1/chat/completions", json=body(stream=True)))
    assert done == "[DONE]"
    deltas = [json.loads(chunk)["choices"][0]["delta"] for chunk in chunks]
    assert "".join(delta.get("content", "") for delta in deltas) == REFUSAL
    assert "".join(delta.get("refusal", "") for delta in deltas) == REFUSAL
    assert json.loads(chunks[-1])["steering"] == whole["steering"]


async def test_what_the_gate_read_is_told_whole_and_at_the_streams_end(
    engine: RecordingEngine, client: httpx.AsyncClient
) -> None:
    engine.gates = [0.25, 0.98765432]
    whole = (await client.post("/v1/chat/completions", json=body())).json()
    assert whole["steering"]["gate_score"] == 0.9877
    *chunks, _ = events(await client.post("/v1/chat/completions", json=body(stream=True)))
    told = [json.loads(chunk).get("steering") for chunk in chunks]
    assert told == [None, None, whole["steering"]]


async def test_what_gates_read_is_counted_once_a_request(engine: RecordingEngine, client: httpx.AsyncClient) -> None:
    await client.post("/v1/chat/completions", json=body())
    assert "sarsteer_gate_score_count 0.0" in (await client.get("/metrics")).text, "no gate read this request"
    engine.gates = [0.5, 0.03]
    for stream in (False, True):
        await client.post("/v1/chat/completions", json=body(stream=stream))
    engine.fails = InternalError()
    await client.post("/v1/chat/completions", json=body(stream=True))
    await client.post("/v1/chat/completions", json=body(colour=1))
    lines = (await client.get("/metrics")).text.splitlines()
    assert "sarsteer_gate_score_count 3.0" in lines
    assert [line for line in lines if line.startswith("sarsteer_gate_score_sum ")] == ["sarsteer_gate_score_sum 0.09"]
    assert 'sarsteer_gate_score_bucket{le="0.01"} 0.0' in lines
    assert 'sarsteer_gate_score_bucket{le="0.05"} 3.0' in lines


async def test_a_typed_request_gets_the_sets_share_for_text_and_is_told_the_strength_it_asked_for(
    engine: RecordingEngine, client: httpx.AsyncClient
) -> None:
    engine.vector_sets = (replace(SET, text_strength=0.25),)
    history = [{"role": "user", "content": [{"type": "text", "text": "hello"}]}]
    for messages in (body()["messages"], history, spoken(1.0)):
        answer = await client.post("/v1/chat/completions", json=body(messages=messages, steering={"strength": 1.6}))
        assert answer.json()["steering"]["strength"] == 1.6
    assert [call.directive.alpha for call in engine.calls] == pytest.approx([0.2, 0.2, 0.8])


async def test_a_strength_beyond_the_dose_cap_is_brought_down_and_the_caller_told(
    engine: RecordingEngine, client: httpx.AsyncClient
) -> None:
    engine.vector_sets = (replace(SET, largest_alpha=0.625),)
    told = []
    for strength in (1.0, 1.25, 1.9):
        answer = await client.post("/v1/chat/completions", json=body(steering={"strength": strength}))
        told.append(answer.json()["steering"]["strength"])
    assert told == [1.0, 1.25, 1.25]
    assert [call.directive.alpha for call in engine.calls] == [0.5, 0.625, 0.625]


@pytest.mark.parametrize(
    ("wanted", "has_gate", "gated"),
    [(None, True, True), (None, False, False), (True, True, True), (False, True, False), (True, False, True)],
)
async def test_the_tenant_says_whether_the_gate_is_used(
    engine: RecordingEngine, wanted: bool | None, has_gate: bool, gated: bool
) -> None:
    """One that asks for a gate that its set lacks gets no answer in full strength: the door refuses the directive."""
    engine.vector_sets = (replace(SET, gate=Gate(0, torch.ones(4), 0.0, 1.0) if has_gate else None),)
    service = create_service(Settings(), engine, OpenPolicy(Tenant("t", gate=wanted)), SET.id)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(service.app), base_url="http://test") as client:
        assert (await client.post("/v1/chat/completions", json=body())).status_code == 200
    assert engine.calls[0].directive == Directive(SET.id, 0.5, gate=gated)


async def test_an_answer_is_not_marked(engine: RecordingEngine, client: httpx.AsyncClient) -> None:
    engine.pieces = ["Sure, ", "here it is."]
    whole = (await client.post("/v1/chat/completions", json=body())).json()
    assert whole["choices"][0]["message"]["refusal"] is None
    assert whole["steering"]["refused"] is False
    streamed = await client.post("/v1/chat/completions", json=body(stream=True))
    assert '"refusal":' not in streamed.text


@pytest.mark.parametrize("error", [InternalError(), Overloaded("Full; retry.")])
async def test_an_error_midway_is_a_chunk_and_one_before_the_first_chunk_a_status(
    engine: RecordingEngine, client: httpx.AsyncClient, error: ApiError
) -> None:
    engine.fails = error
    answer = await client.post("/v1/chat/completions", json=body(stream=True))
    assert answer.status_code == 200
    assert json.loads(events(answer)[-1])["error"]["code"] == error.code
    engine.pieces = []
    answer = await client.post("/v1/chat/completions", json=body(stream=True))
    assert answer.status_code == error.status
    assert answer.json()["error"]["code"] == error.code
    assert engine.closed == 2


async def test_the_caller_raises_the_strength_and_the_directive_follows(
    engine: RecordingEngine, client: httpx.AsyncClient
) -> None:
    answer = await client.post("/v1/chat/completions", json=body(steering={"strength": 1.5}))
    assert answer.json()["steering"]["strength"] == 1.5
    assert engine.calls[0].directive.alpha == 0.75
    assert "steering" not in engine.calls[0].body


async def test_tenants_are_salted_apart(engine: RecordingEngine, client: httpx.AsyncClient) -> None:
    await client.post("/v1/chat/completions", json=body())
    assert engine.calls[0].body["cache_salt"] == "tenant:t"


async def test_a_vector_set_that_is_not_in_service_is_a_503(engine: RecordingEngine, client: httpx.AsyncClient) -> None:
    engine.vector_sets = ()
    answer = await client.post("/v1/chat/completions", json=body())
    assert answer.status_code == 503
    assert answer.json()["error"]["code"] == "store_unverified"
    assert not engine.calls
    assert (await client.get("/readyz")).json()["reasons"] == ["no vector set is verified"]


async def test_a_dead_engine_fails_liveness_and_readiness(engine: RecordingEngine, client: httpx.AsyncClient) -> None:
    engine.alive = False
    for path in ("/livez", "/readyz"):
        answer = await client.get(path)
        assert answer.status_code == 503
        assert "engine has stopped" in answer.json()["reasons"]


async def test_a_draining_server_takes_no_new_requests(
    service: Service, engine: RecordingEngine, client: httpx.AsyncClient
) -> None:
    service.drain.turn_on()
    refused = await client.post("/v1/chat/completions", json=body())
    assert refused.status_code == 503
    assert refused.headers["retry-after"]
    assert not engine.calls
    assert (await client.get("/livez")).status_code == 200
    assert (await client.get("/readyz")).json()["reasons"] == ["draining"]


async def test_a_body_over_the_limit_is_refused_whether_or_not_it_says_so(
    engine: RecordingEngine, client: httpx.AsyncClient
) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(30):
            yield b" " * 1_000

    for content in (b" " * 30_000, chunks()):
        answer = await client.post("/v1/chat/completions", content=content)
        assert answer.status_code == 413
        assert answer.json()["error"]["code"] == "body_too_large"
    assert not engine.calls


async def test_a_clip_longer_than_the_model_hears_is_refused_and_not_cut(
    engine: RecordingEngine, client: httpx.AsyncClient
) -> None:
    refused = await client.post("/v1/chat/completions", json=body(messages=spoken(2.1)))
    assert (refused.status_code, refused.json()["error"]["code"]) == (413, "audio_too_large")
    assert "limit of 2 s in one clip" in refused.json()["error"]["message"]
    assert not engine.calls
    assert (await client.post("/v1/chat/completions", json=body(messages=spoken(1.9)))).status_code == 200


@pytest.mark.parametrize("fields", [{"\ud800": 1}, {"steering": {"\ud800": 1}}])
async def test_a_name_that_utf8_cannot_hold_is_a_bad_request(client: httpx.AsyncClient, fields: dict[str, Any]) -> None:
    answer = await client.post("/v1/chat/completions", content=json.dumps(body(**fields)))
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid_value")
    assert "ud800" in answer.json()["error"]["message"]


async def test_what_happened_is_counted_once(client: httpx.AsyncClient) -> None:
    await client.post("/v1/chat/completions", json=body())
    await client.post("/v1/chat/completions", json=body(stream=True))
    await client.post("/v1/chat/completions", json=body(temperature=2, colour=1))
    lines = (await client.get("/metrics")).text.splitlines()
    assert 'sarsteer_requests_total{model="recorder",outcome="ok",steering="on",tenant="t"} 2.0' in lines
    assert any('outcome="invalid_value"' in line and line.endswith(" 1.0") for line in lines)
    assert 'sarsteer_refusals_total{cause="steered",model="recorder",tenant="t",vector="refusal@1.0.0"} 2.0' in lines
