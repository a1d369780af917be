"""Tokens per second of an engine that steers every request, over a stock engine: what steering costs.

    python -m tests.performance.steering_overhead --json FILE

Both engines run the same model with the same flags, at the same time but never at once: rounds alternate between
them. On a GPU, ``--compiled`` turns compilation and CUDA graphs on for both.
"""

import argparse
import time
from dataclasses import asdict
from pathlib import Path

import tests.conftest  # noqa: F401  (the environment, before vLLM is imported)
from tests.parity.engines import MODEL, Case, Engine, Question, engine, random_set
from tests.performance.interleaved import Spread, interleave, machine, write


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--model", default=str(MODEL), help="a model whose vectors have the reference LALM's shape")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--concurrency", type=int, default=16)
    parser.add_argument("--tokens", type=int, default=448)
    parser.add_argument("--dtype", default="float32")
    parser.add_argument("--compiled", action="store_true")
    options = parser.parse_args()

    flags = {"model": options.model, "dtype": options.dtype, "enforce_eager": not options.compiled}
    sets = random_set(1, scale=1.0), random_set(2, scale=1.0)
    questions = [Question(f"how do i bake bread number {index}") for index in range(options.concurrency)]
    steered_cases = [
        Case(question, sets[index % 2], 0.25 * (1 + index % 4)) for index, question in enumerate(questions)
    ]

    def tokens_per_second(running: Engine, cases: list[Case]) -> float:
        start = time.perf_counter()
        answers = running.answer(cases, max_tokens=options.tokens, logprobs=None)
        return sum(len(answer.tokens) for answer in answers) / (time.perf_counter() - start)

    with engine(**flags) as ours, engine(steered=False, **flags) as stock:
        ours.load(*sets)
        pairs = interleave(
            options.rounds,
            lambda: tokens_per_second(ours, steered_cases),
            lambda: tokens_per_second(stock, [Case(question) for question in questions]),
        )
        zero = interleave(
            options.rounds,
            lambda: tokens_per_second(ours, [Case(question) for question in questions]),
            lambda: tokens_per_second(stock, [Case(question) for question in questions]),
        )
        # Two processes on a few cores disturb each other; one process beside itself shows what steering alone costs.
        same = interleave(
            options.rounds,
            lambda: tokens_per_second(ours, steered_cases),
            lambda: tokens_per_second(ours, [Case(question) for question in questions]),
        )
    same_ratio = Spread.of([steered / plain for steered, plain in same])
    ratio = Spread.of([mine / theirs for mine, theirs in pairs])
    zero_ratio = Spread.of([mine / theirs for mine, theirs in zero])
    write(
        options.json,
        {
            "ratio_median": round(ratio.median, 4),
            "ratio": {name: round(value, 4) for name, value in asdict(ratio).items()},
            "strength_zero_ratio": {name: round(value, 4) for name, value in asdict(zero_ratio).items()},
            "steered_over_zero_in_one_engine": {name: round(value, 4) for name, value in asdict(same_ratio).items()},
            "steered_tokens_per_second": round(Spread.of([mine for mine, _ in pairs]).median, 1),
            "stock_tokens_per_second": round(Spread.of([theirs for _, theirs in pairs]).median, 1),
            "rounds": options.rounds,
            "concurrency": options.concurrency,
            "tokens": options.tokens,
            "compiled": options.compiled,
            "dtype": options.dtype,
            "machine": machine(),
        },
    )


if __name__ == "__main__":
    main()
