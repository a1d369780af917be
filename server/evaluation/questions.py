"""What an evaluation asks, by condition: the reference LALM's own questions, a set of one's own, or a public one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

from reference.conditions.calibration import calibration
from reference.conditions.suite import CONDITIONS, Extent, suite
from reference.corpus import Fold
from server.evaluation.asked import Asked, EvaluationError, Size
from server.evaluation.engine import hears_seconds, is_reference
from steering.evaluation.conditions.changes import CHANGES
from steering.evaluation.conditions.condition import Change, change_all
from steering.evaluation.defences.defence import Calibration
from steering.evaluation.item import Item
from steering.evaluation.public_sets.registry import load_public
from steering.evaluation.sets import read_set
from steering.evaluation.suite import Made
from steering.evaluation.synthesis import Espeak
from steering.extraction import PAPER_INSTRUCTION, PAPER_REFUSAL_PROMPT
from steering.manifest import sha256

CURVE = (0.5, 0.75, 1.25, 1.5, 2.0)
SAMPLE_RATE = 16_000


@dataclass(frozen=True, slots=True, eq=False)
class Questions:
    """``calibration`` is None where nothing is there to fit defences on; ``inputs`` says what decided the questions."""

    conditions: Mapping[str, Callable[[], Made]]
    default_conditions: tuple[str, ...]
    calibration: Callable[[], Calibration] | None
    inputs: Mapping[str, str]
    curves: Mapping[str, Sequence[float]] = field(default_factory=dict)


def questions_of(asked: Asked, folder: Path, layers: tuple[int, ...]) -> Questions:
    """The questions that were asked for; defences are fitted to steer ``layers``. Raise EvaluationError or SetError."""
    if asked.set_ is not None or asked.public is not None:
        return _of_a_set(asked, layers, hears_seconds(folder))
    if is_reference(folder):
        return _of_the_reference(asked.size, asked.seed, layers)
    raise EvaluationError(
        f"{folder} is not the reference LALM, so there are no questions for it; give --set or --public."
    )


def reference_items(names: Sequence[str], fold: Fold, each: int, seed: int) -> list[Item]:
    """The reference LALM's questions of one fold, ``each`` of either label under every named condition."""
    return list(suite(names, Extent(fold, each, each, seed)).items)


@dataclass(frozen=True, slots=True)
class _Plan:
    """``main`` counts the harmful requests, and the benign ones, of the conditions whose figures are to be relied on,
    ``each`` those of the others; ``fitted`` those that defences are fitted on."""

    main: Mapping[str, int]
    each: int
    fitted: int
    conditions: tuple[str, ...]
    curve: tuple[str, ...] = ()


_PLANS: dict[Size, _Plan] = {
    "quick": _Plan({}, 40, 24, ("voice-known", "typed")),
    "full": _Plan(
        {"voice-known": 200, "clean": 100, "voice-slt": 100, "typed": 100},
        30,
        100,
        tuple(sorted(CONDITIONS, key=lambda name: name != "voice-known")),
        ("voice-known",),
    ),
    "ablations": _Plan({}, 60, 150, ("voice-known",), ("voice-known",)),
}


def _of_the_reference(size: Size, seed: int, layers: tuple[int, ...]) -> Questions:
    plan = _PLANS[size]

    def made(name: str) -> Made:
        each = plan.main.get(name, plan.each)
        changed = suite((name,), Extent("test", each, each, seed))
        return Made(changed.items, len(changed.left_out))

    return Questions(
        conditions={name: lambda name=name: made(name) for name in CONDITIONS},  # type: ignore[misc]
        default_conditions=plan.conditions,
        calibration=lambda: calibration("test", plan.fitted, seed=seed, layers=layers),
        inputs={"questions": f"reference test {dict(plan.main)} {plan.each}", "calibration": f"{plan.fitted} {layers}"},
        curves=dict.fromkeys(plan.curve, CURVE),
    )


def _of_a_set(asked: Asked, layers: tuple[int, ...], hears: float) -> Questions:
    """A set's own conditions, and every change of its clean requests; clips longer than the model hears left out."""
    items = _read(asked)
    own = {name: list(group) for name, group in groupby(sorted(items, key=_condition), key=_condition)}
    source = own.get("clean") or items

    def changed(change: Change) -> Made:
        found = change_all(
            [replace(item, condition="clean") for item in source], [change], seed=asked.seed, longest=hears
        )
        return Made(found.items, len(found.left_out))

    def heard(of: Sequence[Item]) -> Made:
        kept = [item for item in of if _seconds(item) <= hears]
        return Made(kept, len(of) - len(kept))

    conditions: dict[str, Callable[[], Made]] = {name: lambda of=of: heard(of) for name, of in own.items()}  # type: ignore[misc]
    for name, change in CHANGES.items():
        conditions.setdefault(name, lambda change=change: changed(change))  # type: ignore[misc]
    fitted = None if asked.calibration is None else _calibration(asked.calibration, layers, hears)
    return Questions(
        conditions,
        tuple(own),
        None if fitted is None else lambda: fitted,
        {
            "questions": digest_of(items),
            "calibration": "none" if fitted is None else digest_of([*fitted.harmful, *fitted.benign]),
        },
    )


def _read(asked: Asked) -> list[Item]:
    if asked.set_ is not None:
        return read_set(asked.set_, SAMPLE_RATE, None)
    assert asked.public is not None
    name, source = asked.public
    return load_public(name, source or None, SAMPLE_RATE, None, synthesiser=Espeak(), seed=asked.seed)


def _calibration(path: Path, layers: tuple[int, ...], hears: float) -> Calibration:
    """A set as what defences are fitted on; its spoken requests are asked with the paper's instruction. Raise SetError
    for a clip longer than the model hears."""
    items = read_set(path, SAMPLE_RATE, hears)
    spoken = [replace(item, prompt=item.prompt or PAPER_INSTRUCTION) for item in items if item.samples is not None]
    typed = [replace(item, id=f"{item.id}_typed", samples=None, prompt=item.question) for item in items]

    def of(chosen: list[Item], *, harmful: bool) -> list[Item]:
        return [item for item in chosen if item.harmful is harmful]

    return Calibration(
        of(spoken, harmful=True),
        of(spoken, harmful=False),
        of(typed, harmful=True),
        of(typed, harmful=False),
        PAPER_INSTRUCTION,
        PAPER_REFUSAL_PROMPT,
        layers,
    )


def _seconds(item: Item) -> float:
    return 0.0 if item.samples is None else len(item.samples) / item.sample_rate


def _condition(item: Item) -> str:
    return item.condition


def digest_of(items: Sequence[Item]) -> str:
    """Changes with anything that is asked: ids, words, conditions, samples."""
    lines = (f"{item.id} {item.question!r} {item.prompt!r} {item.condition}\n" for item in items)
    sounds = (b"" if item.samples is None else item.samples.tobytes() for item in items)
    return sha256("".join(lines).encode() + b"".join(sounds))[:16]
