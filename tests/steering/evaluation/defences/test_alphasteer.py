import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from steering.evaluation.defences.alphasteer import (
    AlphaSteer,
    null_space,
    regression,
    separation,
    steering_matrices,
)
from steering.evaluation.engine import LinearSteering
from tests.steering.evaluation.defences.scripted import CALIBRATION, FRESH, REFUSED, ScriptedEngine, compliant


def random(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


@settings(max_examples=30)
@given(st.integers(0, 100), st.sampled_from([0.25, 0.5, 0.75]))
def test_the_null_space_is_a_projector_of_the_share_asked_for(seed: int, share: float) -> None:
    projector = null_space(random(20, 8, seed=seed), share)
    torch.testing.assert_close(projector @ projector, projector)
    torch.testing.assert_close(projector, projector.T)
    assert float(projector.trace()) == pytest.approx(8 * share)


def test_states_of_few_dimensions_vanish_in_their_null_space() -> None:
    benign = random(20, 3) @ random(3, 8, seed=1)
    assert float((benign.double() @ null_space(benign, 5 / 8)).abs().max()) < 1e-5


def test_harmful_states_are_mapped_to_refusal_and_benign_ones_to_nothing() -> None:
    benign = random(40, 3) @ random(3, 8, seed=1)
    harmful = benign + 20 * random(8, seed=2)
    refusal = random(8, seed=3)
    matrix = regression(harmful, null_space(benign, 5 / 8), refusal).float()
    torch.testing.assert_close(harmful @ matrix.T, refusal.expand(40, 8), rtol=0.02, atol=0.02)
    assert float((benign @ matrix.T).abs().max()) < 1e-4


def test_separation_rises_with_what_harmful_states_get() -> None:
    benign, refusal = random(40, 2, 3) @ random(3, 8, seed=1), random(2, 8, seed=3)
    harmful = benign + 5 * random(8, seed=2)
    good = steering_matrices(harmful, benign, refusal, 0.5)
    blind = torch.eye(8).expand(2, 8, 8)
    assert good.dtype == torch.float32
    assert separation(good, refusal, harmful, benign) > separation(blind, refusal, harmful, benign)


async def test_one_matrix_refuses_harm_and_leaves_the_rest() -> None:
    engine, defence = ScriptedEngine(), AlphaSteer()
    await defence.prepare(engine, CALIBRATION)
    answers = await defence.answers(engine, FRESH)
    assert [answer.text for answer in answers] == [REFUSED if item.harmful else compliant(item) for item in FRESH]
    [held] = engine.held.values()
    assert isinstance(held, LinearSteering)
    assert held.matrices.shape == (2, 16, 16)
    # Every request is asked alike: the matrix alone makes the difference.
    assert len({request.directive for request in engine.requests[-len(FRESH) :]}) == 1


async def test_strength_scales_and_0_is_undefended() -> None:
    engine, defence = ScriptedEngine(), AlphaSteer(doses=[0.25])
    await defence.prepare(engine, CALIBRATION)
    await defence.answers(engine, FRESH, 1)
    at_one = engine.requests[-1].directive.alpha
    await defence.answers(engine, FRESH, 3)
    assert engine.requests[-1].directive.alpha == pytest.approx(3 * at_one)
    answers = await defence.answers(engine, FRESH, 0)
    assert [answer.text for answer in answers] == [compliant(item) for item in FRESH]
