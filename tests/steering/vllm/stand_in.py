"""A model as vLLM builds them and runners as vLLM runs them, as far as steering looks at either."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Protocol

import numpy as np
import torch
from torch import nn

from steering.vllm.patch import fill_from_v1, fill_from_v2
from steering.vllm.table import SteeringTable


class Layer(nn.Module):
    """As vLLM's layers: hidden states and their residual, whose sum is the residual stream."""

    def forward(self, hidden: torch.Tensor, residual: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        return hidden * 2, residual + hidden


class Body(nn.Module):
    def __init__(self, layers: int) -> None:
        super().__init__()
        self.start_layer = 0
        self.layers = nn.ModuleList(Layer() for _ in range(layers))


class Model(nn.Module):
    def __init__(self, layers: int) -> None:
        super().__init__()
        self.language_model = nn.ModuleDict({"model": Body(layers)})


def params(digest: str, alpha: float, gate: object = False) -> Any:
    return SimpleNamespace(extra_args={"sarsteer": [digest, alpha, gate]})


@dataclass(frozen=True, slots=True)
class Scheduled:
    """One request's share of a step: its next ``tokens`` after the ``computed`` ones."""

    request_id: str
    sampling_params: Any
    tokens: int
    computed: int
    prompt: int


class Runner(Protocol):
    def prepare(self, batch: Sequence[Scheduled]) -> None:
        """What a runner does before each forward pass."""

    def preempt(self, request_id: str) -> None:
        """Take a request out, to be resumed later."""


class V1Runner:
    """Its arrays are longer than the batch: rows of requests that left are still in them."""

    def __init__(self, table: SteeringTable) -> None:
        self._runner = SimpleNamespace(_prepare_inputs=lambda _output, _scheduled: None, requests={})
        fill_from_v1(self._runner, table)

    def prepare(self, batch: Sequence[Scheduled]) -> None:
        for each in batch:
            self._runner.requests[each.request_id] = SimpleNamespace(sampling_params=each.sampling_params)
        self._runner.input_batch = SimpleNamespace(
            num_reqs=len(batch),
            req_ids=[each.request_id for each in batch] + ["stale"],
            num_computed_tokens_cpu=np.array([each.computed for each in batch] + [99]),
            num_prompt_tokens=np.array([each.prompt for each in batch] + [99]),
        )
        self._runner._prepare_inputs(None, np.array([each.tokens for each in batch]))

    def preempt(self, request_id: str) -> None:
        del self._runner.requests[request_id]


class V2Runner:
    """Requests are added once, and again when they resume; the batch points to their states by index."""

    def __init__(self, table: SteeringTable) -> None:
        self._state = SimpleNamespace(
            add_request=lambda _index, _request: None, prepare_inputs=lambda _batch, _states: {}
        )
        self._added: dict[str, int] = {}
        self._prompts = np.full(64, 99)
        fill_from_v2(self._state, table)

    def prepare(self, batch: Sequence[Scheduled]) -> None:
        for each in batch:
            if each.request_id not in self._added:
                index = min(set(range(64)) - set(self._added.values()))
                self._added[each.request_id], self._prompts[index] = index, each.prompt
                request = SimpleNamespace(req_id=each.request_id, sampling_params=each.sampling_params)
                self._state.add_request(index, request)
        self._state.prepare_inputs(
            SimpleNamespace(
                req_ids=[each.request_id for each in batch],
                num_scheduled_tokens=np.array([each.tokens for each in batch], np.int32),
                num_computed_tokens_np=np.array([each.computed for each in batch], np.int32),
                idx_mapping_np=np.array([self._added[each.request_id] for each in batch], np.int64),
            ),
            SimpleNamespace(prompt_len=SimpleNamespace(np=self._prompts)),
        )

    def preempt(self, request_id: str) -> None:
        del self._added[request_id]
