"""A suite of what is asked, and its run: every defence and strength over the same items, then the next ones."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from steering.evaluation.defences.defence import Calibration, Defence
from steering.evaluation.engine import BatchEngine
from steering.evaluation.item import Item
from steering.evaluation.judges.judge import Judge
from steering.evaluation.metered import MeteredEngine
from steering.evaluation.record import Cost, Key, Record
from steering.evaluation.result import Result

PART = 300
"""Items that every defence answers before the next ones come: as many clips' encodings as the engine keeps."""

Clock = Callable[[], float]
Arm = tuple[Defence, float]


class SuiteError(Exception):
    """A suite that cannot be run as it is; the message says why and what to change."""


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """A condition's items, which all carry its name, and how many more did not fit it (a clip too long, say)."""

    items: Sequence[Item]
    left_out: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Suite:
    """What is asked, by whom it is defended, and who judges.

    ``conditions`` makes each condition's items, and is not called where the record misses nothing. Every defence
    answers every condition at strength 1; ``curves`` adds strengths to some conditions, for defences that have one.
    ``calibration`` is made when the first defence is prepared.
    """

    name: str
    conditions: Mapping[str, Callable[[], Made]]
    defences: Sequence[Defence]
    judges: Sequence[Judge]
    calibration: Callable[[], Calibration]
    curves: Mapping[str, Sequence[float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = [defence.name for defence in self.defences]
        if not names or not self.judges:
            raise SuiteError(f"The suite {self.name} has no defence or no judge; give one of each at least.")
        if repeated := [name for name in names if names.count(name) > 1]:
            raise SuiteError(f"Two defences are named {repeated[0]!r}; name every defence once.")
        if unknown := [name for name in self.curves if name not in self.conditions]:
            raise SuiteError(f"A curve is asked over {unknown[0]!r}, which is none of the suite's conditions.")

    def arms(self, condition: str) -> list[Arm]:
        """Each defence at each of its strengths, in the order in which they answer."""
        more = sorted(set(self.curves.get(condition, ())) - {1.0})
        return [
            (defence, strength)
            for defence in self.defences
            for strength in (1.0, *(more if defence.has_strength else ()))
        ]

    def results(self, record: Record) -> list[Result]:
        """The record's results that are this suite's, by condition, defence, strength and item."""
        keys = (
            Key(condition, id_, defence.name, strength)
            for condition in self.conditions
            for defence, strength in self.arms(condition)
            for id_ in record.items(condition) or ()
        )
        return [result for key in keys if (result := record.get(key)) is not None]


@dataclass(frozen=True, slots=True)
class Step:
    """Where a run is: ``done`` of the ``total`` answers of a condition, the ``place``-th (from 1) of ``conditions``.

    ``total`` is 0 while the condition's items are being made. ``doing`` says what comes next, in a few words.
    """

    condition: str
    place: int
    conditions: int
    done: int
    total: int
    doing: str


class Progress(Protocol):
    """Who is told how far a run is."""

    def __call__(self, step: Step, /) -> None:
        """Called before whatever takes time, and at the end of each condition."""


async def run(
    suite: Suite,
    engine: BatchEngine,
    record: Record,
    progress: Progress,
    *,
    part: int = PART,
    clock: Clock = time.perf_counter,
) -> None:
    """Ask whatever ``record`` misses, and judge whatever in it a judge of the suite has not judged.

    Every defence, at every strength, answers ``part`` items before the next ones, so that the engine encodes a clip
    once. Raises SuiteError for items that do not fit their condition. What defences and judges raise goes through;
    the answers that were there by then are in the record.
    """
    runner = _Runner(suite, MeteredEngine(engine), record, clock)
    for place, condition in enumerate(suite.conditions, start=1):
        arms = suite.arms(condition)

        def tell(doing: str, done: int = 0, total: int = 0, at: tuple[str, int] = (condition, place)) -> None:
            progress(Step(*at, len(suite.conditions), done, total, doing))

        tell("making the items")
        items = runner.items(condition)
        done, total = 0, len(items) * len(arms)
        for start in range(0, len(items), part):
            asked = items[start : start + part]
            tell("preparing the defences", done, total)
            await runner.prepare(asked, arms)
            for defence, strength in arms:
                tell(f"{defence.name} at {strength:g}", done, total)
                await runner.answer(asked, defence, strength)
                done += len(asked)
        tell("done", done, total)


class _Runner:
    """What a run does, between an engine and a record, and the defences that it has prepared."""

    def __init__(self, suite: Suite, engine: MeteredEngine, record: Record, clock: Clock) -> None:
        self._suite = suite
        self._engine = engine
        self._record = record
        self._clock = clock
        self._calibration: Calibration | None = None
        self._prepared: set[str] = set()

    def items(self, condition: str) -> Sequence[Item]:
        """The condition's items: those of the record, without their sound, where nothing is left to be asked."""
        known = self._record.items(condition)
        if known is not None:
            arms = self._suite.arms(condition)
            found = [self._record.get(Key(condition, id_, arm.name, at)) for arm, at in arms for id_ in known]
            if None not in found:
                return [result.item for result in found[: len(known)] if result is not None]
        made = self._suite.conditions[condition]()
        items = made.items
        ids = tuple(item.id for item in items)
        if not items:
            raise SuiteError(f"{condition} has no items; leave it out, or give it some.")
        if strays := [item for item in items if item.condition != condition]:
            raise SuiteError(f"{condition} has an item of {strays[0].condition!r} ({strays[0].id}); give it its own.")
        if len(set(ids)) < len(ids):
            raise SuiteError(f"{condition} has two items of one id; number them apart.")
        if known is None:
            self._record.add_items(condition, ids, made.left_out)
        elif known != ids:
            raise SuiteError(f"{condition} has other items than its record; go on with the same, or begin another.")
        return items

    async def prepare(self, items: Sequence[Item], arms: Iterable[Arm]) -> None:
        """Prepare the defences that have something to answer."""
        for defence, strength in arms:
            if defence.name in self._prepared or not self._missing(items, defence, strength):
                continue
            if self._calibration is None:
                self._calibration = self._suite.calibration()
            began, before = self._clock(), self._engine.requests
            await defence.prepare(self._engine, self._calibration)
            self._prepared.add(defence.name)
            requests = self._engine.requests - before
            self._record.add((), Cost(defence.name, None, None, 0, requests, self._clock() - began))

    async def answer(self, items: Sequence[Item], defence: Defence, strength: float) -> None:
        """Ask the items whose answers the record misses, and judge what is not judged."""
        known = [self._record.get(Key(item.condition, item.id, defence.name, strength)) for item in items]
        results = [result for result in known if result is not None]
        cost = None
        if missing := self._missing(items, defence, strength):
            began, before = self._clock(), self._engine.requests
            answers = await defence.answers(self._engine, missing, strength)
            took, requests = self._clock() - began, self._engine.requests - before
            cost = Cost(defence.name, missing[0].condition, strength, len(missing), requests, took)
            results += [
                Result(item, defence.name, strength, answer.text, {}, answer.gate)
                for item, answer in zip(missing, answers, strict=True)
            ]
        await self._judge(results, cost)

    def _missing(self, items: Sequence[Item], defence: Defence, strength: float) -> list[Item]:
        keys = (Key(item.condition, item.id, defence.name, strength) for item in items)
        return [item for item, key in zip(items, keys, strict=True) if self._record.get(key) is None]

    async def _judge(self, results: Sequence[Result], cost: Cost | None) -> None:
        """Add the outcomes that are missing, and record what is new, even when a judge fails."""
        outcomes = [dict(result.outcomes) for result in results]
        try:
            for judge in self._suite.judges:
                # A form of a judge may be made for harmful requests alone; it says so.
                judged = getattr(judge, "labels", ("harmful", "benign"))
                waiting = [
                    index
                    for index, (given, result) in enumerate(zip(outcomes, results, strict=True))
                    if judge.name not in given and result.item.label in judged
                ]
                if waiting:
                    chosen = [results[index] for index in waiting]
                    verdicts = await judge.judge([each.item for each in chosen], [each.answer for each in chosen])
                    for index, verdict in zip(waiting, verdicts, strict=True):
                        outcomes[index][judge.name] = verdict
        finally:
            new = [
                replace(result, outcomes=given)
                for result, given in zip(results, outcomes, strict=True)
                if given != result.outcomes or self._record.get(Key.of(result)) is None
            ]
            if new:
                self._record.add(new, cost)
