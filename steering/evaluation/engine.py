"""What an evaluation asks of an engine: answers in bulk, the decoder's states, and steering of either sign.

Nothing here is reachable from the server: a negative strength, which steers away from refusal, exists for the
baselines that need one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Protocol

import torch

from steering.evaluation.item import Item
from steering.vector_set import VectorSet, VectorSetId


@dataclass(frozen=True, slots=True)
class SignedDirective:
    """Steer one request by ``vector`` at raw strength ``alpha``, of either sign, with or without its gate."""

    vector: VectorSetId
    alpha: float
    gate: bool = False

    def __post_init__(self) -> None:
        if not isfinite(self.alpha):
            raise ValueError(f"A directive's alpha must be finite, not {self.alpha!r}.")


UNSTEERED = SignedDirective(VectorSetId("none", "0.0.0"), 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Request:
    """How one item is asked. ``system`` None is the model's own; ``suffix`` follows the item's text."""

    item: Item
    directive: SignedDirective = UNSTEERED
    system: str | None = None
    suffix: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """A greedy answer. ``gate`` is the gate's reading of the request (0 to 1) where a gate steered it."""

    text: str
    gate: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class LinearSteering:
    """Steering that depends on the state it meets: h_l <- h_l + alpha * M_l h_l, at a vector set's positions.

    ``matrices`` is float32 [len(layers), hidden, hidden]; ``id`` is how directives name it.
    """

    id: VectorSetId
    layers: tuple[int, ...]
    matrices: torch.Tensor = field(repr=False)


class BatchEngine(Protocol):
    """Answers many requests in one continuous batch. A clip's encoding is kept between calls while there is room."""

    @property
    def num_layers(self) -> int:
        """How many decoder layers the model has."""

    @property
    def hidden_size(self) -> int:
        """The width of its residual stream."""

    async def load(self, steering: VectorSet | LinearSteering) -> None:
        """Make a set available to directives; loading it again does nothing."""

    async def unload(self, id_: VectorSetId) -> None:
        """Free a set's slot."""

    async def answers(self, requests: Sequence[Request]) -> list[Answer]:
        """One answer a request, in their order."""

    async def states(self, requests: Sequence[Request]) -> torch.Tensor:
        """The unsteered stream after each layer at the last prompt token: float32 [requests, layers, hidden]."""
