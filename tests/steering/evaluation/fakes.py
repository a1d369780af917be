"""Small ones of an evaluation's parts, which say what they were asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch

from steering.evaluation.defences.defence import Calibration
from steering.evaluation.engine import Answer, BatchEngine, LinearSteering, Request
from steering.evaluation.item import Item, Label
from steering.evaluation.judges.judge import JudgeError, Outcome
from steering.evaluation.record import Record, Run
from steering.evaluation.suite import Made, Step, Suite
from steering.vector_set import VectorSet, VectorSetId

RUN = Run("quick", "tensors-v1:aaaa", {"refusal@1.0.0": "ab"}, {"set": "cd"}, 0)
NOTHING = Calibration((), (), (), (), "", "", ())
Asked = tuple[str, str, str, float]


def item(id_: str, label: Label = "harmful", condition: str = "clean", **fields: str) -> Item:
    return Item(id_, f"the question {id_}", label, "making", condition, **fields)  # type: ignore[arg-type]


def items(condition: str, count: int) -> list[Item]:
    return [item(f"{index}", "benign" if index % 2 else "harmful", condition) for index in range(count)]


class Engine:
    """Answers every request with its item's id."""

    num_layers = 2
    hidden_size = 4

    async def load(self, steering: VectorSet | LinearSteering) -> None: ...

    async def unload(self, id_: VectorSetId) -> None: ...

    async def answers(self, requests: Sequence[Request]) -> list[Answer]:
        return [Answer(request.item.id, 0.5) for request in requests]

    async def states(self, requests: Sequence[Request]) -> torch.Tensor:
        return torch.zeros(len(requests), self.num_layers, self.hidden_size)


class Killed(Exception):
    """What ends a run in the middle."""


@dataclass
class Defence:
    """Writes what it is asked to ``asked``, as (what, item, defence, strength); dies at ``dies_at`` answers."""

    name: str
    asked: list[Asked] = field(default_factory=list)
    has_strength: bool = False
    dies_at: int = 1_000_000
    source: str = "tests"

    async def prepare(self, engine: BatchEngine, calibration: Calibration) -> None:
        self.asked.append(("prepare", "", self.name, 0.0))
        await engine.states([Request(item("calibration"))] * 3)

    async def answers(self, engine: BatchEngine, items: Sequence[Item], strength: float = 1.0) -> list[Answer]:
        answers = [entry for entry in self.asked if entry[0] == "answer"]
        if len(answers) + len(items) > self.dies_at:
            raise Killed
        self.asked += [("answer", each.id, self.name, strength) for each in items]
        return await engine.answers([Request(each) for each in items])


@dataclass
class Judge:
    """Says ``outcome`` of every answer, of no more than ``patience`` answers in all."""

    name: str = "detector"
    outcome: Outcome = Outcome.REFUSED
    patience: int = 1_000_000
    judged: list[str] = field(default_factory=list)
    labels: frozenset[Label] = frozenset({"harmful", "benign"})

    async def judge(self, items: Sequence[Item], answers: Sequence[str]) -> list[Outcome]:
        if len(self.judged) + len(items) > self.patience:
            raise JudgeError("The judge is tired; let it sleep.")
        self.judged += [f"{each.condition}/{each.id}" for each in items]
        return [self.outcome for _ in answers]


def suite(
    defences: Sequence[Defence],
    conditions: dict[str, int],
    judges: Sequence[Judge] = (),
    curves: dict[str, Sequence[float]] | None = None,
) -> Suite:
    """A suite with so many items a condition."""

    def maker(condition: str, count: int) -> Callable[[], Made]:
        return lambda: Made(items(condition, count), left_out=count)

    made = {condition: maker(condition, count) for condition, count in conditions.items()}
    return Suite("quick", made, defences, judges or [Judge()], lambda: NOTHING, curves or {})


def record(path: Path) -> Record:
    return Record.open(path / "record.jsonl", RUN)


def unseen(step: Step) -> None:
    """Progress that nobody looks at."""
