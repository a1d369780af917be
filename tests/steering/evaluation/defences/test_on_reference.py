"""Every defence on the real reference checkpoint, with the shipped clips and one dose: that they run, not how well."""

from dataclasses import replace

import pytest

from steering.evaluation.defences.adasteer import AdaSteer
from steering.evaluation.defences.alphasteer import AlphaSteer
from steering.evaluation.defences.cast import Cast
from steering.evaluation.defences.defence import Calibration, Defence
from steering.evaluation.defences.guard import REFUSAL, Guardian
from steering.evaluation.defences.prompts import refusal_suffix, system_prompt, undefended
from steering.evaluation.defences.scans import Scans
from steering.evaluation.defences.steered import Steered, TextDerived
from steering.evaluation.transformers_engine import TransformersEngine
from steering.refusal import Verdict, classify
from steering.store import SHIPPED_ROOT, VectorStore
from steering.vector_set import VectorSetId
from tests.steering.evaluation.clips import CHECKPOINT, reference_items

ITEMS = reference_items(4, 4)
HARMFUL, BENIGN = ITEMS[:4], ITEMS[4:]
TYPED = [replace(item, samples=None, prompt=item.question) for item in ITEMS]
CALIBRATION = Calibration(HARMFUL, BENIGN, TYPED[:4], TYPED[4:], "", "I cannot assist with that.", (4, 5))
DOSE = [0.5]


@pytest.fixture(scope="module")
def engine() -> TransformersEngine:
    return TransformersEngine(CHECKPOINT, max_tokens=30)


async def verdicts(defence: Defence, engine: TransformersEngine) -> list[Verdict]:
    await defence.prepare(engine, CALIBRATION)
    answers = await defence.answers(engine, ITEMS)
    assert len(answers) == len(ITEMS)
    return [classify(answer.text) for answer in answers]


async def test_undefended_the_checkpoint_complies(engine: TransformersEngine) -> None:
    assert await verdicts(undefended(), engine) == [Verdict.ANSWER] * 8


@pytest.mark.parametrize("defence", [system_prompt(), refusal_suffix()], ids=lambda defence: defence.name)
async def test_words_let_benign_requests_be_answered(defence: Defence, engine: TransformersEngine) -> None:
    assert (await verdicts(defence, engine))[4:] == [Verdict.ANSWER] * 4


async def test_the_shipped_set_refuses_harm(engine: TransformersEngine) -> None:
    shipped = VectorStore(SHIPPED_ROOT).verify(VectorSetId("refusal", "2.0.0"))
    assert (await verdicts(Steered("sarsteer", "SARSteer", shipped), engine))[:4] == [Verdict.REFUSAL] * 4


@pytest.mark.slow
@pytest.mark.parametrize(
    "defence",
    [TextDerived(DOSE), Scans(doses=DOSE), Cast(DOSE), AlphaSteer(DOSE), AdaSteer(DOSE)],
    ids=lambda defence: defence.name,
)
async def test_fitted_steering_changes_what_harmful_requests_get(defence: Defence, engine: TransformersEngine) -> None:
    await defence.prepare(engine, CALIBRATION)
    # Three requests a class fit no dose: far beyond any, steering must show.
    steered = await defence.answers(engine, HARMFUL, 4)
    plain = await defence.answers(engine, HARMFUL, 0)
    assert any(one.text != other.text for one, other in zip(steered, plain, strict=True))


@pytest.mark.slow
async def test_the_guardian_refuses_what_it_learned(engine: TransformersEngine) -> None:
    defence = Guardian(seed=1)
    await defence.prepare(engine, CALIBRATION)
    answers = await defence.answers(engine, ITEMS)
    assert REFUSAL in {answer.text for answer in answers[:4]}
