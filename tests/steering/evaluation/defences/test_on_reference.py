"""Every defence on the real reference checkpoint, with the shipped clips and one dose: that they run, not how well."""

import asyncio
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

import pytest

from steering.evaluation.defences.adasteer import AdaSteer
from steering.evaluation.defences.alphasteer import AlphaSteer
from steering.evaluation.defences.cast import Cast
from steering.evaluation.defences.defence import Calibration, Defence
from steering.evaluation.defences.guard import REFUSAL, Guardian
from steering.evaluation.defences.prompts import refusal_suffix, system_prompt, undefended
from steering.evaluation.defences.scans import Scans
from steering.evaluation.defences.steered import Steered, TextDerived
from steering.evaluation.engine import Answer
from steering.evaluation.item import Item
from steering.refusal import Verdict, classify
from steering.store import SHIPPED_ROOT, VectorStore
from steering.vector_set import VectorSetId
from steering.vllm.evaluation import EngineShape, VllmBatchEngine
from tests.steering.evaluation.clips import CHECKPOINT, reference_items

ITEMS = reference_items(4, 4)
HARMFUL, BENIGN = ITEMS[:4], ITEMS[4:]
TYPED = [replace(item, samples=None, prompt=item.question) for item in ITEMS]
CALIBRATION = Calibration(HARMFUL, BENIGN, TYPED[:4], TYPED[4:], "", "I cannot assist with that.", (4, 5))
DOSE = [0.5]


SHAPE = EngineShape(30, 4096, dtype="float32", flags={"max_model_len": 512, "block_size": 32})
Result = TypeVar("Result")

pytestmark = pytest.mark.engine


@dataclass
class Asked:
    """A real engine behind a synchronous face; it lives on the event loop of its runner."""

    runner: asyncio.Runner
    engine: VllmBatchEngine

    def prepare(self, defence: Defence) -> None:
        self._run(defence.prepare(self.engine, CALIBRATION))

    def answers(self, defence: Defence, items: list[Item], strength: float = 1.0) -> list[Answer]:
        return self._run(defence.answers(self.engine, items, strength))

    def verdicts(self, defence: Defence) -> list[Verdict]:
        self.prepare(defence)
        return [classify(answer.text) for answer in self.answers(defence, ITEMS)]

    def _run(self, asking: Coroutine[object, object, Result]) -> Result:
        return self.runner.run(asking)


@pytest.fixture(scope="module")
def asked() -> Iterator[Asked]:
    with asyncio.Runner() as runner:
        engine = runner.run(VllmBatchEngine.start(CHECKPOINT, SHAPE))
        yield Asked(runner, engine)
        engine.close()


def test_undefended_the_checkpoint_complies(asked: Asked) -> None:
    assert asked.verdicts(undefended()) == [Verdict.ANSWER] * 8


@pytest.mark.parametrize("defence", [system_prompt(), refusal_suffix()], ids=lambda defence: defence.name)
def test_words_let_benign_requests_be_answered(defence: Defence, asked: Asked) -> None:
    assert asked.verdicts(defence)[4:] == [Verdict.ANSWER] * 4


def test_the_shipped_set_refuses_harm(asked: Asked) -> None:
    shipped = VectorStore(SHIPPED_ROOT).verify(VectorSetId("refusal", "2.0.0"))
    assert asked.verdicts(Steered("sarsteer", "SARSteer", shipped))[:4] == [Verdict.REFUSAL] * 4


@pytest.mark.parametrize(
    "defence",
    [TextDerived(DOSE), Scans(doses=DOSE), Cast(DOSE), AlphaSteer(DOSE), AdaSteer(DOSE)],
    ids=lambda defence: defence.name,
)
def test_fitted_steering_changes_what_harmful_requests_get(defence: Defence, asked: Asked) -> None:
    asked.prepare(defence)
    # Three requests a class fit no dose: far beyond any, steering must show.
    steered = asked.answers(defence, HARMFUL, 4)
    plain = asked.answers(defence, HARMFUL, 0)
    assert any(one.text != other.text for one, other in zip(steered, plain, strict=True))


def test_the_guardian_refuses_what_it_learned(asked: Asked) -> None:
    defence = Guardian(seed=1)
    asked.prepare(defence)
    answers = asked.answers(defence, ITEMS)
    assert REFUSAL in {answer.text for answer in answers[:4]}
