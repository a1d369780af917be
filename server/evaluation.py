"""What ``sarsteer evaluate`` runs: the named conditions, defences and judges, put together for one model.

``catalogue`` is the seam: whatever it lists can be named on the command line.
"""

import os
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Literal, Protocol

from steering.evaluation.defences.defence import Calibration, Defence
from steering.evaluation.engine import BatchEngine
from steering.evaluation.judges.judge import Judge
from steering.evaluation.record import Record, Run
from steering.evaluation.report import report
from steering.evaluation.report_schema import Report, RunFacts
from steering.evaluation.statistics.bootstrap import Bootstrap
from steering.evaluation.suite import Made, Progress, Suite, run
from steering.fingerprint import bind_model
from steering.hub import open_store, resolve_model
from steering.manifest import ModelBinding
from steering.vector_set import VectorSet, VectorSetId

Size = Literal["quick", "full"]


class EvaluationError(Exception):
    """An evaluation that cannot be run as it was asked for; the message says why and what to give."""


class ClosableEngine(BatchEngine, Protocol):
    """An engine that is stopped when the run is over."""

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class JudgeSpec:
    """Who judges. ``url`` and ``model`` are those of a language model behind an OpenAI-style API."""

    kind: Literal["detector", "keywords", "llm"]
    url: str = ""
    model: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks for. Empty ``defences`` and ``conditions`` are the suite's own; at most one of
    ``set_`` and ``public`` (a public set's name and its source) takes the place of the reference's questions."""

    size: Size
    model: str
    store: str
    vector: VectorSetId | None = None
    set_: Path | None = None
    public: tuple[str, str] | None = None
    defences: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    judges: tuple[JudgeSpec, ...] = (JudgeSpec("detector"),)
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Target:
    """The model under evaluation and its vectors, verified."""

    folder: Path
    binding: ModelBinding
    vectors: VectorSet


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """What can be run on a target, by name, in the order of reports; nothing is made before it is called.

    ``defaults`` names the conditions and defences of the suite's size, ``curves`` the strengths over conditions;
    ``against`` is the defence that others are tested against, and ``inputs`` what decides the questions -> a digest.
    """

    conditions: Mapping[str, Callable[[], Made]]
    defences: Mapping[str, Callable[[], Defence]]
    default_conditions: tuple[str, ...]
    default_defences: tuple[str, ...]
    calibration: Callable[[], Calibration]
    judge: Callable[[JudgeSpec], Judge]
    start: Callable[[], Awaitable[ClosableEngine]]
    against: str
    inputs: Mapping[str, str]
    curves: Mapping[str, Sequence[float]] = field(default_factory=dict)


def catalogue(asked: Asked, target: Target) -> Catalogue:
    """The catalogue for the questions that were asked for. Raises EvaluationError."""
    # TODO(integration): reference.conditions, steering.evaluation.{sets,public_sets,defences,judges} and
    # steering.vllm.evaluation.VllmBatchEngine come here when their branches are merged.
    raise EvaluationError(
        f"The suite {asked.size!r} for {target.folder} is not put together yet; see docs/evaluation.md."
    )


def target_of(asked: Asked) -> Target:
    """The model and the vector set that were named. Raises EvaluationError, ModelFolderError, VectorStoreError."""
    store = open_store(asked.store)
    vector = asked.vector
    if vector is None:
        names = sorted({entry.id.name for entry in store.entries() if not entry.yanked})
        if len(names) != 1:
            held = ", ".join(names) or "none"
            raise EvaluationError(f"{asked.store} holds the vector sets {held}; choose one with --vector name@version.")
        vector = store.latest(names[0])
    folder = resolve_model(asked.model)
    binding = bind_model(folder)
    return Target(folder, binding, store.load(vector, binding))


def suite_of(asked: Asked, listed: Catalogue) -> Suite:
    """The suite of what was named, or of the size's own. Raises EvaluationError for a name that is not listed."""
    conditions = _chosen(asked.conditions or listed.default_conditions, listed.conditions, "condition")
    defences = _chosen(asked.defences or listed.default_defences, listed.defences, "defence")
    return Suite(
        name=asked.size,
        conditions={name: listed.conditions[name] for name in conditions},
        defences=[listed.defences[name]() for name in defences],
        judges=[listed.judge(spec) for spec in asked.judges],
        calibration=listed.calibration,
        curves={name: strengths for name, strengths in listed.curves.items() if name in conditions},
    )


def run_of(asked: Asked, target: Target, listed: Catalogue) -> Run:
    """What a record must be of to be gone on with."""
    digests = {str(target.vectors.id): target.vectors.digest}
    return Run(asked.size, target.binding.fingerprint, digests, listed.inputs, asked.seed)


async def evaluate(listed: Catalogue, suite: Suite, record: Record, progress: Progress) -> None:
    """Run the suite on a fresh engine."""
    engine = await listed.start()
    try:
        await run(suite, engine, record, progress)
    finally:
        engine.close()


def report_of(listed: Catalogue, suite: Suite, record: Record, command: str) -> Report:
    """The report of a record that holds all of the suite."""
    ran = record.run
    return report(
        RunFacts(
            suite=ran.suite,
            model=ran.model,
            vectors=dict(ran.vectors),
            inputs=dict(ran.inputs),
            seed=ran.seed,
            date=datetime.now(UTC).strftime("%Y-%m-%d"),
            command=command,
            version=installed_version("sarsteer"),
            cores=os.cpu_count() or 1,
        ),
        suite.results(record),
        record.costs,
        defences={defence.name: defence.source for defence in suite.defences},
        judges=[judge.name for judge in suite.judges],
        against=listed.against,
        left_out=record.left_out,
        bootstrap=Bootstrap(ran.seed),
    )


def _chosen(names: Sequence[str], listed: Mapping[str, object], kind: str) -> list[str]:
    """The names without repetitions, in the order in which they were given."""
    if unknown := [name for name in names if name not in listed]:
        raise EvaluationError(f"There is no {kind} {unknown[0]!r}; choose from {', '.join(listed)}.")
    return list(dict.fromkeys(names))
