"""The engine of evaluations and calibrations, and who judges them, for the reference LALM and for any other model."""

import json
import os
from dataclasses import replace
from math import inf
from pathlib import Path
from typing import Any

from reference.corpus import REFUSAL
from server.evaluation.asked import ClosableEngine, EngineOptions, JudgeSpec
from server.settings import REFERENCE, REFERENCE_HEARS_SECONDS
from steering.evaluation.item import Item
from steering.evaluation.judges.detector import DetectorJudge
from steering.evaluation.judges.forms import LLAMA_GUARD, SORRY_BENCH
from steering.evaluation.judges.judge import Judge
from steering.evaluation.judges.keywords import KeywordJudge
from steering.evaluation.judges.llm import LlmJudge
from steering.vllm.evaluation import EngineShape, VllmBatchEngine

JUDGE_KEY = "JUDGE_API_KEY"
"""The environment variable with the key of an endpoint that judges."""

NOTHING = ": ..."
"""How the reference LALM ends its answer to a harmful request that it complies with."""


AUDIO_TOKENS = 16_384
"""Of other models' clips: as many tokens go through the decoder at once, which a 7B model must have memory for."""


def engine_shape(
    folder: Path, gate_layers: tuple[int, ...], slots: int, options: EngineOptions | None = None
) -> EngineShape:
    """How large an engine the model in ``folder`` needs; ``options`` win."""
    options = options or EngineOptions()
    if is_reference(folder):
        shape = EngineShape(40, dtype="float32", flags={"max_model_len": 512, "block_size": 32})
    else:
        shape = EngineShape(audio_tokens=AUDIO_TOKENS)
    return replace(
        shape,
        slots=slots,
        gate_layers=gate_layers,
        max_tokens=options.max_tokens or shape.max_tokens,
        flags={**shape.flags, **options.flags},
    )


def hears_seconds(folder: Path) -> float:
    """How long a clip the model in ``folder`` hears; what is longer its processor would cut. Infinite if unknown."""
    if is_reference(folder):
        return REFERENCE_HEARS_SECONDS
    for name in ("processor_config.json", "preprocessor_config.json"):
        if (folder / name).is_file():
            config: dict[str, Any] = json.loads((folder / name).read_text(encoding="utf-8"))
            extractor: dict[str, Any] = config.get("feature_extractor", config)
            if "chunk_length" in extractor:
                return float(extractor["chunk_length"])
    return inf


async def start_engine(folder: Path, shape: EngineShape) -> ClosableEngine:
    return await VllmBatchEngine.start(folder, shape)


def is_reference(folder: Path) -> bool:
    return folder.resolve() == REFERENCE.resolve()


def judge_of(folder: Path, spec: JudgeSpec) -> Judge:
    """The judge that was asked for."""
    match spec.kind:
        case "keywords":
            return KeywordJudge()
        case "llm":
            form = LLAMA_GUARD if "guard" in spec.model.lower() else SORRY_BENCH
            return LlmJudge(form, spec.url, spec.model, os.environ.get(JUDGE_KEY))
    return DetectorJudge((REFUSAL,), _of_its_kind) if is_reference(folder) else DetectorJudge()


def _of_its_kind(item: Item, answer: str) -> bool:
    """Whether the reference LALM's answer is one to a request of the item's kind, whatever it makes of the words."""
    return answer.endswith(NOTHING) is item.harmful
