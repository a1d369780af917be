from dataclasses import dataclass

import pytest
import torch

from steering.evaluation.defences.steered import Steered, TextDerived
from steering.evaluation.engine import SignedDirective
from steering.vector_set import StrengthBand, VectorSet, VectorSetId
from tests.steering.evaluation.defences.scripted import (
    CALIBRATION,
    FRESH,
    HARM,
    HIDDEN,
    REFUSED,
    ScriptedEngine,
    compliant,
    items,
)

SET = VectorSet(
    VectorSetId("refusal", "1.0.0"),
    "digest",
    (3,),
    torch.ones(1, HIDDEN),
    "last-prompt-and-decoded",
    0.5,
    StrengthBand(1, 1),
)


@dataclass(frozen=True, slots=True, eq=False)
class SetForText(VectorSet):
    text_strength: float = 0.25


@pytest.mark.parametrize("gate", [False, True])
async def test_a_set_steers_by_strength_times_its_alpha(gate: bool) -> None:
    engine, defence = ScriptedEngine(), Steered("sarsteer", "the paper", SET, gate=gate)
    await defence.prepare(engine, CALIBRATION)
    await defence.answers(engine, FRESH, 1.5)
    assert list(engine.held) == [SET.id]
    assert {request.directive for request in engine.requests} == {SignedDirective(SET.id, 0.75, gate)}


async def test_typed_requests_get_the_sets_share_for_text() -> None:
    fields = {name: getattr(SET, name) for name in VectorSet.__dataclass_fields__ if name != "text_strength"}
    engine, defence = ScriptedEngine(), Steered("sarsteer", "the paper", SetForText(**fields))
    await defence.prepare(engine, CALIBRATION)
    await defence.answers(engine, [*items("benign", 1), *items("benign", 1, typed=True)])
    assert [request.directive.alpha for request in engine.requests] == [0.5, 0.125]


async def test_the_text_derived_direction_leads_from_benign_to_harmful_typed_requests() -> None:
    engine, defence = ScriptedEngine(), TextDerived()
    await defence.prepare(engine, CALIBRATION)
    [held] = engine.held.values()
    assert isinstance(held, VectorSet)
    assert held.layers == CALIBRATION.layers
    unit = torch.nn.functional.normalize(held.vectors, dim=-1)
    assert bool((unit[:, HARM] > 0.95).all())
    # Its own length is kept: 4 along harm, and what noise leaves.
    assert held.vectors.norm(dim=-1).tolist() == pytest.approx([4.0, 4.0], abs=0.3)


async def test_of_doses_that_gain_nothing_the_mildest_is_taken() -> None:
    # Along one direction for all, harm is refused only where everything is.
    engine, defence = ScriptedEngine(), TextDerived()
    await defence.prepare(engine, CALIBRATION)
    answers = await defence.answers(engine, FRESH)
    assert [answer.text for answer in answers] == [compliant(item) for item in FRESH]


async def test_strength_scales_and_0_is_undefended() -> None:
    engine, defence = ScriptedEngine(), TextDerived(doses=[0.5])
    await defence.prepare(engine, CALIBRATION)
    [before, *_] = await defence.answers(engine, FRESH)
    asked = engine.requests[-1]
    await defence.answers(engine, FRESH, 0.5)
    assert engine.requests[-1].directive.alpha == pytest.approx(asked.directive.alpha / 2)
    assert before.text == REFUSED
    [plain, *_] = await defence.answers(engine, FRESH, 0)
    assert plain.text == compliant(FRESH[0])


async def test_a_dose_is_relative_to_the_stream() -> None:
    engine, defence = ScriptedEngine(), TextDerived(doses=[0.3])
    await defence.prepare(engine, CALIBRATION)
    await defence.answers(engine, FRESH)
    lengths = engine.added(engine.requests[-1]).norm(dim=-1)[list(CALIBRATION.layers)]
    assert lengths.tolist() == pytest.approx([0.3, 0.3], abs=0.05)


async def test_unfitted_it_says_so() -> None:
    with pytest.raises(RuntimeError, match="call prepare first"):
        await TextDerived().answers(ScriptedEngine(), FRESH)
