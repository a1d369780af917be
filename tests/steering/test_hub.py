from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from steering.hub import DatasetFolderError, open_store, resolve_dataset
from steering.store_errors import EscapesStoreError, ReadOnlyStoreError, StoreNotFoundError
from steering.vector_set import VectorSetId
from tests.steering.drafts import EVALUATION, MODEL, REFUSAL, draft, store_with


def cached(tmp_path: Path) -> Path:
    """A store as the Hub's cache keeps it: links in snapshots/<commit>/ to the files in blobs/."""
    source = tmp_path / "source"
    store_with(source)
    repo = tmp_path / "hub" / "models--owner--vectors"
    snapshot, blobs = repo / "snapshots" / "c0ffee", repo / "blobs"
    blobs.mkdir(parents=True)
    for number, file in enumerate(path for path in source.rglob("*.*") if path.is_file() and path.name != ".lock"):
        (blobs / str(number)).write_bytes(file.read_bytes())
        link = snapshot / file.relative_to(source)
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(blobs / str(number))
    return snapshot


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path | Exception], list[Any]]:
    """Stand in for the download alone: give the snapshot or the error; get the list of what was asked for."""

    def stub(outcome: Path | Exception) -> list[Any]:
        asked: list[Any] = []

        def download(repo_id: str, *, revision: str | None, allow_patterns: list[str]) -> str:
            asked.append((repo_id, revision, allow_patterns))
            if isinstance(outcome, Exception):
                raise outcome
            return str(outcome)

        monkeypatch.setattr("steering.hub.snapshot_download", download)
        return asked

    return stub


Hub = Callable[[Path | Exception], list[Any]]


def test_a_folder_is_opened_as_it_is(tmp_path: Path) -> None:
    store_with(tmp_path)
    store = open_store(str(tmp_path))
    store.publish(draft("refusal@2.0.0"), EVALUATION)
    assert store.latest("refusal") == VectorSetId("refusal", "2.0.0")


def test_a_hub_store_is_loaded_through_the_links_of_the_cache(tmp_path: Path, hub: Hub) -> None:
    asked = hub(cached(tmp_path))
    store = open_store("owner/vectors@v1")
    assert store.load(REFUSAL, MODEL).id == REFUSAL
    assert store.verify(REFUSAL).id == REFUSAL
    [(repo_id, revision, patterns)] = asked
    assert (repo_id, revision) == ("owner/vectors", "v1")
    assert not any(pattern.endswith((".pkl", ".bin", "*")) for pattern in patterns)


def test_without_a_revision_the_hub_chooses(tmp_path: Path, hub: Hub) -> None:
    asked = hub(cached(tmp_path))
    open_store("owner/vectors")
    assert asked[0][1] is None


def test_links_out_of_the_cache_are_refused(tmp_path: Path, hub: Hub) -> None:
    snapshot = cached(tmp_path)
    manifest = snapshot / "refusal" / "1.0.0" / "manifest.json"
    manifest.unlink()
    manifest.symlink_to(tmp_path / "source" / "refusal" / "1.0.0" / "manifest.json")
    hub(snapshot)
    with pytest.raises(EscapesStoreError):
        open_store("owner/vectors").load(REFUSAL, MODEL)


def test_a_hub_store_is_read_only(tmp_path: Path, hub: Hub) -> None:
    hub(cached(tmp_path))
    store = open_store("owner/vectors")
    with pytest.raises(ReadOnlyStoreError, match="copy from the Hub"):
        store.publish(draft("refusal@2.0.0"), EVALUATION)
    with pytest.raises(ReadOnlyStoreError):
        store.yank(REFUSAL, "why")


@pytest.mark.parametrize("error", [OSError("404 Client Error.\nRequest id: 7"), ValueError("bad id")])
def test_a_store_that_the_hub_does_not_give_is_refused_in_one_line(hub: Hub, error: Exception) -> None:
    hub(error)
    with pytest.raises(StoreNotFoundError, match="'owner/gone@v1' did not come from the Hub") as refused:
        open_store("owner/gone@v1")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("location", ["", "/no/such/folder", "vectors-typo", "../up", "a/b/c", "owner/"])
def test_what_is_neither_folder_nor_hub_id_is_refused(hub: Hub, location: str, tmp_path: Path) -> None:
    asked = hub(tmp_path)
    with pytest.raises(StoreNotFoundError, match="neither a folder nor a Hub id"):
        open_store(location)
    assert asked == []


@pytest.mark.parametrize(
    ("location", "message"),
    [
        ("owner/gone", "'owner/gone' did not come from the Hub"),
        ("", "neither a folder nor a Hub id"),
        ("a/b/c", "neither a folder nor a Hub id"),
    ],
)
def test_a_data_set_that_is_nowhere_is_refused_in_one_line(
    monkeypatch: pytest.MonkeyPatch, location: str, message: str
) -> None:
    def download(*_: object, **__: object) -> str:
        raise OSError("404 Client Error.\nRequest id: 7")

    monkeypatch.setattr("steering.hub.snapshot_download", download)
    with pytest.raises(DatasetFolderError, match=message) as refused:
        resolve_dataset(location, ["*"])
    assert "\n" not in str(refused.value)
