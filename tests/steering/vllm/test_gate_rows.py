"""Which token reads, waits and is steered through which cell, against a loop over tokens written from the rule."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import exp
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from steering.gate import Gate
from steering.vector_set import Positions
from steering.vllm.layers import (
    CONSTANT_CELL,
    FIRST_CELL,
    SCRAP_CELL,
    Decoder,
    GateBuffers,
    GateReader,
    SteeringBuffers,
    attach,
    find_decoder,
)
from steering.vllm.table import Readings, SteeringTable
from tests.steering.vllm.stand_in import Model, Runner, Scheduled, V1Runner, V2Runner, params

LAYERS, HIDDEN, TOKENS, CELLS, PADDING = 4, 3, 64, 4, 2


@dataclass(frozen=True)
class Resident:
    """A set as the tests load it."""

    positions: Positions
    gate: Gate | None
    vectors: torch.Tensor


def gate(layer: int, seed: int, *, reread: bool = False) -> Gate:
    direction = torch.randn(HIDDEN, generator=torch.Generator().manual_seed(seed))
    return Gate(layer, direction / direction.norm(), bias=0.3, gain=0.4, reread=reread)


def drawn(seed: int) -> torch.Tensor:
    return torch.randn(LAYERS, HIDDEN, generator=torch.Generator().manual_seed(seed))


SETS = {
    "ungated": Resident("last-prompt-and-decoded", None, drawn(1)),
    "early": Resident("last-prompt-and-decoded", gate(0, 2), drawn(2)),
    "last": Resident("last-prompt", gate(2, 3), drawn(3)),
    "reread": Resident("last-prompt-and-decoded", gate(1, 4, reread=True), drawn(4)),
    "reread-last": Resident("last-prompt", gate(1, 5, reread=True), drawn(5)),
}


def made(
    sets: dict[str, Resident] = SETS, cells: int = CELLS, layers: tuple[int, ...] = (0, 1, 2)
) -> tuple[Decoder, SteeringBuffers, SteeringTable]:
    decoder = find_decoder(Model(LAYERS), LAYERS, HIDDEN)
    buffers = SteeringBuffers(5, TOKENS, decoder, torch.device("cpu"), layers, cells)
    attach(decoder, buffers)
    table = SteeringTable(buffers)
    for digest, each in sets.items():
        table.load(digest, tuple(range(LAYERS)), each.vectors, each.positions, each.gate)
    return decoder, buffers, table


def gates_of(buffers: SteeringBuffers) -> GateBuffers:
    assert buffers.gates is not None
    return buffers.gates


def run(decoder: Decoder, states: torch.Tensor) -> torch.Tensor:
    """The residual stream after the last layer."""
    hidden, residual = states, torch.zeros_like(states)
    for layer in decoder.layers:
        hidden, residual = layer(hidden, residual)
    return hidden + residual


@dataclass
class Request:
    """A request of a simulated engine: ``known`` of its tokens are there, ``computed`` have been through the model."""

    id: str
    digest: str
    gated: bool
    prompt: int
    total: int
    known: int = 0
    computed: int = 0
    kept: float = 0.0
    states: torch.Tensor = field(default_factory=lambda: torch.zeros(0))

    def __post_init__(self) -> None:
        self.known = self.prompt
        generator = torch.Generator().manual_seed(100 * int(self.id[1:]) + 10 * self.prompt + self.total)
        self.states = torch.randn(self.total, HIDDEN, generator=generator)

    @property
    def sampling_params(self) -> Any:
        return params(self.digest, 0.7 if self.digest else 0.0, self.gated)


def steered(request: Request, position: int) -> bool:
    if not request.digest:
        return False
    decoded_too = SETS[request.digest].positions == "last-prompt-and-decoded"
    return position == request.prompt - 1 or (decoded_too and position >= request.prompt)


def reads(request: Request, position: int) -> bool:
    found = SETS[request.digest].gate if request.gated else None
    if found is None or not steered(request, position):
        return False
    return position == request.prompt - 1 or found.reread


def waits(request: Request, position: int) -> int:
    found = SETS[request.digest].gate if request.gated else None
    return found.layer if found is not None and position == request.prompt - 1 else -1


def expected_step(batch: Sequence[tuple[Request, int]]) -> tuple[torch.Tensor, dict[str, float]]:
    """The step's streams, token by token, and what its gates read. Moves the requests' kept gates."""
    tokens = [(r, p) for r, count in batch for p in range(r.computed, r.computed + count)]
    hidden = [request.states[position].clone() for request, position in tokens]
    residual = [torch.zeros(HIDDEN) for _ in tokens]
    for layer in range(LAYERS):
        for index in range(len(tokens)):
            residual[index] = residual[index] + hidden[index]
            hidden[index] = hidden[index] * 2
        for index, (request, position) in enumerate(tokens):
            read_by = SETS[request.digest].gate if reads(request, position) else None
            if read_by is not None and read_by.layer == layer:
                score = float((hidden[index] + residual[index]) @ read_by.direction)
                request.kept = max(request.kept, 1 / (1 + exp(-read_by.gain * (score - read_by.bias))))
        for index, (request, position) in enumerate(tokens):
            if steered(request, position) and layer > waits(request, position):
                dose = 0.7 * (request.kept if request.gated else 1.0)
                residual[index] = residual[index] + dose * SETS[request.digest].vectors[layer]
    streams = torch.stack([h + r for h, r in zip(hidden, residual, strict=True)])
    return streams, {request.id: request.kept for request, position in tokens if reads(request, position)}


def check_buffers(buffers: SteeringBuffers, table: SteeringTable, batch: Sequence[tuple[Request, int]]) -> None:
    gates = gates_of(buffers)
    tokens = [(r, p) for r, count in batch for p in range(r.computed, r.computed + count)]
    cells = {request.id: table.admit(request.id, None).cell for request, _ in batch}
    assert len({cell for cell in cells.values() if cell}) == sum(request.gated for request, _ in batch)
    total = len(tokens)
    assert gates.cell[:total].tolist() == [cells[r.id] if steered(r, p) else CONSTANT_CELL for r, p in tokens]
    assert gates.reads[:total].tolist() == [cells[r.id] if reads(r, p) else SCRAP_CELL for r, p in tokens]
    assert gates.waits[:total, 0].tolist() == [waits(r, p) for r, p in tokens]
    assert bool((gates.cell[total:] == CONSTANT_CELL).all())
    assert bool((gates.reads[total:] == SCRAP_CELL).all())
    assert bool((gates.waits[total:] == -1).all())
    assert not buffers.slot[total:].any()


KINDS = [("", False), ("ungated", False), ("early", False), *((name, True) for name in SETS if name != "ungated")]
requests = st.tuples(st.sampled_from(KINDS), st.integers(1, 6), st.integers(0, 4), st.integers(0, 5))
"""What steers it, its prompt's tokens, its decoded ones, and the step at which it arrives."""
steps = st.tuples(st.integers(1, 5), st.randoms(use_true_random=False), st.sampled_from([None, None, 0, 1, 2]))
"""The most tokens of a request, the order of the batch and who sits out, and who is preempted."""


@pytest.mark.parametrize("runner", [V1Runner, V2Runner])
@given(st.lists(requests, min_size=1, max_size=CELLS), st.lists(steps, min_size=1, max_size=6))
@settings(max_examples=200)
def test_any_batches_are_read_and_steered_as_token_by_token(
    runner: Callable[[SteeringTable], Runner], asked: list[Any], plan: list[Any]
) -> None:
    decoder, buffers, table = made()
    running = runner(table)
    arrivals = [
        (arrives, Request(f"r{index}", digest, gated, prompt, prompt + decoded))
        for index, ((digest, gated), prompt, decoded, arrives) in enumerate(asked)
    ]
    live: list[Request] = []
    for step in range(200):
        live += [request for arrives, request in arrivals if arrives == step]
        chunk, draw, preempted = plan[step % len(plan)]
        # Bounded, for a plan that preempts for ever never ends.
        if preempted is not None and step < 8 and preempted < len(live) and live[preempted].computed:
            running.preempt(live[preempted].id)
            live[preempted].computed = 0
        draw.shuffle(live)
        batch = [(r, min(chunk, r.known - r.computed)) for r in live if step >= 8 or draw.random() < 0.8]
        if batch:
            running.prepare([Scheduled(r.id, r.sampling_params, n, r.computed, r.prompt) for r, n in batch])
            check_buffers(buffers, table, batch)
            states = torch.cat([r.states[r.computed : r.computed + n] for r, n in batch])
            streams = run(decoder, torch.cat([states, torch.full((PADDING, HIDDEN), 1e30)]))
            expected, readings = expected_step(batch)
            torch.testing.assert_close(streams[:-PADDING], expected, atol=1e-4, rtol=1e-4)
            taken = table.take_readings()
            assert (taken.by_request() if taken else {}) == pytest.approx(readings, abs=1e-5)
            assert table.take_readings() is None
            for request, count in batch:
                request.computed += count
                request.known = max(request.known, min(request.computed + 1, request.total))
        done = [request for request in live if request.computed == request.total]
        table.forget([request.id for request in done])
        live = [request for request in live if request not in done]
        if not live and step >= 5:
            break
    assert not live
    assert not table.unsteerable


def stepped(table: SteeringTable, tokens: int, computed: int, prompt: int, ids: Sequence[str] = ("a",)) -> None:
    rows = [table.admit(id_, None) for id_ in ids]
    each = len(ids)
    table.fill(rows, np.full(each, tokens), np.full(each, computed), np.full(each, prompt))


ONES = torch.ones(LAYERS, HIDDEN)
ALWAYS_HALF = Gate(1, torch.zeros(HIDDEN), bias=0.0, gain=1.0)
FIRST_AXIS = Gate(1, torch.eye(HIDDEN)[0], bias=0.0, gain=1.0, reread=True)


def doses(decoder: Decoder, states: torch.Tensor) -> list[float]:
    """What each layer adds to the last token's stream, beyond what it adds unsteered."""
    added, hidden, residual = [], states, torch.zeros_like(states)
    for layer in decoder.layers:
        before = residual + hidden
        hidden, residual = layer(hidden, residual)
        added.append(float((residual - before)[-1, 0]))
    return added


def test_layers_up_to_the_gate_leave_the_last_prompt_token_alone_and_those_above_steer_by_what_it_read() -> None:
    decoder, _, table = made({"half": Resident("last-prompt-and-decoded", ALWAYS_HALF, ONES)})
    table.admit("a", params("half", 2.0, True))
    stepped(table, 3, 0, 3)
    assert doses(decoder, torch.zeros(3, HIDDEN)) == [0.0, 0.0, 1.0, 1.0]
    stepped(table, 1, 3, 3)
    assert doses(decoder, torch.zeros(1, HIDDEN)) == [1.0] * 4


def test_what_is_decoded_is_steered_by_what_the_prompt_read_whatever_it_would_read_itself() -> None:
    once = Gate(1, FIRST_AXIS.direction, bias=0.0, gain=1.0)
    decoder, _, table = made({"once": Resident("last-prompt-and-decoded", once, ONES)})
    table.admit("a", params("once", 1.0, True))
    stepped(table, 1, 0, 1)
    run(decoder, torch.zeros(1, HIDDEN))
    stepped(table, 1, 1, 1)
    assert doses(decoder, torch.full((1, HIDDEN), 9.0)) == [0.5] * 4
    assert table.take_readings() is None


def test_a_gate_that_rereads_opens_midway_from_its_layer_on_and_never_closes() -> None:
    decoder, _, table = made({"reread": Resident("last-prompt-and-decoded", FIRST_AXIS, ONES)})
    table.admit("a", params("reread", 1.0, True))
    stepped(table, 1, 0, 1)
    run(decoder, torch.zeros(1, HIDDEN))
    stepped(table, 1, 1, 1)
    harmful = doses(decoder, torch.full((1, HIDDEN), 9.0))
    assert harmful == pytest.approx([0.5, 1.0, 1.0, 1.0], abs=1e-4)
    stepped(table, 1, 2, 1)
    assert doses(decoder, torch.full((1, HIDDEN), -9.0)) == pytest.approx([1.0] * 4, abs=1e-4)
    readings = table.take_readings()
    assert readings is not None
    assert readings.by_request() == pytest.approx({"a": 1.0}, abs=1e-4)


def test_a_set_is_steered_in_full_where_its_gate_is_not_asked_for() -> None:
    decoder, _, table = made()
    table.admit("a", params("early", 1.0, False))
    stepped(table, 2, 0, 2)
    assert doses(decoder, torch.zeros(2, HIDDEN)) == pytest.approx(SETS["early"].vectors[:, 0].tolist())
    assert table.take_readings() is None


def test_a_recomputed_prompt_finds_its_gate_as_it_left_it() -> None:
    """Layers below the gate wait again, and a reading that rounds lower does not close it."""
    decoder, buffers, table = made({"reread": Resident("last-prompt-and-decoded", FIRST_AXIS, ONES)})
    row = table.admit("a", params("reread", 1.0, True))
    gates_of(buffers).cells[row.cell] = 0.75
    stepped(table, 2, 0, 2)
    assert doses(decoder, torch.zeros(2, HIDDEN)) == [0.0, 0.0, 0.75, 0.75]


def test_a_cell_is_shut_when_another_request_takes_it() -> None:
    decoder, buffers, table = made(cells=1)
    first = table.admit("a", params("early", 1.0, True))
    stepped(table, 1, 0, 1)
    run(decoder, torch.ones(1, HIDDEN))
    assert gates_of(buffers).cells[first.cell] > 0
    table.forget(["a"])
    second = table.admit("b", params("early", 1.0, True))
    assert second.cell == first.cell == FIRST_CELL
    assert gates_of(buffers).cells[second.cell] == 0
    assert gates_of(buffers).cells[CONSTANT_CELL] == 1


def test_a_request_without_a_free_cell_is_ended_and_the_others_go_on() -> None:
    decoder, buffers, table = made(cells=2)
    for id_ in ("a", "b"):
        table.admit(id_, params("early", 1.0, True))
    assert table.admit("c", params("last", 1.0, True)).slot == 0
    assert table.unsteerable == {"c": "all 2 gates of this worker are in use"}
    assert table.admit("d", params("early", 1.0, False)).slot, "what is not gated needs no cell"
    table.forget(["a"])
    assert table.admit("e", params("last", 1.0, True)).cell >= FIRST_CELL
    assert table.admit("c", params("last", 1.0, True)).slot == 0, "it was unsteerable before; it stays so to its end"
    stepped(table, 1, 0, 1, ["b", "c", "e"])
    run(decoder, torch.zeros(3, HIDDEN))
    taken = table.take_readings()
    assert taken is not None
    assert set(taken.by_request()) == {"b", "e"}
    assert gates_of(buffers).cell[1] == CONSTANT_CELL


def test_readings_are_of_requests_that_are_still_there() -> None:
    _, _, table = made()
    for id_ in ("a", "b"):
        table.admit(id_, params("early", 1.0, True))
    stepped(table, 1, 0, 1, ["a", "b"])
    table.forget(["a"])
    taken = table.take_readings()
    assert taken is not None
    assert taken.request_ids == ("b",)


def test_readings_stay_what_they_were_when_the_next_step_is_launched() -> None:
    decoder, _, table = made({"reread": Resident("last-prompt-and-decoded", FIRST_AXIS, ONES)})
    table.admit("a", params("reread", 1.0, True))
    stepped(table, 1, 0, 1)
    run(decoder, torch.zeros(1, HIDDEN))
    taken = table.take_readings()
    stepped(table, 1, 1, 1)
    run(decoder, torch.full((1, HIDDEN), 9.0))
    table.forget(["a"])
    assert taken is not None
    assert taken.by_request() == {"a": 0.5}


def test_readings_are_looked_at_once_the_device_has_them() -> None:
    values = torch.zeros(1)

    class Event:
        def synchronize(self) -> None:
            values.fill_(0.8)

    assert Readings(("a",), values, Event()).by_request() == pytest.approx({"a": 0.8})


@pytest.mark.parametrize("layers", [(0, 1, 2), ()], ids=["gates", "no gates"])
def test_a_gate_asked_of_a_set_that_has_none_ends_the_request(layers: tuple[int, ...]) -> None:
    _, buffers, table = made({"ungated": SETS["ungated"]}, layers=layers)
    assert table.admit("a", params("ungated", 1.0, True)).slot == 0
    assert table.unsteerable == {"a": "it is to be gated and its vector set has no gate in this worker"}
    stepped(table, 1, 0, 1)
    assert not buffers.alpha.any()


@pytest.mark.parametrize(("layers", "known"), [((0, 2), "after 0, 2;"), ((), "after no layer;")])
def test_a_gate_that_this_engine_does_not_read_is_refused_and_takes_no_slot(
    layers: tuple[int, ...], known: str
) -> None:
    _, buffers, table = made({}, layers=layers)
    with pytest.raises(ValueError, match=f"reads after layer 1 and this engine reads gates {known}"):
        table.load("reread", tuple(range(LAYERS)), ONES, "last-prompt", FIRST_AXIS)
    assert table.resident == ()
    assert not any(bank.any() for bank in buffers.banks)


@pytest.mark.parametrize(
    "unfit",
    [
        Gate(1, torch.ones(HIDDEN + 1), 0.0, 1.0),
        Gate(1, torch.ones(1), 0.0, 1.0),
        Gate(1, torch.full((HIDDEN,), torch.nan), 0.0, 1.0),
        Gate(1, torch.ones(HIDDEN), float("nan"), 1.0),
        Gate(1, torch.ones(HIDDEN), 0.0, float("inf")),
    ],
    ids=["too long", "broadcast", "NaN", "bias", "gain"],
)
def test_a_gate_that_does_not_fit_is_refused(unfit: Gate) -> None:
    _, buffers, table = made({})
    with pytest.raises(ValueError, match="The gate of vector set misfit"):
        table.load("misfit", tuple(range(LAYERS)), ONES, "last-prompt", unfit)
    assert table.resident == ()
    assert not any(reader.directions.any() for reader in gates_of(buffers).readers.values())


@pytest.mark.parametrize("layers", [(LAYERS,), (0, 9), (-1,)])
def test_an_engine_that_is_to_read_after_a_layer_it_lacks_does_not_start(layers: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=f"this model has layers 0 to {LAYERS - 1}"):
        made({}, layers=layers)


def test_a_set_that_leaves_takes_its_gate_along() -> None:
    _, buffers, table = made({"half": Resident("last-prompt", ALWAYS_HALF, ONES)})
    table.admit("a", params("half", 1.0, True))
    reader = gates_of(buffers).readers[1]
    slot = torch.tensor([1])
    assert reader(torch.full((1, HIDDEN), 1e4), slot) == 0.5
    table.unload("half")
    assert set(table.unsteerable) == {"a"}
    assert reader(torch.full((1, HIDDEN), 1e4), slot) == 0
    table.load("ungated", tuple(range(LAYERS)), ONES, "last-prompt")
    assert reader(torch.full((1, HIDDEN), 1e4), slot) == 0


def test_a_reader_gives_each_slot_its_own_gate() -> None:
    reader = GateReader(2, HIDDEN, torch.device("cpu"))
    one, two = gate(0, 1), Gate(0, torch.eye(HIDDEN)[1], bias=-2.0, gain=3.0)
    reader.write(1, one)
    reader.write(2, two)
    streams = torch.randn(3, HIDDEN, generator=torch.Generator().manual_seed(1)).to(torch.bfloat16)
    read = reader(streams, torch.tensor([1, 0, 2]))
    assert read.dtype == torch.float32
    torch.testing.assert_close(read[[0, 2]], torch.stack([one.opening(streams[0]), two.opening(streams[2])]))
    assert read[1] == 0
