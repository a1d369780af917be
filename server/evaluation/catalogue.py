"""The conditions, defences and judges that can be named on the command line, for one model."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version as installed_version

from server.evaluation.asked import Asked, ClosableEngine, EvaluationError, JudgeSpec, Target
from server.evaluation.defences import GATED, QUICK, UNGATED, defences_of, fitted
from server.evaluation.engine import engine_shape, judge_of, start_engine
from server.evaluation.questions import questions_of
from steering.evaluation.defences.defence import Calibration, Defence
from steering.evaluation.judges.judge import Judge
from steering.evaluation.suite import Made, Suite


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
    about = questions_of(asked, target.folder, target.vectors.layers)
    defences = defences_of(target.vectors, asked.size)
    needing = fitted(defences)
    if about.calibration is None and (unfit := [name for name in asked.defences if name in needing]):
        raise EvaluationError(f"{unfit[0]} is fitted on requests of its own; give some with --calibration.")
    gate = target.vectors.gate
    shape = engine_shape(target.folder, () if gate is None else (gate.layer,), 24, asked.engine)
    default = [name for name in defences if about.calibration is not None or name not in needing]
    return Catalogue(
        conditions=about.conditions,
        defences=defences,
        default_conditions=about.default_conditions,
        default_defences=tuple(name for name in default if name in QUICK or asked.size != "quick"),
        calibration=about.calibration or nothing_to_fit,
        judge=lambda spec: judge_of(target.folder, spec),
        start=lambda: start_engine(target.folder, shape),
        against="k-10" if asked.size == "ablations" else UNGATED if gate is None else GATED,
        inputs={**about.inputs, **_engine_inputs(asked), "sarsteer": installed_version("sarsteer")},
        curves=about.curves,
    )


def _engine_inputs(asked: Asked) -> dict[str, str]:
    """What was said of the engine, where it was: a record of shorter answers is another."""
    options = asked.engine
    said = dict(options.flags) | ({} if options.max_tokens is None else {"max_tokens": options.max_tokens})
    return {"engine": json.dumps(said, sort_keys=True)} if said else {}


def nothing_to_fit() -> Calibration:
    """What defences are prepared with where none of them is fitted."""
    return Calibration((), (), (), (), "", "", ())


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


def _chosen(names: Sequence[str], listed: Mapping[str, object], kind: str) -> list[str]:
    """The names without repetitions, in the order in which they were given."""
    if unknown := [name for name in names if name not in listed]:
        raise EvaluationError(f"There is no {kind} {unknown[0]!r}; choose from {', '.join(listed)}.")
    return list(dict.fromkeys(names))
