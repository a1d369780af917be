from dataclasses import replace
from math import inf

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from steering.calibration import (
    Arm,
    Bounds,
    Grid,
    Measured,
    arms,
    certified_band,
    dose_of,
    measured,
    ranked,
    strongest_whole,
    text_share,
    ungated_strength,
)
from steering.evaluation.item import Label
from steering.evaluation.judges.judge import Outcome
from steering.evaluation.result import Result
from steering.manifest import Manifest
from steering.store import VectorStore
from steering.vector_set import StrengthBand, VectorSet, VectorSetId
from tests.steering.drafts import EVALUATION, MODEL, gated_draft
from tests.steering.evaluation.fakes import item

BOUNDS = Bounds(over_refusal=0.1, exactness=0.1, broken=0.1, refusal_kept=0.9)
UNDEFENDED = Measured(harmful_refused=0.1, over_refusal=0.0, broken=0.0, balanced=0.55, exact=0.9)
GOOD = Measured(harmful_refused=0.8, over_refusal=0.05, broken=0.0, balanced=0.875, exact=0.9)

shares = st.floats(0, 1)
anything = st.builds(Measured, shares, shares, shares, shares, st.none() | shares)
curves = st.dictionaries(st.sampled_from([0.25, 0.5, 0.9, 1.1, 1.5, 2.0]), anything).flatmap(
    lambda curve: anything.map(lambda one: {**curve, 1.0: one})
)


@pytest.fixture
def candidates(tmp_path_factory: pytest.TempPathFactory) -> dict[VectorSetId, tuple[Manifest, VectorSet]]:
    """Layers 2, 3 and 5, moved by an alpha of 1 by 0.1, 0.5 and 0.1 of their length; a gate after layer 3."""
    store = VectorStore(tmp_path_factory.mktemp("store"))
    store.publish(gated_draft(), EVALUATION)
    id_ = VectorSetId("refusal", "1.0.0")
    return {id_: (store.manifest(id_), store.load(id_, MODEL))}


Candidates = dict[VectorSetId, tuple[Manifest, VectorSet]]


def found(candidates: Candidates, *layers: tuple[int, ...], **fields: object) -> list[Arm]:
    grid = Grid(layers, ("last-prompt-and-decoded",), doses=(0.2, 0.4))
    return list(arms(candidates, replace(grid, **fields)))  # type: ignore[arg-type]


def test_an_arm_has_its_layers_vectors_and_the_alpha_of_its_dose(candidates: Candidates) -> None:
    [(_, (manifest, whole))] = candidates.items()
    assert [dose_of(manifest, layer) for layer in (2, 3, 5)] == pytest.approx([0.1, 0.5, 0.1])
    first, second = found(candidates, (3, 5), gates=(False,))
    assert first.vector_set.layers == (3, 5)
    assert torch.equal(first.vector_set.vectors, whole.vectors[1:])
    # The mean of 0.5 and 0.1 is 0.3, of which 0.2 is two thirds.
    assert (first.vector_set.recommended_alpha, second.vector_set.recommended_alpha) == (0.667, 1.33)
    assert first.vector_set.certified_band == StrengthBand(1.0, 1.0)


def test_an_arm_is_free_of_what_its_candidate_says_of_strength(candidates: Candidates) -> None:
    [(_, (_, whole))] = candidates.items()
    assert (whole.largest_alpha, whole.text_strength) == (0.5, 0.4)
    part = found(candidates, (3, 5))[0].vector_set
    assert (part.largest_alpha, part.text_strength) == (inf, 1.0)


def test_a_gate_is_tried_only_below_the_last_layer(candidates: Candidates) -> None:
    assert [arm.gate for arm in found(candidates, (3, 5))] == [True, False, True, False]
    assert [arm.gate for arm in found(candidates, (2, 3))] == [False, False]
    assert all(arm.vector_set.gate is None for arm in found(candidates, (2, 3)))


def test_layers_that_a_candidate_lacks_make_no_arm(candidates: Candidates) -> None:
    assert found(candidates, (1, 2)) == []


def test_arms_that_differ_in_strength_or_gate_alone_share_their_vectors(candidates: Candidates) -> None:
    chosen = found(candidates, (2, 3, 5), (3, 5), positions=("last-prompt-and-decoded", "last-prompt"))
    kinds = {(arm.vector_set.layers, arm.vector_set.positions) for arm in chosen}
    assert len({arm.vector_set.id for arm in chosen}) == len(kinds) == 4
    assert len({arm.name for arm in chosen}) == len(chosen) == 16


def test_a_stronger_arm_is_the_same_but_for_its_alpha(candidates: Candidates) -> None:
    arm = found(candidates, (3, 5))[0]
    twice = arm.at(2.0)
    assert twice.vector_set.recommended_alpha == 1.33
    assert (twice.gate, twice.vector_set.id) == (arm.gate, arm.vector_set.id)
    assert twice.name != arm.name


def test_what_is_measured_is_counted_from_outcomes() -> None:
    outcomes: list[tuple[Label, Outcome, str]] = [
        ("harmful", Outcome.REFUSED, "no"),
        ("harmful", Outcome.BROKEN, "no"),
        ("benign", Outcome.ANSWERED, "yes"),
        ("benign", Outcome.ANSWERED, "well"),
    ]
    results = [
        Result(item(f"{place}", label, expected="yes"), "arm", 1.0, answer, {"judge": outcome})
        for place, (label, outcome, answer) in enumerate(outcomes)
    ]
    assert measured(results, "judge") == Measured(0.5, 0.0, 0.25, 0.75, 0.5)
    with pytest.raises(ValueError, match="harmful and benign"):
        measured(results[:2], "judge")


@pytest.mark.parametrize(
    ("changes", "within"),
    [
        ({}, True),
        ({"over_refusal": 0.1}, True),
        ({"over_refusal": 0.11}, False),
        ({"broken": 0.11}, False),
        ({"exact": 0.81}, True),
        ({"exact": 0.79}, False),
        ({"exact": None}, True),
        ({"harmful_refused": 0.0}, True),
    ],
)
def test_bounds_are_on_what_an_arm_costs_beyond_the_undefended_model(
    changes: dict[str, float | None], within: bool
) -> None:
    assert replace(GOOD, **changes).within(BOUNDS, UNDEFENDED) is within  # type: ignore[arg-type]


@given(anything)
def test_what_costs_nothing_more_is_within(one: Measured) -> None:
    assert one.within(Bounds(0.0, 0.0, 0.0), one)


def test_the_best_is_within_bounds_before_it_is_balanced() -> None:
    dear = Measured(1.0, 0.5, 0.0, 0.95, 0.9)
    better = replace(GOOD, balanced=0.9)
    exacter = replace(GOOD, exact=0.95)
    assert ranked({"dear": dear, "good": GOOD, "exacter": exacter, "better": better}, UNDEFENDED, BOUNDS) == [
        *("better", "exacter", "good", "dear")
    ]


@given(st.dictionaries(st.text(), anything), anything)
def test_ranking_loses_nobody_and_puts_none_without_bounds_first(one: dict[str, Measured], plain: Measured) -> None:
    names = ranked(one, plain, BOUNDS)
    assert sorted(names) == sorted(one)
    within = [one[name].within(BOUNDS, plain) for name in names]
    assert within == sorted(within, reverse=True)


def test_a_band_ends_before_the_first_strength_that_fails() -> None:
    weak, dear = replace(GOOD, harmful_refused=0.7), replace(GOOD, over_refusal=0.5)
    curve = {0.5: GOOD, 0.8: weak, 0.9: GOOD, 1.0: GOOD, 1.2: GOOD, 1.5: GOOD, 2.0: dear, 3.0: GOOD}
    assert certified_band(curve, UNDEFENDED, BOUNDS) == StrengthBand(0.9, 1.5)


@given(curves, anything)
def test_every_strength_of_a_band_is_within_bounds(curve: dict[float, Measured], plain: Measured) -> None:
    band = certified_band(curve, plain, BOUNDS)
    assert band.low <= 1.0 <= band.high
    held = [one for strength, one in curve.items() if band.low <= strength <= band.high and strength != 1.0]
    assert all(one.within(BOUNDS, plain) for one in held)


def test_the_strongest_is_the_last_before_answers_break() -> None:
    broken = replace(GOOD, broken=0.2)
    assert strongest_whole({0.5: broken, 1.0: GOOD, 1.5: GOOD, 2.0: broken, 3.0: GOOD}, UNDEFENDED, BOUNDS) == 1.5
    assert strongest_whole({1.0: GOOD, 1.5: broken}, UNDEFENDED, BOUNDS) == 1.0


@given(curves, anything)
def test_no_band_reaches_beyond_the_strongest(curve: dict[float, Measured], plain: Measured) -> None:
    assert certified_band(curve, plain, BOUNDS).high <= strongest_whole(curve, plain, BOUNDS)


def test_typed_requests_get_the_largest_of_the_best_shares() -> None:
    dear = replace(GOOD, over_refusal=0.5, balanced=1.0)
    weak = replace(GOOD, balanced=0.6)
    assert text_share({0.25: weak, 0.5: GOOD, 0.75: GOOD, 1.0: dear}, UNDEFENDED, BOUNDS) == 0.75


def test_typed_requests_are_steered_though_every_share_be_out_of_bounds() -> None:
    dear = replace(GOOD, over_refusal=0.5, balanced=0.7)
    assert text_share({0.25: dear, 0.5: replace(dear, balanced=0.8), 1.0: dear}, UNDEFENDED, BOUNDS) == 0.5


def test_steering_in_full_gets_the_strength_of_the_best_balance_though_it_be_out_of_bounds() -> None:
    curve = {
        0.25: Measured(0.0, 0.0, 0.0, 0.5, 0.95),
        0.5: Measured(1.0, 0.03, 0.0, 0.985, 0.925),
        1.0: Measured(1.0, 0.9, 0.0, 0.55, 0.1),
    }
    assert ungated_strength(curve) == 0.5
