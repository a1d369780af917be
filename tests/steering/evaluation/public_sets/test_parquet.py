import sys
from pathlib import Path
from typing import Any

import pytest

from steering.evaluation.public_sets.registry import load_public
from steering.evaluation.sets import SetError
from tests.steering.evaluation.public_sets import forms

RATE = 16_000


def shard(path: Path, prompts: list[str], tones: list[bytes | None]) -> None:
    """A Parquet file of VoiceBench's form, in row groups of two."""
    pyarrow = pytest.importorskip("pyarrow", reason="pyarrow comes with the extra evaluation")
    parquet = pytest.importorskip("pyarrow.parquet")
    audio = [{"bytes": tone, "path": "x.wav"} for tone in tones]
    path.parent.mkdir(parents=True, exist_ok=True)
    parquet.write_table(
        pyarrow.table({"prompt": prompts, "audio": audio, "reference": prompts}), path, row_group_size=2
    )


def tones(folder: Path, *seconds: float) -> list[bytes | None]:
    return [forms.tone(folder / "tone.wav", one).read_bytes() for one in seconds]


def load(folder: Path, subset: str, **options: Any) -> list[tuple[str, str, str, str, int]]:
    items = load_public("voicebench", str(folder), RATE, 4.0, subsets=[subset], **options)
    assert all(item.samples is not None and item.category == subset for item in items)
    return [
        (item.id, item.question, item.label, item.voice, 0 if item.samples is None else len(item.samples))
        for item in items
    ]


def test_voicebench_is_read_shard_by_shard(tmp_path: Path) -> None:
    shard(tmp_path / "advbench" / "test-00000-of-00002.parquet", ["a", "b", "c"], tones(tmp_path, 0.1, 0.2, 0.3))
    shard(tmp_path / "advbench" / "test-00001-of-00002.parquet", ["d"], tones(tmp_path, 0.4))
    assert load(tmp_path, "advbench") == [
        ("voicebench/advbench/test-00000-of-00002/0", "a", "harmful", "", 1_600),
        ("voicebench/advbench/test-00000-of-00002/1", "b", "harmful", "", 3_200),
        ("voicebench/advbench/test-00000-of-00002/2", "c", "harmful", "", 4_800),
        ("voicebench/advbench/test-00001-of-00002/0", "d", "harmful", "", 6_400),
    ]
    assert len(load(tmp_path, "advbench", per_cell=2)) == 2


def test_the_regions_of_voicebench_are_voices(tmp_path: Path) -> None:
    shard(tmp_path / "sd-qa" / "ind_n-00000-of-00001.parquet", ["who wrote hamlet"], tones(tmp_path, 0.1))
    ((_, question, label, voice, _),) = load(tmp_path, "sd-qa")
    assert (question, label, voice) == ("who wrote hamlet", "benign", "ind_n")


def test_a_row_of_another_form_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bbh" / "test-00000-of-00001.parquet"
    shard(path, ["a", ""], tones(tmp_path, 0.1, 0.1))
    with pytest.raises(SetError, match="row 2: field prompt"):
        load(tmp_path, "bbh")
    shard(path, ["a", "b"], [None, b"words"])
    with pytest.raises(SetError, match=r"parquet row 1: field audio\.bytes"):
        load(tmp_path, "bbh")
    shard(path, ["a"], [b"words"])
    with pytest.raises(SetError, match=r"bbh/test-00000-of-00001/0: .* row 1 cannot be read as audio"):
        load(tmp_path, "bbh")
    path.write_bytes(b"no parquet")
    with pytest.raises(SetError, match="cannot be read as Parquet"):
        load(tmp_path, "bbh")


def test_a_subset_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetError, match="mmsu holds no Parquet file"):
        load(tmp_path, "mmsu")


def test_without_pyarrow_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (tmp_path / "bbh").mkdir()
    (tmp_path / "bbh" / "test-00000-of-00001.parquet").touch()
    with pytest.raises(SetError, match=r"pip install '\.\[evaluation\]'"):
        load(tmp_path, "bbh")
