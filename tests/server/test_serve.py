"""What the engine is started for: the gates of every version that may be served on this model."""

from pathlib import Path

from server.serve import gate_layers
from server.settings import REFERENCE, Settings
from steering.fingerprint import bind_model
from steering.manifest import ModelBinding
from steering.store import VectorStore
from steering.vector_set import VectorSetId
from tests.steering.drafts import EVALUATION, GATE, draft, gated_draft

# The drafts have vectors of 8 values, the reference model of 256: only its identity is borrowed.
BINDING = bind_model(REFERENCE)
HERE = BINDING.model_copy(update={"hidden_size": 8})
ELSEWHERE = HERE.model_copy(update={"fingerprint": "tensors-v1:" + "c" * 64})


def publish(store: VectorStore, id: str, layer: int, model: ModelBinding = HERE) -> None:
    store.publish(gated_draft(id, gate=GATE.model_copy(update={"layer": layer}), model=model), EVALUATION)


def test_an_engine_reads_the_gates_of_every_version_for_its_model_that_may_be_served(tmp_path: Path) -> None:
    store = VectorStore(tmp_path)
    for version, layer in (("1.0.0", 4), ("1.1.0", 1), ("1.2.0", 4)):
        publish(store, f"refusal@{version}", layer)
    publish(store, "other@1.0.0", 2)
    store.publish(draft("refusal@2.0.0", model=HERE), EVALUATION)
    assert gate_layers(Settings(vectors=str(tmp_path)), HERE) == (1, 2, 4)


def test_versions_of_another_model_and_yanked_or_unreadable_ones_are_left_out(tmp_path: Path) -> None:
    store = VectorStore(tmp_path)
    publish(store, "refusal@1.0.0", 0)
    publish(store, "elsewhere@1.0.0", 1, ELSEWHERE)
    publish(store, "refusal@1.1.0", 2)
    store.yank(VectorSetId("refusal", "1.1.0"), "collapses on music")
    publish(store, "refusal@1.2.0", 3)
    (tmp_path / "refusal" / "1.2.0" / "manifest.json").write_bytes(b"{}")
    publish(store, "refusal@1.3.0", 4)
    (tmp_path / "refusal" / "1.3.0" / "manifest.json").unlink()
    assert gate_layers(Settings(vectors=str(tmp_path)), HERE) == (0,)


def test_without_gates_the_engine_reads_none(tmp_path: Path) -> None:
    VectorStore(tmp_path).publish(draft(model=HERE), EVALUATION)
    assert gate_layers(Settings(vectors=str(tmp_path)), HERE) == ()
