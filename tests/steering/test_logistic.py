import pytest
import torch

from steering.logistic import fit_logistic


def test_a_logistic_curve_is_half_way_between_balanced_classes() -> None:
    curve = fit_logistic(torch.tensor([[2.0], [4.0]]), torch.tensor([[-2.0], [0.0], [-1.0], [-1.0]]))
    assert float(curve(torch.tensor([[1.0]]))) == pytest.approx(0.5, abs=0.05)
    low, high = curve(torch.tensor([[-2.0], [4.0]])).tolist()
    assert low < 0.1 < 0.9 < high


def test_rare_yes_weigh_as_much_as_many_no() -> None:
    generator = torch.Generator().manual_seed(0)
    rows = torch.randn(60, 3, generator=generator)
    curve = fit_logistic(rows[:4] + torch.tensor([3.0, 0, 0]), rows[4:])
    assert bool((curve(rows[:4] + torch.tensor([3.0, 0, 0])) > 0.5).all())
