"""Directions in the residual stream, one per decoder layer, from states at the last prompt token."""

from collections.abc import Sequence

import torch

from steering.evaluation.engine import BatchEngine, Request
from steering.evaluation.item import Item
from steering.operators import mean_difference


async def states_of(engine: BatchEngine, items: Sequence[Item], suffix: str = "") -> torch.Tensor:
    """The unsteered states of the items, each followed by ``suffix``: [items, layers, hidden]."""
    return await engine.states([Request(item, suffix=suffix) for item in items])


def difference(towards: torch.Tensor, away: torch.Tensor) -> torch.Tensor:
    """Per layer, from the mean of ``away`` to that of ``towards``: [layers, hidden] from [items, layers, hidden]."""
    layers = range(towards.shape[1])
    return torch.stack([mean_difference(towards[:, layer], away[:, layer]) for layer in layers])


def stream_norms(states: torch.Tensor) -> torch.Tensor:
    """The mean length of the stream after each layer: [layers] from [items, layers, hidden]."""
    norms: torch.Tensor = states.norm(dim=-1).mean(dim=0)
    return norms


def as_long_as(directions: torch.Tensor, norms: torch.Tensor) -> torch.Tensor:
    """The directions [layers, hidden], each at the length of its layer's stream: alpha is then the relative dose.

    A direction of length 0 stays 0: it steers nothing.
    """
    scaled: torch.Tensor = torch.nn.functional.normalize(directions, dim=-1) * norms[:, None]
    return scaled


def principal(rows: torch.Tensor, towards: torch.Tensor) -> torch.Tensor:
    """The first principal direction of ``rows`` [rows, hidden] as they are centred, on the side of ``towards``."""
    _, _, right = torch.linalg.svd(rows, full_matrices=False)
    leading: torch.Tensor = right[0]
    return leading if float(leading @ towards) >= 0 else -leading
