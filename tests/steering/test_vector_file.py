import pytest
import torch
from safetensors.torch import load

from steering.store import SHIPPED_ROOT, VectorStore
from steering.store_errors import TensorNamesError, TensorShapeError, VectorFileError
from steering.vector_file import decode, encode, largest_size
from steering.vector_set import VectorSetId

LAYERS = (2, 10)
VECTORS = torch.arange(8, dtype=torch.float32).reshape(2, 4)
DIRECTION = torch.tensor([0.5, -0.5, 0.5, 0.5])


def test_vectors_and_direction_come_back_as_they_went_in() -> None:
    vectors, direction = decode(encode(LAYERS, VECTORS, DIRECTION), LAYERS, 4, "file", gated=True)
    assert torch.equal(vectors, VECTORS)
    assert direction is not None
    assert torch.equal(direction, DIRECTION)


def test_without_a_gate_there_is_no_direction() -> None:
    data = encode(LAYERS, VECTORS)
    assert set(load(data)) == {"layers.2", "layers.10"}
    vectors, direction = decode(data, LAYERS, 4, "file")
    assert torch.equal(vectors, VECTORS)
    assert direction is None


def test_a_file_is_read_with_its_gate_or_not_at_all() -> None:
    with pytest.raises(TensorNamesError, match=r"file has the tensors \['gate\.direction'\]"):
        decode(encode(LAYERS, VECTORS, DIRECTION), LAYERS, 4, "file")
    with pytest.raises(TensorNamesError, match=r"file lacks the tensors \['gate\.direction'\]"):
        decode(encode(LAYERS, VECTORS), LAYERS, 4, "file", gated=True)
    with pytest.raises(TensorShapeError, match=r"gate\.direction in file has the shape \[3\]"):
        decode(encode(LAYERS, VECTORS, DIRECTION[:3]), LAYERS, 4, "file", gated=True)
    with pytest.raises(VectorFileError, match="file is not a safetensors file"):
        decode(b"", LAYERS, 4, "file", gated=True)


def test_the_bytes_of_a_set_without_a_gate_are_those_of_before_there_were_any() -> None:
    shipped = VectorStore(SHIPPED_ROOT).verify(VectorSetId("refusal", "2.0.0"))
    stored = (SHIPPED_ROOT / "refusal" / "2.0.0" / "vectors.safetensors").read_bytes()
    assert encode(shipped.layers, shipped.vectors) == stored


def test_the_largest_file_has_room_for_a_direction() -> None:
    hidden = 1 << 20
    data = encode((0,), torch.zeros(1, hidden), torch.zeros(hidden))
    assert len(data) <= largest_size((0,), hidden) < len(data) + 4 * hidden
