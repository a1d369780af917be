from collections.abc import Sequence
from math import cos, pi, sin

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from steering.evaluation.defences.adasteer import (
    ANGLES,
    AdaSteer,
    Mixture,
    fit_coefficient,
    radians_of,
    telling_layer,
)
from steering.evaluation.engine import Answer, Request
from tests.steering.evaluation.defences.scripted import CALIBRATION, FRESH, REFUSED, ScriptedEngine, compliant

amounts = st.floats(0, 3)


@settings(max_examples=30)
@given(amounts, amounts)
def test_a_mixture_is_as_near_to_the_exact_one_as_the_angles_allow(rejection: float, compliance: float) -> None:
    mixed = Mixture.of(rejection, compliance)
    assert 0 <= mixed.angle < ANGLES
    angle = radians_of(mixed.angle)
    error = torch.tensor([mixed.length * cos(angle) - rejection, mixed.length * sin(angle) - compliance]).norm()
    length = torch.tensor([rejection, compliance]).norm()
    assert float(error) <= float(length) * sin(pi / 4 / (ANGLES - 1)) + 1e-5


def test_the_two_directions_alone_are_exact() -> None:
    assert Mixture.of(2.0, 0.0) == Mixture(0, 2.0)
    assert Mixture.of(0.0, 2.0) == Mixture(ANGLES - 1, 2.0)


def test_a_coefficient_is_large_for_one_class_and_small_for_the_other() -> None:
    much, little = torch.zeros(6, 3, 4), torch.zeros(6, 3, 4)
    much[:, 1, 2], little[:, 1, 2] = 5.0, -5.0
    coefficient = fit_coefficient(1, torch.tensor([0.0, 0.0, 2.0, 0.0]), much, little)
    assert bool((coefficient(much) > 0.9).all())
    assert bool((coefficient(little) < 0.1).all())


def test_the_telling_layer_is_the_one_that_parts_the_classes() -> None:
    directions = torch.ones(3, 2)
    towards, away = torch.zeros(4, 3, 2), torch.zeros(4, 3, 2)
    towards[:, 2] = 1.0
    assert telling_layer(directions, towards, away) == 2


async def test_harm_is_refused_and_benign_requests_are_steered_back() -> None:
    engine, defence = ScriptedEngine(), AdaSteer()
    await defence.prepare(engine, CALIBRATION)
    answers = await defence.answers(engine, FRESH)
    assert [answer.text for answer in answers] == [REFUSED if item.harmful else compliant(item) for item in FRESH]


async def test_it_takes_few_slots_and_gives_all_back() -> None:
    engine, defence = ScriptedEngine(slots=2), AdaSteer(doses=[0.25])
    await defence.prepare(engine, CALIBRATION)
    await defence.answers(engine, FRESH)
    assert engine.most_held == 2
    assert not engine.held


async def test_where_the_model_refuses_some_harm_its_own_refusals_are_the_rejected_ones() -> None:
    class HalfSafe(ScriptedEngine):
        async def answers(self, requests: Sequence[Request]) -> list[Answer]:
            told = await super().answers(requests)
            return [
                Answer(REFUSED) if harm % 2 and not request.directive.alpha else answer
                for harm, (request, answer) in enumerate(zip(requests, told, strict=True))
            ]

        async def states(self, requests: Sequence[Request]) -> torch.Tensor:
            self.suffixes = {*getattr(self, "suffixes", set()), *(request.suffix for request in requests)}
            return await super().states(requests)

    engine = HalfSafe()
    calibration = type(CALIBRATION)(
        harmful=[*CALIBRATION.harmful, *FRESH[:5]],
        benign=CALIBRATION.benign,
        harmful_typed=CALIBRATION.harmful_typed,
        benign_typed=CALIBRATION.benign_typed,
        instruction="",
        refusal_prompt=CALIBRATION.refusal_prompt,
        layers=CALIBRATION.layers,
    )
    await AdaSteer(doses=[0.1]).prepare(engine, calibration)
    assert engine.suffixes == {""}


async def test_strength_scales_and_0_is_undefended() -> None:
    engine, defence = ScriptedEngine(), AdaSteer(doses=[0.25])
    await defence.prepare(engine, CALIBRATION)
    await defence.answers(engine, FRESH[:1])
    at_one = engine.requests[-1].directive.alpha
    await defence.answers(engine, FRESH[:1], 2)
    assert engine.requests[-1].directive.alpha == pytest.approx(2 * at_one)
    answers = await defence.answers(engine, FRESH, 0)
    assert [answer.text for answer in answers] == [compliant(item) for item in FRESH]
