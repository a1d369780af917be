"""Stores, models and data sets that are named by a folder or by a Hugging Face Hub id; a folder that exists wins."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from huggingface_hub import snapshot_download

from steering.fingerprint import ModelFolderError
from steering.store import VectorStore
from steering.store_errors import StoreNotFoundError

_REPO_ID = re.compile(r"[\w-][\w.-]*/[\w-][\w.-]*")
_STORE_FILES = ["index.json", "*/*/manifest.json", "*/*/vectors.safetensors", "*/*/evaluation.json"]


def open_store(location: str) -> VectorStore:
    """The store in a folder, or a read-only copy of the one on the Hub at ``owner/name[@revision]``.

    Raises StoreNotFoundError. Give a commit as the revision to be sure of always getting the same store.
    """
    folder = Path(location).expanduser()
    if location and folder.is_dir():
        return VectorStore(folder)
    repo_id, _, revision = location.partition("@")
    if not _REPO_ID.fullmatch(repo_id):
        raise StoreNotFoundError(f"{location!r} is neither a folder nor a Hub id; give one, as in owner/name@revision.")
    try:
        snapshot = Path(snapshot_download(repo_id, revision=revision or None, allow_patterns=_STORE_FILES))
    except (OSError, ValueError) as error:  # huggingface_hub's own errors all derive from one of these.
        raise StoreNotFoundError(f"{location!r} did not come from the Hub ({_first_line(error)}); check it.") from error
    return VectorStore(snapshot, read_only=True, boundary=_cache_of(snapshot))


def resolve_model(model: str, revision: str | None = None) -> Path:
    """The folder of ``model``: itself if it is one, or the Hub's model downloaded into the cache.

    Raises ModelFolderError.
    """
    folder = Path(model).expanduser()
    if model and folder.is_dir():
        return folder
    if not _REPO_ID.fullmatch(model):
        raise ModelFolderError(f"{model!r} is neither a folder nor a Hub id; give one of them.")
    try:
        return Path(snapshot_download(model, revision=revision))
    except (OSError, ValueError) as error:
        raise ModelFolderError(f"{model!r} did not come from the Hub ({_first_line(error)}); check it.") from error


class DatasetFolderError(Exception):
    """A data set that is neither in a folder nor on the Hub."""


@dataclass(frozen=True, slots=True)
class DatasetFolder:
    """A data set's files. Links in ``folder`` may lead anywhere inside ``boundary``, and nowhere else."""

    folder: Path
    boundary: Path


def resolve_dataset(location: str, files: Sequence[str]) -> DatasetFolder:
    """A data set in a folder, or the Hub's at ``owner/name[@revision]``, of which ``files`` (patterns) are downloaded.

    Raises DatasetFolderError.
    """
    folder = Path(location).expanduser()
    if location and folder.is_dir():
        return DatasetFolder(folder, _cache_of(folder))
    repo_id, _, revision = location.partition("@")
    if not _REPO_ID.fullmatch(repo_id):
        raise DatasetFolderError(f"{location!r} is neither a folder nor a Hub id; give one, as in owner/name@revision.")
    try:
        downloaded = snapshot_download(
            repo_id, repo_type="dataset", revision=revision or None, allow_patterns=list(files)
        )
    except (OSError, ValueError) as error:
        raise DatasetFolderError(f"{location!r} did not come from the Hub ({_first_line(error)}); check it.") from error
    return DatasetFolder(Path(downloaded), _cache_of(Path(downloaded)))


def _cache_of(snapshot: Path) -> Path:
    """Where a snapshot's links may lead: the Hub's cache keeps the files themselves in blobs/ beside snapshots/."""
    return snapshot.parents[1] if snapshot.parent.name == "snapshots" else snapshot


def _first_line(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__).rstrip(".")
