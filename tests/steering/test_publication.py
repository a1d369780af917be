import errno
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import torch

from steering.manifest import ModelBinding
from steering.publication import Draft
from steering.store import VectorStore
from steering.store_errors import (
    EscapesStoreError,
    IndexInvalidError,
    InvalidDraftError,
    ReadOnlyStoreError,
    UnknownVersionError,
    VersionExistsError,
)
from steering.vector_set import VectorSetId
from tests.steering.drafts import DIRECTION, EVALUATION, GATE, MODEL, REFUSAL, draft, gated_draft, store_with

SYSCALLS = ("fsync", "mkdir", "rename", "replace")


def nan_vectors() -> torch.Tensor:
    return torch.full((3, 8), torch.nan)


@pytest.mark.parametrize(
    ("made", "complaint"),
    [
        (lambda: draft("../x@1.0.0"), "not a vector set's name"),
        (lambda: draft("refusal@one"), "not a version"),
        (lambda: draft(vectors=torch.ones(2, 8)), r"shape \[2, 8\]; give \[3, 8\]"),
        (lambda: draft(vectors=torch.ones(3, 7)), r"shape \[3, 7\]"),
        (lambda: draft(vectors=torch.ones(3, 8).double()), r"is torch\.float64"),
        (lambda: draft(vectors=nan_vectors()), "NaN"),
        (lambda: draft(layers=(5, 3, 2)), "do not ascend"),
        (lambda: draft(layers=(2, 2, 5)), "do not ascend"),
        (lambda: draft(layers=(2, 3, 6)), "does not exist"),
        (lambda: draft(alpha=0.0), "recommended_alpha"),
        (lambda: draft(band=(2.0, 1.0)), "is empty"),
        (lambda: replace(draft(), created=datetime(2026, 1, 1)), "timezone"),
        (lambda: replace(draft(), gate=GATE), "its record and its direction; give both"),
        (lambda: replace(draft(), gate_direction=DIRECTION), "its record and its direction; give both"),
        (lambda: replace(gated_draft(), gate_direction=torch.ones(7)), r"gate\.direction .* shape \[7\]"),
        (lambda: replace(gated_draft(), gate_direction=torch.ones(1, 8)), r"gate\.direction .* shape \[1, 8\]"),
        (lambda: replace(gated_draft(), gate_direction=DIRECTION.double()), r"gate\.direction .* torch\.float64"),
        (lambda: replace(gated_draft(), gate_direction=DIRECTION / 0), r"gate\.direction .* NaN"),
        (lambda: gated_draft(gate=GATE.model_copy(update={"layer": 5})), "no layer is left"),
        (lambda: replace(draft(), dose_cap=0.2), "needs the statistics norm and stream_norm"),
        (lambda: replace(draft(), text_strength=-1.0), "text_strength"),
        (lambda: replace(draft(), text_strength=0.0), "text_strength"),
        (lambda: replace(draft(), ungated_strength=0.0), "ungated_strength"),
    ],
)
def test_a_draft_that_no_reader_would_accept_is_refused_whole(
    tmp_path: Path, made: Callable[[], Draft], complaint: str
) -> None:
    with pytest.raises(InvalidDraftError, match=complaint):
        VectorStore(tmp_path).publish(made(), EVALUATION)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("evaluation", [{"rate": float("nan")}, {"rate": object()}])
def test_an_evaluation_that_is_no_json_is_refused(tmp_path: Path, evaluation: dict[str, object]) -> None:
    with pytest.raises(InvalidDraftError):
        VectorStore(tmp_path).publish(draft(), evaluation)


def test_a_version_is_published_once(tmp_path: Path) -> None:
    store = store_with(tmp_path)
    with pytest.raises(VersionExistsError, match=r"refusal@1\.0\.0 is published already"):
        store.publish(draft(vectors=torch.ones(3, 8)), EVALUATION)
    store.yank(REFUSAL, "bad")
    with pytest.raises(VersionExistsError):
        store.publish(draft(vectors=torch.ones(3, 8)), EVALUATION)
    assert torch.equal(store.verify(REFUSAL).vectors, draft().vectors)


def test_publishing_leaves_nothing_but_the_store(tmp_path: Path) -> None:
    store_with(tmp_path)
    assert {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()} == {
        ".lock",
        "index.json",
        "refusal/1.0.0/evaluation.json",
        "refusal/1.0.0/manifest.json",
        "refusal/1.0.0/vectors.safetensors",
    }


@pytest.mark.parametrize("made", [draft, gated_draft])
def test_the_same_draft_gives_the_same_digest(tmp_path: Path, made: Callable[[], Draft]) -> None:
    stores = [VectorStore(tmp_path / name) for name in ("a", "b")]
    for store in stores:
        store.publish(made(), EVALUATION)
    first, second = (store.entries()[0].digest for store in stores)
    assert first == second


def test_a_gates_direction_that_is_a_view_or_needs_gradients_is_published_as_values(tmp_path: Path) -> None:
    direction = torch.arange(16, dtype=torch.float32)[::2].requires_grad_()
    store = VectorStore(tmp_path)
    store.publish(replace(gated_draft(), gate_direction=direction), EVALUATION)
    gate = store.load(REFUSAL, MODEL).gate
    assert gate is not None
    assert torch.equal(gate.direction, direction.detach())


def test_vectors_that_are_a_view_or_need_gradients_are_published_as_values(tmp_path: Path) -> None:
    vectors = torch.arange(48, dtype=torch.float32).reshape(8, 6).T[::2].requires_grad_()
    store = VectorStore(tmp_path)
    store.publish(draft(vectors=vectors), EVALUATION)
    assert torch.equal(store.load(REFUSAL, MODEL).vectors, vectors.detach())


def test_a_store_without_its_index_is_not_written(tmp_path: Path) -> None:
    store = store_with(tmp_path)
    (tmp_path / "index.json").unlink()
    with pytest.raises(IndexInvalidError, match="holds versions but no"):
        store.publish(draft("refusal@2.0.0"), EVALUATION)
    assert (tmp_path / "refusal" / "1.0.0").is_dir()


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ReadOnlyStoreError, match="cannot be written"):
        VectorStore(tmp_path / "file").publish(draft(), EVALUATION)


def test_nothing_is_published_through_a_link_out_of_the_store(tmp_path: Path) -> None:
    store = store_with(tmp_path / "store", "other@1.0.0")
    (tmp_path / "outside").mkdir()
    (tmp_path / "store" / "refusal").symlink_to(tmp_path / "outside")
    with pytest.raises(EscapesStoreError):
        store.publish(draft(), EVALUATION)
    assert list((tmp_path / "outside").iterdir()) == []


@pytest.mark.parametrize("reason", ["", "  ", "two\nlines"])
def test_a_yank_needs_a_reason_in_one_line(tmp_path: Path, reason: str) -> None:
    store = store_with(tmp_path)
    with pytest.raises(InvalidDraftError, match="say why"):
        store.yank(REFUSAL, reason)
    assert not store.entries()[0].yanked


def test_a_version_that_is_not_there_cannot_be_yanked(tmp_path: Path) -> None:
    with pytest.raises(UnknownVersionError):
        store_with(tmp_path).yank(VectorSetId("refusal", "2.0.0"), "why")


class Saboteur:
    """Makes the n-th of the calls that write to the disk fail."""

    def __init__(self, fails_at: int) -> None:
        self.calls = 0
        self._fails_at = fails_at

    def wrap(self, call: Callable[..., object]) -> Callable[..., object]:
        def wrapped(*args: Any, **kwargs: Any) -> object:
            self.calls += 1
            if self.calls == self._fails_at:
                raise OSError(errno.ENOSPC, "No space left on device")
            return call(*args, **kwargs)

        return wrapped


def publish_failing_at(store: VectorStore, n: int, id: str) -> int:
    """Publish with the n-th call failing; return how many calls were made."""
    saboteur = Saboteur(n)
    with pytest.MonkeyPatch.context() as patch:
        for name in SYSCALLS:
            patch.setattr(os, name, saboteur.wrap(getattr(os, name)))
        try:
            store.publish(draft(id), EVALUATION)
        except OSError as error:
            assert error.errno == errno.ENOSPC  # noqa: PT017 (it may as well succeed, at the last n)
    return saboteur.calls


def test_a_publication_that_fails_anywhere_leaves_all_or_nothing(tmp_path: Path) -> None:
    outcomes = set()
    for n in range(1, 100):
        root = tmp_path / str(n)
        store = store_with(root, "refusal@0.9.0")
        calls = publish_failing_at(store, n, "refusal@1.0.0")
        listed = REFUSAL in {entry.id for entry in store.entries()}
        outcomes.add(listed)
        if not listed:
            store.publish(draft(), EVALUATION)
        assert store.verify(REFUSAL).id == REFUSAL
        assert store.verify(VectorSetId("refusal", "0.9.0")).digest
        assert {path.name for path in root.iterdir()} == {".lock", "index.json", "refusal"}
        if calls < n:
            break
    else:
        pytest.fail("the saboteur never ran out of calls")
    assert listed, "a publication that nothing disturbs succeeds"
    assert outcomes == {True, False}
    assert n > 8


KILLED = """
import os, sys
from pathlib import Path
from steering.store import VectorStore
from tests.steering.drafts import EVALUATION, REFUSAL, draft

root, survived = Path(sys.argv[1]), False
for n in range(1, 100):
    store = VectorStore(root / str(n))
    if (child := os.fork()) == 0:
        calls = 0
        def wrap(call):
            def wrapped(*args, **kwargs):
                global calls
                calls += 1
                if calls == n:
                    os._exit(9)
                return call(*args, **kwargs)
            return wrapped
        for name in ("fsync", "mkdir", "rename", "replace"):
            setattr(os, name, wrap(getattr(os, name)))
        store.publish(draft(), EVALUATION)
        os._exit(0)
    survived = os.waitpid(child, 0)[1] == 0
    try:
        listed = REFUSAL in {entry.id for entry in store.entries()}
    except Exception as error:
        assert type(error).__name__ in ("IndexInvalidError", "StoreNotFoundError"), error
        listed = False
    if not listed:
        store.publish(draft(), EVALUATION)
    store.verify(REFUSAL)
    names = {path.name for path in (root / str(n)).iterdir()}
    assert listed or names == {".lock", "index.json", "refusal"}, names
    if survived:
        break
assert survived and n > 8, n
"""


def test_a_publisher_killed_anywhere_leaves_all_or_nothing(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def publish_in_a_process(root: Path, ids: list[str], model: ModelBinding, start: Any, results: Any) -> None:
    store = VectorStore(root)
    start.wait()
    for id in ids:
        try:
            store.publish(draft(id, model=model), EVALUATION)
            results.put((id, "published"))
        except VersionExistsError:
            results.put((id, "refused"))


def test_publishers_at_once_lose_nothing_and_share_no_version(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    start, results = context.Barrier(2), context.Queue()
    shared = [f"refusal@1.0.{i}" for i in range(8)]
    own = [[f"{name}@1.0.{i}" for i in range(8)] for name in ("left", "right")]
    workers = [
        context.Process(target=publish_in_a_process, args=(tmp_path, [*mine, *shared], MODEL, start, results))
        for mine in own
    ]
    for worker in workers:
        worker.start()
    outcomes = [results.get(timeout=60) for _ in range(2 * 16)]
    for worker in workers:
        worker.join()
    store = VectorStore(tmp_path)
    published = sorted(id for id, outcome in outcomes if outcome == "published")
    assert published == sorted([*shared, *own[0], *own[1]])
    assert sorted(str(entry.id) for entry in store.entries()) == published
    for entry in store.entries():
        store.verify(entry.id)
