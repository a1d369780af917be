import json
import os
import re
from collections.abc import Callable
from math import inf
from pathlib import Path

import pytest
import torch
from safetensors.torch import save

from steering import store_errors as refusals
from steering.manifest import ModelBinding, sha256
from steering.store import SHIPPED_ROOT, VectorStore
from steering.vector_set import VectorSetId
from tests.steering.drafts import DIRECTION, EVALUATION, GATE, MODEL, REFUSAL, draft, gated_draft, store_with


def record_again(root: Path, name: str, data: bytes) -> None:
    """Replace a file of the version and set every digest right: only the file's content can be wrong."""
    folder = root / "refusal" / "1.0.0"
    (folder / name).write_bytes(data)
    if name != "manifest.json":
        manifest = json.loads((folder / "manifest.json").read_bytes())
        manifest["files"][name] = {"sha256": sha256(data), "bytes": len(data)}
        (folder / "manifest.json").write_text(json.dumps(manifest))
    index = json.loads((root / "index.json").read_bytes())
    index["versions"][0]["digest"] = sha256((folder / "manifest.json").read_bytes())
    (root / "index.json").write_text(json.dumps(index))


def tensors(**changes: torch.Tensor | None) -> bytes:
    rows: dict[str, torch.Tensor | None] = {f"layers.{i}": torch.ones(8) for i in (2, 3, 5)}
    rows.update({name.replace("_", "."): value for name, value in changes.items()})
    return save({name: value for name, value in rows.items() if value is not None})


def test_what_was_published_is_loaded(tmp_path: Path) -> None:
    store = store_with(tmp_path)
    loaded = store.load(REFUSAL, MODEL)
    assert loaded.vectors.dtype == torch.float32
    assert torch.equal(loaded.vectors, draft().vectors)
    assert (loaded.id, loaded.layers, loaded.positions) == (REFUSAL, (2, 3, 5), "last-prompt")
    assert (loaded.recommended_alpha, loaded.certified_band) == (0.1, draft().certified_band)
    assert loaded.digest == sha256((tmp_path / "refusal/1.0.0/manifest.json").read_bytes())
    assert store.evaluation(REFUSAL) == EVALUATION
    assert store.verify(REFUSAL).digest == loaded.digest


def test_a_gate_is_loaded_as_it_was_published(tmp_path: Path) -> None:
    store = VectorStore(tmp_path)
    store.publish(gated_draft(), EVALUATION)
    for loaded in (store.load(REFUSAL, MODEL), store.verify(REFUSAL)):
        assert loaded.gate is not None
        assert torch.equal(loaded.gate.direction, DIRECTION)
        assert loaded.gate.direction.dtype == torch.float32
        assert (loaded.gate.layer, loaded.gate.bias, loaded.gate.gain) == (3, -0.25, 1.5)
        assert loaded.gate.reread is True
        assert torch.equal(loaded.vectors, gated_draft().vectors)
        assert (loaded.largest_alpha, loaded.text_strength) == (0.5, 0.4)
    assert store.manifest(REFUSAL).gate == GATE


def test_a_version_from_before_the_gate_loads_without_one() -> None:
    id = VectorSetId("refusal", "2.0.0")
    stored = json.loads((SHIPPED_ROOT / "refusal/2.0.0/manifest.json").read_bytes())
    assert not {"gate", "dose_cap", "text_strength"} & stored.keys()
    store = VectorStore(SHIPPED_ROOT)
    loaded = store.load(id, store.manifest(id).model)
    assert (loaded.gate, loaded.largest_alpha, loaded.text_strength) == (None, inf, 1.0)


def test_the_rows_follow_the_layers_and_not_the_tensors_names(tmp_path: Path) -> None:
    model = MODEL.model_copy(update={"num_layers": 12})
    provenance = draft().provenance.model_copy(update={"statistics": {}})
    rows = torch.arange(24, dtype=torch.float32).reshape(3, 8)
    store = VectorStore(tmp_path)
    store.publish(draft(layers=(2, 9, 10), model=model, vectors=rows, provenance=provenance), {})
    assert torch.equal(store.load(REFUSAL, model).vectors, rows)


def test_a_record_that_was_set_right_again_still_loads(tmp_path: Path) -> None:
    store = store_with(tmp_path)
    record_again(tmp_path, "vectors.safetensors", tensors())
    assert torch.equal(store.load(REFUSAL, MODEL).vectors, torch.ones(3, 8))


Damage = Callable[[Path], object]
DAMAGES: list[tuple[str, Damage, type[refusals.VectorStoreError]]] = [
    ("a flipped byte", lambda f: flip(f / "vectors.safetensors"), refusals.FileDigestError),
    ("a flipped evaluation", lambda f: flip(f / "evaluation.json"), refusals.FileDigestError),
    ("a flipped manifest", lambda f: flip(f / "manifest.json"), refusals.ManifestDigestError),
    ("truncated", lambda f: os.truncate(f / "vectors.safetensors", 50), refusals.FileSizeError),
    ("emptied", lambda f: os.truncate(f / "evaluation.json", 0), refusals.FileSizeError),
    ("too long", lambda f: os.truncate(f / "vectors.safetensors", 1 << 40), refusals.FileSizeError),
    ("a huge manifest", lambda f: os.truncate(f / "manifest.json", 1 << 40), refusals.FileSizeError),
    ("no vectors", lambda f: (f / "vectors.safetensors").unlink(), refusals.MissingFileError),
    ("no evaluation", lambda f: (f / "evaluation.json").unlink(), refusals.MissingFileError),
    ("no manifest", lambda f: (f / "manifest.json").unlink(), refusals.MissingFileError),
    (
        "a pipe",
        lambda f: become_pipe(f / "evaluation.json"),
        refusals.MissingFileError,
    ),
    ("a link to itself", lambda f: relink(f / "evaluation.json", f / "evaluation.json"), refusals.MissingFileError),
]


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-2] ^= 1
    path.write_bytes(data)


def become_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def relink(path: Path, target: Path) -> None:
    path.unlink()
    path.symlink_to(target)


@pytest.mark.parametrize(("damage", "refusal"), [each[1:] for each in DAMAGES], ids=[each[0] for each in DAMAGES])
def test_damage_is_refused_by_load_and_verify(
    tmp_path: Path, damage: Damage, refusal: type[refusals.VectorStoreError]
) -> None:
    store = store_with(tmp_path)
    damage(tmp_path / "refusal" / "1.0.0")
    with pytest.raises(refusal):
        store.load(REFUSAL, MODEL)
    with pytest.raises(refusal):
        store.verify(REFUSAL)


@pytest.mark.parametrize(
    ("name", "data", "refusal"),
    [
        ("vectors.safetensors", b"not safetensors at all", refusals.VectorFileError),
        ("vectors.safetensors", tensors(layers_3=None), refusals.TensorNamesError),
        ("vectors.safetensors", tensors(layers_4=torch.ones(8)), refusals.TensorNamesError),
        ("vectors.safetensors", tensors(layers_3=torch.ones(8).half()), refusals.TensorDtypeError),
        ("vectors.safetensors", tensors(layers_3=torch.ones(7)), refusals.TensorShapeError),
        ("vectors.safetensors", tensors(layers_3=torch.ones(1, 8)), refusals.TensorShapeError),
        ("vectors.safetensors", tensors(layers_3=torch.full((8,), torch.nan)), refusals.NonFiniteVectorError),
        ("vectors.safetensors", tensors(layers_3=torch.full((8,), -torch.inf)), refusals.NonFiniteVectorError),
        ("vectors.safetensors", tensors(layers_3=torch.ones(1 << 19)), refusals.FileSizeError),
        ("evaluation.json", b"[]", refusals.EvaluationInvalidError),
        ("evaluation.json", b"{", refusals.EvaluationInvalidError),
        ("evaluation.json", b"[" * 100_000, refusals.EvaluationInvalidError),
        ("manifest.json", b"{}", refusals.ManifestInvalidError),
        ("manifest.json", b"\xff", refusals.ManifestInvalidError),
    ],
)
def test_what_never_should_have_been_published_is_refused(
    tmp_path: Path, name: str, data: bytes, refusal: type[refusals.VectorStoreError]
) -> None:
    store = store_with(tmp_path)
    record_again(tmp_path, name, data)
    with pytest.raises(refusal):
        store.load(REFUSAL, MODEL)


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (tensors(), refusals.TensorNamesError),
        (tensors(gate_direction=torch.ones(7)), refusals.TensorShapeError),
        (tensors(gate_direction=torch.ones(8).half()), refusals.TensorDtypeError),
        (tensors(gate_direction=torch.full((8,), torch.nan)), refusals.NonFiniteVectorError),
    ],
)
def test_a_gate_without_a_direction_of_its_own_is_refused(
    tmp_path: Path, data: bytes, refusal: type[refusals.VectorStoreError]
) -> None:
    store = VectorStore(tmp_path)
    store.publish(gated_draft(), EVALUATION)
    record_again(tmp_path, "vectors.safetensors", data)
    with pytest.raises(refusal, match=r"gate\.direction"):
        store.load(REFUSAL, MODEL)


def test_a_direction_of_no_gate_is_refused(tmp_path: Path) -> None:
    store = store_with(tmp_path)
    record_again(tmp_path, "vectors.safetensors", tensors(gate_direction=torch.ones(8)))
    with pytest.raises(refusals.TensorNamesError, match=r"gate\.direction"):
        store.load(REFUSAL, MODEL)


def test_a_manifest_of_another_version_is_refused(tmp_path: Path) -> None:
    store = store_with(tmp_path, "refusal@1.0.0", "refusal@2.0.0")
    record_again(tmp_path, "manifest.json", (tmp_path / "refusal/2.0.0/manifest.json").read_bytes())
    with pytest.raises(refusals.ManifestInvalidError, match=r"the manifest of refusal@2\.0\.0"):
        store.load(REFUSAL, MODEL)


@pytest.mark.parametrize(
    ("field", "value"),
    [("fingerprint", "tensors-v1:" + "c" * 64), ("hidden_size", 16), ("num_layers", 7), ("architecture", "Other")],
)
def test_another_model_is_refused_with_what_differs(tmp_path: Path, field: str, value: object) -> None:
    store = store_with(tmp_path)
    other = ModelBinding.model_validate({**MODEL.model_dump(), field: value})
    with pytest.raises(refusals.ModelMismatchError, match=f"{field} {value} instead of {getattr(MODEL, field)}"):
        store.load(REFUSAL, other)


def test_a_yanked_version_stays_and_is_refused_with_its_reason(tmp_path: Path) -> None:
    store = store_with(tmp_path)
    before = {path: path.read_bytes() for path in (tmp_path / "refusal" / "1.0.0").iterdir()}
    store.yank(REFUSAL, "collapses on music")
    with pytest.raises(refusals.YankedError, match="collapses on music"):
        store.load(REFUSAL, MODEL)
    assert {path: path.read_bytes() for path in (tmp_path / "refusal" / "1.0.0").iterdir()} == before
    assert [(entry.yanked, entry.reason) for entry in store.entries()] == [(True, "collapses on music")]
    assert store.verify(REFUSAL).id == REFUSAL


def test_what_is_not_there_is_refused_with_what_is(tmp_path: Path) -> None:
    store = store_with(tmp_path, "refusal@1.0.0", "other@1.0.0")
    with pytest.raises(refusals.UnknownNameError, match="the store has other, refusal"):
        store.load(VectorSetId("gone", "1.0.0"), MODEL)
    with pytest.raises(refusals.UnknownVersionError, match=re.escape("refusal has no version 9.0.0; it has 1.0.0")):
        store.load(VectorSetId("refusal", "9.0.0"), MODEL)


@pytest.mark.parametrize("id", [("..", "1.0.0"), ("refusal/1.0.0/..", "1.0.0"), ("refusal", "../../etc"), ("", "")])
def test_ids_that_climb_are_refused(tmp_path: Path, id: tuple[str, str]) -> None:
    store = store_with(tmp_path / "store")
    for operation in (store.manifest, store.verify, lambda each: store.load(each, MODEL)):
        with pytest.raises(refusals.InvalidIdError):
            operation(VectorSetId(*id))
    with pytest.raises(refusals.InvalidIdError):
        store.yank(VectorSetId(*id), "no reason")


@pytest.mark.parametrize("linked", ["refusal", "refusal/1.0.0", "refusal/1.0.0/manifest.json", "index.json"])
def test_links_out_of_the_store_are_refused(tmp_path: Path, linked: str) -> None:
    store = store_with(tmp_path / "store")
    path = tmp_path / "store" / linked
    path.rename(tmp_path / "outside")
    path.symlink_to(tmp_path / "outside")
    with pytest.raises(refusals.EscapesStoreError, match="leads out of the store"):
        store.load(REFUSAL, MODEL)


def test_links_inside_the_store_are_followed(tmp_path: Path) -> None:
    store = store_with(tmp_path)
    path = tmp_path / "refusal" / "1.0.0" / "vectors.safetensors"
    path.rename(tmp_path / "blob")
    path.symlink_to(tmp_path / "blob")
    assert store.load(REFUSAL, MODEL).id == REFUSAL


def test_a_file_beside_the_version_is_found_by_verify(tmp_path: Path) -> None:
    store = store_with(tmp_path)
    (tmp_path / "refusal" / "1.0.0" / "notes.pkl").write_bytes(b"")
    with pytest.raises(refusals.UnexpectedFileError, match=r"notes\.pkl"):
        store.verify(REFUSAL)


def test_latest_is_the_highest_release_that_was_not_yanked(tmp_path: Path) -> None:
    versions = ["1.2.0", "1.10.0", "2.0.0-rc.1", "2.0.0-rc.2", "0.9.0"]
    store = store_with(tmp_path, *(f"refusal@{version}" for version in versions))
    assert [entry.version for entry in store.entries()] == ["0.9.0", "1.2.0", "1.10.0", "2.0.0-rc.1", "2.0.0-rc.2"]
    order = []
    for _ in versions:
        latest = store.latest("refusal")
        order.append(latest.version)
        store.yank(latest, "next")
    assert order == ["1.10.0", "1.2.0", "0.9.0", "2.0.0-rc.2", "2.0.0-rc.1"]
    with pytest.raises(refusals.UnknownNameError, match="the store has none"):
        store.latest("refusal")


def test_a_folder_that_is_no_store_is_refused(tmp_path: Path) -> None:
    with pytest.raises(refusals.StoreNotFoundError):
        VectorStore(tmp_path / "gone").entries()
    with pytest.raises(refusals.IndexInvalidError, match=r"has no index\.json"):
        VectorStore(tmp_path).entries()
    with pytest.raises(refusals.IndexInvalidError):
        VectorStore(tmp_path).yank(REFUSAL, "typing error in the path")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "index",
    [
        "",
        "[]",
        '{"versions": [{"name": "../x", "version": "1.0.0", "digest": "' + "a" * 64 + '"}]}',
        '{"versions": [{"name": "x", "version": "1.0.0", "digest": "' + "a" * 64 + '", "yanked": true}]}',
        '{"versions": [' + ", ".join(['{"name": "x", "version": "1.0.0", "digest": "' + "a" * 64 + '"}'] * 2) + "]}",
    ],
    ids=["empty", "list", "climbing name", "no reason", "twice"],
)
def test_a_damaged_index_is_refused(tmp_path: Path, index: str) -> None:
    (tmp_path / "index.json").write_text(index)
    with pytest.raises(refusals.IndexInvalidError, match="is not an index"):
        VectorStore(tmp_path).entries()
