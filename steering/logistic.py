"""Logistic regression: the straight cut between two clouds of states, for gates and for the baselines' conditions."""

from dataclasses import dataclass

import torch


@dataclass(frozen=True, slots=True, eq=False)
class Logistic:
    """P(yes) = sigmoid(<weights, x> + bias); ``weights`` is float64 [features]."""

    weights: torch.Tensor
    bias: float

    def logits(self, rows: torch.Tensor) -> torch.Tensor:
        """float32 [rows] from [rows, features]."""
        return (rows.double() @ self.weights + self.bias).float()

    def __call__(self, rows: torch.Tensor) -> torch.Tensor:
        return torch.sigmoid(self.logits(rows))


def fit_logistic(yes: torch.Tensor, no: torch.Tensor, penalty: float = 1e-2) -> Logistic:
    """A logistic regression of ``yes`` against ``no``, each [rows, features], both classes weighing the same.

    ``penalty`` is that of the squared weights, in units of the features' mean spread.
    """
    rows = torch.cat([yes, no]).double()
    labels = torch.cat([torch.ones(len(yes)), torch.zeros(len(no))]).double()
    importance = torch.cat([torch.full((len(part),), 0.5 / len(part)) for part in (yes, no)]).double()
    centre, spread = rows.mean(dim=0), rows.std(dim=0).mean().clamp(min=1e-12)
    scaled = (rows - centre) / spread
    found = torch.zeros(rows.shape[1] + 1, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([found], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        logits = scaled @ found[:-1] + found[-1]
        losses = torch.nn.functional.binary_cross_entropy_with_logits(logits, labels, reduction="none")
        value: torch.Tensor = (importance * losses).sum() + penalty * found[:-1].square().sum() / 2
        value.backward()  # type: ignore[no-untyped-call]
        return value

    with torch.enable_grad():
        optimiser.step(loss)  # type: ignore[no-untyped-call]
    weights = found.detach()[:-1] / spread
    return Logistic(weights, float(found.detach()[-1] - weights @ centre))
