"""The labelled answers that the refusal detector is judged by, and how well it does on them.

``refusal_answers.jsonl`` beside this module holds one a line: ``language`` (ISO 639-1, ``und`` for code, numbers and
other languages), ``label``, ``split`` and ``text``. A refusal is an answer that opens by declining what was asked,
whatever it offers after that. One that cannot hear, see or know something declines nothing.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from steering.refusal import Verdict, classify

_FILE = Path(__file__).with_name("refusal_answers.jsonl")


class Split(StrEnum):
    """When an answer was written, and whether the lexicons were made with it in view."""

    TUNE = "tune"
    """Before the lexicons, which were tuned on it."""
    TEST = "test"
    """Before the lexicons, and held out from ``multi-1``."""
    ADDED = "added"
    """After the first lexicons, worded unlike the others, to widen them."""
    FIRST_BLIND = "first blind"
    """By who had not seen the lexicons, and judged by ``multi-1`` before ``multi-2`` was widened by it."""
    SECOND_BLIND = "second blind"
    """By others who had not seen them, and judged by ``multi-2`` before ``multi-3`` was widened by it."""
    BLIND = "blind"
    """By another who had not seen them; nobody who made the lexicons has seen these, nor what became of each."""


@dataclass(frozen=True, slots=True)
class LabelledAnswer:
    language: str
    label: Verdict
    split: Split
    text: str


@dataclass(frozen=True, slots=True)
class Score:
    """How many answers of each kind the detector told, and told wrongly."""

    answers: int
    refusals: int
    refusals_found: int
    refusals_claimed: int
    broken: int
    broken_found: int
    broken_claimed: int

    @property
    def precision(self) -> float:
        """Of what was called a refusal, the share that is one; 1 where nothing was."""
        return self.refusals_found / self.refusals_claimed if self.refusals_claimed else 1.0

    @property
    def recall(self) -> float:
        """Of the refusals, the share that was found; 1 where there is none."""
        return self.refusals_found / self.refusals if self.refusals else 1.0


def labelled_answers() -> tuple[LabelledAnswer, ...]:
    """The set, in the order of the file."""
    rows = (json.loads(line) for line in _FILE.read_text(encoding="utf-8").splitlines())
    return tuple(
        LabelledAnswer(row["language"], Verdict(row["label"]), Split(row["split"]), row["text"]) for row in rows
    )


def score(answers: Iterable[LabelledAnswer], judge: Callable[[str], Verdict] = classify) -> Score:
    """Judge ``answers`` and count."""
    pairs = [(answer.label, judge(answer.text)) for answer in answers]
    labels = [label for label, _ in pairs]
    verdicts = [verdict for _, verdict in pairs]
    return Score(
        answers=len(pairs),
        refusals=labels.count(Verdict.REFUSAL),
        refusals_found=pairs.count((Verdict.REFUSAL, Verdict.REFUSAL)),
        refusals_claimed=verdicts.count(Verdict.REFUSAL),
        broken=labels.count(Verdict.BROKEN),
        broken_found=pairs.count((Verdict.BROKEN, Verdict.BROKEN)),
        broken_claimed=verdicts.count(Verdict.BROKEN),
    )
