"""Receipts: one a request that was let in, without content, and enough to know the request and its answer again."""

import copy
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import httpx
import numpy as np
import pytest
import structlog

from server.app import create_service
from server.chat.fields import TAKEN
from server.engine.protocol import Json, Waveform
from server.errors import Overloaded
from server.policy.model import OpenPolicy, Tenant
from server.settings import Settings
from server.telemetry.receipts import (
    CONTENT,
    SAMPLING,
    Answers,
    Digester,
    NoReceipt,
    Receipt,
    Receipts,
    find_receipts,
)
from tests.server.chat.serving import PATH, asking
from tests.server.test_app import REFUSAL, SET, RecordingEngine, body, spoken

SECRET = b"s" * 32
SAID = "a word that is said"
DIGEST = "a" * 64
RECEIPT = Receipt(
    receipt=1,
    request_id="r-1",
    tenant="t",
    model="recorder",
    engine="engine",
    revision=7,
    mode="enforce",
    vector="refusal@1.0.0",
    digest="d" * 64,
    strength=1.0,
    alpha=0.5,
    gate=True,
    gate_score=0.25,
    verdict="refusal",
    detector="en-1",
    outcome="ok",
    spoken=False,
    stream=False,
    seconds=0.1,
    prompt_tokens=5,
    answer_tokens=2,
    sampling={"temperature": 0, "seed": 3},
    content=("messages",),
    stops=0,
    request=DIGEST,
    answer=DIGEST,
)


@pytest.fixture
def engine() -> RecordingEngine:
    return RecordingEngine()


@pytest.fixture
async def client(engine: RecordingEngine) -> AsyncIterator[httpx.AsyncClient]:
    tenant = Tenant("t", strength=1.0, revision=7)
    receipts = Receipts(SECRET, engine.model, engine.fingerprint)
    async with asking(create_service(Settings(), engine, OpenPolicy(tenant), SET.id, receipts=receipts)) as asked:
        yield asked


async def receipt_of(client: httpx.AsyncClient, **fields: Any) -> Receipt:
    with structlog.testing.capture_logs() as logs:
        await client.post(PATH, json=body(**fields), headers={"x-request-id": "mine"})
    (found,) = (line for line in logs if line["event"] == "receipt")
    return Receipt.from_json(json.loads(json.dumps(found)))


def test_what_is_written_reads_as_it_was_also_from_a_line_of_the_log() -> None:
    line = {"event": "receipt", "level": "info", "timestamp": "2030-01-01", **RECEIPT.to_json()}
    assert Receipt.from_json(json.loads(json.dumps(line))) == RECEIPT
    assert find_receipts(["no", "[1]", '{"event": "request"}', f"server-1 | {json.dumps(line)}", "{"]) == (line,)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"receipt": 2}, "version 2"),
        ({"alpha": -0.1}, "at alpha"),
        ({"alpha": float("nan")}, "at alpha"),
        ({"request": "short"}, "at request"),
        ({"verdict": "maybe"}, "at verdict"),
        ({"mode": None}, "at mode"),
    ],
)
def test_what_is_no_receipt_of_this_version_is_told(change: Json, words: str) -> None:
    with pytest.raises(NoReceipt, match=words):
        Receipt.from_json({**RECEIPT.to_json(), **change})
    nothing: tuple[object, ...] = (None, [], {"event": "request"})
    for value in nothing:
        with pytest.raises(NoReceipt, match="no receipt"):
            Receipt.from_json(value)


@pytest.mark.parametrize(
    ("sampling", "repeatable"),
    [
        ({"temperature": 0}, True),
        ({"temperature": 0.7, "seed": 0}, True),
        ({"temperature": 0.7, "top_k": 1}, True),
        ({"temperature": 0.7}, False),
        ({}, False),
    ],
)
def test_an_answer_that_was_sampled_without_a_seed_is_not_repeatable(sampling: Json, repeatable: bool) -> None:
    assert replace(RECEIPT, sampling=sampling).repeatable is repeatable


def test_every_field_that_is_taken_is_recorded_digested_or_decides_no_answer() -> None:
    idle = {"model", "user", "stream", "stream_options", "logprobs", "top_logprobs"}
    assert SAMPLING | set(CONTENT) | idle == TAKEN
    assert not SAMPLING & set(CONTENT)


@pytest.mark.parametrize("stream", [False, True])
async def test_a_receipt_says_by_what_a_request_was_answered_and_how(
    engine: RecordingEngine, client: httpx.AsyncClient, stream: bool
) -> None:
    engine.gates = [0.1, 0.98765]
    found = await receipt_of(client, stream=stream, temperature=0, max_tokens=9, stop=["x", "y"], user="somebody")
    assert (found.request_id, found.tenant, found.model, found.engine) == ("mine", "t", "recorder", "engine")
    assert (found.vector, found.digest, found.strength, found.alpha) == ("refusal@1.0.0", SET.digest, 1.0, 0.5)
    assert (found.revision, found.mode, found.gate, found.gate_score) == (7, "enforce", False, 0.9877)
    assert (found.verdict, found.outcome, found.spoken, found.stream) == ("refusal", "ok", False, stream)
    assert (found.prompt_tokens, found.answer_tokens) == (5, 2)
    assert found.sampling == {"temperature": 0, "max_tokens": 9}
    assert (found.content, found.stops) == (("messages", "stop"), 2)


async def test_a_receipt_holds_no_content(engine: RecordingEngine, client: httpx.AsyncClient) -> None:
    engine.pieces = ["Sure, ", SAID]
    tools = [{"type": "function", "function": {"name": "tool", "description": SAID}}]
    with structlog.testing.capture_logs() as logs:
        for stream in (False, True):
            messages = [*spoken(0.5), {"role": "user", "content": SAID}]
            await client.post(PATH, json=body(messages=messages, stream=stream, stop=SAID, tools=tools, user=SAID))
    assert [line["event"] for line in logs].count("receipt") == 2
    assert SAID not in json.dumps(logs)


async def test_a_streamed_answer_has_the_digest_of_the_whole_one_in_every_style(engine: RecordingEngine) -> None:
    found = set()
    for style in ("both", "openai", "content"):
        receipts = Receipts(SECRET, engine.model, engine.fingerprint)
        policy = OpenPolicy(Tenant("t", refusal_style=style))
        async with asking(create_service(Settings(), engine, policy, SET.id, receipts=receipts)) as client:
            for stream in (False, True):
                receipt = await receipt_of(client, stream=stream)
                found.add((receipt.answer, receipt.request, receipt.verdict))
    assert len(found) == 1
    engine.pieces = ["Another answer."]
    async with asking(create_service(Settings(), engine, policy, SET.id, receipts=receipts)) as client:
        assert (await receipt_of(client)).answer not in {answer for answer, _, _ in found}


async def test_a_request_that_fails_has_a_receipt_without_an_answer(
    engine: RecordingEngine, client: httpx.AsyncClient
) -> None:
    engine.fails = Overloaded("Full.")
    found = await receipt_of(client)
    assert (found.outcome, found.verdict, found.answer) == ("overloaded", None, None)


async def test_a_request_that_was_not_let_in_has_none(client: httpx.AsyncClient) -> None:
    with structlog.testing.capture_logs() as logs:
        assert (await client.post(PATH, json=body(n=0))).status_code == 400
    assert "receipt" not in [line["event"] for line in logs]


@pytest.mark.parametrize(
    ("pieces", "verdict"), [([REFUSAL], "refusal"), (["Sure, here it is."], "answer"), ([""], "broken")]
)
@pytest.mark.parametrize("stream", [False, True])
async def test_the_verdict_is_what_the_answer_is(
    engine: RecordingEngine, client: httpx.AsyncClient, pieces: list[str], verdict: str, stream: bool
) -> None:
    engine.pieces = pieces
    assert (await receipt_of(client, stream=stream)).verdict == verdict


def test_a_call_of_a_tool_is_an_answer_with_a_digest_of_its_own_in_pieces_or_whole() -> None:
    whole, other = Answers(), Answers()
    call = {"function": {"name": "f", "arguments": '{"a": 1}'}}
    whole.whole({"choices": [{"index": 0, "message": {"content": None, "tool_calls": [call]}}]})
    pieces: list[Json] = [{"index": 0, "function": {"name": "f", "arguments": '{"a"'}}]
    pieces.append({"index": 0, "function": {"arguments": ": 1}"}})
    for piece in pieces:
        other.whole({"choices": [{"index": 0, "message": {"tool_calls": [piece]}}]})
    digester = Digester(SECRET)
    assert whole.verdict == "answer"
    assert digester.answer(whole.choices) == digester.answer(other.choices)
    assert digester.answer(whole.choices) != digester.answer(())


def test_a_requests_digest_is_of_what_decides_its_answer_however_it_was_sent() -> None:
    digester = Digester(SECRET)
    wave = Waveform(np.ones(4, np.float32), 16_000)
    sent: Json = {"messages": [{"role": "user", "content": "hello"}], "temperature": 0, "stop": None}
    same: Json = {"messages": [{"content": [{"type": "text", "text": "hello"}], "role": "user", "name": None}]}
    assert digester.request(sent, {}) == digester.request(same, {})
    others: list[tuple[Json, dict[str, Waveform]]] = [
        ({"messages": [{"role": "system", "content": "hello"}]}, {}),
        ({**sent, "stop": "x"}, {}),
        (sent, {"a:0": wave}),
        (sent, {"a:0": Waveform(wave.samples * 0.5, 16_000)}),
    ]
    digests = {digester.request(copy.deepcopy(each), clips) for each, clips in others}
    assert len(digests | {digester.request(sent, {})}) == 5
    assert Digester(b"o" * 32).request(sent, {}) != digester.request(sent, {})
