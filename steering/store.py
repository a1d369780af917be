"""The vector store: immutable versions in ``<root>/<name>/<version>/``, listed with their digests in index.json.

Nothing is used that was not verified first: the index holds the digest of each manifest, the manifest the size and
digest of each file. Files are JSON and safetensors only, so reading one never runs code, and no file is read that is
larger than what the store knows of it.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from steering.gate import Gate
from steering.index import INDEX_FILE, Entry, Index, first_problem
from steering.manifest import (
    EVALUATION_FILE,
    MANIFEST_FILE,
    VECTORS_FILE,
    FileRecord,
    Manifest,
    ModelBinding,
    check_name,
    check_version,
    sha256,
)
from steering.publication import Draft, add_version, assemble, withdraw_version
from steering.store_errors import (
    EscapesStoreError,
    EvaluationInvalidError,
    FileDigestError,
    FileSizeError,
    IndexInvalidError,
    InvalidIdError,
    ManifestDigestError,
    ManifestInvalidError,
    MissingFileError,
    ModelMismatchError,
    ReadOnlyStoreError,
    StoreNotFoundError,
    UnexpectedFileError,
    YankedError,
)
from steering.vector_file import decode, largest_size
from steering.vector_set import StrengthBand, VectorSet, VectorSetId

SHIPPED_ROOT = Path(__file__).resolve().parents[1] / "vectors"
"""The store that comes with the package."""

_LARGEST_INDEX = 1 << 24
_LARGEST_MANIFEST = 1 << 22


class VectorStore:
    """A store in the folder ``root``. Every call reads the index anew, so a yank takes effect at once.

    Links may lead anywhere inside ``boundary`` (default: the root) and nowhere else.
    """

    def __init__(self, root: Path, *, read_only: bool = False, boundary: Path | None = None) -> None:
        self.root = root
        self._read_only = read_only
        self._boundary = (boundary or root).resolve()

    def entries(self) -> tuple[Entry, ...]:
        """Every published version, yanked ones too, by name and then by semver's order."""
        return self._index().versions

    def entry(self, id: VectorSetId) -> Entry:
        """The index's entry of a version; raise InvalidIdError, UnknownNameError or UnknownVersionError."""
        _check_id(id)
        return self._index().find(id)

    def latest(self, name: str) -> VectorSetId:
        """The highest version that is not yanked, prereleases after releases; raise UnknownNameError if none."""
        return self._index().latest(name)

    def manifest(self, id: VectorSetId) -> Manifest:
        """The verified manifest of a version, yanked or not."""
        entry = self.entry(id)
        path = self._folder(id) / MANIFEST_FILE
        data = self._read(path, _LARGEST_MANIFEST)
        if (found := sha256(data)) != entry.digest:
            raise ManifestDigestError(
                f"{path} has the digest {found}, and the index lists {entry.digest}; restore the published file."
            )
        try:
            manifest = Manifest.model_validate_json(data)
        except ValidationError as error:
            raise ManifestInvalidError(f"{path} is no manifest ({first_problem(error)}); publish it anew.") from error
        if manifest.id != id:
            raise ManifestInvalidError(f"{path} is the manifest of {manifest.id}; put {id}'s own in its place.")
        return manifest

    def evaluation(self, id: VectorSetId) -> dict[str, Any]:
        """The verified evaluation of a version, yanked or not; raise EvaluationInvalidError if no JSON object."""
        data = self._payload(self.manifest(id), EVALUATION_FILE)
        try:
            value = json.loads(data)
        except (ValueError, RecursionError) as error:
            raise EvaluationInvalidError(f"{id}'s {EVALUATION_FILE} is not JSON ({error}); publish it anew.") from error
        if not isinstance(value, dict):
            raise EvaluationInvalidError(f"{id}'s {EVALUATION_FILE} is not a JSON object; publish it anew with one.")
        return value

    def load(self, id: VectorSetId, model: ModelBinding) -> VectorSet:
        """The verified vectors of a version that is not yanked, for ``model``; raise a VectorStoreError otherwise."""
        entry = self.entry(id)
        if entry.yanked:
            raise YankedError(f"{id} was yanked ({entry.reason}); choose another version.")
        manifest = self.manifest(id)
        _check_model(manifest, model)
        self.evaluation(id)
        return self._vectors(manifest, entry.digest)

    def verify(self, id: VectorSetId) -> VectorSet:
        """All that ``load`` checks but the model and the yank, and that the folder holds nothing else."""
        digest = self.entry(id).digest
        manifest = self.manifest(id)
        self.evaluation(id)
        present = {path.name for path in self._folder(id).iterdir()}
        if extra := sorted(present - {MANIFEST_FILE, *manifest.files}):
            raise UnexpectedFileError(f"{self._folder(id)} holds {', '.join(extra)} beside its version; remove it.")
        return self._vectors(manifest, digest)

    def publish(self, draft: Draft, evaluation: Mapping[str, object]) -> Manifest:
        """Publish a version, wholly or not at all.

        Raises InvalidDraftError, VersionExistsError, ReadOnlyStoreError or IndexInvalidError, and OSError when the
        disk fails.
        """
        self._check_writable()
        manifest, files = assemble(draft, evaluation)
        add_version(self.root, draft.id, files)
        return manifest

    def yank(self, id: VectorSetId, reason: str) -> Entry:
        """Withdraw a version: ``load`` and ``latest`` refuse it from now on; its files stay."""
        self._check_writable()
        _check_id(id)
        self._index()  # A store that is not there is an error here, and not a store to make.
        return withdraw_version(self.root, id, reason)

    def _check_writable(self) -> None:
        if self._read_only:
            raise ReadOnlyStoreError(f"{self.root} is a copy from the Hub; change the folder that it was made from.")

    def _index(self) -> Index:
        path = self.root / INDEX_FILE
        if not self.root.is_dir():
            raise StoreNotFoundError(f"{self.root} is not a folder; give the folder of a vector store.")
        if not path.exists():
            raise IndexInvalidError(f"{self.root} has no {INDEX_FILE}; give a store's folder, or publish into it.")
        return Index.parse(self._read(path, _LARGEST_INDEX), str(path))

    def _folder(self, id: VectorSetId) -> Path:
        return self.root / id.name / id.version

    def _vectors(self, manifest: Manifest, digest: str) -> VectorSet:
        hidden_size = manifest.model.hidden_size
        path = self._folder(manifest.id) / VECTORS_FILE
        if manifest.files[VECTORS_FILE].bytes > (limit := largest_size(manifest.layers, hidden_size)):
            raise FileSizeError(f"{path} is listed with more than {limit} bytes, too many for it; publish it anew.")
        data = self._payload(manifest, VECTORS_FILE)
        record = manifest.gate
        vectors, direction = decode(data, manifest.layers, hidden_size, source=str(path), gated=record is not None)
        gate = None
        if record is not None and direction is not None:
            gate = Gate(record.layer, direction, record.bias, record.gain, record.reread)
        return VectorSet(
            id=manifest.id,
            digest=digest,
            layers=manifest.layers,
            vectors=vectors,
            positions=manifest.positions,
            recommended_alpha=manifest.recommended_alpha,
            certified_band=StrengthBand(manifest.certified_band.low, manifest.certified_band.high),
            gate=gate,
            largest_alpha=manifest.largest_alpha,
            text_strength=manifest.text_strength,
            ungated_strength=manifest.ungated_strength,
        )

    def _payload(self, manifest: Manifest, name: str) -> bytes:
        """The verified bytes of a file: those that were hashed, not those of a second reading."""
        path = self._folder(manifest.id) / name
        record: FileRecord = manifest.files[name]
        data = self._read(path, record.bytes)
        if len(data) != record.bytes:
            raise FileSizeError(f"{path} has {len(data)} bytes instead of {record.bytes}; restore the published file.")
        if (found := sha256(data)) != record.sha256:
            raise FileDigestError(
                f"{path} has the digest {found} instead of {record.sha256}; restore the published file."
            )
        return data

    def _read(self, path: Path, largest: int) -> bytes:
        """A file's bytes, at most ``largest``: its size is looked at before it is read."""
        try:
            resolved = path.resolve(strict=True)
            if not resolved.is_relative_to(self._boundary):
                raise EscapesStoreError(f"{path} leads out of the store to {resolved}; put the file itself there.")
            if not resolved.is_file():
                raise MissingFileError(f"{path} is no regular file; restore the published file.")
            if (size := resolved.stat().st_size) > largest:
                raise FileSizeError(
                    f"{path} has {size} bytes where {largest} are the most; restore the published file."
                )
            with resolved.open("rb") as file:
                return file.read(largest)
        except (OSError, RuntimeError) as error:  # A loop of links is a RuntimeError before Python 3.13.
            raise MissingFileError(f"{path} cannot be read ({error}); restore the published file.") from error


def _check_id(id: VectorSetId) -> None:
    try:
        check_name(id.name)
        check_version(id.version)
    except ValueError as error:
        raise InvalidIdError(str(error)) from error


def _check_model(manifest: Manifest, model: ModelBinding) -> None:
    made_for, given = manifest.model.model_dump(), model.model_dump()
    if differing := [key for key in made_for if made_for[key] != given[key]]:
        details = ", ".join(f"{key} {given[key]} instead of {made_for[key]}" for key in differing)
        raise ModelMismatchError(
            f"{manifest.id} was made for another model ({details}); serve that model or extract vectors for this one."
        )
