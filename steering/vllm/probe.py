"""The evaluation's worker: SteeringWorker that also tells the decoder's states and steers by matrices.

For baselines and measurements, in an eager engine of their own. The server never names this worker.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from steering.vllm.evaluation import LINEAR_KEY, STATES_KEY
from steering.vllm.layers import find_decoder
from steering.vllm.worker import SteeringWorker


@dataclass(slots=True, eq=False)
class _Step:
    """What this step's tokens are asked for: token index -> name, and matrices' id -> (token indices, alphas)."""

    states: dict[int, str]
    linear: dict[str, tuple[list[int], list[float]]]


class ProbingWorker(SteeringWorker):
    """Named in ``worker_cls`` by the evaluation's engine."""

    def load_model(self, *args: Any, **kwargs: Any) -> None:
        super().load_model(*args, **kwargs)
        if self.use_v2_model_runner or not self.vllm_config.model_config.enforce_eager:
            raise RuntimeError("The evaluation's engine probes an eager V1 runner; start it with enforce_eager.")
        self._step = _Step({}, {})
        self._states: dict[str, list[torch.Tensor]] = {}
        self._matrices: dict[str, dict[int, torch.Tensor]] = {}
        text = self.vllm_config.model_config.hf_text_config
        decoder = find_decoder(self.model_runner.get_model(), text.num_hidden_layers, text.hidden_size)
        for index, layer in enumerate(decoder.layers):
            layer.register_forward_hook(self._probe(index))
        prepare = self.model_runner._prepare_inputs

        def prepare_and_note(scheduler_output: Any, num_scheduled_tokens: Any) -> Any:
            prepared = prepare(scheduler_output, num_scheduled_tokens)
            self._step = self._note(np.asarray(num_scheduled_tokens))
            return prepared

        self.model_runner._prepare_inputs = prepare_and_note

    def _note(self, scheduled: Any) -> _Step:
        batch = self.model_runner.input_batch
        step = _Step({}, {})
        ends = np.cumsum(scheduled)
        for index, id_ in enumerate(batch.req_ids[: batch.num_reqs]):
            asked = self.model_runner.requests[id_].sampling_params.extra_args or {}
            # From the step that holds the last prompt token on, what is probed is the request's last token of the step.
            reached = int(batch.num_computed_tokens_cpu[index] + scheduled[index] - batch.num_prompt_tokens[index])
            if reached == 0 and STATES_KEY in asked:
                step.states[int(ends[index]) - 1] = asked[STATES_KEY]
            if reached >= 0 and LINEAR_KEY in asked:
                matrices, alpha = asked[LINEAR_KEY]
                tokens, alphas = step.linear.setdefault(matrices, ([], []))
                tokens.append(int(ends[index]) - 1)
                alphas.append(float(alpha))
        return step

    def _probe(self, index: int) -> Callable[[Any, Any, Any], Any]:
        def hook(_layer: Any, _args: Any, output: Any) -> Any:
            hidden, residual = output if isinstance(output, tuple) else (None, output)
            for token, name in self._step.states.items():
                stream = residual[token] if hidden is None else hidden[token] + residual[token]
                self._states.setdefault(name, []).append(stream.float().cpu())
            for id_, (tokens, alphas) in self._step.linear.items():
                matrix = self._matrices[id_].get(index)
                if matrix is None:
                    continue
                stream = residual[tokens] if hidden is None else hidden[tokens] + residual[tokens]
                moved = torch.tensor(alphas, device=stream.device)[:, None] * (stream.float() @ matrix.T)
                residual = residual.clone()
                residual[tokens] += moved.to(residual.dtype)
            return residual if hidden is None else (hidden, residual)

        return hook

    def sarsteer_take_states(self) -> dict[str, bytes]:
        """The states kept since the last call, by name: float32 [layers, hidden], row-major."""
        taken = {name: torch.stack(rows).numpy().tobytes() for name, rows in self._states.items()}
        self._states.clear()
        return taken

    def sarsteer_load_matrices(self, id_: str, layers: list[int], hidden: int, raw: bytes) -> None:
        """Keep ``raw``, float32 [len(layers), hidden, hidden], as the matrices of ``layers``."""
        stacked = torch.frombuffer(bytearray(raw), dtype=torch.float32).reshape(len(layers), hidden, hidden)
        self._matrices[id_] = {layer: matrix.to(self.device) for layer, matrix in zip(layers, stacked, strict=True)}

    def sarsteer_unload_matrices(self, id_: str) -> None:
        self._matrices.pop(id_, None)
