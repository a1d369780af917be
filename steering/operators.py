"""The method's arithmetic (SARSteer, arXiv 2510.17633) in pure torch: the oracle of all that steers."""

import torch


def mean_difference(towards: torch.Tensor, away: torch.Tensor) -> torch.Tensor:
    """Return the vector from the mean of ``away`` to the mean of ``towards``: the paper's eq. 4.

    Rows are activations, [queries, hidden]; the result is [hidden]. For paired arms this is the mean of the
    pairwise differences; arms of different lengths are allowed, since the mean needs no pairing. Raises
    ValueError for an empty or non-finite arm, or arms of different hidden sizes.
    """
    _require_rows(towards, "first arm")
    _require_rows(away, "second arm")
    if towards.shape[1] != away.shape[1]:
        raise ValueError(
            f"The arms have hidden sizes {towards.shape[1]} and {away.shape[1]}; take both from one model."
        )
    return towards.mean(dim=0) - away.mean(dim=0)


def safe_space(safe: torch.Tensor, components: int) -> torch.Tensor:
    """Return the ``components`` leading directions of the safe activations, as orthonormal columns.

    ``safe`` is [queries, hidden]; the result is [hidden, components], the first left singular vectors of the
    CENTRED [hidden, queries] matrix. Centring leaves the safe mean itself outside the space. Raises
    ValueError where the centred rows span fewer dimensions than asked for.
    """
    _require_rows(safe, "safe activations")
    queries, hidden = safe.shape
    if components < 0:
        raise ValueError(f"A safe space has zero or more components, not {components}.")
    centred = (safe - safe.mean(dim=0)).T
    left: torch.Tensor
    left, singular, _ = torch.linalg.svd(centred, full_matrices=False)
    # The tolerance of numpy.linalg.matrix_rank, with the uncentred scale: equal rows leave rounding dust.
    floor = torch.finfo(safe.dtype).eps * max(queries, hidden) * torch.linalg.matrix_norm(safe, ord="fro")
    rank = int((singular > floor).sum())
    if components > rank:
        raise ValueError(
            f"{queries} safe queries span {rank} dimensions around their mean, fewer than the {components} "
            "to ablate; give more (and different) safe clips or ablate fewer components."
        )
    return left[:, :components]


def ablate(vector: torch.Tensor, space: torch.Tensor, strength: float = 1.0) -> torch.Tensor:
    """Return v' = v - strength * U U^T v, with U the columns of ``space``. Not normalised, as in the paper.

    ``vector`` is [hidden], ``space`` [hidden, components] with orthonormal columns (from ``safe_space``);
    ``strength`` is the paper's lambda: 1 removes the space whole, 0 keeps it. Raises ValueError for shapes
    that do not fit or values that are not finite.
    """
    _require_finite(vector, "steering vector")
    _require_finite(space, "safe space")
    if vector.ndim != 1 or space.ndim != 2 or space.shape[0] != vector.shape[0]:
        raise ValueError(
            f"A vector of shape {tuple(vector.shape)} cannot be ablated by a space of shape "
            f"{tuple(space.shape)}; they must be [hidden] and [hidden, components]."
        )
    return vector - strength * (space @ (space.T @ vector))


def steer(hidden: torch.Tensor, vector: torch.Tensor, alpha: float) -> torch.Tensor:
    """Return h + alpha * v: the paper's eq. 2 at the positions the caller selected.

    ``hidden`` is [..., hidden] and keeps its dtype; ``vector`` is [hidden]. Raises ValueError where the sizes
    differ. Values are not checked: this runs at every layer of every step.
    """
    if vector.ndim != 1 or hidden.shape[-1:] != vector.shape:
        raise ValueError(
            f"A vector of shape {tuple(vector.shape)} cannot be added to activations of shape "
            f"{tuple(hidden.shape)}; their last dimensions must be equal."
        )
    return hidden + (alpha * vector).to(hidden.dtype)


def relative_dose(vector: torch.Tensor, activation_norm: float, alpha: float) -> float:
    """Return alpha * ||v|| / ||h||: the strength in a unit that can be compared between models and layers."""
    _require_finite(vector, "steering vector")
    if not activation_norm > 0:
        raise ValueError(f"A relative dose needs a positive activation norm, not {activation_norm}.")
    return alpha * float(vector.norm()) / activation_norm


def _require_rows(rows: torch.Tensor, name: str) -> None:
    if rows.ndim != 2 or rows.shape[0] == 0:
        raise ValueError(f"The {name} must be [queries, hidden] with at least one query, not {tuple(rows.shape)}.")
    _require_finite(rows, name)


def _require_finite(values: torch.Tensor, name: str) -> None:
    bad = int((~torch.isfinite(values)).sum())
    if bad:
        raise ValueError(f"The {name} has {bad} values that are not finite (NaN or infinite).")
