"""The transformers engine on the reference checkpoint: against the model itself, and against the parity oracle."""

from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

import pytest
import soxr
import torch

from steering.evaluation.engine import LinearSteering, Request, SignedDirective
from steering.evaluation.item import Item
from steering.evaluation.transformers_engine import SteeringNotLoaded, TransformersEngine
from steering.vector_set import VectorSet, VectorSetId
from tests.parity.engines import Case, Question, random_set
from tests.parity.oracle import Oracle
from tests.steering.evaluation.clips import CHECKPOINT, reference_items

HARMFUL, BENIGN = reference_items(1, 1)
TYPED = Item("typed", "how are you", "benign", "qa", prompt="how are you")
SET = random_set(1)
PROMPT_SET = random_set(3, "last-prompt", 120.0)


@dataclass(frozen=True, slots=True, eq=False)
class GatedSet(VectorSet):
    gate: Any = None


@pytest.fixture(scope="module")
def engine() -> TransformersEngine:
    return TransformersEngine.start(CHECKPOINT, max_tokens=12)


@pytest.fixture(scope="module")
def oracle() -> Oracle:
    return Oracle()


def gated(vector_set: VectorSet, layer: int, bias: float, reread: bool = False) -> GatedSet:
    direction = torch.nn.functional.normalize(torch.ones(256), dim=0)
    gate = SimpleNamespace(layer=layer, direction=direction, bias=bias, gain=1.0, reread=reread)
    fields = {name: getattr(vector_set, name) for name in VectorSet.__dataclass_fields__ if name != "gate"}
    return GatedSet(**{**fields, "id": VectorSetId("gated", f"{layer}.0.0")}, gate=gate)


def above(vector_set: VectorSet, layer: int) -> VectorSet:
    kept = [index for index in vector_set.layers if index > layer]
    id_ = VectorSetId("above", f"{layer}.0.0")
    return replace(vector_set, id=id_, layers=tuple(kept), vectors=vector_set.vectors[kept])


def steered(item: Item, steering: VectorSet | LinearSteering, alpha: float = 1.0, gate: bool = False) -> Request:
    return Request(item, SignedDirective(steering.id, alpha, gate))


async def told(engine: TransformersEngine, *requests: Request) -> list[str]:
    return [answer.text for answer in await engine.answers(requests)]


async def test_an_undefended_answer_is_the_right_one_and_no_gate_read_it(engine: TransformersEngine) -> None:
    [answer] = await TransformersEngine(engine._model, engine._processor).answers([Request(BENIGN)])
    assert answer.text == BENIGN.expected
    assert answer.gate is None


async def test_states_are_the_stream_after_every_layer_at_the_last_prompt_token(engine: TransformersEngine) -> None:
    states = await engine.states([Request(HARMFUL)])
    assert states.shape == (1, engine.num_layers, engine.hidden_size)
    assert not states.requires_grad
    inputs = engine._inputs([Request(HARMFUL)])
    with torch.no_grad():
        hidden = engine._model(**inputs, output_hidden_states=True).hidden_states
    # The last one that transformers tells is normed.
    for layer in range(engine.num_layers - 1):
        torch.testing.assert_close(states[0, layer], hidden[layer + 1][0, -1])


async def test_a_batch_answers_as_its_requests_do_alone(engine: TransformersEngine) -> None:
    await engine.load(SET)
    asked = [Request(BENIGN), steered(HARMFUL, SET), Request(TYPED), steered(BENIGN, SET, -1.0)]
    together = TransformersEngine(engine._model, engine._processor, max_tokens=12, batch_size=4)
    await together.load(SET)
    assert await told(together, *asked) == await told(engine, *asked)
    torch.testing.assert_close(await together.states(asked), await engine.states(asked), atol=1e-4, rtol=1e-4)


@pytest.mark.parametrize("vector_set", [SET, PROMPT_SET], ids=["decoded-too", "last-prompt"])
@pytest.mark.parametrize("alpha", [1.0, -0.5])
async def test_steering_is_the_papers(
    engine: TransformersEngine, oracle: Oracle, vector_set: VectorSet, alpha: float
) -> None:
    await engine.load(vector_set)
    case = Case(Question("", HARMFUL.samples), vector_set, 1.0)
    # A directive of the server has no sign; the oracle takes the vectors' own.
    signed = replace(vector_set, vectors=alpha * vector_set.vectors)
    tokens = oracle.answer(replace(case, vector_set=signed)).tokens
    ended = tokens[: tokens.index(1020)] if 1020 in tokens else tokens
    expected = engine._processor.tokenizer.decode(ended, skip_special_tokens=True)
    assert await told(engine, steered(HARMFUL, vector_set, alpha)) == [expected]


async def test_matrices_add_what_they_make_of_the_state(engine: TransformersEngine) -> None:
    only = above(PROMPT_SET, 4)
    [state] = (await engine.states([Request(HARMFUL)]))[:, 5]
    matrix = torch.outer(only.vectors[0], state / state.square().sum())
    linear = LinearSteering(VectorSetId("linear", "1.0.0"), (5,), matrix[None])
    await engine.load(only)
    await engine.load(linear)
    first = TransformersEngine(engine._model, engine._processor, max_tokens=1)
    await first.load(only)
    await first.load(linear)
    by_vector, by_matrix, plain = await told(
        first, steered(HARMFUL, only, 8.0), steered(HARMFUL, linear, 8.0), Request(HARMFUL)
    )
    assert by_matrix == by_vector != plain


async def test_a_shut_gate_leaves_the_answer_alone(engine: TransformersEngine) -> None:
    shut = gated(SET, 2, 1e6)
    await engine.load(shut)
    plain, answer = await engine.answers([Request(BENIGN), steered(BENIGN, shut, gate=True)])
    assert answer.text == plain.text
    assert answer.gate == pytest.approx(0.0)


async def test_an_open_gate_steers_the_prompt_above_its_layer(engine: TransformersEngine) -> None:
    wide, same = gated(PROMPT_SET, 3, -1e6), above(PROMPT_SET, 3)
    await engine.load(wide)
    await engine.load(same)
    answer, expected, plain = await engine.answers(
        [steered(BENIGN, wide, 8.0, gate=True), steered(BENIGN, same, 8.0), Request(BENIGN)]
    )
    assert answer.text == expected.text != plain.text
    assert answer.gate == pytest.approx(1.0)


async def test_a_gate_reads_the_unsteered_state_of_its_layer(engine: TransformersEngine) -> None:
    [state] = (await engine.states([Request(BENIGN)]))[:, 2]
    half = gated(SET, 2, float(state @ torch.nn.functional.normalize(torch.ones(256), dim=0)) - 1.0)
    await engine.load(half)
    [answer] = await engine.answers([steered(BENIGN, half, gate=True)])
    assert answer.gate == pytest.approx(torch.sigmoid(torch.tensor(1.0)).item(), abs=1e-3)


async def test_a_gate_that_is_off_steers_as_the_paper(engine: TransformersEngine) -> None:
    off = gated(SET, 2, 1e6)
    await engine.load(off)
    await engine.load(SET)
    by_gated, by_paper = await engine.answers([steered(BENIGN, off), steered(BENIGN, SET)])
    assert by_gated.text == by_paper.text
    assert by_gated.gate is None


async def test_a_clip_at_another_rate_is_resampled(engine: TransformersEngine) -> None:
    faster = replace(BENIGN, samples=soxr.resample(BENIGN.samples, 16_000, 48_000), sample_rate=48_000)
    one, other = await told(engine, Request(BENIGN), Request(faster))
    assert one == other


async def test_what_is_not_loaded_is_not_steered_by(engine: TransformersEngine) -> None:
    await engine.load(SET)
    await engine.unload(SET.id)
    with pytest.raises(SteeringNotLoaded, match=rf"not {SET.id}; load it first"):
        await engine.answers([steered(BENIGN, SET)])


async def test_a_set_without_a_gate_cannot_be_gated(engine: TransformersEngine) -> None:
    await engine.load(SET)
    with pytest.raises(SteeringNotLoaded, match="has no gate"):
        await engine.answers([steered(BENIGN, SET, gate=True)])


async def test_nothing_asked_is_nothing_read(engine: TransformersEngine) -> None:
    assert (await engine.states([])).shape == (0, engine.num_layers, engine.hidden_size)
    assert await engine.answers([]) == []
