"""Answers per second of an evaluation through the batched engine, over the plain loop over transformers.

    python -m tests.performance.evaluation_speed --json FILE

Both hear the same clips of the development fold under the same six defences, in float32, as a suite asks: a defence
answers a part of the clips before the next one does. Rounds alternate between the two, never at once, and every part
is new to both. The engine encodes a clip once for all defences, the loop every time: that is a part of what an
evaluation gains, next to the batch, and the gain grows with the defences.
"""

import argparse
import asyncio
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from os import cpu_count
from pathlib import Path

import torch

from reference.answers import CHECKPOINT, LONGEST_ANSWER
from reference.conditions.suite import Extent, suite
from reference.corpus import REFUSAL_SUFFIXES, SAFETY_SYSTEM_PROMPTS
from steering.evaluation.engine import BatchEngine, Request, SignedDirective
from steering.evaluation.item import Item
from steering.evaluation.transformers_engine import TransformersEngine
from steering.fingerprint import bind_model
from steering.store import SHIPPED_ROOT, VectorStore
from steering.vector_set import VectorSet
from steering.vllm.evaluation import EngineShape, VllmBatchEngine
from tests.performance.interleaved import Spread, interleave, machine, write

WARM_UP = 4
"""Clips of the pair that is not counted."""


@dataclass(frozen=True, slots=True)
class Lap:
    """What one engine made of one part of the clips."""

    answers: tuple[str, ...]
    seconds: float

    @property
    def speed(self) -> float:
        """Clips times defences a second."""
        return len(self.answers) / self.seconds


class Contestant:
    """An engine that takes the parts of the clips one after the other, each under every defence."""

    def __init__(
        self, runner: asyncio.Runner, engine: BatchEngine, parts: Sequence[Sequence[Item]], vectors: VectorSet
    ) -> None:
        runner.run(engine.load(vectors))
        self._runner = runner
        self._engine = engine
        self._vectors = vectors
        self._parts = iter(parts)

    def lap(self) -> Lap:
        part = next(self._parts)
        begun = time.perf_counter()
        answers = self._runner.run(self._answer(part))
        return Lap(answers, time.perf_counter() - begun)

    async def _answer(self, part: Sequence[Item]) -> tuple[str, ...]:
        given = [await self._engine.answers(requests) for requests in defended(part, self._vectors)]
        return tuple(answer.text for answers in given for answer in answers)


def defended(items: Sequence[Item], vectors: VectorSet) -> list[list[Request]]:
    """The items' requests under each defence: none, the two that prompt, and the set at three certified strengths."""
    band = vectors.certified_band
    alphas = [strength * vectors.recommended_alpha for strength in (band.low, 1.0, band.high)]
    return [
        [Request(item) for item in items],
        [Request(item, system=SAFETY_SYSTEM_PROMPTS[0]) for item in items],
        [Request(item, suffix=REFUSAL_SUFFIXES[0]) for item in items],
        *([Request(item, SignedDirective(vectors.id, alpha)) for item in items] for alpha in alphas),
    ]


def parts_of(clips: int, rounds: int) -> list[tuple[Item, ...]]:
    """The warm-up's part and one for each round, no clip twice; harmful and benign ones in turn."""
    wanted = WARM_UP + clips
    items = suite(["clean"], Extent("dev", clean=wanted)).items
    halves = [[item for item in items if item.harmful is harmful] for harmful in (True, False)]
    mixed = [item for pair in zip(*halves, strict=False) for item in pair]
    if len(mixed) < wanted:
        raise SystemExit(f"The development fold gives {len(mixed) - WARM_UP} clips, not {clips}; ask for fewer.")
    ends = [0, *(WARM_UP + clips * index // rounds for index in range(rounds + 1))]
    return [tuple(mixed[start:end]) for start, end in pairwise(ends)]


async def best_threads(loop: BatchEngine, items: Sequence[Item]) -> int:
    """With how many threads of torch the loop is quicker: one, or one for each core.

    Beside other work, or on layers this small, threads that wait for each other can cost more than they compute.
    """
    seconds = {}
    for threads in sorted({1, cpu_count() or 1}):
        torch.set_num_threads(threads)
        await loop.answers([Request(items[0])])
        begun = time.perf_counter()
        await loop.answers([Request(item) for item in items])
        seconds[threads] = time.perf_counter() - begun
    return min(seconds, key=lambda threads: seconds[threads])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--clips", type=int, default=96)
    parser.add_argument("--rounds", type=int, default=4)
    options = parser.parse_args()

    parts = parts_of(options.clips, options.rounds)
    store = VectorStore(SHIPPED_ROOT)
    vectors = store.load(store.latest("refusal"), bind_model(CHECKPOINT))
    gate_layers = () if vectors.gate is None else (vectors.gate.layer,)
    flags = {"max_model_len": 512, "block_size": 32}
    shape = EngineShape(LONGEST_ANSWER, gate_layers=gate_layers, dtype="float32", flags=flags)
    with asyncio.Runner() as runner:
        engine = runner.run(VllmBatchEngine.start(CHECKPOINT, shape))
        try:
            ours = Contestant(runner, engine, parts, vectors)
            loop = TransformersEngine(CHECKPOINT, LONGEST_ANSWER)
            threads = runner.run(best_threads(loop, parts[0]))
            torch.set_num_threads(threads)
            plain = Contestant(runner, loop, parts, vectors)
            laps = interleave(options.rounds, ours.lap, plain.lap)
        finally:
            engine.close()
    same = [one == other for mine, theirs in laps for one, other in zip(mine.answers, theirs.answers, strict=True)]
    spreads = {
        "ratio_spread": Spread.of([mine.speed / theirs.speed for mine, theirs in laps]),
        "engine_answers_per_second": Spread.of([mine.speed for mine, _ in laps]),
        "loop_answers_per_second": Spread.of([theirs.speed for _, theirs in laps]),
    }
    write(
        options.json,
        {
            "ratio": round(spreads["ratio_spread"].median, 2),
            **{
                name: {key: round(value, 2) for key, value in asdict(spread).items()}
                for name, spread in spreads.items()
            },
            "clips": options.clips,
            "defences": len(defended([], vectors)),
            "n": len(same),
            "same_answers": round(sum(same) / len(same), 4),
            "rounds": options.rounds,
            "loop_threads": threads,
            "vectors": str(vectors.id),
            "machine": machine(),
        },
    )


if __name__ == "__main__":
    main()
