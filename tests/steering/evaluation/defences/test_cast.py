import pytest
import torch

from steering.evaluation.defences.cast import (
    Cast,
    Condition,
    behaviour_vectors,
    condition_vectors,
    find_condition,
    similarity,
)
from steering.evaluation.engine import UNSTEERED
from steering.vector_set import VectorSet
from tests.steering.evaluation.defences.scripted import (
    CALIBRATION,
    FRESH,
    REFUSAL,
    REFUSED,
    ScriptedEngine,
    compliant,
)


def random(*shape: int) -> torch.Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(0))


def test_similarity_to_the_projection_is_the_cosine_without_its_sign() -> None:
    states, vector = random(20, 6), random(6)
    cosine = torch.nn.functional.cosine_similarity(states, vector[None], dim=-1)
    torch.testing.assert_close(similarity(states, vector), cosine.abs())


def test_condition_vectors_are_where_both_classes_spread_most() -> None:
    shift = torch.tensor([0.0, 6.0, 0.0, 0.0])
    harmful, benign = random(30, 2, 4) + shift, random(30, 2, 4)
    vectors = condition_vectors(harmful, benign)
    assert bool((vectors[:, 1] > 0.9).all())


def test_behaviour_vectors_point_to_the_refusing_side() -> None:
    plain = random(30, 2, 4) * 10
    refusing = plain + torch.tensor([0.0, 0.0, 3.0, 0.0]) + 0.1 * random(30, 2, 4)
    vectors = behaviour_vectors(refusing, plain)
    assert bool((vectors[:, 2] > 0.95).all())


@pytest.mark.parametrize("larger", [True, False])
def test_the_condition_is_found_on_either_side_of_its_threshold(larger: bool) -> None:
    vectors = torch.tensor([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]])
    along, across = torch.tensor([3.0, 1.0, 1.0]), torch.tensor([0.1, 1.0, 1.0])
    harmful = torch.stack([torch.ones(3), along if larger else across]).expand(4, 2, 3)
    benign = torch.stack([torch.ones(3), across if larger else along]).expand(4, 2, 3)
    found = find_condition(vectors, harmful, benign)
    assert (found.layer, found.larger) == (1, larger)
    assert bool(found.met(harmful).all())
    assert not bool(found.met(benign).any())


def test_a_condition_reads_its_own_layer() -> None:
    states = torch.stack([torch.tensor([1.0, 0.0]), torch.tensor([0.0, 1.0])])[None]
    vector = torch.tensor([1.0, 0.0])
    assert [bool(Condition(layer, vector, 0.5, True).met(states)) for layer in (0, 1)] == [True, False]


async def test_only_what_meets_the_condition_is_steered() -> None:
    engine, defence = ScriptedEngine(), Cast()
    await defence.prepare(engine, CALIBRATION)
    answers = await defence.answers(engine, FRESH)
    asked = engine.requests[-len(FRESH) :]
    assert [request.directive != UNSTEERED for request in asked] == [item.harmful for item in FRESH]
    assert [answer.text for answer in answers] == [REFUSED if item.harmful else compliant(item) for item in FRESH]
    [held] = engine.held.values()
    assert isinstance(held, VectorSet)
    assert bool((held.vectors[:, REFUSAL] > 9).all())


async def test_at_strength_0_nothing_is_steered() -> None:
    engine, defence = ScriptedEngine(), Cast()
    await defence.prepare(engine, CALIBRATION)
    await defence.answers(engine, FRESH, 0)
    assert {request.directive for request in engine.requests[-len(FRESH) :]} == {UNSTEERED}
