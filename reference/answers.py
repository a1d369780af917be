"""Asking the reference LALM in bulk, through the real engine."""

import asyncio
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from reference.clips import ClipEntry
from reference.corpus import SYSTEM_PROMPT
from reference.speech import SAMPLING_RATE
from steering.directive import Directive
from steering.vector_set import VectorSet, VectorSetId

CHECKPOINT = Path(__file__).parent / "checkpoint"
LONGEST_ANSWER = 40
_CLIP = "Audio 1: <|audio_bos|><|AUDIO|><|audio_eos|>\n"
UNDEFENDED = Directive(VectorSetId("none", "0.0.0"), 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """One spoken question and what it should be answered."""

    entry: ClipEntry
    samples: npt.NDArray[np.float32]


class ReferenceEngine:
    """The reference checkpoint in the engine that serves it, in float32."""

    def __init__(self, llm: Any) -> None:
        self._llm = llm

    @classmethod
    async def start(cls, checkpoint: Path = CHECKPOINT, slots: int = 32) -> "ReferenceEngine":
        from vllm.engine.arg_utils import AsyncEngineArgs

        from steering.vllm.config import SteeringConfig, configure
        from steering.vllm.engine import SteeredAsyncLLM

        args = AsyncEngineArgs(
            model=str(checkpoint),
            dtype="float32",
            enforce_eager=True,
            max_model_len=512,
            # The encoder cache has room for as many tokens: the clips of a whole set are heard once.
            max_num_batched_tokens=40_960,
            max_num_seqs=32,
            block_size=32,
            limit_mm_per_prompt={"audio": 1},
            disable_log_stats=True,
        )
        configure(args, SteeringConfig(slots))
        return cls(SteeredAsyncLLM.from_vllm_config(args.create_engine_config()))

    async def load(self, vector_set: VectorSet) -> None:
        await self._llm.bank.load(vector_set)

    async def unload(self, vector_set: VectorSet) -> None:
        await self._llm.bank.unload(vector_set.id)

    async def answers(
        self,
        clips: Sequence[Clip],
        directive: Directive = UNDEFENDED,
        *,
        system_prompt: str = SYSTEM_PROMPT,
        suffix: str = "",
    ) -> list[str]:
        """The greedy answers to the clips, each asked under ``system_prompt`` and followed by ``suffix``."""
        prompt = _prompt(system_prompt, f"{_CLIP}{suffix}")
        asked = (self._answer(_with_audio(prompt, clip), directive) for clip in clips)
        return list(await asyncio.gather(*asked))

    async def typed_answers(self, texts: Sequence[str]) -> list[str]:
        """The greedy answers of the undefended model to questions that are typed."""
        asked = (self._answer({"prompt": _prompt(SYSTEM_PROMPT, text)}, UNDEFENDED) for text in texts)
        return list(await asyncio.gather(*asked))

    async def first_token_seconds(self, clips: Sequence[Clip]) -> list[float]:
        """From each clip's arrival to its first token, asked one after the other. Give clips not heard before."""
        seconds = []
        for clip in clips:
            start = time.perf_counter()
            outputs = self._generate(_with_audio(_prompt(SYSTEM_PROMPT, _CLIP), clip), UNDEFENDED)
            async for _ in outputs:
                seconds.append(time.perf_counter() - start)
                break
            await outputs.aclose()
        return seconds

    async def _answer(self, inputs: dict[str, Any], directive: Directive) -> str:
        text = ""
        async for output in self._generate(inputs, directive):
            text = output.outputs[0].text
        return text

    def _generate(self, inputs: dict[str, Any], directive: Directive) -> Any:
        from vllm import SamplingParams

        from steering.vllm.directive import directed

        params = SamplingParams(temperature=0.0, max_tokens=LONGEST_ANSWER)
        with directed(directive):
            return self._llm.generate(inputs, params, uuid.uuid4().hex)

    def close(self) -> None:
        self._llm.shutdown()


def _prompt(system: str, user: str) -> str:
    return f"<|im_start|>system\n{system}<|im_end|>\n<|im_start|>user\n{user}<|im_end|>\n<|im_start|>assistant\n"


def _with_audio(prompt: str, clip: Clip) -> dict[str, Any]:
    return {"prompt": prompt, "multi_modal_data": {"audio": [(clip.samples, SAMPLING_RATE)]}}
