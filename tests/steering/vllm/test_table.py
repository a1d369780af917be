"""Rows for tokens, for the V1 and the V2 runner alike, in any batch order and any chunking."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from steering.vllm.layers import Decoder, SteeringBuffers, UnsupportedModel, attach, find_decoder
from steering.vllm.patch import fill_from_v1, fill_from_v2
from steering.vllm.table import SteeringTable
from tests.steering.vllm.stand_in import Model, params

LAYERS, HIDDEN, TOKENS = 2, 4, 64


def made() -> tuple[Decoder, SteeringBuffers, SteeringTable]:
    decoder = find_decoder(Model(LAYERS), LAYERS, HIDDEN)
    buffers = SteeringBuffers(3, TOKENS, decoder, torch.device("cpu"))
    table = SteeringTable(buffers)
    table.load("paper", (0, 1), torch.full((2, HIDDEN), 1.0), "last-prompt-and-decoded")
    table.load("last", (1,), torch.full((1, HIDDEN), 10.0), "last-prompt")
    return decoder, buffers, table


def test_the_decoder_is_found_by_its_shape_and_refused_by_name() -> None:
    assert find_decoder(Model(LAYERS), LAYERS, HIDDEN).path == "language_model.model.layers"
    with pytest.raises(UnsupportedModel, match="Model has no decoder of 7 layers"):
        find_decoder(Model(LAYERS), 7, HIDDEN)


def test_a_layer_adds_each_tokens_own_dose_to_the_stream() -> None:
    decoder, buffers, _ = made()
    attach(decoder, buffers)
    buffers.slot[:3] = torch.tensor([0, 1, 1])
    buffers.alpha[:3, 0] = torch.tensor([9.0, 0.5, 2.0])
    hidden, residual = decoder.layers[0](torch.ones(3, HIDDEN), torch.zeros(3, HIDDEN))
    assert torch.equal(hidden, torch.full((3, HIDDEN), 2.0))
    assert torch.equal(residual[:, 0], torch.tensor([1.0, 1.5, 3.0]))


def test_half_precision_streams_stay_in_half_precision() -> None:
    decoder, buffers, _ = made()
    attach(decoder, buffers)
    buffers.slot[:1], buffers.alpha[:1] = 1, 0.5
    _, residual = decoder.layers[0](torch.ones(1, HIDDEN, dtype=torch.bfloat16), torch.zeros(1, HIDDEN))
    assert residual.dtype == torch.float32
    _, residual = decoder.layers[0](*(torch.ones(1, HIDDEN, dtype=torch.bfloat16),) * 2)
    assert residual.dtype == torch.bfloat16
    assert torch.equal(residual, torch.full((1, HIDDEN), 2.5, dtype=torch.bfloat16))


def test_a_set_without_a_layer_leaves_that_layer_alone() -> None:
    _, buffers, _ = made()
    assert torch.equal(buffers.banks[0][2], torch.zeros(HIDDEN))
    assert torch.equal(buffers.banks[1][2], torch.full((HIDDEN,), 10.0))


@given(
    prompts=st.lists(st.integers(1, 9), min_size=1, max_size=4),
    decoded=st.integers(0, 4),
    chunk=st.integers(1, 9),
    digests=st.lists(st.sampled_from(["paper", "last", ""]), min_size=4, max_size=4),
)
def test_however_a_request_is_chunked_the_same_positions_are_steered(
    prompts: list[int], decoded: int, chunk: int, digests: list[str]
) -> None:
    """Against a loop over positions, one request and one token at a time."""
    _, buffers, table = made()
    rows = [table.admit(str(i), params(digest, float(i + 1) if digest else 0.0)) for i, digest in enumerate(digests)]
    rows = rows[: len(prompts)]
    lengths = [prompt + decoded for prompt in prompts]
    for start in range(0, max(lengths), chunk):
        live = [i for i, length in enumerate(lengths) if start < length]
        scheduled = np.array([min(chunk, lengths[i] - start) for i in live])
        table.fill([rows[i] for i in live], scheduled, np.full(len(live), start), np.array([prompts[i] for i in live]))
        expected = []
        for i, count in zip(live, scheduled, strict=True):
            for position in range(start, start + count):
                last, after = position == prompts[i] - 1, position >= prompts[i]
                steered = (digests[i] == "paper" and (last or after)) or (digests[i] == "last" and last)
                expected.append(float(i + 1) if steered else 0.0)
        total = len(expected)
        assert buffers.alpha[:total, 0].tolist() == expected
        assert [bool(slot) for slot in buffers.slot[:total]] == [bool(alpha) for alpha in expected]
        assert not buffers.alpha[total:].any()
        assert not buffers.slot[total:].any()


def test_an_unsteered_step_after_a_steered_one_clears_its_rows() -> None:
    _, buffers, table = made()
    one = np.array([1])
    table.fill([table.admit("a", params("paper", 1.0))], one, np.array([4]), np.array([5]))
    assert buffers.alpha[0] == 1.0
    table.fill([table.admit("b", params("", 0.0))], one, np.array([4]), np.array([5]))
    assert not buffers.alpha.any()


@pytest.mark.parametrize(
    ("sampling_params", "reason"),
    [
        (None, "without a steering directive"),
        (SimpleNamespace(extra_args={}), "without a steering directive"),
        (SimpleNamespace(extra_args={"sarsteer": {}}), "cannot be read"),
        (params("paper", float("nan")), "cannot be read"),
        (params("paper", float("inf")), "cannot be read"),
        (params("paper", float("nan"), True), "cannot be read"),
        (params("paper", 1.0, 1), "cannot be read"),
        (params("paper", 1.0, "on"), "cannot be read"),
        (SimpleNamespace(extra_args={"sarsteer": ["paper", 1.0]}), "cannot be read"),
        (SimpleNamespace(extra_args={"sarsteer": ["paper", "1", False]}), "cannot be read"),
        (params("paper", 1.0, True), "no gate in this worker"),
        (params("absent", 1.0), "not loaded"),
    ],
)
def test_what_cannot_be_steered_is_kept_for_the_scheduler_to_end(sampling_params: Any, reason: str) -> None:
    _, buffers, table = made()
    row = table.admit("bad", sampling_params)
    assert reason in table.unsteerable["bad"]
    table.fill([row], np.array([1]), np.array([4]), np.array([5]))
    assert not buffers.alpha.any()
    table.forget(["bad"])
    assert not table.unsteerable


def test_a_set_that_leaves_under_a_running_request_ends_that_request_alone() -> None:
    _, buffers, table = made()
    table.admit("gone", params("paper", 1.0))
    table.admit("stays", params("last", 1.0))
    table.unload("paper")
    assert set(table.unsteerable) == {"gone"}
    assert not table.admit("gone", params("paper", 1.0)).slot
    assert not buffers.banks[0].any()
    table.load("next", (0, 1), torch.ones(2, HIDDEN), "last-prompt")
    assert not table.admit("gone", params("paper", 1.0)).slot


@pytest.mark.parametrize(
    ("layers", "vectors"),
    [
        ((0, 1), torch.ones(1, HIDDEN)),
        ((0,), torch.ones(1, HIDDEN + 1)),
        ((2,), torch.ones(1, HIDDEN)),
        ((0,), torch.full((1, HIDDEN), float("nan"))),
    ],
)
def test_vectors_that_do_not_fit_are_refused(layers: tuple[int, ...], vectors: torch.Tensor) -> None:
    _, buffers, table = made()
    with pytest.raises(ValueError, match="Vector set misfit"):
        table.load("misfit", layers, vectors, "last-prompt")
    assert not any(bank[3].any() for bank in buffers.banks)


def test_the_v1_runner_fills_after_it_has_prepared_its_batch() -> None:
    _, buffers, table = made()
    runner = SimpleNamespace(
        _prepare_inputs=lambda _output, _scheduled: "prepared",
        input_batch=SimpleNamespace(
            num_reqs=2,
            req_ids=["b", "a", "stale"],
            num_computed_tokens_cpu=np.array([0, 6, 99]),
            num_prompt_tokens=np.array([3, 5, 99]),
        ),
        requests={
            "a": SimpleNamespace(sampling_params=params("paper", 0.5)),
            "b": SimpleNamespace(sampling_params=params("last", 2.0)),
        },
    )
    fill_from_v1(runner, table)
    assert runner._prepare_inputs(None, np.array([3, 1])) == "prepared"
    assert buffers.alpha[:4, 0].tolist() == [0.0, 0.0, 2.0, 0.5]
    assert buffers.slot[:4].tolist() == [0, 0, 2, 1]


def test_the_v2_runner_fills_before_every_forward() -> None:
    _, buffers, table = made()
    added: list[int] = []
    state = SimpleNamespace(
        add_request=lambda index, _request: added.append(index),
        prepare_inputs=lambda _batch, _states: {"positions": "theirs"},
    )
    fill_from_v2(state, table)
    for index, (id_, directive) in enumerate([("a", params("paper", 0.5)), ("b", params("last", 2.0))]):
        state.add_request(index, SimpleNamespace(req_id=id_, sampling_params=directive))
    batch = SimpleNamespace(
        req_ids=["b", "a"],
        num_scheduled_tokens=np.array([3, 1], np.int32),
        num_computed_tokens_np=np.array([0, 6], np.int32),
        idx_mapping_np=np.array([1, 0]),
    )
    states = SimpleNamespace(prompt_len=SimpleNamespace(np=np.array([5, 3, 0])))
    assert state.prepare_inputs(batch, states) == {"positions": "theirs"}
    assert added == [0, 1]
    assert buffers.alpha[:4, 0].tolist() == [0.0, 0.0, 2.0, 0.5]


def test_the_seams_that_are_patched_are_still_in_vllm() -> None:
    """A vLLM that renames one of these must fail here, not serve unsteered."""
    import inspect

    from vllm.v1.core.sched.scheduler import Scheduler
    from vllm.v1.request import Request
    from vllm.v1.worker.gpu.model_states.interface import ModelState
    from vllm.v1.worker.gpu_model_runner import GPUModelRunner

    def arguments(function: Any) -> list[str]:
        return list(inspect.signature(function).parameters)

    assert arguments(GPUModelRunner._prepare_inputs) == ["self", "scheduler_output", "num_scheduled_tokens"]
    assert arguments(ModelState.add_request) == ["self", "req_index", "new_req_data"]
    assert arguments(ModelState.prepare_inputs) == ["self", "input_batch", "req_states"]
    assert arguments(Scheduler.update_from_output) == ["self", "scheduler_output", "model_runner_output"]
    assert arguments(Scheduler.add_request) == ["self", "request"]
    assert "_block_hasher" in inspect.getsource(Request.update_block_hashes)
