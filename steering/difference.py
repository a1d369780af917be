"""What differs between two published versions: their manifests, their evaluations, and their vectors by layer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import torch

from steering.store import VectorStore
from steering.vector_set import VectorSet, VectorSetId

_ABSENT = None
# These differ between any two versions and say nothing about them.
_IDENTITY = ("name", "version", "created", "files.")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field by its dotted path, and what each version has there (None: nothing)."""

    field: str
    a: object
    b: object


@dataclass(frozen=True, slots=True)
class LayerChange:
    """One layer's vectors: their Euclidean norms, and the cosine between them (None where one is missing)."""

    layer: int
    norm_a: float | None
    norm_b: float | None
    cosine: float | None


@dataclass(frozen=True, slots=True)
class Difference:
    """``fields`` holds those that differ; ``layers`` every layer that either version steers."""

    fields: tuple[FieldChange, ...]
    layers: tuple[LayerChange, ...]


def diff(store: VectorStore, a: VectorSetId, b: VectorSetId) -> Difference:
    """Compare two versions, yanked or not, after verifying both; raise a VectorStoreError."""
    fields_a, fields_b = (_fields(store, id) for id in (a, b))
    changed = tuple(
        FieldChange(field, fields_a.get(field, _ABSENT), fields_b.get(field, _ABSENT))
        for field in sorted(fields_a.keys() | fields_b.keys())
        if fields_a.get(field, _ABSENT) != fields_b.get(field, _ABSENT)
    )
    rows_a, rows_b = (_rows(store.verify(id)) for id in (a, b))
    layers = sorted(rows_a.keys() | rows_b.keys())
    return Difference(changed, tuple(_compare(layer, rows_a.get(layer), rows_b.get(layer)) for layer in layers))


def _fields(store: VectorStore, id: VectorSetId) -> dict[str, object]:
    record = store.manifest(id).model_dump(mode="json", by_alias=True)
    record["evaluation"] = store.evaluation(id)
    return {key: value for key, value in _flat(record) if not key.startswith(_IDENTITY)}


def _flat(record: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    for key, value in record.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _rows(vector_set: VectorSet) -> dict[int, torch.Tensor]:
    return dict(zip(vector_set.layers, vector_set.vectors.double(), strict=True))


def _compare(layer: int, a: torch.Tensor | None, b: torch.Tensor | None) -> LayerChange:
    norm_a, norm_b = (None if row is None else float(row.norm()) for row in (a, b))
    cosine = None
    if a is not None and b is not None and a.shape == b.shape and norm_a and norm_b:
        cosine = float(a @ b) / (norm_a * norm_b)
    return LayerChange(layer, norm_a, norm_b, cosine)
