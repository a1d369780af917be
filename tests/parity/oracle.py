"""Steered transformers, written from the equations of the paper and of the gate, and from nothing in ``steering``."""

import math
from typing import Any

import torch

from tests.parity.engines import MODEL, NEW_TOKENS, SAMPLE_RATE, Answer, Case


class Oracle:
    """Greedy decoding of the reference LALM in float32, with ``h_l <- h_l + alpha v_l`` (eq. 2) by hooks."""

    def __init__(self) -> None:
        from transformers import AutoProcessor, Qwen2AudioForConditionalGeneration

        self._model = Qwen2AudioForConditionalGeneration.from_pretrained(MODEL, dtype=torch.float32).eval()
        self._processor = AutoProcessor.from_pretrained(MODEL)
        self._case: Case | None = None
        self._prompt_length = 0
        self._open = 1.0
        for index, layer in enumerate(self._model.model.language_model.layers):
            layer.register_forward_hook(self._hook(index))

    def _hook(self, index: int) -> Any:
        def add(_module: Any, _args: Any, output: Any) -> Any:
            case = self._case
            if case is None or case.vector_set is None:
                return output
            hidden = output[0] if isinstance(output, tuple) else output
            decoding = hidden.shape[1] < self._prompt_length
            if decoding and case.vector_set.positions == "last-prompt":
                return output
            gate = case.vector_set.gate if case.gate else None
            if gate is not None and index == gate.layer and (gate.reread or not decoding):
                score = float(hidden[0, -1].double() @ gate.direction.double())
                reading = 1 / (1 + math.exp(-gate.gain * (score - gate.bias)))
                self._open = max(self._open, reading)
            if gate is not None and not decoding and index <= gate.layer:
                return output
            hidden = hidden.clone()
            hidden[:, -1] += case.alpha * self._open * case.vector_set.vectors[index]
            return (hidden, *output[1:]) if isinstance(output, tuple) else hidden

        return add

    @torch.no_grad()
    def answer(self, case: Case) -> Answer:
        audio = case.question.audio
        sound = {} if audio is None else {"audio": [audio], "sampling_rate": SAMPLE_RATE}
        inputs = self._processor(text=case.question.prompt, return_tensors="pt", **sound)
        self._open = 0.0 if case.gate else 1.0
        self._case, self._prompt_length = case, inputs["input_ids"].shape[1]
        generated = self._model.generate(
            **inputs,
            max_new_tokens=NEW_TOKENS,
            min_new_tokens=NEW_TOKENS,
            do_sample=False,
            eos_token_id=None,
            output_logits=True,
            return_dict_in_generate=True,
        )
        self._case = None
        logprobs = [torch.log_softmax(step[0].float(), -1) for step in generated.logits]
        return Answer(
            tuple(generated.sequences[0, self._prompt_length :].tolist()),
            tuple(dict(enumerate(step.tolist())) for step in logprobs),
            gate=self._open if case.gate else None,
        )
