"""A real engine behind a synchronous face, and the cases that parity is measured on."""

import asyncio
import threading
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from steering.directive import Directive, Reading
from steering.gate import Gate
from steering.vector_set import Positions, StrengthBand, VectorSet, VectorSetId
from steering.vllm.config import SteeringConfig

MODEL = Path(__file__).parents[2] / "reference" / "checkpoint"
LAYERS, HIDDEN = 6, 256
NEW_TOKENS = 12
SAMPLE_RATE = 16_000


@dataclass(frozen=True)
class Question:
    """One prompt of the reference LALM: text, and optionally a clip of audio before it."""

    text: str
    audio: npt.NDArray[np.float32] | None = None

    @property
    def prompt(self) -> str:
        clip = "Audio 1: <|audio_bos|><|AUDIO|><|audio_eos|>\n" if self.audio is not None else ""
        return (
            "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n"
            f"<|im_start|>user\n{clip}{self.text}<|im_end|>\n<|im_start|>assistant\n"
        )


@dataclass(frozen=True)
class Case:
    """A question and how it is steered: by ``vector_set`` at raw strength ``alpha``, or not at all."""

    question: Question
    vector_set: VectorSet | None = None
    alpha: float = 0.0
    gate: bool = False
    prompt_ids: tuple[int, ...] | None = None
    """Token ids in place of the question's prompt, for chats that continue an answer."""

    @property
    def directive(self) -> Directive:
        name = self.vector_set.id if self.vector_set else VectorSetId("none", "0.0.0")
        return Directive(name, self.alpha, self.gate)


@dataclass(frozen=True)
class Answer:
    tokens: tuple[int, ...]
    logprobs: tuple[dict[int, float], ...] = field(repr=False)
    cached: int = 0
    prompt_ids: tuple[int, ...] = field(default=(), repr=False)
    gate: float | None = None


def tone(seconds: float, seed: int) -> npt.NDArray[np.float32]:
    """Sound that is no speech: what the model hears in it does not matter, only that both sides hear it alike."""
    rng = np.random.default_rng(seed)
    time = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    wave = 0.3 * np.sin(2 * np.pi * (180 + 40 * seed) * time) + 0.05 * rng.standard_normal(len(time))
    return wave.astype(np.float32)


@cache
def random_set(seed: int, positions: Positions = "last-prompt-and-decoded", scale: float = 30.0) -> VectorSet:
    """A set of random vectors, long enough to change every answer."""
    generator = torch.Generator().manual_seed(seed)
    vectors = torch.randn(LAYERS, HIDDEN, generator=generator)
    vectors = scale * vectors / vectors.norm(dim=1, keepdim=True)
    return VectorSet(
        id=VectorSetId("random", f"{seed}.0.0" if positions == "last-prompt-and-decoded" else f"{seed}.1.0"),
        digest=f"{positions}-{seed}-{scale}",
        layers=tuple(range(LAYERS)),
        vectors=vectors,
        positions=positions,
        recommended_alpha=1.0,
        certified_band=StrengthBand(0.0, 2.0),
    )


@cache
def gated_set(seed: int, layer: int = 2, *, reread: bool = False) -> VectorSet:
    """A random set whose random gate stands partly open for every question."""
    generator = torch.Generator().manual_seed(100 + seed)
    direction = torch.randn(HIDDEN, generator=generator)
    gate = Gate(layer, direction / direction.norm(), bias=0.5, gain=0.2, reread=reread)
    plain = random_set(seed)
    version = f"{seed}.2.{layer}" if not reread else f"{seed}.3.{layer}"
    return replace(plain, id=VectorSetId("gated", version), digest=f"gated-{version}", gate=gate)


class Engine:
    """A SteeredAsyncLLM (or, not ``steered``, a stock AsyncLLM) on an event loop of its own."""

    def __init__(self, *, steered: bool = True, gate_layers: tuple[int, ...] = (), **engine_args: Any) -> None:
        self._steered = steered
        self._config = SteeringConfig(slots=7 if gate_layers else 5, gate_layers=gate_layers)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.llm = self.call(self._start(engine_args))

    async def _start(self, engine_args: dict[str, Any]) -> Any:
        from vllm.engine.arg_utils import AsyncEngineArgs
        from vllm.v1.engine.async_llm import AsyncLLM

        from steering.vllm.config import configure
        from steering.vllm.engine import SteeredAsyncLLM

        defaults = {
            "model": str(MODEL),
            "dtype": "float32",
            "max_model_len": 512,
            "max_num_seqs": 16,
            "max_num_batched_tokens": 1024,
            "enforce_eager": True,
            "enable_prefix_caching": False,
            "limit_mm_per_prompt": {"audio": 2},
            "block_size": 32,
            "disable_log_stats": True,
        }
        args = AsyncEngineArgs(**{**defaults, **engine_args})
        if self._steered:
            configure(args, self._config)
        return (SteeredAsyncLLM if self._steered else AsyncLLM).from_vllm_config(args.create_engine_config())

    def call(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(timeout=300)

    def load(self, *sets: VectorSet) -> None:
        for vector_set in sets:
            self.call(self.llm.bank.load(vector_set))

    def answer(self, cases: Sequence[Case], **sampling: Any) -> list[Answer]:
        """The cases' greedy answers, all in one continuous batch."""

        async def together() -> list[Answer]:
            return list(await asyncio.gather(*(self.ask(case, **sampling) for case in cases)))

        return list(self.call(together()))

    async def ask(self, case: Case, *, extra_args: dict[str, Any] | None = None, **sampling: Any) -> Answer:
        """One greedy answer, inside the engine's loop."""
        import uuid

        from vllm import SamplingParams

        from steering.vllm.directive import directed

        params = SamplingParams(
            **{"temperature": 0.0, "max_tokens": NEW_TOKENS, "logprobs": 5, "ignore_eos": True, **sampling},
            extra_args=extra_args,
        )
        prompt: dict[str, Any] = (
            {"prompt": case.question.prompt} if case.prompt_ids is None else {"prompt_token_ids": list(case.prompt_ids)}
        )
        if case.question.audio is not None:
            prompt["multi_modal_data"] = {"audio": [(case.question.audio, SAMPLE_RATE)]}
        reading = Reading()
        if not self._steered:
            outputs = self.llm.generate(prompt, params, uuid.uuid4().hex)
        else:
            with directed(case.directive, reading):
                outputs = self.llm.generate(prompt, params, uuid.uuid4().hex)
        last = [output async for output in outputs][-1]
        completion = last.outputs[0]
        return Answer(
            tuple(completion.token_ids),
            tuple({token: value.logprob for token, value in step.items()} for step in completion.logprobs or ()),
            last.num_cached_tokens or 0,
            tuple(last.prompt_token_ids),
            reading.gate,
        )

    def close(self) -> None:
        self.call(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _stop(self) -> None:
        self.llm.shutdown()
        rest = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)


@contextmanager
def engine(**engine_args: Any) -> Iterator[Engine]:
    running = Engine(**engine_args)
    try:
        yield running
    finally:
        running.close()


def worst_difference(one: Answer, other: Answer) -> float:
    """The largest difference of a log-probability that both list, over the steps up to the first other token."""
    assert one.tokens == other.tokens
    return max(
        abs(value - theirs[token])
        for ours, theirs in zip(one.logprobs, other.logprobs, strict=True)
        for token, value in ours.items()
        if token in theirs
    )
