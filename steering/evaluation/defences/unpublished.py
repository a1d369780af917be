"""Vector sets that an evaluation makes for itself: never published, named after the defence they belong to."""

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from itertools import product

import torch

from steering.evaluation.defences.tuning import best
from steering.evaluation.engine import BatchEngine, LinearSteering
from steering.vector_set import Positions, StrengthBand, VectorSet, VectorSetId

POSITIONS: tuple[Positions, ...] = ("last-prompt", "last-prompt-and-decoded")


def unpublished(
    name: str, number: int, layers: tuple[int, ...], directions: torch.Tensor, positions: Positions
) -> VectorSet:
    """The set ``name@number.0.0`` that steers ``layers`` along theirs of ``directions`` [all layers, hidden]."""
    id_ = VectorSetId(name, f"{number}.0.0")
    vectors = directions[list(layers)].float().contiguous()
    digest = hashlib.sha256(f"{id_} {layers} {positions}".encode() + vectors.cpu().numpy().tobytes()).hexdigest()
    return VectorSet(id_, digest, layers, vectors, positions, 1.0, StrengthBand(1.0, 1.0))


def in_every_position(name: str, layers: Sequence[tuple[int, ...]], directions: torch.Tensor) -> Iterator[VectorSet]:
    """Sets to choose from: the same directions at each choice of layers, and at each choice of positions."""
    for number, (chosen, positions) in enumerate(product(dict.fromkeys(layers), POSITIONS), start=1):
        yield unpublished(name, number, chosen, directions, positions)


async def best_set(
    engine: BatchEngine,
    sets: Iterator[VectorSet],
    alphas: Sequence[float],
    score: Callable[[VectorSet, float], Awaitable[float]],
) -> tuple[VectorSet, float]:
    """The set and the alpha of the highest score; none is left loaded. No more than one is loaded at a time."""
    scored: dict[tuple[VectorSet, float], float] = {}
    for candidate in sets:
        async with loaded(engine, candidate):
            for alpha in alphas:
                scored[candidate, alpha] = await score(candidate, alpha)

    async def known(choice: tuple[VectorSet, float]) -> float:
        return scored[choice]

    return await best(scored, known)


@asynccontextmanager
async def loaded(engine: BatchEngine, *steering: VectorSet | LinearSteering) -> AsyncIterator[None]:
    """Hold the sets' slots for a while."""
    for each in steering:
        await engine.load(each)
    try:
        yield
    finally:
        for each in steering:
            await engine.unload(each.id)
