"""vectors.safetensors: float32 tensors [hidden]: ``layers.<i>`` per steered layer and a gate's ``gate.direction``."""

from collections.abc import Sequence

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save

from steering.store_errors import (
    NonFiniteVectorError,
    TensorDtypeError,
    TensorNamesError,
    TensorShapeError,
    VectorFileError,
)

_HEADER_ROOM = 1 << 20
_GATE = "gate.direction"


def largest_size(layers: Sequence[int], hidden_size: int) -> int:
    """The most bytes that the file of such vectors can have: the tensors and a generous header."""
    return 4 * (len(layers) + 1) * hidden_size + _HEADER_ROOM


def tensor_name(layer: int) -> str:
    return f"layers.{layer}"


def encode(layers: Sequence[int], vectors: torch.Tensor, gate: torch.Tensor | None = None) -> bytes:
    """``vectors`` is float32 [len(layers), hidden], ``gate`` [hidden]; the bytes depend on nothing else."""
    rows = vectors.detach().to("cpu").contiguous()
    tensors = {tensor_name(layer): row.clone() for layer, row in zip(layers, rows, strict=True)}
    if gate is not None:
        tensors[_GATE] = gate.detach().to("cpu").clone().contiguous()
    return save(tensors)


def decode(
    data: bytes, layers: Sequence[int], hidden_size: int, source: str, *, gated: bool = False
) -> tuple[torch.Tensor, torch.Tensor | None]:
    """Return the vectors, float32 [len(layers), hidden_size] in the order of ``layers``, and the gate's direction.

    ``source`` names the file; ``gated`` says whether the set has a gate.

    Raises VectorFileError, TensorNamesError, TensorDtypeError, TensorShapeError or NonFiniteVectorError.
    """
    try:
        tensors = load(data)
    except (SafetensorError, KeyError) as error:
        raise VectorFileError(f"{source} is not a safetensors file ({error}); restore it or publish anew.") from error
    wanted = [tensor_name(layer) for layer in layers] + [_GATE] * gated
    if missing := sorted(set(wanted) - set(tensors)):
        raise TensorNamesError(f"{source} lacks the tensors {missing}; publish it anew with one for each layer.")
    if extra := sorted(set(tensors) - set(wanted)):
        raise TensorNamesError(f"{source} has the tensors {extra} of no steered layer; publish it anew without them.")
    for name in wanted:
        _check(tensors[name], name, hidden_size, source)
    direction = tensors[_GATE] if gated else None
    return torch.stack([tensors[tensor_name(layer)] for layer in layers]), direction


def _check(tensor: torch.Tensor, name: str, hidden_size: int, source: str) -> None:
    if tensor.dtype != torch.float32:
        raise TensorDtypeError(f"{name} in {source} is {tensor.dtype}; publish it anew as torch.float32.")
    if tuple(tensor.shape) != (hidden_size,):
        raise TensorShapeError(
            f"{name} in {source} has the shape {list(tensor.shape)}; publish it anew as [{hidden_size}]."
        )
    if not bool(torch.isfinite(tensor).all()):
        raise NonFiniteVectorError(f"{name} in {source} holds NaN or an infinity; publish it anew from finite values.")
