"""The gate: how much a request is steered follows from how harmful the model itself finds it.

g = sigmoid(gain * (<h, direction> - bias)), with h the unsteered residual stream after one layer at the last prompt
token. Layers above it steer by alpha * g in the same pass, every layer while decoding. It is fitted as a classifier of
harmful against safe requests, which the paper's steering direction is not meant to be; the form is CAST's
(arXiv 2409.05907) and AdaSteer's, made smooth.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import torch

from steering.logistic import fit_logistic

_PENALTIES = (1e-3, 1e-2, 1e-1, 1.0)
_FOLDS = 5
# The gate is nearly shut at the first quantile of the safe scores and nearly open at that of the harmful ones.
_SAFE_QUANTILE, _HARMFUL_QUANTILE, _NEARLY = 0.99, 0.05, 0.95
_NARROWEST = 0.25


@dataclass(frozen=True, slots=True, eq=False)
class Gate:
    """``direction`` is float32 [hidden], of length 1; ``layer`` the decoder layer after which it reads.

    ``reread``: it also reads every decoded token, and keeps the widest that it stood open: an answer that turns
    harmful midway is steered from there on (as DeRTa refuses at any position, arXiv 2407.09121).
    """

    layer: int
    direction: torch.Tensor
    bias: float
    gain: float
    reread: bool = False

    def score(self, states: torch.Tensor) -> torch.Tensor:
        """<h, direction> of ``states`` [..., hidden], read after ``layer``."""
        return states.float() @ self.direction

    def opening(self, states: torch.Tensor) -> torch.Tensor:
        """g of ``states`` [..., hidden], 0 (shut) to 1 (open)."""
        return torch.sigmoid(self.gain * (self.score(states) - self.bias))


@dataclass(frozen=True, slots=True, eq=False)
class GateFit:
    """A gate and how well its kind separates requests that it was not fitted on: the AUROC over ``_FOLDS`` folds."""

    gate: Gate
    auroc: float


@dataclass(frozen=True, slots=True, eq=False)
class GateStates:
    """The unsteered states of harmful and of safe requests at the last prompt token, [requests, layers, hidden].

    Requests of one group (the same words, the same act) are held out of a fit together.
    """

    harmful: torch.Tensor
    safe: torch.Tensor
    harmful_groups: tuple[str, ...]
    safe_groups: tuple[str, ...]

    def fit(self, layer: int, *, reread: bool = False) -> GateFit:
        """The gate of one layer; ValueError as of ``fit_gate``."""
        groups = (self.harmful_groups, self.safe_groups)
        return fit_gate(self.harmful[:, layer], self.safe[:, layer], layer, groups, reread)

    def best(self, layers: Sequence[int], *, reread: bool = False) -> GateFit:
        """The gate that best separates what it was not fitted on, the lowest layer among equals."""
        return max((self.fit(layer, reread=reread) for layer in sorted(layers)), key=lambda fit: round(fit.auroc, 4))


def fit_gate(
    harmful: torch.Tensor,
    safe: torch.Tensor,
    layer: int,
    groups: tuple[Sequence[str], Sequence[str]] | None = None,
    reread: bool = False,
) -> GateFit:
    """Fit the gate of ``layer`` to its states of harmful and of safe requests, each [requests, hidden].

    The direction is that of a logistic regression, its penalty chosen on held-out folds; bias and gain come from the
    held-out scores. Requests of one group (``groups`` names those of each class: the act, the question) are held out
    together. Raise ValueError for fewer than ``_FOLDS`` groups of a class, and for states that are not finite or have
    one mean in both classes.
    """
    states = torch.cat([harmful, safe]).double()
    if not bool(torch.isfinite(states).all()):
        raise ValueError("The gate's states hold values that are not finite (NaN or infinite).")
    if torch.equal(harmful.double().mean(dim=0), safe.double().mean(dim=0)):
        raise ValueError(
            f"Nothing after layer {layer} tells harmful from safe: both classes have one mean state there."
        )
    yes = torch.arange(len(states)) < len(harmful)
    harmful_groups, safe_groups = groups or (None, None)
    folds = torch.cat([_folds(len(harmful), harmful_groups), _folds(len(safe), safe_groups)])
    best: tuple[float, float, torch.Tensor] | None = None
    for penalty in _PENALTIES:
        scores = torch.zeros(len(states)).double()
        for fold in range(_FOLDS):
            held = folds == fold
            curve = fit_logistic(states[~held & yes], states[~held & ~yes], penalty)
            scores[held] = (states[held] @ curve.weights + curve.bias) / curve.weights.norm()
        auroc = ranking(scores[yes], scores[~yes])
        if best is None or auroc > best[0]:
            best = auroc, penalty, scores
    assert best is not None
    auroc, penalty, scores = best
    curve = fit_logistic(states[yes], states[~yes], penalty)
    length = curve.weights.norm()
    bias, gain = _saturating(scores[yes], scores[~yes])
    gate = Gate(layer, (curve.weights / length).float(), bias - float(curve.bias / length), gain, reread)
    return GateFit(gate, auroc)


def ranking(above: torch.Tensor, below: torch.Tensor) -> float:
    """The AUROC: how often a score of ``above`` exceeds one of ``below``, ties counted half."""
    difference = above.double()[:, None] - below.double()[None, :]
    return float(((difference > 0).double() + 0.5 * (difference == 0).double()).mean())


def _folds(count: int, names: Sequence[str] | None) -> torch.Tensor:
    """Which fold each request is held out in, without a draw: groups in alphabetical order take turns."""
    names = [str(index) for index in range(count)] if names is None else names
    order = {name: place % _FOLDS for place, name in enumerate(sorted(set(names)))}
    if len(names) != count or len(order) < _FOLDS:
        raise ValueError(
            f"A gate is fitted on {_FOLDS} folds; {len(order)} groups of {count} requests are too few, give more."
        )
    return torch.tensor([order[name] for name in names])


def _saturating(harmful: torch.Tensor, safe: torch.Tensor) -> tuple[float, float]:
    """Bias and gain: nearly shut for all but a hundredth of the safe scores, nearly open for most harmful ones."""
    shut, open_ = float(safe.quantile(_SAFE_QUANTILE)), float(harmful.quantile(_HARMFUL_QUANTILE))
    # Where the classes overlap the gate is a steep step between them, never one that falls.
    narrowest = _NARROWEST * float(torch.cat([harmful, safe]).std())
    return (shut + open_) / 2, 2 * log(_NEARLY / (1 - _NEARLY)) / max(open_ - shut, narrowest)
