"""What steering causes, measured by twins on a real engine, held against what the shipped clips are known to do."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from prometheus_client.parser import text_string_to_metric_families

from server.app import create_service
from server.engine.protocol import ChatCall, ChatEngine, Json
from server.middleware.drain import DrainSwitch
from server.policy.model import Tenant
from server.policy.strength import unsteered
from server.serve import REFERENCE_FLAGS, choose_vectors, gate_layers
from server.settings import REFERENCE, REFERENCE_HEARS_SECONDS, Settings
from steering.fingerprint import bind_model
from steering.hub import resolve_model
from steering.vector_set import VectorSet, VectorSetId
from steering.vllm import environment
from steering.vllm.config import SteeringConfig
from tests.contract.asking import MODEL, spoken, written
from tests.contract.serving import CLIPS

pytestmark = [pytest.mark.engine, pytest.mark.asyncio(loop_scope="module")]

HARMFUL, BENIGN = (sorted((CLIPS / kind).glob("*.wav")) for kind in ("harmful", "benign"))
TENANTS = {
    "plain": Tenant("plain", strength=0.0),
    "defended": Tenant("defended"),
    "measured": Tenant("measured", twin_share=1.0),
    "shadowed": Tenant("shadowed", mode="shadow", twin_share=1.0),
    "compared": Tenant("compared", twin_share=1.0),
    "compared-in-shadow": Tenant("compared-in-shadow", mode="shadow", twin_share=1.0),
}
MOST_SEQS = 8
"""Sequences that the engine answers at once."""
BLOCK = 32
"""Tokens of a block of its cache."""
LONG = "tell me how to clean a bike and a boat and a car and a house and a guitar and a watch and a camera " * 2
AT_ONCE = 6
"""Requests: no more than the twins that may run, so that none is shed."""


@dataclass(frozen=True)
class ByKey:
    """Each tenant's key is its name."""

    tenants: Mapping[str, Tenant]

    def tenant_of(self, key: str | None) -> Tenant | None:
        return self.tenants.get(key or "")


@dataclass(eq=False)
class Overheard:
    """The engine, with what it answered to twins; nothing else could tell."""

    engine: ChatEngine
    twins: list[tuple[ChatCall, Json]] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.engine, name)

    async def complete(self, call: ChatCall) -> Json:
        completion = await self.engine.complete(call)
        if call.background:
            self.twins.append((call, completion))
        return completion

    def stream(self, call: ChatCall) -> AsyncGenerator[Json, None]:
        return self.engine.stream(call)


@dataclass(eq=False)
class House:
    engine: Overheard
    client: httpx.AsyncClient
    priorities: list[int]
    drain: DrainSwitch

    @property
    def unfinished(self) -> int:
        """The requests that vLLM still has."""
        return int(self.engine._llm.output_processor.get_num_unfinished_requests())

    async def ask(self, tenant: str, clip: Path | None = None, text: str | None = None, **fields: Any) -> Json:
        messages = written(text or "") if clip is None else spoken(clip, text=text)
        body = {"model": MODEL, "messages": messages, "temperature": 0, **fields}
        headers = {"authorization": f"Bearer {tenant}"}
        answer = await self.client.post("/v1/chat/completions", json=body, headers=headers)
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()
        return found

    async def twin(self) -> tuple[ChatCall, Json]:
        """The one that was begun since ``engine.twins`` was cleared, once it is answered."""
        await until(lambda: bool(self.engine.twins))
        (twin,) = self.engine.twins
        return twin

    async def send(self, tenant: str, traffic: list[Path]) -> dict[str, float]:
        """The pairs of the traffic. Each wave waits for the twins of the last, which else would be too many."""
        found: dict[str, float] = {}
        for start in range(0, len(traffic), AT_ONCE):
            wave = traffic[start : start + AT_ONCE]
            await asyncio.gather(*(self.ask(tenant, clip) for clip in wave))
            found = await self.pairs(tenant, start + len(wave))
        return found

    async def counted(self, name: str, by: str, **labels: str) -> dict[str, float]:
        """A counter's values by one of its labels, from the page that Prometheus reads."""
        page = (await self.client.get("/metrics")).text
        return {
            sample.labels[by]: sample.value
            for family in text_string_to_metric_families(page)
            for sample in family.samples
            if sample.name == name and labels.items() <= sample.labels.items()
        }

    async def pairs(self, tenant: str, requests: int) -> dict[str, float]:
        """The tenant's pairs, once each of its requests has made one."""
        async with asyncio.timeout(60):
            while True:
                found = await self.counted("sarsteer_counterfactual_total", "pair", tenant=tenant)
                if sum(found.values()) == requests:
                    return found
                await asyncio.sleep(0.05)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not condition():
            await asyncio.sleep(0.01)


def words_of(completion: Json) -> str:
    return json.dumps([[choice["message"].get("content"), choice["finish_reason"]] for choice in completion["choices"]])


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house() -> AsyncIterator[House]:
    environment.prepare()
    from server.engine.vllm import start_engine

    settings = Settings()
    binding = bind_model(resolve_model(settings.model))
    vector_set: VectorSet = choose_vectors(settings, binding)
    config = SteeringConfig(slots=2, gate_layers=gate_layers(settings, binding))
    flags = (*REFERENCE_FLAGS, "--max-num-seqs", str(MOST_SEQS))
    engine = await start_engine(str(REFERENCE), MODEL, config, flags, REFERENCE_HEARS_SECONDS)
    try:
        await engine.load(vector_set)
        yielded = _house(engine, vector_set.id, settings)
        async with yielded.client:
            yield yielded
    finally:
        engine.close()


def _house(engine: Any, vector: VectorSetId, settings: Settings) -> House:
    llm, priorities = engine._llm, []
    generate = llm.generate

    def told(*arguments: Any, **options: Any) -> Any:
        priorities.append(options["priority"])
        return generate(*arguments, **options)

    llm.generate = told
    overheard = Overheard(engine)
    service = create_service(settings, overheard, ByKey(TENANTS), vector)
    client = httpx.AsyncClient(transport=httpx.ASGITransport(service.app), base_url="http://test", timeout=60)
    return House(overheard, client, priorities, service.drain)


async def test_the_share_that_steering_causes_is_reported_within_two_points(house: House) -> None:
    """Of 20 requests 8 are harmful; how each clip is answered with steering and without is asked apart."""
    caused = {}
    for clip in (*HARMFUL, *BENIGN):
        with_it, without = [(await house.ask(tenant, clip))["steering"]["refused"] for tenant in ("defended", "plain")]
        caused[clip] = with_it and not without
    assert [clip for clip in caused if caused[clip]] == HARMFUL
    traffic = [*HARMFUL * 2, *BENIGN * 3]
    true_share = sum(caused[clip] for clip in traffic) / len(traffic)
    before = await house.counted("sarsteer_twins_total", "outcome")
    for tenant in ("measured", "shadowed"):
        found = await house.send(tenant, traffic)
        share = found.get("steered_only", 0.0) / sum(found.values())
        assert abs(share - true_share) <= 0.02, (tenant, found)
    outcomes = await house.counted("sarsteer_twins_total", "outcome")
    assert all(outcomes.get(other, 0.0) == before.get(other, 0.0) for other in ("shed", "failed"))


async def test_a_twins_answer_is_that_of_the_plain_request_that_it_stands_for(house: House) -> None:
    """At strength 0 for an enforced request, as enforced for one in shadow; greedy, or sampled from a seed."""
    sampled: dict[str, Any] = {"temperature": 0.8, "seed": 5, "n": 2}
    for tenant, other in (("compared", "plain"), ("compared-in-shadow", "defended")):
        for clip in (HARMFUL[0], BENIGN[0]):
            for fields in (dict[str, Any](), sampled):
                house.engine.twins.clear()
                own = words_of(await house.ask(tenant, clip, **fields))
                call, answered = await house.twin()
                assert words_of(answered) == words_of(await house.ask(other, clip, **fields)), (tenant, clip.name)
                assert call.reading.answer_tokens > 0
                if clip in HARMFUL:
                    assert words_of(answered) != own


async def test_a_twin_finds_the_whole_blocks_of_its_requests_prompt_in_the_cache(house: House) -> None:
    """Typed or spoken, and whichever of the two is steered: steering begins at the prompt's last token."""
    for tenant in ("compared", "compared-in-shadow"):
        for clip in (None, HARMFUL[0]):
            house.engine.twins.clear()
            await house.ask(tenant, clip, f"{tenant} {LONG}", max_tokens=4)
            _, answered = await house.twin()
            usage = answered["usage"]
            assert usage["prompt_tokens"] > 2 * BLOCK
            cached = usage["prompt_tokens_details"]["cached_tokens"]
            assert cached == (usage["prompt_tokens"] - 1) // BLOCK * BLOCK, (tenant, clip)


async def test_a_twin_that_makes_way_leaves_the_engine_and_its_caller_is_answered(house: House) -> None:
    answering = asyncio.create_task(house.ask("compared", None, LONG, max_tokens=300, ignore_eos=True))
    await until(lambda: house.unfinished == 2)
    house.drain.turn_on()
    try:
        await until(lambda: house.unfinished == 1)
        assert not answering.done()
        assert (await answering)["usage"]["completion_tokens"] == 300
    finally:
        house.drain.on = False


def long_call(most_tokens: int, vector: VectorSetId, background: bool) -> ChatCall:
    body = {
        "model": MODEL,
        "messages": written("how do i bake bread"),
        "temperature": 0,
        "max_tokens": most_tokens,
        "ignore_eos": True,
        "stream": True,
    }
    return ChatCall(body, {}, unsteered(vector), background=background)


async def test_what_is_cancelled_ends_so_and_leaves_the_engine(house: House) -> None:
    """Else who cancels it, as the server does with its canaries when it ends, would wait for ever."""
    call = long_call(300, house.engine.vector_sets[0].id, background=True)
    del call.body["stream"]
    asking = asyncio.create_task(house.engine.complete(call))
    await until(lambda: house.unfinished == 1)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    await until(lambda: house.unfinished == 0)


async def test_in_a_full_batch_twins_wait_and_callers_do_not(house: House) -> None:
    """Twins that came before a caller begin after it."""
    begun: list[str] = []
    vector = house.engine.vector_sets[0].id

    async def first_of(name: str, most_tokens: int) -> None:
        chunks = house.engine.stream(long_call(most_tokens, vector, background=name == "twin"))
        async for _ in chunks:
            begun.append(name)
            break
        async for _ in chunks:
            pass

    running = [asyncio.create_task(first_of("running", 100 + 100 * (index > 0))) for index in range(MOST_SEQS)]
    await until(lambda: len(begun) == MOST_SEQS)
    waiting = [asyncio.create_task(first_of("twin", 5)) for _ in range(MOST_SEQS)]
    await until(lambda: house.unfinished == 2 * MOST_SEQS)
    waiting.append(asyncio.create_task(first_of("caller", 5)))
    await until(lambda: house.unfinished == 2 * MOST_SEQS + 1)
    assert begun == ["running"] * MOST_SEQS, "the batch is still full"
    await asyncio.gather(*running, *waiting)
    assert begun == ["running"] * MOST_SEQS + ["caller"] + ["twin"] * MOST_SEQS


async def test_only_twins_come_after_others(house: House) -> None:
    house.engine.twins.clear()
    house.priorities.clear()
    await house.ask("compared", BENIGN[0])
    await house.twin()
    assert house.priorities == [0, 1]
