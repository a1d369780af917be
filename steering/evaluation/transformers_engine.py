"""Stock transformers with forward hooks: the plain engine that vLLM's is compared with, in answers and in speed."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import exp
from pathlib import Path
from typing import Any

import torch

from steering.evaluation.engine import Answer, LinearSteering, Request
from steering.evaluation.prompting import chat_prompt
from steering.extraction import decoder_layers
from steering.vector_set import VectorSet, VectorSetId


class SteeringNotLoaded(LookupError):
    """A directive names what this engine does not hold; the message says what to load."""


class TransformersEngine:
    """A ``BatchEngine`` that asks ``batch_size`` requests at a time and keeps no clip's encoding.

    Steering is SARSteer's eq. 2 (arXiv 2510.17633): h_l <- h_l + alpha * v_l after each layer, at the last prompt
    token and, where the set says so, at every decoded one. Answers are greedy, of ``max_tokens`` at most.
    """

    def __init__(self, model: Any, processor: Any, *, max_tokens: int = 40, batch_size: int = 1) -> None:
        self._model = model
        self._processor = processor
        # The last prompt token must be the last of every row of a batch.
        processor.tokenizer.padding_side = "left"
        self._max_tokens = max_tokens
        self._batch_size = batch_size
        text = model.config.get_text_config()
        self._hidden_size = int(text.hidden_size)
        self._layers = decoder_layers(model, int(text.num_hidden_layers))
        self._loaded: dict[VectorSetId, VectorSet | LinearSteering] = {}

    @classmethod
    def start(cls, folder: Path, *, max_tokens: int = 40, batch_size: int = 1) -> "TransformersEngine":
        """Load the model in ``folder`` in float32, on a GPU where there is one."""
        from transformers import AutoModelForMultimodalLM, AutoProcessor

        device = "cuda" if torch.cuda.is_available() else "cpu"
        model = AutoModelForMultimodalLM.from_pretrained(folder, dtype=torch.float32).eval().to(device)
        return cls(model, AutoProcessor.from_pretrained(folder), max_tokens=max_tokens, batch_size=batch_size)

    @property
    def num_layers(self) -> int:
        return len(self._layers)

    @property
    def hidden_size(self) -> int:
        return self._hidden_size

    async def load(self, steering: VectorSet | LinearSteering) -> None:
        self._loaded[steering.id] = steering

    async def unload(self, id_: VectorSetId) -> None:
        self._loaded.pop(id_, None)

    async def answers(self, requests: Sequence[Request]) -> list[Answer]:
        """Raise SteeringNotLoaded where a directive steers by what is not loaded, or by a gate that its set lacks."""
        answers: list[Answer] = []
        for batch in self._batches(requests):
            rows = [self._row(request) for request in batch]
            texts = self._generate(batch, rows)
            answers += [Answer(text, row.opening if row else None) for text, row in zip(texts, rows, strict=True)]
        return answers

    async def states(self, requests: Sequence[Request]) -> torch.Tensor:
        read = [self._read(batch) for batch in self._batches(requests)]
        return torch.cat(read) if read else torch.empty(0, self.num_layers, self.hidden_size)

    @torch.no_grad()
    def _read(self, requests: Sequence[Request]) -> torch.Tensor:
        inputs = self._inputs(requests)
        positions = (inputs["attention_mask"].cumsum(-1) - 1).clamp(min=0)
        captured: list[torch.Tensor] = []
        with self._hooked(lambda _layer, hidden: captured.append(hidden[:, -1].float().cpu())):
            self._model(**inputs, position_ids=positions, use_cache=False)
        return torch.stack(captured, dim=1)

    def _batches(self, requests: Sequence[Request]) -> Iterator[Sequence[Request]]:
        for start in range(0, len(requests), self._batch_size):
            yield requests[start : start + self._batch_size]

    def _row(self, request: Request) -> "_Row | None":
        directive = request.directive
        if directive.alpha == 0:
            return None
        steering = self._loaded.get(directive.vector)
        if steering is None:
            held = ", ".join(map(str, self._loaded)) or "nothing"
            raise SteeringNotLoaded(f"This engine holds {held}, not {directive.vector}; load it first.")
        gate = getattr(steering, "gate", None) if directive.gate else None
        if directive.gate and gate is None:
            raise SteeringNotLoaded(f"{directive.vector} has no gate; steer by it without one.")
        return _Row(steering, directive.alpha, gate, 0.0 if gate is not None else None)

    def _inputs(self, requests: Sequence[Request]) -> Any:
        rate = int(self._processor.feature_extractor.sampling_rate)
        sounds = [_resampled(request, rate) for request in requests if request.item.samples is not None]
        sound = {"audio": sounds, "sampling_rate": rate} if sounds else {}
        texts = [chat_prompt(self._processor, request) for request in requests]
        inputs = self._processor(text=texts, return_tensors="pt", padding=True, **sound)
        return inputs.to(self._model.device)

    def _generate(self, requests: Sequence[Request], rows: Sequence["_Row | None"]) -> list[str]:
        inputs = self._inputs(requests)

        def steer(layer: int, hidden: torch.Tensor) -> None:
            # A chat prompt has more than one token; what comes one at a time is decoded.
            decoding = hidden.shape[1] == 1
            for index, row in enumerate(rows):
                if row is not None:
                    row.steer(layer, hidden[index, -1], decoding)

        with self._hooked(steer):
            tokens = self._model.generate(**inputs, max_new_tokens=self._max_tokens, do_sample=False)
        answers = tokens[:, inputs["input_ids"].shape[1] :]
        return list(self._processor.tokenizer.batch_decode(answers, skip_special_tokens=True))

    @contextmanager
    def _hooked(self, visit: Callable[[int, torch.Tensor], None]) -> Iterator[None]:
        """Call ``visit(layer, hidden [batch, tokens, hidden])`` after every decoder layer; it may write to hidden."""

        def hook(layer: int) -> Callable[[Any, Any, Any], None]:
            return lambda _layer, _args, output: visit(layer, output[0] if isinstance(output, tuple) else output)

        handles = [layer.register_forward_hook(hook(index)) for index, layer in enumerate(self._layers)]
        try:
            yield
        finally:
            for handle in handles:
                handle.remove()


@dataclass(slots=True, eq=False)
class _Row:
    """How one request of a batch is steered, and how wide its gate stood open at most."""

    steering: VectorSet | LinearSteering
    alpha: float
    gate: Any
    opening: float | None

    def steer(self, layer: int, state: torch.Tensor, decoding: bool) -> None:
        """Add to ``state`` [hidden], in place, what is due after ``layer``."""
        if self.gate is not None and layer == self.gate.layer and (not decoding or getattr(self.gate, "reread", False)):
            self.opening = max(self.opening or 0.0, _opening(self.gate, state))
        if decoding and getattr(self.steering, "positions", "") == "last-prompt":
            return
        # The gate has not been read yet: these layers leave the last prompt token as it is.
        if self.gate is not None and not decoding and layer <= self.gate.layer:
            return
        if layer not in self.steering.layers:
            return
        index = self.steering.layers.index(layer)
        alpha = self.alpha if self.opening is None else self.alpha * self.opening
        if isinstance(self.steering, LinearSteering):
            state += alpha * (self.steering.matrices[index].to(state) @ state)
        else:
            state += alpha * self.steering.vectors[index].to(state)


def _opening(gate: Any, state: torch.Tensor) -> float:
    score = float(state.double().cpu() @ gate.direction.double())
    # The clamp keeps exp() finite; a sigmoid is 0 or 1 long before.
    return 1 / (1 + exp(min(max(-gate.gain * (score - gate.bias), -700.0), 700.0)))


def _resampled(request: Request, rate: int) -> Any:
    if request.item.sample_rate == rate:
        return request.item.samples
    import soxr

    return soxr.resample(request.item.samples, request.item.sample_rate, rate)
