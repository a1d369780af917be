"""The gate's fit, on states whose classes are known: far apart, overlapping, or apart in nothing."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from steering.gate import Gate, GateFit, fit_gate, ranking

HIDDEN = 16


def states(count: int, shift: float, seed: int, spread: float = 1.0) -> torch.Tensor:
    """[count, HIDDEN] normal states, moved by ``shift`` along the first axis."""
    drawn = spread * torch.randn(count, HIDDEN, generator=torch.Generator().manual_seed(seed))
    drawn[:, 0] += shift
    return drawn


@pytest.fixture(scope="module")
def apart() -> GateFit:
    return fit_gate(states(400, 8.0, 1), states(400, 0.0, 2), layer=3)


def test_classes_that_lie_apart_are_told_apart_along_what_parts_them(apart: GateFit) -> None:
    assert apart.auroc > 0.999
    assert apart.gate.layer == 3
    assert apart.gate.direction.dtype == torch.float32
    assert float(apart.gate.direction.norm()) == pytest.approx(1, abs=1e-6)
    assert float(apart.gate.direction[0]) > 0.98
    assert 2.0 < apart.gate.bias < 6.0


def test_the_gate_is_nearly_shut_for_safe_requests_and_nearly_open_for_harmful_ones(apart: GateFit) -> None:
    """On the states that it was fitted on, and on others like them."""
    for seed, slack in ((1, 0.005), (11, 0.02)):
        shut = (apart.gate.opening(states(400, 0.0, seed + 1)) <= 0.05).float().mean()
        open_ = (apart.gate.opening(states(400, 8.0, seed)) >= 0.95).float().mean()
        assert shut >= 0.99 - slack
        assert open_ >= 0.95 - slack


@pytest.mark.parametrize("shift", [1.0, 0.0], ids=["overlapping", "the same"])
def test_where_the_classes_overlap_the_gate_still_opens_with_harm(shift: float) -> None:
    fit = fit_gate(states(300, shift, 3), states(300, 0.0, 4), layer=0)
    assert 0 < fit.gate.gain < float("inf")
    along = torch.linspace(-5, 5, 50)[:, None] * fit.gate.direction
    openings = fit.gate.opening(along)
    assert bool((openings.diff() >= 0).all())
    assert openings[0] < 0.01
    assert openings[-1] > 0.99


def test_the_auroc_is_what_the_distance_of_the_classes_gives() -> None:
    """Two normal classes one deviation apart have Phi(1 / sqrt 2) = 0.76; classes that are the same, one half."""
    assert fit_gate(states(900, 1.0, 3), states(900, 0.0, 4), layer=0).auroc == pytest.approx(0.76, abs=0.04)
    assert fit_gate(states(900, 0.0, 5), states(900, 0.0, 6), layer=0).auroc == pytest.approx(0.5, abs=0.05)


def test_requests_of_one_group_are_held_out_together() -> None:
    """What marks a group marks no class: whoever has seen a request of every group answers right, nobody else does."""
    generator = torch.Generator().manual_seed(3)
    centres = 3 * torch.randn(20, 32, generator=generator)
    requests = centres.repeat_interleave(5, dim=0) + 0.1 * torch.randn(100, 32, generator=generator)
    names = tuple(str(index // 5) for index in range(50))
    assert fit_gate(requests[:50], requests[50:], 0).auroc > 0.99
    assert fit_gate(requests[:50], requests[50:], 0, (names, names)).auroc < 0.8


def test_a_small_class_weighs_as_much_as_a_large_one() -> None:
    gate = fit_gate(states(30, 4.0, 1), states(600, 0.0, 2), layer=0).gate
    assert (gate.opening(states(300, 4.0, 11)) > 0.5).float().mean() > 0.85
    assert (gate.opening(states(300, 0.0, 12)) < 0.5).float().mean() > 0.9


@pytest.mark.parametrize("factor", [0.01, 1.0, 300.0])
@pytest.mark.parametrize("offset", [0.0, -7.0])
def test_another_unit_or_origin_of_the_states_gives_the_same_gate(factor: float, offset: float) -> None:
    harmful, safe = states(80, 2.0, 1), states(80, 0.0, 2)
    plain = fit_gate(harmful, safe, layer=0)
    moved = fit_gate((harmful + offset) * factor, (safe + offset) * factor, layer=0)
    assert moved.auroc == pytest.approx(plain.auroc, abs=1e-4)
    for requests in (harmful, safe):
        torch.testing.assert_close(
            moved.gate.opening((requests + offset) * factor), plain.gate.opening(requests), atol=5e-3, rtol=0
        )


def test_the_fit_is_the_same_every_time_and_draws_nothing() -> None:
    harmful, safe = states(60, 1.0, 1), states(60, 0.0, 2)
    before = torch.get_rng_state()
    first, second = fit_gate(harmful, safe, 1), fit_gate(harmful, safe, 1)
    assert torch.equal(torch.get_rng_state(), before)
    assert torch.equal(first.gate.direction, second.gate.direction)
    assert (first.auroc, first.gate.bias, first.gate.gain) == (second.auroc, second.gate.bias, second.gate.gain)


def test_with_groups_the_order_of_the_requests_does_not_matter() -> None:
    harmful, safe = states(60, 1.0, 1), states(60, 0.0, 2)
    names = [f"act {index % 6}" for index in range(60)]
    order = torch.randperm(60, generator=torch.Generator().manual_seed(3))
    mixed = [names[index] for index in order.tolist()]
    one = fit_gate(harmful, safe, 0, (names, names))
    other = fit_gate(harmful[order], safe[order], 0, (mixed, mixed))
    assert other.auroc == pytest.approx(one.auroc, abs=1e-3)
    torch.testing.assert_close(other.gate.direction, one.gate.direction, atol=1e-3, rtol=0)


def test_a_gate_reads_any_batch_of_states_in_any_precision() -> None:
    gate = Gate(0, torch.tensor([0.6, 0.8]), bias=1.0, gain=2.0)
    assert gate.score(torch.tensor([1.0, 0.5])).item() == pytest.approx(1.0)
    assert gate.opening(torch.tensor([1.0, 0.5])).item() == pytest.approx(0.5)
    assert gate.opening(torch.zeros(3, 5, 2, dtype=torch.bfloat16)).shape == (3, 5)
    assert gate.opening(torch.zeros(2)).item() == pytest.approx(1 / (1 + torch.e**2), abs=1e-6)
    assert not gate.reread
    assert fit_gate(states(5, 4.0, 1), states(5, 0.0, 2), 0, reread=True).gate.reread


@pytest.mark.parametrize("bad", [torch.nan, torch.inf, -torch.inf])
def test_states_that_are_not_finite_are_refused(bad: float) -> None:
    safe = states(10, 0.0, 2)
    safe[3, 4] = bad
    with pytest.raises(ValueError, match="not finite"):
        fit_gate(states(10, 4.0, 1), safe, 0)


@pytest.mark.parametrize("harmful", [torch.zeros(10, HIDDEN), states(10, 0.0, 1)], ids=["constant", "equal"])
def test_classes_that_are_the_same_give_no_gate(harmful: torch.Tensor) -> None:
    with pytest.raises(ValueError, match="layer 4 tells harmful from safe"):
        fit_gate(harmful, harmful.clone(), 4)


@pytest.mark.parametrize(
    ("counts", "groups"),
    [
        ((4, 20), None),
        ((20, 4), None),
        ((20, 20), (["a", "b", "c", "d"] * 5, [str(index) for index in range(20)])),
        ((20, 20), ([str(index) for index in range(20)], ["one"] * 20)),
        ((20, 20), ([str(index) for index in range(19)], [str(index) for index in range(20)])),
    ],
    ids=["few harmful", "few safe", "few harmful groups", "one safe group", "a request without a group"],
)
def test_too_few_groups_to_hold_out_are_refused(
    counts: tuple[int, int], groups: tuple[list[str], list[str]] | None
) -> None:
    with pytest.raises(ValueError, match="fitted on 5 folds"):
        fit_gate(states(counts[0], 4.0, 1), states(counts[1], 0.0, 2), 0, groups)


def test_ranking_counts_ties_half() -> None:
    one, two = torch.tensor([1.0]), torch.tensor([2.0])
    assert ranking(two, one) == 1
    assert ranking(one, two) == 0
    assert ranking(one, one) == 0.5
    assert ranking(torch.tensor([1.0, 2.0]), one) == 0.75


scores = st.lists(st.integers(-3, 3), min_size=1, max_size=6).map(lambda values: torch.tensor(values).float())


@given(scores, scores)
def test_ranking_is_the_share_of_pairs_in_order(above: torch.Tensor, below: torch.Tensor) -> None:
    pairs = [(a, b) for a in above.tolist() for b in below.tolist()]
    assert ranking(above, below) == pytest.approx(sum((a > b) + (a == b) / 2 for a, b in pairs) / len(pairs))
    assert ranking(above, below) + ranking(below, above) == pytest.approx(1)
