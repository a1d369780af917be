"""Which sets are in service: those that a policy names, verified, and for a while those that it named."""

from dataclasses import replace
from pathlib import Path

import pytest

from server.engine.resident import PAUSE_SECONDS, ResidentSets
from server.policy.errors import InvalidPolicy
from steering.directive import Directive
from steering.store import VectorStore
from steering.vector_set import VectorSetId
from tests.fleet.directed_engine import DirectedEngine
from tests.steering.drafts import EVALUATION, MODEL, draft, gated_draft, store_with

V1, V2, V3 = (VectorSetId("refusal", f"{major}.0.0") for major in (1, 2, 3))


class Ticking:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class Bench:
    """Three versions in a store, an engine with ``slots``, the first version its own."""

    def __init__(self, folder: Path, slots: int = 8) -> None:
        self.store = store_with(folder, "refusal@1.0.0", "refusal@2.0.0", "refusal@3.0.0")
        self.engine = DirectedEngine(slots)
        self.now = Ticking()
        self.heard: list[int] = []
        self.sets = ResidentSets(
            self.engine, self.store, MODEL, V1, lambda in_service: self.heard.append(len(in_service)), self.now
        )


def ids(bench: Bench) -> list[str]:
    return sorted(str(vector_set.id) for vector_set in bench.engine.vector_sets)


@pytest.fixture
async def bench(tmp_path: Path) -> Bench:
    bench = Bench(tmp_path)
    await bench.engine.load(bench.store.load(V1, MODEL))
    return bench


async def test_what_is_wanted_is_loaded_once_and_verified(bench: Bench) -> None:
    for _ in range(2):
        await bench.sets.ensure(frozenset({V1, V2}))
    assert ids(bench) == ["refusal@1.0.0", "refusal@2.0.0"]
    assert bench.engine.calls == ["sarsteer_load"] * 2
    assert {held.id for held in bench.sets.in_service} == {V1, V2}
    assert bench.heard == [2], "who watches what is in service hears of changes alone"


@pytest.mark.parametrize("named", ["refusal@9.0.0", "other@1.0.0", "refusal@../1", "refusal@2.0.0"])
async def test_what_cannot_be_loaded_is_named_and_nothing_else_is_loaded(bench: Bench, named: str) -> None:
    bench.store.yank(V2, "it refused too little")
    with pytest.raises(InvalidPolicy, match=f"^{named} cannot be put into service: "):
        await bench.sets.ensure(frozenset({V3, VectorSetId.parse(named)}))
    assert ids(bench) == ["refusal@1.0.0"]
    with pytest.raises(InvalidPolicy, match=f"^{named} cannot be put into service: "):
        bench.sets.check(VectorSetId.parse(named))
    assert not bench.heard


async def test_what_is_refused_says_why_and_the_way_out(bench: Bench, tmp_path: Path) -> None:
    bench.store.yank(V2, "it refused too little")
    other = replace(draft("refusal@4.0.0"), model=MODEL.model_copy(update={"fingerprint": "tensors-v1:" + "c" * 64}))
    bench.store.publish(other, EVALUATION)
    (tmp_path / "refusal" / "3.0.0" / "vectors.safetensors").write_bytes(b"damaged")
    for id_, why in (("2.0.0", "it refused too little"), ("3.0.0", "bytes"), ("4.0.0", "made for another model")):
        with pytest.raises(InvalidPolicy, match=why):
            bench.sets.check(VectorSetId("refusal", id_))


async def test_a_gate_that_this_engine_does_not_read_is_refused_before_it_comes_to_the_workers(bench: Bench) -> None:
    bench.store.publish(gated_draft("refusal@4.0.0"), EVALUATION)
    gated = VectorSetId("refusal", "4.0.0")
    bench.sets.check(gated)
    bench.engine.gate_layers = (1, 2)
    called = list(bench.engine.calls)
    with pytest.raises(InvalidPolicy, match=r"reads after layer 3, .* started to read gates after 1, 2\. Restart"):
        await bench.sets.ensure(frozenset({gated}))
    with pytest.raises(InvalidPolicy, match="Restart the server"):
        bench.sets.check(gated)
    assert bench.engine.calls == called


async def test_without_room_nothing_is_loaded_and_what_serves_stays(tmp_path: Path) -> None:
    bench = Bench(tmp_path, slots=2)
    await bench.engine.load(bench.store.load(V1, MODEL))
    with pytest.raises(InvalidPolicy, match=r"refusal@3\.0\.0 cannot .* All 2 slots .* In service are refusal@1\.0\.0"):
        await bench.sets.ensure(frozenset({V2, V3}))
    assert ids(bench) == ["refusal@1.0.0"]
    await bench.sets.ensure(frozenset({V3}))
    assert ids(bench) == ["refusal@1.0.0", "refusal@3.0.0"]


async def test_another_content_under_a_version_still_in_use_is_refused(bench: Bench, tmp_path: Path) -> None:
    await bench.sets.ensure(frozenset({V2}))
    with bench.engine.bank.lease(Directive(V2, 0.1)):
        await bench.engine.unload(V2)
        changed = VectorStore(tmp_path / "changed")
        changed.publish(draft("refusal@2.0.0", alpha=0.2), EVALUATION)
        sets = ResidentSets(bench.engine, changed, MODEL, V1)
        with pytest.raises(InvalidPolicy, match="a version never changes"):
            await sets.ensure(frozenset({V2}))


async def test_a_set_stays_for_a_pause_after_it_was_last_wanted(bench: Bench) -> None:
    await bench.sets.ensure(frozenset({V1, V2}))
    bench.now.seconds = 1_000.0  # It was not asked about for long; the pause counts from when it is unwanted.
    await bench.sets.release(frozenset())
    bench.now.seconds += PAUSE_SECONDS - 1
    await bench.sets.release(frozenset())
    assert ids(bench) == ["refusal@1.0.0", "refusal@2.0.0"]
    bench.now.seconds += 1
    await bench.sets.release(frozenset())
    assert ids(bench) == ["refusal@1.0.0"], "the server's own set stays, wanted or not"
    assert bench.heard == [2, 1]


@pytest.mark.parametrize("by", ["ensure", "release"])
async def test_a_set_that_is_wanted_again_starts_a_new_pause(bench: Bench, by: str) -> None:
    await bench.sets.ensure(frozenset({V2}))
    await bench.sets.release(frozenset())
    bench.now.seconds += PAUSE_SECONDS - 1
    await getattr(bench.sets, by)(frozenset({V2}))
    bench.now.seconds += 2
    await bench.sets.release(frozenset())
    assert ids(bench) == ["refusal@1.0.0", "refusal@2.0.0"]


async def test_a_request_keeps_its_set_to_its_end(bench: Bench) -> None:
    await bench.sets.ensure(frozenset({V2}))
    with bench.engine.bank.lease(Directive(V2, 0.1)):
        await bench.sets.release(frozenset())
        bench.now.seconds += PAUSE_SECONDS
        await bench.sets.release(frozenset())
        assert ids(bench) == ["refusal@1.0.0"]
        assert "sarsteer_unload" not in bench.engine.calls
        await bench.sets.ensure(frozenset({V2}))
    assert ids(bench) == ["refusal@1.0.0", "refusal@2.0.0"]
