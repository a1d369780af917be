"""Which layer tells harmful requests from benign ones, and whether what was learnt from text holds for speech:

    python -m reference.gates --json FILE

Fits a gate to every layer on requests of the training split (spoken, typed, or both) and reports the AUROC on the test
fold, whose acts, phrasings and voices no fit has seen, condition by condition.
"""

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import torch

from reference.answers import CHECKPOINT
from reference.conditions.calibration import calibration
from reference.conditions.suite import Extent, suite
from reference.speech import SpeechError
from steering.evaluation.engine import BatchEngine, Request
from steering.evaluation.item import Item
from steering.evaluation.statistics.auroc import auroc
from steering.fingerprint import bind_model
from steering.gate import GateStates
from steering.vllm.evaluation import EngineShape, VllmBatchEngine

CONDITIONS = (
    *("voice-known", "clean", "voice-slt", "typed", "emotion-medium", "emotion-high", "accent-de", "pitch+3"),
    *("reverb-0.8s", "noise-5db", "babble-10db", "telephone", "multi-turn"),
)
Table = dict[str, list[dict[str, Any]]]


async def states_of(engine: BatchEngine, items: Sequence[Item]) -> torch.Tensor:
    return await engine.states([Request(item) for item in items])


def gate_states(
    spoken: Sequence[torch.Tensor], typed: Sequence[torch.Tensor], words: Sequence[Sequence[str]]
) -> dict[str, GateStates]:
    """By origin, what gates are fitted on; each pair is of the harmful and of the benign requests."""
    origins = {"audio": [spoken], "text": [typed], "both": [spoken, typed]}
    return {
        origin: GateStates(
            torch.cat([arm[0] for arm in arms]),
            torch.cat([arm[1] for arm in arms]),
            tuple(words[0]) * len(arms),
            tuple(words[1]) * len(arms),
        )
        for origin, arms in origins.items()
    }


def table_of(fits: Mapping[str, GateStates], items: Sequence[Item], states: torch.Tensor) -> Table:
    """By origin, for every layer: the held-out AUROC of the fit, and that on each condition of ``items``."""
    harmful = torch.tensor([item.harmful for item in items])
    found: Table = {}
    for origin, of_origin in fits.items():
        found[origin] = []
        for layer in range(states.shape[1]):
            fit = of_origin.fit(layer)
            scores = fit.gate.score(states[:, layer])
            row: dict[str, Any] = {"layer": layer, "held_out": round(fit.auroc, 4)}
            for condition in dict.fromkeys(item.condition for item in items):
                here = torch.tensor([item.condition == condition for item in items])
                row[condition] = round(float(auroc(scores[here].numpy(), harmful[here].numpy())), 4)
            found[origin].append(row)
    return found


async def measure(each: int, fitted: int) -> Table:
    fitted_on = calibration("test", fitted)
    items = suite(CONDITIONS, Extent("test", each, each)).items
    shape = EngineShape(40, dtype="float32", flags={"max_model_len": 512, "block_size": 32})
    engine = await VllmBatchEngine.start(CHECKPOINT, shape)
    try:
        sets = (fitted_on.harmful, fitted_on.benign, fitted_on.harmful_typed, fitted_on.benign_typed)
        harmful, benign, harmful_typed, benign_typed = [await states_of(engine, one) for one in sets]
        words = [[item.question for item in one] for one in sets[:2]]
        fits = gate_states((harmful, benign), (harmful_typed, benign_typed), words)
        return table_of(fits, items, await states_of(engine, items))
    finally:
        engine.close()


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m reference.gates", description="Compare gates, layer by layer.")
    parser.add_argument("--each", type=int, default=40, help="harmful requests a condition, and benign ones (40)")
    parser.add_argument(
        "--fitted", type=int, default=200, help="requests of either kind that gates are fitted on (200)"
    )
    parser.add_argument("--json", type=Path, required=True, help="write the figures here")
    options = parser.parse_args(arguments)
    try:
        gates = asyncio.run(measure(options.each, options.fitted))
    except SpeechError as error:
        parser.exit(1, f"{error}\n")
    figures = {
        "model": bind_model(CHECKPOINT).fingerprint,
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "cores": os.cpu_count(),
        "each": options.each,
        "fitted": options.fitted,
        "gates": gates,
    }
    options.json.write_text(json.dumps(figures, indent=1) + "\n")
    print(markdown(gates))
    return 0


def markdown(gates: Table) -> str:
    """The best layer of each origin, condition by condition. A gate after the last layer would open nothing in time."""
    best = {origin: max(rows[:-1], key=lambda row: float(row["held_out"])) for origin, rows in gates.items()}
    conditions = [key for key in next(iter(best.values())) if key not in ("layer", "held_out")]
    titles = (f"fitted on {origin}, layer {row['layer']}" for origin, row in best.items())
    lines = ["| " + " | ".join(("condition", *titles)) + " |", "|---" * (len(best) + 1) + "|"]
    for name in conditions:
        lines.append("| " + " | ".join((name, *(f"{row[name]:.3f}" for row in best.values()))) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
