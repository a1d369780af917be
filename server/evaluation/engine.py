"""The engine of evaluations and calibrations, and who judges them, for the reference LALM and for any other model."""

from pathlib import Path

from reference.corpus import REFUSAL
from server.evaluation.asked import ClosableEngine, JudgeSpec
from server.settings import REFERENCE
from steering.evaluation.item import Item
from steering.evaluation.judges.detector import DetectorJudge
from steering.evaluation.judges.forms import LLAMA_GUARD, SORRY_BENCH
from steering.evaluation.judges.judge import Judge
from steering.evaluation.judges.keywords import KeywordJudge
from steering.evaluation.judges.llm import LlmJudge
from steering.vllm.evaluation import EngineShape, VllmBatchEngine

NOTHING = ": ..."
"""How the reference LALM ends its answer to a harmful request that it complies with."""


def engine_shape(folder: Path, gate_layers: tuple[int, ...], slots: int) -> EngineShape:
    """How large an engine the model in ``folder`` needs."""
    if is_reference(folder):
        flags = {"max_model_len": 512, "block_size": 32}
        return EngineShape(40, slots=slots, gate_layers=gate_layers, dtype="float32", flags=flags)
    return EngineShape(slots=slots, gate_layers=gate_layers)


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
            return LlmJudge(form, spec.url, spec.model)
    return DetectorJudge((REFUSAL,), _of_its_kind) if is_reference(folder) else DetectorJudge()


def _of_its_kind(item: Item, answer: str) -> bool:
    """Whether the reference LALM's answer is one to a request of the item's kind, whatever it makes of the words."""
    return answer.endswith(NOTHING) is item.harmful
