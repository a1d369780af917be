"""The operators, by their properties and against an oracle in numpy written from the paper's equations."""

import numpy as np
import numpy.typing as npt
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from steering.operators import ablate, mean_difference, relative_dose, safe_space, steer

Array = npt.NDArray[np.float64]

unhurried = settings(deadline=None)
"""The first linear algebra of a process takes longer than any deadline that would mean something later."""


def oracle_refusal_vector(with_prompt: Array, without: Array) -> Array:
    """Eq. 4, one query at a time: v = 1/N sum_i [h(a_i, t+p) - h(a_i, t)]."""
    total = np.zeros(with_prompt.shape[1])
    for refused, plain in zip(with_prompt, without, strict=True):
        total += refused - plain
    return total / len(with_prompt)


def oracle_safe_projector(safe: Array, components: int) -> Array:
    """U U^T by another road than the SVD: the leading eigenvectors of the covariance."""
    centred = safe - safe.mean(axis=0)
    _, vectors = np.linalg.eigh(centred.T @ centred)
    leading = vectors[:, ::-1][:, :components]
    return np.asarray(leading @ leading.T, dtype=np.float64)


@st.composite
def activations(draw: st.DrawFn, *, arms: int) -> list[Array]:
    """``arms`` random matrices [queries, hidden] of one shape, around a mean that is far from zero."""
    queries, hidden = draw(st.integers(4, 12)), draw(st.integers(5, 24))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return [random.normal(size=(queries, hidden)) + 5 * random.normal(size=hidden) for _ in range(arms)]


@unhurried
@given(activations(arms=2))
def test_mean_difference_is_equation_4(arms: list[Array]) -> None:
    vector = mean_difference(torch.from_numpy(arms[0]), torch.from_numpy(arms[1]))
    np.testing.assert_allclose(vector.numpy(), oracle_refusal_vector(*arms), atol=1e-10)


@unhurried
@given(activations(arms=2))
def test_mean_difference_changes_sign_with_the_arms(arms: list[Array]) -> None:
    first, second = (torch.from_numpy(arm) for arm in arms)
    torch.testing.assert_close(mean_difference(first, second), -mean_difference(second, first))


def test_mean_difference_takes_arms_of_different_lengths() -> None:
    vector = mean_difference(torch.full((3, 4), 2.0), torch.full((7, 4), 0.5))
    torch.testing.assert_close(vector, torch.full((4,), 1.5))


@unhurried
@given(activations(arms=1), st.integers(1, 3))
def test_safe_space_is_orthonormal(arms: list[Array], components: int) -> None:
    space = safe_space(torch.from_numpy(arms[0]), components)
    identity = torch.eye(components, dtype=torch.float64)
    torch.testing.assert_close(space.T @ space, identity, atol=1e-10, rtol=0)


@unhurried
@given(activations(arms=1), st.integers(1, 3))
def test_safe_space_is_the_leading_eigenspace_of_the_covariance(arms: list[Array], components: int) -> None:
    space = safe_space(torch.from_numpy(arms[0]), components).numpy()
    np.testing.assert_allclose(space @ space.T, oracle_safe_projector(arms[0], components), atol=1e-5)


@unhurried
@given(activations(arms=2), st.integers(1, 3))
def test_an_ablated_vector_has_no_part_in_the_safe_space(arms: list[Array], components: int) -> None:
    space, vector = safe_space(torch.from_numpy(arms[0]), components), torch.from_numpy(arms[1][0])
    torch.testing.assert_close(
        space.T @ ablate(vector, space), torch.zeros(components, dtype=torch.float64), atol=1e-9, rtol=0
    )


@unhurried
@given(activations(arms=2), st.integers(1, 3), st.floats(0, 1))
def test_ablation_shortens_and_never_bends_what_lies_outside(
    arms: list[Array], components: int, strength: float
) -> None:
    space, vector = safe_space(torch.from_numpy(arms[0]), components), torch.from_numpy(arms[1][0])
    ablated = ablate(vector, space, strength)
    assert ablated.norm() <= vector.norm() + 1e-9
    torch.testing.assert_close(ablate(ablated, space), ablate(vector, space), atol=1e-9, rtol=0)


@unhurried
@given(activations(arms=3), st.integers(1, 3))
def test_the_whole_extraction_agrees_with_the_oracle(arms: list[Array], components: int) -> None:
    harmful_prompted, harmful, safe = arms
    vector = oracle_refusal_vector(harmful_prompted, harmful)
    expected = vector - oracle_safe_projector(safe, components) @ vector
    ours = ablate(
        mean_difference(torch.from_numpy(harmful_prompted), torch.from_numpy(harmful)),
        safe_space(torch.from_numpy(safe), components),
    )
    np.testing.assert_allclose(ours.numpy(), expected, atol=1e-4)


def test_the_safe_mean_is_not_ablated() -> None:
    safe = torch.zeros(6, 8, dtype=torch.float64)
    safe[:, 0] = 100.0
    safe[:, 1] = torch.arange(6)
    mean_direction = torch.eye(8, dtype=torch.float64)[0]
    torch.testing.assert_close(ablate(mean_direction, safe_space(safe, 1)), mean_direction)


def test_no_components_ablate_nothing() -> None:
    vector = torch.arange(5, dtype=torch.float32)
    torch.testing.assert_close(ablate(vector, safe_space(torch.randn(4, 5), 0)), vector)


def test_steering_adds_alpha_times_the_vector_to_every_row() -> None:
    hidden, vector = torch.ones(2, 3, 4), torch.tensor([1.0, 2.0, 3.0, 4.0])
    torch.testing.assert_close(steer(hidden, vector, 0.5)[1, 2], torch.tensor([1.5, 2.0, 2.5, 3.0]))


def test_steering_by_zero_is_the_identity() -> None:
    hidden = torch.randn(3, 4)
    assert torch.equal(steer(hidden, torch.randn(4), 0.0), hidden)


def test_steering_keeps_the_dtype_of_the_activations() -> None:
    assert steer(torch.ones(2, 4, dtype=torch.bfloat16), torch.ones(4), 0.1).dtype == torch.bfloat16


def test_relative_dose_is_alpha_times_the_ratio_of_norms() -> None:
    assert relative_dose(torch.tensor([3.0, 4.0]), activation_norm=10.0, alpha=0.2) == pytest.approx(0.1)


def test_arms_of_different_hidden_sizes_are_refused() -> None:
    with pytest.raises(ValueError, match="hidden sizes 4 and 5"):
        mean_difference(torch.ones(2, 4), torch.ones(2, 5))


@pytest.mark.parametrize("rows", [torch.ones(4), torch.ones(0, 4)])
def test_rows_must_be_a_matrix_with_a_row(rows: torch.Tensor) -> None:
    with pytest.raises(ValueError, match="at least one query"):
        mean_difference(rows, torch.ones(2, 4))


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_values_that_are_not_finite_are_counted_and_refused(bad: float) -> None:
    rows, vector = torch.ones(3, 4), torch.ones(4)
    rows[1, 2] = vector[0] = bad
    with pytest.raises(ValueError, match="has 1 values that are not finite"):
        mean_difference(rows, torch.ones(3, 4))
    with pytest.raises(ValueError, match="has 1 values that are not finite"):
        safe_space(rows, 1)
    with pytest.raises(ValueError, match="has 1 values that are not finite"):
        ablate(vector, torch.eye(4)[:, :1])
    with pytest.raises(ValueError, match="has 1 values that are not finite"):
        relative_dose(vector, 1.0, 0.1)


def test_a_space_larger_than_the_safe_queries_span_is_refused() -> None:
    with pytest.raises(ValueError, match=r"4 safe queries span 3 dimensions .* fewer than the 10"):
        safe_space(torch.randn(4, 16), 10)


def test_equal_safe_queries_span_nothing() -> None:
    with pytest.raises(ValueError, match="span 0 dimensions"):
        safe_space(torch.full((5, 8), 0.1), 1)


def test_a_negative_number_of_components_is_refused() -> None:
    with pytest.raises(ValueError, match="not -1"):
        safe_space(torch.randn(4, 5), -1)


@pytest.mark.parametrize("space", [torch.ones(4), torch.ones(5, 2)])
def test_a_space_that_does_not_fit_the_vector_is_refused(space: torch.Tensor) -> None:
    with pytest.raises(ValueError, match=r"\[hidden\] and \[hidden, components\]"):
        ablate(torch.ones(4), space)


@pytest.mark.parametrize("vector", [torch.ones(1), torch.ones(2, 4)])
def test_a_vector_that_does_not_fit_the_activations_is_refused(vector: torch.Tensor) -> None:
    with pytest.raises(ValueError, match="last dimensions must be equal"):
        steer(torch.ones(2, 4), vector, 0.1)


@pytest.mark.parametrize("norm", [0.0, -1.0, float("nan")])
def test_a_dose_needs_a_positive_activation_norm(norm: float) -> None:
    with pytest.raises(ValueError, match="positive activation norm"):
        relative_dose(torch.ones(2), norm, 0.1)
