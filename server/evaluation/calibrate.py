"""What ``sarsteer calibrate`` runs: three stages over a development set, each with a record to go on from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from server.evaluation.catalogue import nothing_to_fit
from server.evaluation.defences import UNDEFENDED
from steering.calibration import (
    STRENGTHS,
    TEXT_SHARES,
    Arm,
    Bounds,
    Grid,
    Measured,
    arms,
    best_strength,
    certified_band,
    dose_of,
    measured,
    ranked,
    strongest_whole,
    text_share,
    ungated_strength,
)
from steering.evaluation.defences.defence import Defence
from steering.evaluation.defences.prompts import undefended as without_defence
from steering.evaluation.defences.steered import Steered
from steering.evaluation.engine import BatchEngine
from steering.evaluation.item import Item
from steering.evaluation.judges.judge import Judge
from steering.evaluation.record import Record, Run
from steering.evaluation.sets import draw
from steering.evaluation.suite import Made, Progress, Suite, run
from steering.manifest import GateRecord, Manifest
from steering.publication import Draft
from steering.vector_set import StrengthBand, VectorSet, VectorSetId

SPOKEN, TYPED = "spoken", "typed"


class CalibrationError(Exception):
    """A calibration that cannot be run, or that found nothing to recommend; the message says what to give."""


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """What is calibrated on what. ``candidates`` are published versions; ``sweep`` requests of each label and condition
    are asked of every arm, ``finalists`` arms are tried on all."""

    candidates: Mapping[VectorSetId, tuple[Manifest, VectorSet]]
    grid: Grid
    items: Sequence[Item]
    judge: Judge
    run: Run
    bounds: Bounds = field(default_factory=Bounds)
    sweep: int = 20
    finalists: int = 8


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What is recommended, and the card that says why."""

    arm: Arm
    band: StrengthBand
    largest_dose: float
    text: float
    ungated: float
    card: dict[str, Any]


class Calibrator:
    """Runs the stages of a plan on one engine; records lie in ``folder``, one a stage."""

    def __init__(self, plan: Plan, engine: BatchEngine, folder: Path, progress: Progress) -> None:
        self._plan = plan
        self._engine = engine
        self._folder = folder
        self._progress = progress
        self._spoken = [replace(item, condition=SPOKEN) for item in plan.items if item.samples is not None]
        self._typed = [replace(item, condition=TYPED) for item in plan.items if item.samples is None]

    async def outcome(self) -> Outcome:
        """Sweep, try the finalists, vary the winner. Raise CalibrationError if no arm stays within the bounds."""
        plan, bounds = self._plan, self._plan.bounds
        every = {arm.name: arm for arm in arms(plan.candidates, plan.grid)}
        if not every or not self._spoken:
            raise CalibrationError("There is no arm or no spoken request to calibrate on; give layers and a set.")
        few = draw(plan.items, plan.sweep, plan.run.seed)
        chosen = {item.id for item in few}
        swept = await self._tried("sweep", every.values(), [item for item in self._spoken if item.id in chosen])
        best = ranked(swept, swept.pop(UNDEFENDED), bounds)[: plan.finalists]
        final = await self._tried("final", [every[name] for name in best], self._spoken)
        undefended = final.pop(UNDEFENDED)
        winner = every[ranked(final, undefended, bounds)[0]]
        curves = {
            gate: await self._curve(replace(winner, gate=gate)) for gate in {winner.gate, False}
        }  # The paper's mode always gets its curve.
        # The grid of doses is coarse: the alpha is set anew from the curve.
        factor = best_strength(curves[winner.gate], undefended, bounds)
        winner = winner.at(factor)
        curve = {round(strength / factor, 4): one for strength, one in curves[winner.gate].items()}
        if not curve[1.0].within(bounds, undefended):
            raise CalibrationError(
                f"The best arm, {winner.name}, refuses {curve[1.0].over_refusal:.1%} of benign requests, answers "
                f"{_share(curve[1.0].exact)} exactly and breaks {curve[1.0].broken:.1%}, and the undefended model has "
                f"{undefended.over_refusal:.1%}, {_share(undefended.exact)} and {undefended.broken:.1%}: that is "
                "beyond the bounds. Extract other vectors, or allow more with --over-refusal and --exactness."
            )
        gained = curve[1.0].balanced - undefended.balanced
        if gained < bounds.gain:
            raise CalibrationError(
                f"The best arm, {winner.name}, gains {gained:.4f} in balanced refusal over the undefended model, less "
                f"than {bounds.gain:g}; extract other vectors, try other layers, or ask for less."
            )
        typed = await self._shares(winner)
        plain = typed.pop(0.0, None)
        manifest = plan.candidates[winner.candidate][0]
        dose = max(dose_of(manifest, layer) for layer in winner.vector_set.layers) * winner.vector_set.recommended_alpha
        strongest = strongest_whole(curve, undefended, bounds)
        return Outcome(
            winner,
            certified_band(curve, undefended, bounds),
            strongest * dose,
            1.0 if plain is None else text_share(typed, plain, bounds),
            ungated_strength(curves[False]) / factor if winner.gate else 1.0,
            {
                "split": "development",
                "requests": {SPOKEN: len(self._spoken), TYPED: len(self._typed)},
                "arm": winner.name,
                "bounds": asdict(bounds),
                "undefended": {SPOKEN: asdict(undefended), TYPED: None if plain is None else asdict(plain)},
                "curves": {
                    "gated" if gate else "ungated": [
                        {"strength": round(strength / factor, 4), **asdict(one)} for strength, one in points.items()
                    ]
                    for gate, points in curves.items()
                },
                "text_shares": [{"share": share, **asdict(one)} for share, one in typed.items()],
                "finalists": [{"arm": name, **asdict(one)} for name, one in final.items()],
                "sweep": [{"arm": name, **asdict(one)} for name, one in swept.items()],
            },
        )

    async def _curve(self, arm: Arm) -> dict[float, Measured]:
        scaled = {strength: arm.at(strength) for strength in STRENGTHS}
        found = await self._tried("curve", scaled.values(), self._spoken)
        return {strength: found[one.name] for strength, one in scaled.items()}

    async def _shares(self, arm: Arm) -> dict[float, Measured]:
        """By share of the alpha (0: undefended), what typed requests come to; empty without any."""
        if not self._typed:
            return {}
        shared = {share: arm.at(share) for share in TEXT_SHARES}
        found = await self._tried("typed", shared.values(), self._typed)
        return {0.0: found[UNDEFENDED]} | {share: found[one.name] for share, one in shared.items()}

    async def _tried(self, stage: str, tried: Iterable[Arm], items: Sequence[Item]) -> dict[str, Measured]:
        """What each arm, and no defence, come to on ``items``."""
        defences: list[Defence] = [
            without_defence(),
            *(Steered(arm.name, "", arm.vector_set, gate=arm.gate) for arm in tried),
        ]
        made = Made(items)
        suite = Suite(
            f"calibrate {stage}", {items[0].condition: lambda: made}, defences, [self._plan.judge], nothing_to_fit
        )
        with Record.open(self._folder / f"{stage}.jsonl", replace(self._plan.run, suite=suite.name)) as record:
            await run(suite, self._engine, record, self._progress)
            results = suite.results(record)
        return {
            defence.name: measured(
                [result for result in results if result.defence == defence.name], self._plan.judge.name
            )
            for defence in defences
        }


def _share(value: float | None) -> str:
    return "an unknown share" if value is None else f"{value:.1%}"


def draft_of(outcome: Outcome, plan: Plan, id_: VectorSetId, dose_cap: bool = True) -> Draft:
    """The version to publish: the winner's candidate with its layers, positions and strength."""
    arm = outcome.arm
    manifest, _ = plan.candidates[arm.candidate]
    chosen = arm.vector_set
    places = [manifest.layers.index(layer) for layer in chosen.layers]
    statistics = {
        key: tuple(values[place] for place in places) for key, values in manifest.provenance.statistics.items()
    }
    gate: GateRecord | None = manifest.gate if arm.gate else None
    return Draft(
        id=id_,
        created=datetime.now(UTC),
        model=manifest.model,
        layers=chosen.layers,
        vectors=chosen.vectors,
        positions=chosen.positions,
        provenance=manifest.provenance.model_copy(update={"statistics": statistics}),
        recommended_alpha=chosen.recommended_alpha,
        certified_band=outcome.band,
        gate=gate,
        gate_direction=chosen.gate.direction if gate is not None and chosen.gate is not None else None,
        dose_cap=float(f"{outcome.largest_dose:.4g}") if dose_cap else None,
        text_strength=outcome.text,
        ungated_strength=float(f"{outcome.ungated:.3g}"),
    )
