"""The playground: three answers to one question, and who may ask."""

import io
import math
from dataclasses import replace
from typing import Any

import httpx
import numpy as np
import pytest
import soundfile
import structlog
import torch

from server.admin.playground import LONGEST_TEXT, Question, play
from server.audio.parts import CLIP_SCHEME
from server.errors import InvalidValue, Overloaded, StoreUnverified
from server.policy.actor import Actor
from server.policy.errors import NotPermitted
from steering.gate import Gate
from steering.vector_set import VectorSetId
from tests.server.admin.plane import REFUSAL, SERVED, Plane, refused

OPERATOR = Actor("op", "operate")
HELLO = Question(None, "hello")


def wav(seconds: float = 0.5) -> bytes:
    sink = io.BytesIO()
    soundfile.write(sink, np.full(int(seconds * 8_000), 0.1), 8_000, format="WAV", subtype="PCM_U8")
    return sink.getvalue()


async def test_it_answers_undefended_and_at_each_strength(plane: Plane) -> None:
    played = await play(plane.context, OPERATOR, HELLO, SERVED.id, [0.5, 2.0])
    assert [each.strength for each in played] == [0.0, 0.5, 2.0]
    assert [each.alpha for each in played] == [0.0, 0.25, 1.0]
    assert [each.refused for each in played] == [False, True, True]
    assert played[1].text == REFUSAL
    assert sorted(call.directive.alpha for call in plane.engine.calls) == [0.0, 0.25, 1.0]


async def test_a_clip_is_decoded_once_and_asked_three_times_without_sharing_a_tenants_cache(plane: Plane) -> None:
    await play(plane.context, OPERATOR, Question(wav(), "and this"), SERVED.id, [1.0, 1.5])
    assert len(plane.engine.calls) == 3
    for call in plane.engine.calls:
        url = f"{CLIP_SCHEME}0"
        assert call.body["messages"][0]["content"] == [
            {"type": "audio_url", "audio_url": {"url": url}},
            {"type": "text", "text": "and this"},
        ]
        assert call.clips[url].sample_rate == plane.engine.sample_rate
        assert call.body["cache_salt"] == "playground"
    assert len({id(call.clips[f"{CLIP_SCHEME}0"]) for call in plane.engine.calls}) == 1


@pytest.mark.parametrize("strengths", [[-0.1, 1], [1, -math.inf], [math.nan, 1], [math.inf, 1], [1], [1, 2, 3], []])
async def test_a_strength_that_is_negative_or_no_number_is_refused(plane: Plane, strengths: list[float]) -> None:
    with pytest.raises(InvalidValue) as raised:
        await play(plane.context, OPERATOR, HELLO, SERVED.id, strengths)
    assert raised.value.param == "strengths"
    assert not plane.engine.calls


async def test_a_strength_beyond_the_dose_cap_is_brought_down_and_told(plane: Plane) -> None:
    plane.engine.vector_sets = (replace(SERVED, largest_alpha=0.75),)
    played = await play(plane.context, OPERATOR, HELLO, SERVED.id, [1.0, 1000.0])
    assert (played[2].asked, played[2].strength, played[2].alpha) == (1000.0, 1.5, 0.75)


@pytest.mark.parametrize(("gate", "used"), [(None, True), (True, True), (False, False)])
async def test_the_gate_is_used_where_there_is_one_unless_told_otherwise(
    plane: Plane, gate: bool | None, used: bool
) -> None:
    plane.engine.vector_sets = (replace(SERVED, gate=Gate(0, torch.ones(4), 0.0, 1.0)),)
    await play(plane.context, OPERATOR, HELLO, SERVED.id, [1.0, 2.0], gate)
    assert {call.directive.gate for call in plane.engine.calls} == {used}


async def test_a_gate_that_the_set_lacks_cannot_be_asked_for(plane: Plane) -> None:
    with pytest.raises(InvalidValue, match="has no gate"):
        await play(plane.context, OPERATOR, HELLO, SERVED.id, [1.0, 2.0], True)


async def test_a_set_that_is_not_in_service_is_told_with_those_that_are(plane: Plane) -> None:
    with pytest.raises(StoreUnverified, match=r"refusal@2\.0\.0 is not in service.*refusal@3\.0\.1"):
        await play(plane.context, OPERATOR, HELLO, VectorSetId("refusal", "2.0.0"), [1.0, 2.0])


async def test_one_that_fails_ends_the_others(plane: Plane) -> None:
    plane.engine.fails = Overloaded("Full; retry.")
    with pytest.raises(Overloaded):
        await play(plane.context, OPERATOR, HELLO, SERVED.id, [1.0, 2.0])


async def test_who_may_only_read_is_refused_before_anything_is_decoded(plane: Plane) -> None:
    with pytest.raises(NotPermitted):
        await play(plane.context, Actor("reader", "read"), Question(b"no audio", ""), SERVED.id, [1.0, 2.0])


async def test_its_use_is_logged_without_what_was_asked(plane: Plane) -> None:
    with structlog.testing.capture_logs() as logs:
        await play(plane.context, OPERATOR, Question(None, "a private question"), SERVED.id, [1.0, 2.0])
    (used,) = (log for log in logs if log["event"] == "playground used")
    assert used["admin"] == "op"
    assert "private" not in str(logs)


def form(**changed: Any) -> dict[str, Any]:
    return {"strengths": ["1", "2"], "text": "hello", **changed}


async def test_over_http_it_takes_a_form(client: httpx.AsyncClient) -> None:
    answer = await client.post("/playground", data=form())
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body["vector"] == "refusal@3.0.1"
    assert [each["refused"] for each in body["answers"]] == [False, True, True]
    spoken = await client.post("/playground", data=form(text=""), files={"audio": ("a.wav", wav())})
    assert spoken.status_code == 200, spoken.text


@pytest.mark.parametrize(
    ("data", "clip", "status", "code", "param"),
    [
        (form(text=" "), None, 400, "invalid_value", "audio"),
        (form(text="x" * (LONGEST_TEXT + 1)), None, 400, "invalid_value", "text"),
        (form(strengths=["1"]), None, 400, "invalid_value", "strengths"),
        (form(strengths=["1", "-2"]), None, 400, "invalid_value", "strengths"),
        (form(strengths=["1", "nan"]), None, 400, "invalid_value", "strengths"),
        (form(vector="nonsense"), None, 400, "invalid_value", "vector"),
        (form(vector="refusal@9.9.9"), None, 503, "store_unverified", "vector"),
        (form(), b"these bytes are no audio", 415, "unsupported_audio", "audio"),
        (form(), wav()[:-2_000], 400, "invalid_audio", "audio"),
        (form(), wav(1.5), 413, "audio_too_large", "audio"),
    ],
)
async def test_what_cannot_be_answered_is_told_in_openais_shape(
    client: httpx.AsyncClient, data: dict[str, Any], clip: bytes | None, status: int, code: str, param: str
) -> None:
    files = None if clip is None else {"audio": ("a.wav", clip)}
    refused(await client.post("/playground", data=data, files=files), status, code, param)


async def test_over_http_it_needs_the_scope_operate(plane: Plane) -> None:
    async with plane.client("read") as client:
        refused(await client.post("/playground", data=form()), 403, "scope_missing")
    async with plane.client(None) as client:
        refused(await client.post("/playground", data=form()), 401, "invalid_api_key")
