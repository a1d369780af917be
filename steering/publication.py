"""Writing to a store so that a reader sees all of a version or nothing of it, whenever the writer dies.

The index is the commit point: a version is published when index.json lists it, and its files lie complete and on
disk before that. What a dead writer leaves (a staging folder, a version folder that no index lists) is invisible to
readers, and the next writer clears it away under the lock.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import torch
from pydantic import ValidationError

from steering.index import INDEX_FILE, Entry, Index, first_problem
from steering.manifest import (
    EVALUATION_FILE,
    MANIFEST_FILE,
    VECTORS_FILE,
    CertifiedBand,
    FileRecord,
    GateRecord,
    Manifest,
    ModelBinding,
    Provenance,
    canonical_json,
    record_bytes,
    sha256,
)
from steering.store_errors import (
    EscapesStoreError,
    IndexInvalidError,
    InvalidDraftError,
    ReadOnlyStoreError,
    VectorStoreError,
    VersionExistsError,
)
from steering.vector_file import decode, encode
from steering.vector_set import Positions, StrengthBand, VectorSetId

_STAGING = ".staging-"
_LOCK = ".lock"


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """What is to be published. ``vectors`` is float32 [len(layers), hidden]; ``created`` has a time zone.

    A ``gate`` comes with its ``gate_direction``, float32 [hidden].
    """

    id: VectorSetId
    created: datetime
    model: ModelBinding
    layers: tuple[int, ...]
    vectors: torch.Tensor
    positions: Positions
    provenance: Provenance
    recommended_alpha: float
    certified_band: StrengthBand
    gate: GateRecord | None = None
    gate_direction: torch.Tensor | None = None
    dose_cap: float | None = None
    text_strength: float = 1.0
    ungated_strength: float = 1.0


def assemble(draft: Draft, evaluation: Mapping[str, object]) -> tuple[Manifest, dict[str, bytes]]:
    """The manifest of a draft, and every file of its version by name; raise InvalidDraftError."""
    if tuple(draft.vectors.shape) != (len(draft.layers), draft.model.hidden_size):
        raise InvalidDraftError(
            f"{draft.id}: the vectors have the shape {list(draft.vectors.shape)}; give"
            f" [{len(draft.layers)}, {draft.model.hidden_size}], one row for each layer."
        )
    if (draft.gate is None) != (draft.gate_direction is None):
        raise InvalidDraftError(f"{draft.id}: a gate is its record and its direction; give both or neither.")
    try:
        payload = {
            VECTORS_FILE: encode(draft.layers, draft.vectors, draft.gate_direction),
            EVALUATION_FILE: canonical_json(dict(evaluation)),
        }
        manifest = Manifest(
            name=draft.id.name,
            version=draft.id.version,
            created=draft.created,
            model=draft.model,
            layers=draft.layers,
            positions=draft.positions,
            provenance=draft.provenance,
            recommended_alpha=draft.recommended_alpha,
            certified_band=CertifiedBand(**asdict(draft.certified_band)),
            gate=draft.gate,
            dose_cap=draft.dose_cap,
            text_strength=draft.text_strength,
            ungated_strength=draft.ungated_strength,
            files={name: FileRecord(sha256=sha256(data), bytes=len(data)) for name, data in payload.items()},
        )
        # Publish nothing that a reader would refuse: the reader's own checks of dtype and values.
        decode(
            payload[VECTORS_FILE],
            draft.layers,
            draft.model.hidden_size,
            source=f"the draft {draft.id}",
            gated=draft.gate is not None,
        )
    except ValidationError as error:
        raise InvalidDraftError(f"{draft.id} cannot be published ({first_problem(error)}); correct it.") from error
    except (VectorStoreError, TypeError, ValueError) as error:
        raise InvalidDraftError(f"{draft.id} cannot be published ({error}); correct it.") from error
    return manifest, {**payload, MANIFEST_FILE: record_bytes(manifest)}


def add_version(root: Path, id: VectorSetId, files: Mapping[str, bytes]) -> None:
    """Publish ``files`` (with manifest.json) as ``id``; raise VersionExistsError if the index lists it."""
    with _locked(root):
        index = _index_to_write(root)
        if id in {entry.id for entry in index.versions}:
            raise VersionExistsError(f"{id} is published already and never changes; publish a higher version.")
        with _staging(root) as stage:
            version = stage / "version"
            os.mkdir(version)
            for name, data in files.items():
                _write(version / name, data)
            _sync(version)
            target = root / id.name / id.version
            _make_name_folder(root, target.parent)
            if target.exists():  # A writer died between the rename and the index: it was never published.
                os.rename(target, stage / "unlisted")
            os.rename(version, target)
            _sync(target.parent)
            entry = Entry(name=id.name, version=id.version, digest=sha256(files[MANIFEST_FILE]))
            _replace_index(root, stage, index.with_entry(entry))


def withdraw_version(root: Path, id: VectorSetId, reason: str) -> Entry:
    """Mark ``id`` as yanked in the index, with the reason; its files stay. A later reason replaces an earlier."""
    with _locked(root):
        index = _index_to_write(root)
        try:
            entry = Entry(name=id.name, version=id.version, digest=index.find(id).digest, yanked=True, reason=reason)
        except ValidationError as error:
            raise InvalidDraftError(f"{id} cannot be yanked for the reason {reason!r}; say why in one line.") from error
        with _staging(root) as stage:
            _replace_index(root, stage, index.with_entry(entry))
        return entry


@contextmanager
def _locked(root: Path) -> Iterator[None]:
    """Hold the store's lock, waiting for it; the system releases it when its holder dies."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        lock = open(root / _LOCK, "a")  # noqa: SIM115 (closed below; only the opening's errors are meant)
    except OSError as error:
        raise ReadOnlyStoreError(
            f"{root} cannot be written ({error.strerror}); give a folder you may write."
        ) from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _staging(root: Path) -> Iterator[Path]:
    """A folder on the store's own file system. Under the lock every older one is a dead writer's."""
    for dead in root.glob(f"{_STAGING}*"):
        shutil.rmtree(dead)
    stage = Path(tempfile.mkdtemp(prefix=_STAGING, dir=root))
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _index_to_write(root: Path) -> Index:
    """The store's index; a new store gets an empty one first, so that versions without an index mean damage."""
    path = root / INDEX_FILE
    if path.exists():
        return Index.parse(path.read_bytes(), str(path))
    if next(root.glob(f"*/*/{MANIFEST_FILE}"), None):
        raise IndexInvalidError(f"{root} holds versions but no {INDEX_FILE}; restore it from a copy of the store.")
    with _staging(root) as stage:
        _replace_index(root, stage, Index())
    return Index()


def _replace_index(root: Path, stage: Path, index: Index) -> None:
    _write(stage / INDEX_FILE, record_bytes(index))
    os.replace(stage / INDEX_FILE, root / INDEX_FILE)
    _sync(root)


def _make_name_folder(root: Path, folder: Path) -> None:
    if not folder.resolve().is_relative_to(root.resolve()):
        raise EscapesStoreError(f"{folder} leads out of the store to {folder.resolve()}; remove the link.")
    if not folder.exists():
        os.mkdir(folder)
        _sync(root)


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Put a folder's entries on disk: a file's own fsync does not cover its name."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
