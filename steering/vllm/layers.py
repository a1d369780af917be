"""The decoder layers: what is added to the residual stream, in plain torch that compilers can see through."""

from dataclasses import dataclass
from math import inf
from typing import Any

import torch
from torch import nn

from steering.gate import Gate


class UnsupportedModel(Exception):
    """A model whose decoder layers cannot be steered."""


@dataclass(frozen=True, slots=True)
class Decoder:
    """The language model's decoder layers inside a served model."""

    path: str
    layers: nn.ModuleList
    hidden_size: int


class SteeringBuffers(nn.Module):
    """The fixed-address inputs that the layers read and that the table fills before each step.

    ``alpha`` float32 [tokens, 1] and ``slot`` int64 [tokens] say how strongly and by which vector each token of the
    step is steered; ``bank(i)`` float32 [slots + 1, hidden] holds layer i's vector of every resident set. Slot 0
    is the zero vector: unsteered tokens, and the padding of a captured graph, point there. ``gates`` is None in an
    engine that was started without gate layers: its graph is the paper's and nothing more. Raise ValueError for a
    gate layer that the decoder lacks: a gate that nothing reads would stay shut.
    """

    alpha: torch.Tensor
    slot: torch.Tensor

    def __init__(
        self,
        slots: int,
        tokens: int,
        decoder: Decoder,
        device: torch.device,
        gate_layers: tuple[int, ...] = (),
        cells: int = 0,
    ) -> None:
        super().__init__()
        self.slots = slots
        if missing := sorted(set(gate_layers) - set(range(len(decoder.layers)))):
            raise ValueError(
                f"Gates are to be read after the layers {missing}, and this model has layers 0 to "
                f"{len(decoder.layers) - 1}; start the engine without them."
            )
        gated = GateBuffers(slots, tokens, cells, gate_layers, decoder.hidden_size, device) if gate_layers else None
        self.gates = gated
        self.register_buffer("alpha", torch.zeros(tokens, 1, device=device), persistent=False)
        self.register_buffer("slot", torch.zeros(tokens, dtype=torch.int64, device=device), persistent=False)
        self.banks = [torch.zeros(slots + 1, decoder.hidden_size, device=device) for _ in range(len(decoder.layers))]

    def write(self, slot: int, layers: tuple[int, ...], vectors: torch.Tensor, gate: Gate | None = None) -> None:
        """Make ``slot`` hold ``vectors`` float32 [len(layers), hidden]; layers not named are zero.

        Raise ValueError for a gate that this engine cannot read.
        """
        if not 1 <= slot <= self.slots:
            raise ValueError(f"Slot {slot} is outside 1..{self.slots}.")
        if self.gates is not None:
            self.gates.write(slot, gate)
        elif gate is not None:
            raise ValueError(_no_reader(gate.layer, ()))
        for index, bank in enumerate(self.banks):
            bank[slot].copy_(vectors[layers.index(index)]) if index in layers else bank[slot].zero_()

    def clear(self, slot: int) -> None:
        for bank in self.banks:
            bank[slot].zero_()
        if self.gates is not None:
            self.gates.write(slot, None)


CONSTANT_CELL, SCRAP_CELL, FIRST_CELL = 0, 1, 2


class GateBuffers(nn.Module):
    """What gates read and where they are kept from step to step: on the device, since no step waits for the host.

    ``cells`` float32 [cells + 2] holds how wide each request's gate stands open; cell 0 is 1 for ungated tokens, cell
    1 takes what no request reads. Per token: ``cell`` int64 is its request's, ``reads`` int64 the cell that its own
    reading widens, ``waits`` int64 [tokens, 1] the layer that must have read it before it is steered (-1: none).
    """

    cells: torch.Tensor
    cell: torch.Tensor
    reads: torch.Tensor
    waits: torch.Tensor

    def __init__(
        self, slots: int, tokens: int, cells: int, layers: tuple[int, ...], hidden: int, device: torch.device
    ) -> None:
        super().__init__()
        self.room = cells
        opened = torch.zeros(cells + FIRST_CELL, device=device)
        opened[CONSTANT_CELL] = 1.0
        self.register_buffer("cells", opened, persistent=False)
        self.register_buffer("cell", torch.zeros(tokens, dtype=torch.int64, device=device), persistent=False)
        self.register_buffer("reads", torch.full_like(self.cell, SCRAP_CELL), persistent=False)
        self.register_buffer("waits", torch.full_like(self.cell[:, None], -1), persistent=False)
        self.readers = {layer: GateReader(slots, hidden, device) for layer in layers}

    def write(self, slot: int, gate: Gate | None) -> None:
        """Make ``slot`` read by ``gate``; raise ValueError if this engine reads no gate after its layer."""
        if gate is not None and gate.layer not in self.readers:
            raise ValueError(_no_reader(gate.layer, tuple(self.readers)))
        for layer, reader in self.readers.items():
            reader.write(slot, gate if gate is not None and gate.layer == layer else None)


class GateReader(nn.Module):
    """The gates that one layer reads, by slot. A slot without one is shut: sigmoid(0 - inf) = 0."""

    directions: torch.Tensor
    bias: torch.Tensor
    gain: torch.Tensor

    def __init__(self, slots: int, hidden: int, device: torch.device) -> None:
        super().__init__()
        self.register_buffer("directions", torch.zeros(slots + 1, hidden, device=device), persistent=False)
        self.register_buffer("bias", torch.full((slots + 1,), inf, device=device), persistent=False)
        self.register_buffer("gain", torch.ones(slots + 1, device=device), persistent=False)

    def write(self, slot: int, gate: Gate | None) -> None:
        self.directions[slot].zero_() if gate is None else self.directions[slot].copy_(gate.direction)
        self.bias[slot] = inf if gate is None else gate.bias
        self.gain[slot] = 1.0 if gate is None else gate.gain

    def forward(self, stream: torch.Tensor, slot: torch.Tensor) -> torch.Tensor:
        """How wide the gate stands open for each token: [tokens], from its residual stream [tokens, hidden]."""
        score = (stream.float() * self.directions.index_select(0, slot)).sum(-1)
        return torch.sigmoid(self.gain.index_select(0, slot) * (score - self.bias.index_select(0, slot)))


def _no_reader(layer: int, layers: tuple[int, ...]) -> str:
    known = ", ".join(map(str, layers)) or "no layer"
    return f"A gate reads after layer {layer} and this engine reads gates after {known}; start it with that layer."


def find_decoder(model: nn.Module, num_layers: int, hidden_size: int) -> Decoder:
    """Find the decoder by its shape: a module with ``start_layer`` and ``num_layers`` ``layers``.

    This is what every model built by vLLM's ``make_layers`` looks like, whatever its name. Raise
    UnsupportedModel where there is none.
    """
    roots: list[Any] = [model]
    if hasattr(model, "get_language_model"):
        roots.insert(0, roots[0].get_language_model())
    for root in roots:
        for path, module in root.named_modules():
            layers = getattr(module, "layers", None)
            if hasattr(module, "start_layer") and isinstance(layers, nn.ModuleList) and len(layers) == num_layers:
                return Decoder(f"{path}.layers" if path else "layers", layers, hidden_size)
    raise UnsupportedModel(
        f"{type(model).__name__} has no decoder of {num_layers} layers that can be steered; "
        "sarsteer supports models whose decoder is built by vLLM's make_layers."
    )


def attach(decoder: Decoder, buffers: SteeringBuffers) -> None:
    """Add ``alpha * bank[slot]`` to the output of every decoder layer, times the gate where there are gates."""
    layers: list[Any] = list(decoder.layers)
    for index, (layer, bank) in enumerate(zip(layers, buffers.banks, strict=True)):
        layer.sarsteer = buffers
        layer.register_buffer("sarsteer_bank", bank, persistent=False)
        if buffers.gates is None:
            layer.register_forward_hook(_steer)
        else:
            layer.sarsteer_index = index
            layer.sarsteer_reader = buffers.gates.readers.get(index)
            layer.register_forward_hook(_steer_gated)


def _steer(layer: Any, _args: Any, output: Any) -> Any:
    """h <- h + alpha v' (paper eq. 2), where h is the layer's output in full.

    vLLM's layers return ``(hidden, residual)`` whose SUM is h. Adding to the residual leaves the sum the same
    and the fused all-reduce + add-norm patterns, which match on ``hidden``, whole.
    """
    hidden, residual = output if isinstance(output, tuple) else (None, output)
    tokens = residual.shape[0]
    buffers = layer.sarsteer
    vectors = layer.sarsteer_bank.index_select(0, buffers.slot[:tokens])
    steered = torch.addcmul(residual, vectors, buffers.alpha[:tokens]).to(residual.dtype)
    return steered if hidden is None else (hidden, steered)


def _steer_gated(layer: Any, _args: Any, output: Any) -> Any:
    """As ``_steer``, by alpha * g. A token's own layer reads its gate first; layers up to it leave the token alone.

    The widest reading of a cell stays: a recomputed prompt reads the same again, and a gate that rereads only opens.
    """
    hidden, residual = output if isinstance(output, tuple) else (None, output)
    tokens = residual.shape[0]
    buffers = layer.sarsteer
    gates = buffers.gates
    slot = buffers.slot[:tokens]
    if layer.sarsteer_reader is not None:
        reading = layer.sarsteer_reader(residual if hidden is None else hidden + residual, slot)
        gates.cells.scatter_reduce_(0, gates.reads[:tokens], reading, "amax")
    open_ = gates.cells.index_select(0, gates.cell[:tokens])[:, None] * (gates.waits[:tokens] < layer.sarsteer_index)
    vectors = layer.sarsteer_bank.index_select(0, slot)
    steered = torch.addcmul(residual, vectors, buffers.alpha[:tokens] * open_).to(residual.dtype)
    return steered if hidden is None else (hidden, steered)
