"""The playground's page."""

from dataclasses import replace
from typing import Any

import pytest
import torch

from server.policy.actor import LOCAL
from server.policy.records import TenantRecord
from steering.gate import Gate
from tests.server.admin.console.visitor import Visitor, token_of, words_of
from tests.server.admin.plane import REFUSAL, SERVED, Plane
from tests.server.admin.test_playground import wav

PLAYGROUND = "/console/playground"
FIELDS: dict[str, Any] = {"by": "set:refusal@3.0.1", "strength": ["1", "2"], "text": "hello"}


async def test_three_answers_stand_side_by_side(security: Visitor, acme: None) -> None:
    page = await security.send(PLAYGROUND, **FIELDS)
    words = words_of(page)
    assert words.count(REFUSAL) == 2
    assert "Undefended answered Sure, here it is." in words
    assert "Strength 1 refused" in words
    assert "Strength 2 refused" in words
    part = await security.client.post(
        PLAYGROUND, data={**FIELDS, "csrf": token_of(await security.get(PLAYGROUND))}, headers={"hx-request": "true"}
    )
    assert "<html" not in part.text


async def test_a_clip_is_uploaded(plane: Plane, security: Visitor) -> None:
    token = token_of(await security.get(PLAYGROUND))
    fields = {**FIELDS, "text": "", "csrf": token}
    page = await security.client.post(PLAYGROUND, data=fields, files={"audio": ("a.wav", wav())})
    assert page.status_code == 200
    assert all(call.clips for call in plane.engine.calls)


@pytest.mark.parametrize(
    ("name", "data", "status", "said"),
    [
        ("a.wav", b"no audio at all", 415, "is in no container that is read here"),
        ("a.wav", wav()[:-2_000], 400, "is cut short"),
        ("a.wav", wav(1.5), 413, "goes over the limit of 1 s in one clip"),
        ("a.wav", b"", 400, "The audio file is empty"),
    ],
)
async def test_bad_audio_is_told_in_words(security: Visitor, name: str, data: bytes, status: int, said: str) -> None:
    token = token_of(await security.get(PLAYGROUND))
    for headers in ({}, {"hx-request": "true"}):
        answer = await security.client.post(
            PLAYGROUND, data={**FIELDS, "csrf": token}, files={"audio": (name, data)}, headers=headers
        )
        assert answer.status_code == status
        assert said in words_of(answer)
        assert answer.headers.get("hx-retarget") == ("#notices" if headers else None)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"strength": ["1", "-1"]}, "must be finite and at least 0"),
        ({"strength": ["1", "inf"]}, "must be a number of at least 0"),
        ({"strength": ["1"]}, "must hold 2 numbers"),
        ({"by": "tenant:nobody"}, "There is no tenant"),
        ({"by": "set:nonsense"}, "Choose a tenant or a vector set"),
        ({"text": "  "}, "there is nothing to answer"),
    ],
)
async def test_what_cannot_be_asked_is_told(
    plane: Plane, security: Visitor, changed: dict[str, Any], said: str
) -> None:
    answer = await security.send(PLAYGROUND, **{**FIELDS, **changed})
    assert answer.status_code == 400
    assert said in words_of(answer)
    assert not plane.engine.calls


async def test_a_tenants_set_and_gate_are_taken(plane: Plane, security: Visitor, acme: None) -> None:
    plane.engine.vector_sets = (replace(SERVED, gate=Gate(0, torch.ones(4), 0.0, 1.0)),)
    plane.administration.put_tenant(LOCAL, "acme", TenantRecord(gate=False, strength=1.7), 4, "for the tests")
    await plane.replica.look()
    form = await security.get(f"{PLAYGROUND}?tenant=acme")
    assert '<option value="tenant:acme" selected>' in form.text
    assert 'value="1.7"' in form.text
    await security.send(PLAYGROUND, **{**FIELDS, "by": "tenant:acme"})
    assert {call.directive.gate for call in plane.engine.calls} == {False}


async def test_a_body_over_the_limit_is_refused_before_it_is_read(security: Visitor) -> None:
    headers = {"content-length": str(64 * 1024 * 1024), "content-type": "multipart/form-data; boundary=b"}
    assert (await security.client.post(PLAYGROUND, content=b"x", headers=headers)).status_code == 413
    assert (await security.client.post("/console/service", content=b"x" * 2_000_000)).status_code == 413
