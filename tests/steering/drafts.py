"""A small valid version to publish, and a store with one."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import torch

from steering.manifest import GateRecord, ModelBinding, Provenance
from steering.publication import Draft
from steering.store import VectorStore
from steering.vector_set import StrengthBand, VectorSetId

MODEL = ModelBinding(
    architecture="Qwen2AudioForConditionalGeneration",
    hidden_size=8,
    num_layers=6,
    fingerprint="tensors-v1:" + "a" * 64,
)
PROVENANCE = Provenance(
    contrast="refusal-prompt",
    instruction="Answer the question in the audio.",
    refusal_prompt="I cannot assist with that.",
    components=10,
    lambda_=1.0,
    normalised=False,
    seed=42,
    n_harmful=100,
    n_safe=100,
    data_sha256="b" * 64,
    code_version="0.1.0",
    statistics={"norm": (1.0, 2.0, 3.0)},
)
EVALUATION = {"harmful_refused": 0.82, "benign_refused": 0.03}
REFUSAL = VectorSetId("refusal", "1.0.0")


def draft(
    id: str = "refusal@1.0.0",
    *,
    vectors: torch.Tensor | None = None,
    model: ModelBinding = MODEL,
    layers: tuple[int, ...] = (2, 3, 5),
    provenance: Provenance = PROVENANCE,
    alpha: float = 0.1,
    band: tuple[float, float] = (0.5, 1.5),
) -> Draft:
    return Draft(
        id=VectorSetId.parse(id),
        created=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        model=model,
        layers=layers,
        vectors=torch.arange(24, dtype=torch.float32).reshape(3, 8) if vectors is None else vectors,
        positions="last-prompt",
        provenance=provenance,
        recommended_alpha=alpha,
        certified_band=StrengthBand(*band),
    )


GATE = GateRecord(layer=3, bias=-0.25, gain=1.5, reread=True, fitted_on="audio", n_harmful=100, n_safe=90, auroc=0.97)
DIRECTION = torch.arange(8, dtype=torch.float32) / 140**0.5
# Of layers 2, 3 and 5 the middle one is moved furthest by an alpha of 1: by half of its length.
STATISTICS: dict[str, tuple[float, ...]] = {"norm": (1.0, 2.0, 3.0), "stream_norm": (10.0, 4.0, 30.0)}


def gated_draft(id: str = "refusal@1.0.0", *, gate: GateRecord = GATE, model: ModelBinding = MODEL) -> Draft:
    """With everything that a version may say of its gate, its dose and its strength for text."""
    return replace(
        draft(id, model=model, provenance=PROVENANCE.model_copy(update={"statistics": STATISTICS})),
        gate=gate,
        gate_direction=DIRECTION,
        dose_cap=0.25,
        text_strength=0.4,
    )


def store_with(root: Path, *ids: str) -> VectorStore:
    store = VectorStore(root)
    for id in ids or (str(REFUSAL),):
        store.publish(draft(id), EVALUATION)
    return store
