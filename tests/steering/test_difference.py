from pathlib import Path

import pytest
import torch

from steering.difference import FieldChange, diff
from steering.store import VectorStore
from steering.store_errors import FileDigestError
from steering.vector_set import VectorSetId
from tests.steering.drafts import EVALUATION, REFUSAL, draft

SECOND = VectorSetId("refusal", "2.0.0")


def published(
    root: Path, vectors: torch.Tensor, alpha: float = 0.1, layers: tuple[int, ...] = (2, 3, 5)
) -> VectorStore:
    store = VectorStore(root)
    store.publish(draft(vectors=torch.ones(3, 8)), EVALUATION)
    store.publish(
        draft(str(SECOND), vectors=vectors, alpha=alpha, layers=layers), {**EVALUATION, "harmful_refused": 0.9}
    )
    return store


def test_only_what_differs_is_named(tmp_path: Path) -> None:
    difference = diff(published(tmp_path, torch.ones(3, 8), alpha=0.2), REFUSAL, SECOND)
    assert difference.fields == (
        FieldChange("evaluation.harmful_refused", 0.82, 0.9),
        FieldChange("recommended_alpha", 0.1, 0.2),
    )


def test_layers_are_compared_by_norm_and_cosine(tmp_path: Path) -> None:
    opposite = torch.stack([torch.ones(8), -2 * torch.ones(8), torch.zeros(8)])
    layers = diff(published(tmp_path, opposite), REFUSAL, SECOND).layers
    assert [layer.layer for layer in layers] == [2, 3, 5]
    assert [layer.norm_b for layer in layers] == pytest.approx([8**0.5, 2 * 8**0.5, 0.0])
    assert layers[0].cosine == pytest.approx(1.0)
    assert layers[1].cosine == pytest.approx(-1.0)
    assert layers[2].cosine is None


def test_a_layer_that_one_version_does_not_steer_has_no_cosine(tmp_path: Path) -> None:
    difference = diff(published(tmp_path, torch.ones(3, 8), layers=(1, 3, 5)), REFUSAL, SECOND)
    by_layer = {layer.layer: layer for layer in difference.layers}
    assert list(by_layer) == [1, 2, 3, 5]
    assert (by_layer[1].norm_a, by_layer[2].norm_b) == (None, None)
    assert by_layer[1].cosine is by_layer[2].cosine is None


def test_a_yanked_version_can_still_be_compared(tmp_path: Path) -> None:
    store = published(tmp_path, torch.ones(3, 8))
    store.yank(REFUSAL, "superseded")
    assert diff(store, REFUSAL, SECOND).fields


def test_a_damaged_version_is_not_compared(tmp_path: Path) -> None:
    store = published(tmp_path, torch.ones(3, 8))
    path = tmp_path / "refusal" / "2.0.0" / "vectors.safetensors"
    path.write_bytes(path.read_bytes()[:-1] + b"\x01")
    with pytest.raises(FileDigestError):
        diff(store, REFUSAL, SECOND)
