"""Installs steering in a loaded model runner, V1 or V2, before it profiles, compiles or captures anything."""

from typing import Any

import numpy as np
import torch

from steering.vllm.config import SteeringConfig
from steering.vllm.layers import SteeringBuffers, attach, find_decoder
from steering.vllm.table import SteeringTable


def install(runner: Any, vllm_config: Any, device: torch.device, *, v2: bool) -> SteeringTable:
    """Hook the runner's decoder layers and have the table filled before each of its forward passes.

    Raise UnsupportedModel if the model has no decoder that can be steered.
    """
    text = vllm_config.model_config.hf_text_config
    decoder = find_decoder(runner.get_model(), text.num_hidden_layers, text.hidden_size)
    config = SteeringConfig.of(vllm_config)
    buffers = SteeringBuffers(
        config.slots,
        _most_tokens(vllm_config),
        decoder,
        device,
        config.gate_layers,
        # Preempted requests keep their cells, and other requests may run meanwhile.
        cells=4 * vllm_config.scheduler_config.max_num_seqs,
    )
    attach(decoder, buffers)
    table = SteeringTable(buffers)
    if v2:
        fill_from_v2(runner.model_state, table)
    else:
        fill_from_v1(runner, table)
    return table


def _most_tokens(vllm_config: Any) -> int:
    scheduler = vllm_config.scheduler_config
    captured = vllm_config.compilation_config.max_cudagraph_capture_size or 0
    return int(max(scheduler.max_num_batched_tokens, scheduler.max_num_seqs, captured))


def fill_from_v1(runner: Any, table: SteeringTable) -> None:
    """V1 (``v1/worker/gpu_model_runner.py``): after ``_prepare_inputs``, when the batch order is final."""
    prepare = runner._prepare_inputs

    def prepare_and_fill(scheduler_output: Any, num_scheduled_tokens: Any) -> Any:
        prepared = prepare(scheduler_output, num_scheduled_tokens)
        batch = runner.input_batch
        count = batch.num_reqs
        rows = [table.admit(id_, runner.requests[id_].sampling_params) for id_ in batch.req_ids[:count]]
        table.fill(
            rows,
            np.asarray(num_scheduled_tokens[:count]),
            batch.num_computed_tokens_cpu[:count],
            batch.num_prompt_tokens[:count],
        )
        return prepared

    runner._prepare_inputs = prepare_and_fill


def fill_from_v2(model_state: Any, table: SteeringTable) -> None:
    """V2 (``v1/worker/gpu/model_states``): ``prepare_inputs`` runs before every forward, graph replays too."""
    add, prepare = model_state.add_request, model_state.prepare_inputs

    def admit_and_add(req_index: int, new_request: Any) -> Any:
        table.admit(new_request.req_id, new_request.sampling_params)
        return add(req_index, new_request)

    def prepare_and_fill(input_batch: Any, request_states: Any) -> Any:
        rows = [table.admit(id_, None) for id_ in input_batch.req_ids]
        table.fill(
            rows,
            np.asarray(input_batch.num_scheduled_tokens),
            np.asarray(input_batch.num_computed_tokens_np),
            request_states.prompt_len.np[input_batch.idx_mapping_np],
        )
        return prepare(input_batch, request_states)

    model_state.add_request = admit_and_add
    model_state.prepare_inputs = prepare_and_fill
