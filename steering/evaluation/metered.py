"""An engine that counts what it is asked, for what a defence costs."""

from collections.abc import Sequence

import torch

from steering.evaluation.engine import Answer, BatchEngine, LinearSteering, Request
from steering.vector_set import VectorSet, VectorSetId


class MeteredEngine:
    """Another engine, and ``requests``: how many it was asked so far, for answers and for states."""

    def __init__(self, engine: BatchEngine) -> None:
        self._engine = engine
        self.requests = 0

    @property
    def num_layers(self) -> int:
        return self._engine.num_layers

    @property
    def hidden_size(self) -> int:
        return self._engine.hidden_size

    async def load(self, steering: VectorSet | LinearSteering) -> None:
        await self._engine.load(steering)

    async def unload(self, id_: VectorSetId) -> None:
        await self._engine.unload(id_)

    async def answers(self, requests: Sequence[Request]) -> list[Answer]:
        self.requests += len(requests)
        return await self._engine.answers(requests)

    async def states(self, requests: Sequence[Request]) -> torch.Tensor:
        self.requests += len(requests)
        return await self._engine.states(requests)
