from math import inf

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from steering.evaluation.defences.threshold import best_threshold

scores = st.lists(st.integers(-5, 5), min_size=1, max_size=8).map(lambda values: torch.tensor(values).float())


@settings(max_examples=30)
@given(scores, scores)
def test_no_other_threshold_tells_the_classes_apart_better(harmful: torch.Tensor, benign: torch.Tensor) -> None:
    found = best_threshold(harmful, benign)

    def accuracy(cut: float) -> float:
        return float((harmful >= cut).double().mean() + (benign < cut).double().mean()) / 2

    assert found.accuracy == pytest.approx(accuracy(found.value))
    assert found.accuracy >= max(accuracy(cut) for cut in torch.arange(-6, 6, 0.5).tolist())


def test_classes_that_lie_apart_are_cut_in_the_middle() -> None:
    found = best_threshold(torch.tensor([3.0, 5.0]), torch.tensor([0.0, 1.0]))
    assert (found.value, found.accuracy) == (2.0, 1.0)


def test_classes_that_lie_the_wrong_way_round_are_not_told_apart() -> None:
    found = best_threshold(torch.tensor([0.0]), torch.tensor([1.0]))
    assert (found.value, found.accuracy) == (-inf, 0.5)
