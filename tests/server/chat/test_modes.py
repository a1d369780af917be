"""What each mode answers, and that none but the operator's decision lets a request through unsteered."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.app import create_service
from server.policy.model import Mode, PolicyUnavailable, Tenant
from server.settings import Settings
from steering.directive import Directive
from steering.gate import Gate
from steering.vector_set import VectorSetId
from tests.server.chat.serving import PATH, asking, requests_counted, serving
from tests.server.test_app import SET, RecordingEngine, body, spoken

NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)
SHADOW = Tenant("t", strength=1.0, ceiling=2.0, mode="shadow", revision=7)
OFF = replace(SHADOW, mode="off", off_until=NOON + timedelta(minutes=5))


class Noon:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def engine() -> RecordingEngine:
    return RecordingEngine()


@pytest.mark.parametrize("tenant", [SHADOW, OFF], ids=["shadow", "off"])
@pytest.mark.parametrize("stream", [False, True])
async def test_shadow_and_off_answer_unsteered_and_say_so(
    engine: RecordingEngine, tenant: Tenant, stream: bool
) -> None:
    async with asking(serving(engine, tenant, Noon())) as client:
        answer = await client.post(PATH, json=body(stream=stream))
        assert f'"strength":0.0,"mode":"{tenant.mode}","revision":7' in answer.text
        assert '"vector":"refusal","version":"1.0.0"' in answer.text
        assert engine.calls[0].directive == Directive(SET.id, 0.0)
        [counted] = await requests_counted(client)
        assert f'steering="{tenant.mode}"' in counted


@pytest.mark.parametrize("tenant", [SHADOW, OFF], ids=["shadow", "off"])
async def test_there_a_caller_may_ask_to_be_steered_up_to_the_ceiling(engine: RecordingEngine, tenant: Tenant) -> None:
    async with asking(serving(engine, tenant, Noon())) as client:
        answer = await client.post(PATH, json=body(steering={"strength": 0.5}))
        assert (answer.json()["steering"]["strength"], engine.calls[0].directive.alpha) == (0.5, 0.25)
        [counted] = await requests_counted(client)
        assert 'steering="on"' in counted
        for refused in (-0.1, 2.1, float("nan")):
            answer = await client.post(PATH, content=json.dumps(body(steering={"strength": refused})))
            assert (answer.status_code, answer.json()["error"]["param"]) == (400, "steering.strength")
    assert len(engine.calls) == 1


async def test_a_broken_glass_mends_itself_to_the_moment(engine: RecordingEngine) -> None:
    clock = Noon()
    async with asking(serving(engine, OFF, clock)) as client:
        for seconds, alpha in ((0, 0.0), (299, 0.0), (300, 0.5), (10**6, 0.5)):
            clock.now = NOON + timedelta(seconds=seconds)
            answer = await client.post(PATH, json=body())
            assert (answer.json()["steering"]["mode"] == "enforce") is (alpha > 0)
            assert engine.calls[-1].directive.alpha == alpha


@pytest.mark.parametrize(
    "tenant", [replace(OFF, off_until=None), replace(OFF, required=True), replace(SHADOW, required=True)]
)
async def test_off_without_an_end_and_a_required_tenant_are_enforced(engine: RecordingEngine, tenant: Tenant) -> None:
    async with asking(serving(engine, tenant, Noon())) as client:
        assert (await client.post(PATH, json=body())).json()["steering"]["mode"] == "enforce"
    assert engine.calls[0].directive.alpha == 0.5


@pytest.mark.parametrize("stream", [False, True])
async def test_a_missing_set_stops_none_but_those_who_are_to_be_steered(engine: RecordingEngine, stream: bool) -> None:
    engine.vector_sets = ()
    for tenant, steering, status in (
        (replace(SHADOW, mode="enforce"), None, 503),
        (replace(SHADOW, mode="enforce", strength=0.0), None, 503),
        (OFF, None, 200),
        (SHADOW, None, 200),
        (OFF, {"strength": 0}, 200),
        (OFF, {"strength": 0.5}, 503),
        (SHADOW, {"strength": 0.5}, 503),
    ):
        engine.calls.clear()
        async with asking(serving(engine, tenant, Noon())) as client:
            answer = await client.post(PATH, json=body(stream=stream, steering=steering))
        assert answer.status_code == status
        assert len(engine.calls) == (status == 200)
        if status == 503:
            assert answer.json()["error"]["code"] == "store_unverified"


async def test_unsteered_answers_are_of_one_fingerprint_and_steered_ones_of_others(engine: RecordingEngine) -> None:
    async def fingerprint(tenant: Tenant, **fields: Any) -> str:
        async with asking(serving(engine, tenant, Noon())) as client:
            return str((await client.post(PATH, json=body(**fields))).json()["system_fingerprint"])

    other = VectorSetId("other", "1.0.0")
    engine.vector_sets = (SET, replace(SET, id=other, digest="e" * 64))
    unsteered = {await fingerprint(SHADOW), await fingerprint(OFF), await fingerprint(replace(OFF, vector=other))}
    steered = {
        await fingerprint(replace(SHADOW, mode="enforce")),
        await fingerprint(SHADOW, steering={"strength": 0.5}),
        await fingerprint(replace(SHADOW, mode="enforce", vector=other)),
    }
    assert len(unsteered) == 1
    assert len(unsteered | steered) == 4
    same = await fingerprint(replace(SHADOW, mode="enforce", revision=8))
    assert same in steered, "a revision that changes nothing of the steering changes no fingerprint"


class Changing:
    """A policy whose tenant is another after each look at it."""

    def __init__(self, *tenants: Tenant) -> None:
        self.left = list(tenants)

    def tenant_of(self, key: str | None) -> Tenant | None:
        return self.left.pop(0)


async def test_a_request_keeps_the_policy_that_it_was_admitted_with(engine: RecordingEngine) -> None:
    """While its audio is decoded and its answer comes, the policy and the clock go on."""
    clock = Noon()
    engine.may_end.clear()
    policy = Changing(OFF, replace(OFF, mode="enforce", strength=2.0, refusal_style="openai", revision=8))
    service = create_service(Settings(), engine, policy, SET.id, clock=clock)
    async with asking(service) as client:
        first = asyncio.ensure_future(client.post(PATH, json=body(messages=spoken(0.5))))
        while not engine.calls:
            await asyncio.sleep(0.001)
        clock.now += timedelta(days=1)
        engine.may_end.set()
        told = (await first).json()["steering"]
        assert (told["mode"], told["revision"], told["strength"]) == ("off", 7, 0.0)
        told = (await client.post(PATH, json=body())).json()["steering"]
        assert (told["mode"], told["revision"], told["strength"]) == ("enforce", 8, 2.0)


class Unseen:
    def tenant_of(self, key: str | None) -> Tenant | None:
        raise PolicyUnavailable("not yet")


@pytest.mark.parametrize("path", [PATH, "/v1/models", "/v1/models/recorder"])
async def test_before_the_first_policy_nothing_is_answered(engine: RecordingEngine, path: str) -> None:
    async with asking(create_service(Settings(), engine, Unseen(), SET.id)) as client:
        answer = await client.request("POST" if path == PATH else "GET", path, json=body())
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "policy_unavailable")
    assert answer.headers["retry-after"]
    assert answer.json()["error"]["message"] == "This replica has seen no policy yet; retry."
    assert not engine.calls


FIELDS: tuple[dict[str, Any], ...] = (
    {"mode": "off"},
    {"alpha": 0},
    {"strength": 0},
    {"vector": "refusal@1.0.0"},
    {"gate": True},
    {"off_until": "2999-01-01T00:00:00Z"},
    {"extra_args": {"sarsteer": ["", 0.0, False]}},
    {"vllm_xargs": {"sarsteer": ["", 0.0, False]}},
    {"kv_transfer_params": {"sarsteer": 1}},
    {"cache_salt": "mine"},
    {"steering": {"mode": "off"}},
    {"steering": {"strength": 0}},
    {"steering": {"strength": -0.0}},
    {"steering": {"strength": "0"}},
    {"steering": {"strength": False}},
    {"steering": {"strength": 1.0, "mode": "shadow"}},
    {"steering": {"strength": 1.0, "alpha": 0}},
    {"steering": {"vector": None}},
    {"steering": []},
    {"steering": 0},
    {"steering": False},
    {"steering": "off"},
)


@pytest.mark.parametrize("fields", FIELDS, ids=str)
async def test_no_field_of_a_request_takes_steering_away(engine: RecordingEngine, fields: dict[str, Any]) -> None:
    async with asking(serving(engine, replace(SHADOW, mode="enforce"))) as client:
        answer = await client.post(PATH, json=body(**fields))
    assert answer.status_code == 400, answer.text
    assert not engine.calls


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["enforce", "shadow", "off"]),
    st.lists(st.floats(0, 4), min_size=3, max_size=3).map(sorted),
    st.none() | st.floats() | st.floats(0, 4) | st.integers() | st.booleans(),
    st.sampled_from([None, True, False]),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
async def test_whatever_is_asked_the_engine_is_never_told_less_than_the_tenant_enforces(
    mode: Mode,
    policy: list[float],
    asked: Any,
    gate: bool | None,
    has_gate: bool,
    is_spoken: bool,
    stream: bool,
) -> None:
    engine = RecordingEngine()
    vector_set = replace(
        SET,
        gate=Gate(0, SET.vectors[0], 0.0, 1.0) if has_gate else None,
        largest_alpha=1.5,
        text_strength=0.5,
        ungated_strength=0.25,
    )
    engine.vector_sets = (vector_set,)
    floor, strength, ceiling = policy
    tenant = Tenant("t", strength, floor, ceiling, gate=gate, mode=mode, off_until=NOON + timedelta(1))
    messages = spoken(0.1) if is_spoken else body()["messages"]
    async with asking(serving(engine, tenant, Noon())) as client:
        content = json.dumps(body(messages=messages, stream=stream, steering={"strength": asked}))
        answer = await client.post(PATH, content=content)
    if answer.status_code == 400:
        assert not engine.calls
        return
    [call] = engine.calls
    gated = has_gate if gate is None else gate
    enforced, most = (vector_set.alpha(min(s, 3.0), spoken=is_spoken, gated=gated) for s in (strength, ceiling))
    assert (enforced if mode == "enforce" else 0.0) <= call.directive.alpha <= min(most, 1.5)
    if call.directive.alpha:
        assert call.directive.gate is gated
    if asked is None:
        assert call.directive.alpha == (enforced if mode == "enforce" else 0.0)
