"""Counterfactual twins: what they count, what they never touch, and when they make way."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import cycle
from typing import Any

import httpx
import pytest

from server.app import Service, create_service
from server.control import now
from server.engine.protocol import ChatCall, Json
from server.errors import Overloaded
from server.policy.model import OpenPolicy, RateLimits, Tenant
from server.settings import Settings
from server.telemetry.load import BUSY_REQUESTS
from server.telemetry.metrics import Metrics
from server.telemetry.recent import RecentTraffic
from server.telemetry.twins import MOST_TWINS, Twins, pair_of
from steering.directive import Directive
from tests.server.chat.serving import PATH, asking
from tests.server.test_app import REFUSAL, SET, RecordingEngine, body

ANSWER = "Sure, here it is."


class TwoMinds(RecordingEngine):
    """Refuses as it is told to, steered and unsteered; ``gate`` holds back what is in the background."""

    def __init__(self, steered_refuses: bool = True, base_refuses: bool = False) -> None:
        super().__init__()
        self.refuses = {True: steered_refuses, False: base_refuses}
        self.gate = asyncio.Event()
        self.gate.set()
        self.begun: list[ChatCall] = []
        self.given_up = 0
        self.twins_fail = False

    async def complete(self, call: ChatCall) -> Json:
        if call.background:
            self.begun.append(call)
            try:
                await self.gate.wait()
            except asyncio.CancelledError:
                self.given_up += 1
                raise
            if self.twins_fail:
                raise Overloaded("Full; retry.")
        text = REFUSAL if self.refuses[call.directive.alpha > 0] else ANSWER
        self.pieces = [text]
        completion = await super().complete(call)
        call.reading.prompt_tokens, call.reading.answer_tokens = 7, 3
        return completion


def serving(engine: RecordingEngine, tenant: Tenant, chance: float = 0.0, **more: Any) -> Service:
    return create_service(Settings(), engine, OpenPolicy(tenant), SET.id, chance=lambda: chance, **more)


async def counted(client: httpx.AsyncClient, start: str) -> dict[str, float]:
    """The samples that begin so, by their labels, once what is under way has ended."""
    for _ in range(10):
        await asyncio.sleep(0)
    lines = (await client.get("/metrics")).text.splitlines()
    found = (line.removeprefix(start).rpartition(" ") for line in lines if line.startswith(start))
    return {labels: float(value) for labels, _, value in found}


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.005)


ENFORCED = Tenant("t", twin_share=1.0)
SHADOW = Tenant("t", mode="shadow")


@pytest.mark.parametrize("tenant", [ENFORCED, SHADOW])
@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("steered", "base", "pair"),
    [
        (True, True, "both_refuse"),
        (False, False, "both_answer"),
        (True, False, "steered_only"),
        (False, True, "base_only"),
    ],
)
async def test_the_pair_says_what_the_steering_changes_whichever_of_the_two_the_caller_is_told(
    tenant: Tenant, stream: bool, steered: bool, base: bool, pair: str
) -> None:
    engine = TwoMinds(steered, base)
    told = steered if tenant is ENFORCED else base
    engine.pieces = [REFUSAL if told else ANSWER]
    async with asking(serving(engine, tenant)) as client:
        assert (await client.post(PATH, json=body(stream=stream))).status_code == 200
        await until(lambda: bool(engine.begun))
        assert await counted(client, "sarsteer_counterfactual_total") == {f'{{pair="{pair}",tenant="t"}}': 1.0}
        assert await counted(client, "sarsteer_twins_total") == {'{outcome="compared"}': 1.0}
    (caller,), (twin,) = engine.calls, engine.begun
    assert (caller.directive.alpha, twin.directive.alpha) == ((0.5, 0.0) if tenant is ENFORCED else (0.0, 0.5))
    assert twin.body == {field: value for field, value in caller.body.items() if field != "stream"}
    assert not caller.background


def test_a_pair_is_named_by_the_roles() -> None:
    assert pair_of(steered_refuses=True, base_refuses=False) == "steered_only"
    assert pair_of(steered_refuses=False, base_refuses=True) == "base_only"


async def test_nothing_of_a_twin_is_told_or_counted_as_the_callers() -> None:
    engine, recent = TwoMinds(), RecentTraffic()
    limits = RateLimits(requests=5, tokens=100)
    answers = []
    for share in (0.0, 1.0):
        tenant = Tenant("t", twin_share=share, limits=limits)
        async with asking(serving(engine, tenant, recent=recent)) as client:
            answer = await client.post(PATH, json=body())
            answers.append(
                (
                    answer.json(),
                    {k: v for k, v in answer.headers.items() if "request-id" not in k and "-reset-" not in k},
                )
            )
            assert sum((await counted(client, "sarsteer_requests_total")).values()) == 1
            assert sum((await counted(client, "sarsteer_refusals_total")).values()) == 1
            assert await counted(client, "sarsteer_twin_tokens_total") == {"": 10.0 * share}
    assert len(engine.begun) == 1
    assert answers[0] == answers[1]
    assert sum(each.answers for each in recent.of("t")) == 2


async def test_the_caller_does_not_wait_for_the_twin() -> None:
    engine = TwoMinds()
    engine.gate.clear()
    async with asking(serving(engine, ENFORCED)) as client:
        assert (await client.post(PATH, json=body())).status_code == 200
        assert await counted(client, "sarsteer_counterfactual_total") == {}
        engine.gate.set()
        await until(lambda: bool(engine.begun))
        assert len(await counted(client, "sarsteer_counterfactual_total")) == 1


@pytest.mark.parametrize(
    "tenant",
    [
        Tenant("t"),
        Tenant("t", strength=0.0, twin_share=1.0),
        Tenant("t", mode="off", off_until=now() + timedelta(hours=1), twin_share=1.0),
        Tenant("t", mode="shadow", twin_share=0.0),
        Tenant("t", mode="shadow", strength=0.0),
    ],
)
async def test_what_has_no_other_way_or_no_share_has_no_twin(tenant: Tenant) -> None:
    engine = TwoMinds()
    async with asking(serving(engine, tenant)) as client:
        assert (await client.post(PATH, json=body())).status_code == 200
        assert await counted(client, "sarsteer_twins_total") == {}
    assert not engine.begun


async def test_a_shadowed_tenant_whose_set_is_away_is_answered_without_a_twin() -> None:
    engine = TwoMinds()
    engine.vector_sets = ()
    async with asking(serving(engine, SHADOW)) as client:
        assert (await client.post(PATH, json=body())).status_code == 200
    assert not engine.begun


async def test_a_share_of_requests_has_twins() -> None:
    engine = TwoMinds()
    chances: Iterator[float] = cycle([0.1, 0.3, 0.5, 0.9])
    service = create_service(
        Settings(), engine, OpenPolicy(Tenant("t", twin_share=0.3)), SET.id, chance=lambda: next(chances)
    )
    async with asking(service) as client:
        for _ in range(8):
            await client.post(PATH, json=body())
    assert len(engine.begun) == 2


@pytest.mark.parametrize("fails", ["caller", "twin"])
async def test_where_either_has_no_whole_answer_nothing_is_compared(fails: str) -> None:
    engine = TwoMinds()
    engine.twins_fail = fails == "twin"
    if fails == "caller":
        engine.fails = Overloaded("Full; retry.")
        engine.gate.clear()
    async with asking(serving(engine, ENFORCED)) as client:
        await client.post(PATH, json=body(stream=True))
        await until(lambda: bool(engine.begun))
        assert await counted(client, "sarsteer_counterfactual_total") == {}
        assert await counted(client, "sarsteer_twins_total") == {'{outcome="failed"}': 1.0}
    assert engine.given_up == (fails == "caller")


async def test_what_an_engine_does_to_a_twins_body_its_request_does_not_see() -> None:
    engine = TwoMinds()
    engine.gate.clear()
    async with asking(serving(engine, ENFORCED)) as client:
        await client.post(PATH, json=body())
        await until(lambda: bool(engine.begun))
        (caller,), (twin,) = engine.calls, engine.begun
        twin.body["messages"][0]["content"] = "another"
        assert caller.body["messages"][0]["content"] == "hello"
        engine.gate.set()


def twins(engine: RecordingEngine, metrics: Metrics, draining: bool = False) -> Twins:
    return Twins(engine, metrics, lambda: draining, lambda: 0.0)


@pytest.fixture
def metrics() -> Metrics:
    from prometheus_client import CollectorRegistry

    return Metrics(CollectorRegistry())


def outcomes(metrics: Metrics) -> dict[str, float]:
    (family,) = metrics.twins.collect()
    return {each.labels["outcome"]: each.value for each in family.samples if each.name.endswith("_total")}


def begin(running: Twins) -> bool:
    return running.begin("t", 1.0, ChatCall(body(), {}, Directive(SET.id, 0.5)), Directive(SET.id, 0.0)) is not None


async def test_no_more_than_a_few_run_at_once_and_none_while_draining_or_busy(metrics: Metrics) -> None:
    engine = TwoMinds()
    engine.gate.clear()
    assert not begin(twins(engine, metrics, draining=True))
    running = twins(engine, metrics)
    metrics.inflight.set(BUSY_REQUESTS)
    assert not begin(running)
    metrics.inflight.set(BUSY_REQUESTS - 1)
    assert [begin(running) for _ in range(MOST_TWINS + 1)] == [True] * MOST_TWINS + [False]
    assert outcomes(metrics) == {"shed": 3.0}
    await running.close()


async def test_running_twins_make_way_for_callers_and_for_the_end(metrics: Metrics) -> None:
    engine = TwoMinds()
    engine.gate.clear()
    running = twins(engine, metrics)
    begin(running)
    await until(lambda: len(engine.begun) == 1)
    running.make_room()
    await asyncio.sleep(0)
    assert engine.given_up == 0, "there is room"
    metrics.inflight.set(BUSY_REQUESTS)
    running.make_room()
    await until(lambda: engine.given_up == 1)
    metrics.inflight.set(0)
    begin(running)
    await until(lambda: len(engine.begun) == 2)
    await running.close()
    assert engine.given_up == 2
    assert outcomes(metrics) == {"shed": 2.0}


async def test_running_twins_make_way_when_the_server_begins_to_drain_and_their_callers_are_answered() -> None:
    engine = TwoMinds()
    engine.gate.clear()
    service = serving(engine, ENFORCED)
    async with asking(service) as client:
        assert (await client.post(PATH, json=body())).status_code == 200
        await until(lambda: len(engine.begun) == 1)
        service.drain.turn_on()
        await until(lambda: engine.given_up == 1)
        assert await counted(client, "sarsteer_twins_total") == {'{outcome="shed"}': 1.0}


async def test_a_twin_that_ended_before_its_request_failed_is_counted_as_one_that_failed(metrics: Metrics) -> None:
    engine = TwoMinds()
    running = twins(engine, metrics)
    twin = running.begin("t", 1.0, ChatCall(body(), {}, Directive(SET.id, 0.5)), Directive(SET.id, 0.0))
    assert twin is not None
    await until(lambda: bool(engine.background))
    for _ in range(10):
        await asyncio.sleep(0)
    twin.abandon()
    await asyncio.sleep(0)
    assert outcomes(metrics) == {"failed": 1.0}


async def test_a_twin_that_made_way_is_counted_as_that_whatever_its_request_comes_to(metrics: Metrics) -> None:
    engine = TwoMinds()
    engine.gate.clear()
    running = twins(engine, metrics)
    for refused in (True, None):
        twin = running.begin("t", 1.0, ChatCall(body(), {}, Directive(SET.id, 0.5)), Directive(SET.id, 0.0))
        assert twin is not None
        twin.shed()
        twin.shed()
        twin.abandon() if refused is None else twin.compare(refused)
    await running.close()
    assert outcomes(metrics) == {"shed": 2.0}
