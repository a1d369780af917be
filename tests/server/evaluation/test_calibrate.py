from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest

from server.evaluation.calibrate import CalibrationError, Calibrator, Outcome, Plan, draft_of
from steering.calibration import Bounds, Grid
from steering.evaluation.engine import Answer, LinearSteering, Request
from steering.evaluation.item import Item
from steering.evaluation.judges.judge import Outcome as Judged
from steering.evaluation.record import Run
from steering.store import VectorStore
from steering.vector_set import StrengthBand, VectorSet, VectorSetId
from tests.steering.drafts import EVALUATION, GATE, MODEL, gated_draft
from tests.steering.evaluation import fakes

CANDIDATE = VectorSetId("refusal", "1.0.0")
RUN = Run("calibrate", MODEL.fingerprint, {str(CANDIDATE): "ab"}, {"set": "cd"}, 0)
GOOD = (3, 5)
GRID = Grid(((2, 5), GOOD), ("last-prompt-and-decoded",))
# Layers 3 and 5 are moved by 0.3 of their length on average, so that the doses are alphas of 0.333, 0.5, 0.733 ...
# The arm of .733 wins; at 1 to 2 times that it does equally well, and the middle, 1.2 times, is recommended.
BEST = 0.88


@dataclass
class Engine(fakes.Engine):
    """Refuses what is harmful from ``refuses_at`` on, steered at layers 3 and 5; from ``over_at`` on the benign too,
    unless a gate is asked; from ``breaks_at`` on it breaks. Typed requests are refused at half of that strength."""

    refuses_at: float = 0.7
    over_at: float = 1.4
    breaks_at: float = 2.0
    asked: int = 0
    sets: dict[VectorSetId, VectorSet] = field(default_factory=dict)

    async def load(self, steering: VectorSet | LinearSteering) -> None:
        assert isinstance(steering, VectorSet)
        self.sets[steering.id] = steering

    async def answers(self, requests: Sequence[Request]) -> list[Answer]:
        self.asked += len(requests)
        return [Answer(self._answer(request)) for request in requests]

    def _answer(self, request: Request) -> str:
        directive, item = request.directive, request.item
        steered = self.sets.get(directive.vector)
        alpha = directive.alpha if steered is not None and steered.layers == GOOD else 0.0
        alpha *= 1 if item.samples is not None else 2
        if alpha >= self.breaks_at:
            return "broken"
        refused = alpha >= (self.refuses_at if item.harmful else self.over_at)
        return "refused" if refused and (item.harmful or not directive.gate) else "answered"


class Judge(fakes.Judge):
    async def judge(self, items: Sequence[Item], answers: Sequence[str]) -> list[Judged]:
        return [Judged(answer) for answer in answers]


def items() -> list[Item]:
    sound = np.zeros(160, np.float32)
    spoken = [replace(each, samples=sound) for each in fakes.items("voice", 8)]
    typed = [replace(each, id=f"typed-{each.id}") for each in fakes.items("typed", 8)]
    return [*spoken, *typed]


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    store = VectorStore(tmp_path / "store")
    store.publish(gated_draft(), EVALUATION)
    candidates = {CANDIDATE: (store.manifest(CANDIDATE), store.load(CANDIDATE, MODEL))}
    return Plan(candidates, GRID, items(), Judge(), RUN, Bounds(), sweep=2, finalists=4)


async def outcome(plan: Plan, engine: Engine, folder: Path) -> Outcome:
    return await Calibrator(plan, engine, folder, fakes.unseen).outcome()


async def test_the_arm_that_refuses_what_is_harmful_and_nothing_else_is_found(plan: Plan, tmp_path: Path) -> None:
    found = await outcome(plan, Engine(), tmp_path)
    assert found.arm.vector_set.layers == GOOD
    assert found.arm.vector_set.recommended_alpha == BEST
    assert found.arm.gate
    assert found.band == StrengthBand(0.84, 1.66)
    # Layer 3, the one that is moved most, by half of its length at an alpha of 1, up to 2 / 1.2 of the alpha.
    assert found.largest_dose == pytest.approx(2 / 1.2 * 0.5 * BEST, rel=1e-3)
    # Typed requests break at the whole of it times 3, and are all refused from half of it on.
    assert found.text == 1.0
    assert set(found.card["curves"]) == {"gated", "ungated"}
    assert found.card["requests"] == {"spoken": 8, "typed": 8}
    assert len(found.card["sweep"]) == 2 * 6 * 2


async def test_typed_requests_get_less_where_the_whole_is_too_much(plan: Plan, tmp_path: Path) -> None:
    assert (await outcome(plan, Engine(breaks_at=1.2), tmp_path)).text == 0.5


async def test_a_calibration_goes_on_from_its_records_and_asks_nothing_twice(plan: Plan, tmp_path: Path) -> None:
    first, again = Engine(), Engine()
    before = await outcome(plan, first, tmp_path)
    after = await outcome(plan, again, tmp_path)
    assert first.asked > 0
    assert again.asked == 0
    assert after.card == before.card
    assert after.arm.name == before.arm.name


async def test_nothing_within_bounds_is_refused_with_what_it_would_cost(plan: Plan, tmp_path: Path) -> None:
    ungated = replace(plan, grid=replace(GRID, layers=(GOOD,), doses=(0.3, 0.5), gates=(False,)))
    with pytest.raises(CalibrationError, match=r"refuses 100\.0% of benign requests, .* beyond the bounds"):
        await outcome(ungated, Engine(over_at=0.001), tmp_path)
    loose = replace(ungated, bounds=Bounds(over_refusal=1.0, gain=-1.0))
    assert (await outcome(loose, Engine(over_at=0.001), tmp_path / "loose")).arm.vector_set.layers == GOOD


async def test_what_refuses_no_better_than_no_defence_is_not_recommended(plan: Plan, tmp_path: Path) -> None:
    with pytest.raises(CalibrationError, match=r"gains 0\.0000 in balanced refusal"):
        await outcome(plan, Engine(refuses_at=99.0, over_at=99.0, breaks_at=99.0), tmp_path)


@pytest.mark.parametrize("grid", [replace(GRID, layers=((0, 1),)), replace(GRID, positions=())])
async def test_a_grid_without_an_arm_is_refused(plan: Plan, tmp_path: Path, grid: Grid) -> None:
    with pytest.raises(CalibrationError, match="no arm"):
        await outcome(replace(plan, grid=grid), Engine(), tmp_path)


async def test_a_set_without_spoken_requests_is_refused(plan: Plan, tmp_path: Path) -> None:
    typed = [each for each in plan.items if each.samples is None]
    with pytest.raises(CalibrationError, match="no spoken request"):
        await outcome(replace(plan, items=typed), Engine(), tmp_path)


async def test_the_draft_is_the_winner_with_its_own_layers_statistics(plan: Plan, tmp_path: Path) -> None:
    found = await outcome(plan, Engine(), tmp_path)
    store = VectorStore(tmp_path / "store")
    id_ = VectorSetId("refusal", "2.0.0")
    store.publish(draft_of(found, plan, id_), found.card)
    manifest, published = store.manifest(id_), store.load(id_, MODEL)
    assert manifest.provenance.statistics == {"norm": (2.0, 3.0), "stream_norm": (4.0, 30.0)}
    assert (manifest.layers, manifest.recommended_alpha, manifest.gate) == (GOOD, BEST, GATE)
    assert manifest.dose_cap == pytest.approx(2 / 1.2 * 0.5 * BEST, rel=1e-3)
    assert published.largest_alpha == pytest.approx(2 / 1.2 * BEST, rel=1e-3)
    assert published.ungated_strength == pytest.approx(found.ungated, rel=1e-2)
    assert published.text_strength == found.text
    [(_, whole)] = plan.candidates.values()
    assert published.vectors.tolist() == whole.vectors[1:].tolist()


async def test_a_draft_has_a_gate_only_if_the_winner_is_gated(plan: Plan, tmp_path: Path) -> None:
    ungated = replace(plan, grid=replace(GRID, gates=(False,)))
    found = await outcome(ungated, Engine(), tmp_path)
    draft = draft_of(found, ungated, VectorSetId("refusal", "2.0.0"), dose_cap=False)
    assert set(found.card["curves"]) == {"ungated"}
    assert (draft.gate, draft.gate_direction, draft.dose_cap) == (None, None, None)
