"""AUROC: what it counts, what leaves it as it is, and its interval."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from steering.evaluation.statistics.auroc import auroc, gate_auroc
from steering.evaluation.statistics.bootstrap import Bootstrap
from tests.steering.evaluation.verdicts import results

Scores = st.lists(st.integers(0, 12), min_size=1, max_size=15)
BOOTSTRAP = Bootstrap(seed=0, draws=300)


def area(positives: list[int], negatives: list[int]) -> float:
    return auroc(positives + negatives, [True] * len(positives) + [False] * len(negatives))


@given(Scores, Scores)
def test_it_is_the_share_of_pairs_in_the_right_order_with_ties_half(positives: list[int], negatives: list[int]) -> None:
    pairs = [(high > low) + (high == low) / 2 for high, low in itertools.product(positives, negatives)]
    assert area(positives, negatives) == pytest.approx(sum(pairs) / len(pairs))


@given(Scores, Scores)
def test_only_the_order_of_scores_matters_and_swapping_the_kinds_mirrors_it(
    positives: list[int], negatives: list[int]
) -> None:
    value = area(positives, negatives)
    assert area([each**3 + 5 for each in positives], [each**3 + 5 for each in negatives]) == pytest.approx(value)
    assert area(negatives, positives) == pytest.approx(1 - value)
    assert area([-each for each in positives], [-each for each in negatives]) == pytest.approx(1 - value)


@given(Scores, Scores, st.data())
def test_a_weight_is_so_many_copies(positives: list[int], negatives: list[int], data: st.DataObject) -> None:
    scores, kinds = positives + negatives, [True] * len(positives) + [False] * len(negatives)
    weights = np.array(data.draw(st.lists(st.integers(1, 3), min_size=len(scores), max_size=len(scores))))
    assert auroc(scores, kinds, weights.astype(float)) == pytest.approx(
        auroc(np.repeat(scores, weights), np.repeat(kinds, weights))
    )


@pytest.mark.parametrize("kinds", [[True, True], [False, False]])
def test_one_kind_alone_has_none(kinds: list[bool]) -> None:
    with pytest.raises(ValueError, match="an AUROC needs both kinds"):
        auroc([0.1, 0.2], kinds)


def test_a_gate_is_judged_by_its_readings() -> None:
    found = gate_auroc(results("RRRR", "AAAA", gates=[0.9, 0.8, 0.7, 0.2, 0.3, 0.1, 0.1, 0.0]), BOOTSTRAP)
    assert found is not None
    assert found.value == pytest.approx(15 / 16)
    assert found.low < found.value <= found.high == 1


def test_clips_of_one_question_count_as_one_when_in_doubt() -> None:
    generator = np.random.default_rng(0)
    gates = [*np.repeat(generator.normal(0.6, 0.2, 20), 3), *np.repeat(generator.normal(0.4, 0.2, 20), 3)]
    widths = [
        found.high - found.low
        for clips in (1, 3)
        if (found := gate_auroc(results("R" * 60, "A" * 60, clips, gates), BOOTSTRAP)) is not None
    ]
    assert widths[1] > 1.3 * widths[0]


def test_no_gate_no_area() -> None:
    assert gate_auroc(results("RA", "A"), BOOTSTRAP) is None
    assert gate_auroc(results("RA", gates=[0.5, 0.6]), BOOTSTRAP) is None
