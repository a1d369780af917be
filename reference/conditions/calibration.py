"""What defences and gates of the reference LALM are fitted on: questions of its training split, spoken and typed."""

from dataclasses import replace

from reference.conditions.questions import calibration_questions, item_of
from reference.conditions.takes import Take, speak_all
from reference.corpus import REFUSAL_SUFFIXES, Fold
from steering.evaluation.conditions.condition import ConditionError
from steering.evaluation.defences.defence import Calibration

LAYERS = (4, 5)
"""Those that the shipped vectors steer."""


def calibration(
    reported: Fold = "test",
    each: int = 100,
    *,
    seed: int = 0,
    layers: tuple[int, ...] = LAYERS,
    workers: int | None = None,
) -> Calibration:
    """``each`` harmful and ``each`` benign requests in the training voices, and the same ones typed.

    None is of an act of the ``reported`` fold. Raises SpeechError where a synthesiser is not installed.
    """
    questions = calibration_questions(reported, each, seed)
    takes = [
        Take(item_of(question, "calibration"), question.query.text, "known", question.seed) for question in questions
    ]
    spoken = speak_all(takes, workers)
    if spoken.left_out:
        raise ConditionError(f"The calibration is incomplete: {spoken.left_out[0]}")
    typed = [replace(item_of(question, "typed"), prompt=question.query.text) for question in questions]
    return Calibration(
        harmful=[item for item in spoken.items if item.harmful],
        benign=[item for item in spoken.items if not item.harmful],
        harmful_typed=[item for item in typed if item.harmful],
        benign_typed=[item for item in typed if not item.harmful],
        instruction="",
        refusal_prompt=REFUSAL_SUFFIXES[0],
        layers=layers,
    )
