"""The decoder layers: what is added to the residual stream, in plain torch that compilers can see through."""

from dataclasses import dataclass
from typing import Any

import torch
from torch import nn


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
    is the zero vector: unsteered tokens, and the padding of a captured graph, point there.
    """

    alpha: torch.Tensor
    slot: torch.Tensor

    def __init__(self, slots: int, tokens: int, decoder: Decoder, device: torch.device) -> None:
        super().__init__()
        self.slots = slots
        self.register_buffer("alpha", torch.zeros(tokens, 1, device=device), persistent=False)
        self.register_buffer("slot", torch.zeros(tokens, dtype=torch.int64, device=device), persistent=False)
        self.banks = [torch.zeros(slots + 1, decoder.hidden_size, device=device) for _ in range(len(decoder.layers))]

    def write(self, slot: int, layers: tuple[int, ...], vectors: torch.Tensor) -> None:
        """Make ``slot`` hold ``vectors`` float32 [len(layers), hidden]; layers not named are zero."""
        if not 1 <= slot <= self.slots:
            raise ValueError(f"Slot {slot} is outside 1..{self.slots}.")
        for index, bank in enumerate(self.banks):
            bank[slot].copy_(vectors[layers.index(index)]) if index in layers else bank[slot].zero_()

    def clear(self, slot: int) -> None:
        for bank in self.banks:
            bank[slot].zero_()


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
    """Add ``alpha * bank[slot]`` to the output of every decoder layer."""
    for layer, bank in zip(decoder.layers, buffers.banks, strict=True):
        layer.sarsteer = buffers
        layer.register_buffer("sarsteer_bank", bank, persistent=False)
        layer.register_forward_hook(_steer)


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
