from collections.abc import Sequence

import pytest
import torch

from steering.evaluation.defences.scans import Scans, likeness
from steering.evaluation.defences.tuning import CalibrationError
from steering.evaluation.engine import Request
from steering.vector_set import VectorSet
from tests.steering.evaluation.defences.scripted import (
    CALIBRATION,
    FRESH,
    HARM,
    REFUSED,
    ScriptedEngine,
    compliant,
)


def test_likeness_is_the_mean_cosine_from_a_layer_on() -> None:
    reference = torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]])
    transitions = torch.tensor([[[-1.0, 0.0], [0.0, 2.0], [0.0, 5.0]]])
    assert float(likeness(transitions, reference, 0)) == pytest.approx(0.0)
    assert float(likeness(transitions, reference, 1)) == pytest.approx(0.5)


async def fitted(engine: ScriptedEngine) -> Scans:
    defence = Scans()
    await defence.prepare(engine, CALIBRATION)
    return defence


async def test_harmful_requests_are_steered_towards_refusal_and_benign_ones_away() -> None:
    engine = ScriptedEngine()
    defence = await fitted(engine)
    answers = await defence.answers(engine, FRESH)
    asked = engine.requests[-len(FRESH) :]
    assert [request.directive.alpha > 0 for request in asked] == [item.harmful for item in FRESH]
    assert len({abs(request.directive.alpha) for request in asked}) == 1
    expected = [REFUSED if item.harmful else compliant(item) for item in FRESH]
    assert [answer.text for answer in answers] == expected


async def test_its_vectors_are_as_long_as_the_stream_and_lead_to_harm() -> None:
    engine = ScriptedEngine()
    await fitted(engine)
    [held] = engine.held.values()
    assert isinstance(held, VectorSet)
    assert held.vectors.norm(dim=-1).tolist() == pytest.approx([10.0] * len(held.layers), abs=0.5)
    assert bool((held.vectors[:, HARM] > 9).all())


async def test_at_strength_0_nothing_is_read_or_steered() -> None:
    engine = ScriptedEngine()
    defence = await fitted(engine)
    await defence.answers(engine, FRESH, 0)
    assert {request.directive.alpha for request in engine.requests[-len(FRESH) :]} == {0}


async def test_strength_scales_both_signs() -> None:
    engine = ScriptedEngine()
    defence = await fitted(engine)
    await defence.answers(engine, FRESH)
    at_one = [request.directive.alpha for request in engine.requests[-len(FRESH) :]]
    await defence.answers(engine, FRESH, 2)
    at_two = [request.directive.alpha for request in engine.requests[-len(FRESH) :]]
    assert at_two == pytest.approx([2 * alpha for alpha in at_one])


async def test_transitions_that_tell_nothing_are_an_error() -> None:
    class Deaf(ScriptedEngine):
        async def states(self, requests: Sequence[Request]) -> torch.Tensor:
            return torch.ones(len(requests), self.num_layers, self.hidden_size)

    with pytest.raises(CalibrationError, match="cannot tell"):
        await Scans().prepare(Deaf(), CALIBRATION)
