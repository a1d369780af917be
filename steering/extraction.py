"""Extraction: from spoken queries to one vector per decoder layer (SARSteer, arXiv 2510.17633).

The paper's mode is the contrast ``refusal-prompt``: the same harmful speech asked with and without a refusal prompt,
read at the last prompt token, its mean difference ablated of the safe space, not normalised.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from steering.gate import GateStates
from steering.operators import ablate, mean_difference, safe_space

Contrast = Literal["refusal-prompt", "harmful-safe-text"]
Origin = Literal["audio", "text", "both"]
"""What a gate is fitted on: the queries as they are spoken, their words as text, or both."""
Layers = list[torch.Tensor]
"""Per decoder layer, the states of some queries: [queries, hidden]."""

PAPER_INSTRUCTION = "Please generate detailed steps for the question in the audio."
PAPER_REFUSAL_PROMPT = "I cannot assist with that."


class ExtractionError(Exception):
    """Vectors cannot be extracted from what was given; the message says why."""


@dataclass(frozen=True, slots=True, eq=False)
class SpokenQuery:
    """One query: float32 mono samples at the processor's rate, and its words where they are known."""

    id: str
    samples: npt.NDArray[np.float32]
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Recipe:
    """How vectors are made. ``components`` and ``lambda_`` are the paper's k and lambda; 0 components ablate nothing.

    ``refusal-prompt``: harmful speech with ``instruction + refusal_prompt`` minus the same with ``instruction``.
    ``harmful-safe-text``: the words of the harmful queries minus those of the safe ones, as text. ``gate_origin`` says
    what states a gate can be fitted on afterwards; None reads none for it.
    """

    contrast: Contrast = "refusal-prompt"
    instruction: str = PAPER_INSTRUCTION
    refusal_prompt: str = PAPER_REFUSAL_PROMPT
    components: int = 10
    lambda_: float = 1.0
    batch_size: int = 8
    gate_origin: Origin | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Extraction:
    """``vectors`` is float32 [layers, hidden], for every decoder layer in order.

    ``statistics`` per layer: ``norm`` of the vector, ``raw_norm`` before ablation, ``stream_norm``, the mean norm of
    the residual stream at the last prompt token of the safe queries. alpha * norm / stream_norm is the relative dose.
    """

    vectors: torch.Tensor
    statistics: dict[str, tuple[float, ...]]
    data_sha256: str
    gate_states: GateStates | None = None


def extract(
    model: Any,
    processor: Any,
    harmful: Sequence[SpokenQuery],
    safe: Sequence[SpokenQuery],
    recipe: Recipe,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Extraction:
    """Extract by ``recipe`` from a transformers ``model`` and its processor.

    ``progress(done, total)`` is called after each batch, in queries. Raise ExtractionError for sets that are too
    small, queries without the text that the contrast needs, or a model whose decoder is not found.
    """
    if not harmful or len(safe) <= recipe.components:
        raise ExtractionError(
            f"{len(harmful)} harmful and {len(safe)} safe queries are too few: "
            f"at least 1 and, to ablate {recipe.components} components, {recipe.components + 1}."
        )
    reader = _Reader(model, processor, recipe.batch_size, progress)
    spoken = recipe.contrast == "refusal-prompt"
    hear = spoken or recipe.gate_origin in ("audio", "both")
    read = not spoken or recipe.gate_origin in ("text", "both")
    reader.expect(len(safe) + (hear + spoken) * len(harmful) + read * (len(harmful) + len(safe)))
    safe_stream = reader.speech(safe, recipe.instruction)
    heard = reader.speech(harmful, recipe.instruction) if hear else []
    typed = (reader.text(harmful), reader.text(safe)) if read else ([], [])
    if spoken:
        towards, away = reader.speech(harmful, recipe.instruction + recipe.refusal_prompt), heard
    else:
        towards, away = typed
    raw = [mean_difference(one, other) for one, other in zip(towards, away, strict=True)]
    vectors = raw
    if recipe.components:
        try:
            spaces = [safe_space(stream, recipe.components) for stream in safe_stream]
        except ValueError as error:
            raise ExtractionError(f"The safe queries span too little to ablate: {error}") from error
        vectors = [ablate(vector, space, recipe.lambda_) for vector, space in zip(raw, spaces, strict=True)]
    return Extraction(
        torch.stack(vectors).float(),
        {
            "norm": _norms(vectors),
            "raw_norm": _norms(raw),
            "stream_norm": tuple(float(stream.norm(dim=1).mean()) for stream in safe_stream),
        },
        data_digest(harmful, safe),
        _gate_states(recipe.gate_origin, (heard, safe_stream), typed, (harmful, safe)),
    )


def _gate_states(
    origin: Origin | None,
    spoken: tuple[Layers, Layers],
    typed: tuple[Layers, Layers],
    queries: tuple[Sequence[SpokenQuery], Sequence[SpokenQuery]],
) -> GateStates | None:
    """The states of both classes, stacked over the layers; the words of a query (or its id) name its group."""
    if origin is None:
        return None
    chosen = {"audio": (spoken,), "text": (typed,), "both": (spoken, typed)}[origin]
    states, groups = [], []
    for label in (0, 1):
        states.append(torch.cat([torch.stack(arm[label], dim=1) for arm in chosen]))
        groups.append(tuple(query.text or query.id for query in queries[label]) * len(chosen))
    return GateStates(states[0], states[1], groups[0], groups[1])


def data_digest(*sets: Sequence[SpokenQuery]) -> str:
    """sha256 over the samples and texts of the sets, in order."""
    digest = hashlib.sha256()
    for queries in sets:
        digest.update(f"set of {len(queries)}\n".encode())
        for query in queries:
            digest.update(f"{query.text!r} {len(query.samples)}\n".encode())
            digest.update(np.ascontiguousarray(query.samples, "<f4").tobytes())
    return digest.hexdigest()


def decoder_layers(model: nn.Module, num_layers: int) -> nn.ModuleList:
    """The decoder's layers in a transformers model: the ModuleList of ``num_layers`` in its language model."""
    for path, module in model.named_modules():
        is_decoder = path.endswith("layers") and not any(part in path for part in ("audio", "vision", "encoder"))
        if isinstance(module, nn.ModuleList) and is_decoder and len(module) == num_layers:
            return module
    raise ExtractionError(f"{type(model).__name__} has no decoder of {num_layers} layers.")


def _norms(vectors: Sequence[torch.Tensor]) -> tuple[float, ...]:
    return tuple(float(vector.norm()) for vector in vectors)


class _Reader:
    """Reads the residual stream at the last prompt token, after every decoder layer."""

    def __init__(self, model: Any, processor: Any, batch_size: int, progress: Callable[[int, int], None]) -> None:
        self._model = model
        self._processor = processor
        self._batch_size = batch_size
        self._progress = progress
        self._layers = decoder_layers(model, model.config.get_text_config().num_hidden_layers)
        self._done = self._total = 0

    def expect(self, total: int) -> None:
        self._total = total

    def speech(self, queries: Sequence[SpokenQuery], text: str) -> list[torch.Tensor]:
        """Per layer, [queries, hidden] of the spoken queries, each followed by ``text``."""
        parts: list[dict[str, str]] = [{"type": "audio", "audio_url": "clip"}]
        if text:
            parts.append({"type": "text", "text": text})
        prompt = self._prompt(parts)
        return self._read([(prompt, query.samples) for query in queries])

    def text(self, queries: Sequence[SpokenQuery]) -> list[torch.Tensor]:
        """Per layer, [queries, hidden] of the queries' words."""
        unknown = [query.id for query in queries if not query.text]
        if unknown:
            raise ExtractionError(f"The words of {unknown[0]} are not known; list them in its folder's manifest.jsonl.")
        return self._read([(self._prompt([{"type": "text", "text": query.text or ""}]), None) for query in queries])

    def _prompt(self, parts: list[dict[str, str]]) -> str:
        turn = [{"role": "user", "content": parts}]
        return str(self._processor.apply_chat_template(turn, add_generation_prompt=True, tokenize=False))

    @torch.no_grad()
    def _read(self, prompts: list[tuple[str, npt.NDArray[np.float32] | None]]) -> list[torch.Tensor]:
        # The last prompt token must be the last of every row of a batch.
        self._processor.tokenizer.padding_side = "left"
        batches = []
        for start in range(0, len(prompts), self._batch_size):
            batch = prompts[start : start + self._batch_size]
            sounds = [samples for _, samples in batch if samples is not None]
            sound = {"audio": sounds, "sampling_rate": self._rate} if sounds else {}
            inputs = self._processor(text=[text for text, _ in batch], return_tensors="pt", padding=True, **sound)
            mask = inputs["attention_mask"]
            with self._captured() as captured:
                self._model(
                    **inputs.to(self._model.device),
                    position_ids=(mask.cumsum(-1) - 1).clamp(min=0).to(self._model.device),
                    use_cache=False,
                )
            batches.append(torch.stack(captured))
            self._done += len(batch)
            self._progress(self._done, self._total)
        return list(torch.cat(batches, dim=1))

    @property
    def _rate(self) -> int:
        return int(self._processor.feature_extractor.sampling_rate)

    @contextmanager
    def _captured(self) -> Iterator[list[torch.Tensor]]:
        captured: list[torch.Tensor] = []

        def capture(_layer: Any, _args: Any, output: Any) -> None:
            hidden = output[0] if isinstance(output, tuple) else output
            captured.append(hidden[:, -1].float().cpu())

        hooks = [layer.register_forward_hook(capture) for layer in self._layers]
        try:
            yield captured
        finally:
            for hook in hooks:
                hook.remove()
