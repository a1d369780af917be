"""vLLM as the evaluation's engine: many requests in one continuous batch, each clip encoded once."""

import asyncio
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from steering.directive import Reading
from steering.evaluation.engine import UNSTEERED, Answer, LinearSteering, Request, SignedDirective
from steering.evaluation.prompting import chat_prompt
from steering.vector_set import VectorSet, VectorSetId
from steering.vllm import environment
from steering.vllm.config import SteeringConfig, configure
from steering.vllm.directive import directed

PROBING_WORKER = "steering.vllm.probe.ProbingWorker"
STATES_KEY, LINEAR_KEY = "sarsteer_states", "sarsteer_linear"
"""In a request's extra arguments: the name to keep its states under; [matrices' id, alpha]."""


FIXED_FLAGS = frozenset(
    {"model", "enable_prefix_caching", "limit_mm_per_prompt", "disable_log_stats", "worker_cls", "scheduler_cls"}
)
"""vLLM's arguments that an evaluation decides itself."""


@dataclass(frozen=True, slots=True)
class EngineShape:
    """How large an engine to start. ``audio_tokens`` of encoded clips are kept; vLLM's own ``flags``, none of them
    fixed, go on top."""

    max_tokens: int = 256
    audio_tokens: int = 40_960
    slots: int = 16
    gate_layers: tuple[int, ...] = ()
    dtype: str = "auto"
    flags: dict[str, Any] = field(default_factory=dict)


class VllmBatchEngine:
    """A ``BatchEngine`` of steered vLLM with the probing worker. ``start`` it, and ``close`` it in the end."""

    def __init__(self, llm: Any, processor: Any, shape: EngineShape) -> None:
        self._llm = llm
        self._processor = processor
        self._shape = shape
        self._matrices: dict[VectorSetId, LinearSteering] = {}
        text = llm.model_config.hf_text_config
        self._layers, self._hidden = int(text.num_hidden_layers), int(text.hidden_size)

    @classmethod
    async def start(cls, model: Path, shape: EngineShape | None = None) -> "VllmBatchEngine":
        """Start vLLM on the folder ``model``."""
        environment.prepare()
        from transformers import AutoProcessor
        from vllm.engine.arg_utils import AsyncEngineArgs

        from steering.vllm.engine import SteeredAsyncLLM

        shape = shape or EngineShape()
        chosen: dict[str, Any] = {
            "dtype": shape.dtype,
            "enforce_eager": True,
            # The encoder's cache has room for as many tokens as one step may hold.
            "max_num_batched_tokens": shape.audio_tokens,
            "max_num_seqs": 32,
        }
        args = AsyncEngineArgs(
            model=str(model),
            # Matrices change states that a cached block would hide.
            enable_prefix_caching=False,
            limit_mm_per_prompt={"audio": 1},
            disable_log_stats=True,
            **chosen | shape.flags,
        )
        configure(args, SteeringConfig(shape.slots, shape.gate_layers))
        args.worker_cls = PROBING_WORKER
        llm = SteeredAsyncLLM.from_vllm_config(args.create_engine_config())
        return cls(llm, AutoProcessor.from_pretrained(model), shape)

    @property
    def num_layers(self) -> int:
        return self._layers

    @property
    def hidden_size(self) -> int:
        return self._hidden

    async def load(self, steering: VectorSet | LinearSteering) -> None:
        if isinstance(steering, VectorSet):
            await self._llm.bank.load(steering)
            return
        raw = steering.matrices.to(torch.float32).contiguous().numpy().tobytes()
        arguments = (str(steering.id), list(steering.layers), self._hidden, raw)
        await self._llm.collective_rpc("sarsteer_load_matrices", args=arguments)
        self._matrices[steering.id] = steering

    async def unload(self, id_: VectorSetId) -> None:
        if self._matrices.pop(id_, None) is None:
            await self._llm.bank.unload(id_)
        else:
            await self._llm.collective_rpc("sarsteer_unload_matrices", args=(str(id_),))

    async def answers(self, requests: Sequence[Request]) -> list[Answer]:
        return list(await asyncio.gather(*(self._answer(request) for request in requests)))

    async def states(self, requests: Sequence[Request]) -> torch.Tensor:
        names = [uuid.uuid4().hex for _ in requests]
        asked = (
            self._generate(request, UNSTEERED, Reading(), 1, {STATES_KEY: name})
            for request, name in zip(requests, names, strict=True)
        )
        await asyncio.gather(*asked)
        [taken, *_] = await self._llm.collective_rpc("sarsteer_take_states")
        raw = b"".join(taken[name] for name in names)
        shape = (len(requests), self._layers, self._hidden)
        return torch.frombuffer(bytearray(raw), dtype=torch.float32).reshape(shape)

    async def _answer(self, request: Request) -> Answer:
        directive: SignedDirective = request.directive
        extra: dict[str, Any] = {}
        if directive.vector in self._matrices:
            extra = {LINEAR_KEY: [str(directive.vector), directive.alpha]} if directive.alpha else {}
            directive = UNSTEERED
        reading = Reading()
        text = await self._generate(request, directive, reading, self._shape.max_tokens, extra)
        return Answer(text, reading.gate)

    async def _generate(
        self,
        request: Request,
        directive: SignedDirective,
        reading: Reading,
        max_tokens: int,
        extra: dict[str, Any],
    ) -> str:
        from vllm import SamplingParams
        from vllm.sampling_params import RequestOutputKind

        prompt: dict[str, Any] = {"prompt": chat_prompt(self._processor, request)}
        if request.item.samples is not None:
            prompt["multi_modal_data"] = {"audio": [(request.item.samples, request.item.sample_rate)]}
        params = SamplingParams(
            temperature=0.0, max_tokens=max_tokens, extra_args=extra, output_kind=RequestOutputKind.FINAL_ONLY
        )
        with directed(directive, reading):
            outputs = self._llm.generate(prompt, params, uuid.uuid4().hex)
        text = ""
        async for output in outputs:
            text = str(output.outputs[0].text)
        return text

    def close(self) -> None:
        """Stop the engine's processes."""
        self._llm.shutdown()
