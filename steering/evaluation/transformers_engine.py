"""Transformers as the evaluation's engine: one request after the other, steered by forward hooks, in float32.

The plain loop that vLLM's engine is compared with: its answers, its states, and its speed.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import soxr
import torch

from steering.evaluation.engine import Answer, LinearSteering, Request, SignedDirective
from steering.evaluation.prompting import chat_prompt
from steering.extraction import decoder_layers
from steering.vector_set import VectorSet, VectorSetId

OnLayer = Callable[[int, torch.Tensor], torch.Tensor | None]
"""From a layer's index and its output [1, tokens, hidden] to what is added to the last token [hidden], or None."""


class UnsteerableError(ValueError):
    """A directive that this engine cannot carry out; the message says why and what to do."""


class TransformersEngine:
    """A ``BatchEngine`` of stock transformers that answers greedily, ``max_tokens`` at most."""

    def __init__(self, folder: Path, max_tokens: int = 40) -> None:
        from transformers import AutoModelForMultimodalLM, AutoProcessor

        device = "cuda" if torch.cuda.is_available() else "cpu"
        self._model = AutoModelForMultimodalLM.from_pretrained(folder, dtype=torch.float32).eval().to(device)
        self._processor = AutoProcessor.from_pretrained(folder)
        self._max_tokens = max_tokens
        self._loaded: dict[VectorSetId, VectorSet | LinearSteering] = {}
        text = self._model.config.get_text_config()
        self._hidden = int(text.hidden_size)
        self._layers = decoder_layers(self._model, text.num_hidden_layers)

    @property
    def num_layers(self) -> int:
        return len(self._layers)

    @property
    def hidden_size(self) -> int:
        return self._hidden

    async def load(self, steering: VectorSet | LinearSteering) -> None:
        self._loaded[steering.id] = steering

    async def unload(self, id_: VectorSetId) -> None:
        self._loaded.pop(id_, None)

    async def answers(self, requests: Sequence[Request]) -> list[Answer]:
        """Raises UnsteerableError for a set that is not loaded, or a gate that it does not have."""
        return [self._answer(request) for request in requests]

    async def states(self, requests: Sequence[Request]) -> torch.Tensor:
        return torch.stack([self._states(request) for request in requests])

    @torch.no_grad()
    def _states(self, request: Request) -> torch.Tensor:
        taken: list[torch.Tensor] = []
        with self._hooked(lambda _layer, stream: taken.append(stream[0, -1].cpu())):
            self._model(**self._inputs(request), use_cache=False)
        return torch.stack(taken)

    @torch.no_grad()
    def _answer(self, request: Request) -> Answer:
        steering = self._steering(request.directive)
        inputs = self._inputs(request)
        with self._hooked(None if steering is None else steering.move):
            generated = self._model.generate(
                **inputs,
                max_new_tokens=self._max_tokens,
                do_sample=False,
                # A model's own defaults may ask for others.
                num_beams=1,
                repetition_penalty=1.0,
            )
        decoded = generated[0, inputs["input_ids"].shape[1] :]
        tokenizer = self._processor.tokenizer
        text = tokenizer.decode(decoded, skip_special_tokens=True, clean_up_tokenization_spaces=False)
        return Answer(text, None if steering is None else steering.reading)

    def _inputs(self, request: Request) -> Any:
        item, sound = request.item, {}
        if item.samples is not None:
            rate = int(self._processor.feature_extractor.sampling_rate)
            samples = item.samples
            if item.sample_rate != rate:
                samples = soxr.resample(samples, item.sample_rate, rate).astype(np.float32)
            sound = {"audio": [samples], "sampling_rate": rate}
        prompt = chat_prompt(self._processor, request)
        return self._processor(text=prompt, return_tensors="pt", **sound).to(self._model.device)

    def _steering(self, directive: SignedDirective) -> "_Steering | None":
        if directive.alpha == 0:
            return None
        loaded = self._loaded.get(directive.vector)
        if loaded is None:
            names = ", ".join(map(str, self._loaded)) or "none"
            raise UnsteerableError(f"{directive.vector} is not loaded; loaded are: {names}.")
        if isinstance(loaded, LinearSteering):
            return _ByMatrices(loaded, directive.alpha, self._model.device)
        if directive.gate and loaded.gate is None:
            raise UnsteerableError(f"Vector set {directive.vector} has no gate; ask for it with the gate off.")
        return _ByVectors(loaded, directive, self._model.device)

    @contextmanager
    def _hooked(self, on_layer: OnLayer | None) -> Iterator[None]:
        """Call ``on_layer`` after every layer. Without one the model is stock, without a hook."""

        def hook(index: int) -> Callable[[Any, Any, Any], Any]:
            def after(_layer: Any, _args: Any, output: Any) -> Any:
                assert on_layer is not None
                stream = output[0] if isinstance(output, tuple) else output
                moved = on_layer(index, stream)
                if moved is None:
                    return output
                stream = stream.clone()
                stream[0, -1] += moved
                return (stream, *output[1:]) if isinstance(output, tuple) else stream

            return after

        layers = [] if on_layer is None else list(self._layers)
        hooks = [layer.register_forward_hook(hook(index)) for index, layer in enumerate(layers)]
        try:
            yield
        finally:
            for each in hooks:
                each.remove()


class _Steering(Protocol):
    """How one request is steered. A pass of one token decodes; any other is the prompt's."""

    @property
    def reading(self) -> float | None: ...
    def move(self, layer: int, stream: torch.Tensor) -> torch.Tensor | None: ...


class _ByVectors:
    """h_l <- h_l + alpha v_l (arXiv 2510.17633, eq. 2), times how wide the gate stands open where there is one."""

    def __init__(self, vectors: VectorSet, directive: SignedDirective, device: torch.device) -> None:
        self._rows = dict(zip(vectors.layers, vectors.vectors.to(device), strict=True))
        self._alpha = max(-vectors.largest_alpha, min(directive.alpha, vectors.largest_alpha))
        self._decoded_too = vectors.positions == "last-prompt-and-decoded"
        self._gate = vectors.gate if directive.gate else None
        self._opening = 0.0 if directive.gate else 1.0

    @property
    def reading(self) -> float | None:
        return None if self._gate is None else self._opening

    def move(self, layer: int, stream: torch.Tensor) -> torch.Tensor | None:
        decoding = stream.shape[1] == 1
        if decoding and not self._decoded_too:
            return None
        gate = self._gate
        if gate is not None:
            if layer == gate.layer and (gate.reread or not decoding):
                self._opening = max(self._opening, float(gate.opening(stream[0, -1].cpu())))
            if layer <= gate.layer and not decoding:
                return None
        row = self._rows.get(layer)
        return None if row is None else self._alpha * self._opening * row


class _ByMatrices:
    """h_l <- h_l + alpha M_l h_l."""

    reading = None

    def __init__(self, linear: LinearSteering, alpha: float, device: torch.device) -> None:
        self._matrices = dict(zip(linear.layers, linear.matrices.to(device), strict=True))
        self._alpha = alpha

    def move(self, layer: int, stream: torch.Tensor) -> torch.Tensor | None:
        matrix = self._matrices.get(layer)
        return None if matrix is None else self._alpha * (matrix @ stream[0, -1])
