import json
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from steering.evaluation.item import Item, Turn
from steering.evaluation.judges.judge import Outcome
from steering.evaluation.record import Cost, Key, Record, RecordError, Run
from steering.evaluation.record_lines import ItemLine
from steering.evaluation.result import Result
from tests.steering.evaluation.fakes import RUN, item, record

ASKED = Item(
    "7",
    "the question",
    "benign",
    "making",
    "noise",
    "slt",
    np.zeros(4, np.float32),
    8_000,
    "please",
    (Turn("user", "hello"), Turn("assistant", "hello\u2028 there")),
    "bread",
    "bread",
    "fr",
)
RESULT = Result(ASKED, "steered", 0.1, "br\u00e9ad\n", {"detector": Outcome.ANSWERED}, 0.25)


def comparable(result: Result) -> list[Any]:
    kept = [getattr(result.item, name) for name in ItemLine.model_fields]
    return [kept, result.defence, result.strength, result.answer, result.outcomes, result.gate]


def test_a_result_comes_back_as_it_was_without_its_sound(tmp_path: Path) -> None:
    with record(tmp_path) as written:
        written.add([RESULT], Cost("steered", "noise", 0.1, 1, 2, 0.5))
    with record(tmp_path) as read:
        (back,) = read.results
        assert read.get(Key("noise", "7", "steered", 0.1)) is back
        assert read.costs == (Cost("steered", "noise", 0.1, 1, 2, 0.5),)
    assert comparable(back) == comparable(RESULT)
    assert back.item.samples is None


def test_every_field_of_an_item_but_its_sound_is_kept() -> None:
    assert set(ItemLine.model_fields) | {"samples", "sample_rate"} == {field.name for field in fields(Item)}


def test_a_torn_last_line_is_dropped_and_the_next_begins_where_it_began(tmp_path: Path) -> None:
    with record(tmp_path) as written:
        written.add([RESULT])
    path = tmp_path / "record.jsonl"
    whole = path.read_bytes()
    for cut in (1, 20, len(whole.splitlines(True)[-1]) - 1):
        path.write_bytes(whole[:-cut])
        with record(tmp_path) as read:
            assert read.results == ()
            read.add([RESULT])
        assert path.read_bytes() == whole


def test_a_record_torn_in_its_first_line_begins_anew(tmp_path: Path) -> None:
    (tmp_path / "record.jsonl").write_bytes(b'{"kind":"ru')
    record(tmp_path).__exit__()
    assert json.loads((tmp_path / "record.jsonl").read_text())["model"] == RUN.model


@pytest.mark.parametrize(
    ("other", "difference"),
    [
        (replace(RUN, suite="full"), "suite quick, not full"),
        (replace(RUN, model="tensors-v1:bbbb"), "model tensors-v1:aaaa, not tensors-v1:bbbb"),
        (replace(RUN, vectors={"refusal@1.0.0": "xy"}), "vectors .*'ab'.*, not .*'xy'.*"),
        (replace(RUN, inputs={}), "inputs .*'cd'.*, not {}"),
        (replace(RUN, seed=1), "seed 0, not 1"),
    ],
)
def test_the_record_of_another_run_is_refused_and_left_alone(tmp_path: Path, other: Run, difference: str) -> None:
    with record(tmp_path) as written:
        written.add([RESULT])
    path = tmp_path / "record.jsonl"
    before = path.read_bytes()
    with pytest.raises(RecordError, match=rf"record\.jsonl is of another run \({difference}\); delete it or name"):
        Record.open(path, other)
    assert path.read_bytes() == before


def test_the_record_of_another_run_is_refused_before_a_torn_line_is_cut(tmp_path: Path) -> None:
    with record(tmp_path) as written:
        written.add([RESULT])
    path = tmp_path / "record.jsonl"
    path.write_bytes(path.read_bytes()[:-5])
    before = path.read_bytes()
    with pytest.raises(RecordError, match="another run"):
        Record.open(path, replace(RUN, seed=1))
    assert path.read_bytes() == before


@pytest.mark.parametrize("line", [b"{}", b"\xff", b'{"kind":"result"}', b"[]", b""])
def test_a_damaged_line_is_named(tmp_path: Path, line: bytes) -> None:
    with record(tmp_path) as written:
        written.add([RESULT])
    path = tmp_path / "record.jsonl"
    first, *rest = path.read_bytes().splitlines(True)
    path.write_bytes(first + line + b"\n" + b"".join(rest))
    with pytest.raises(RecordError, match=r"Line 2 of .*record\.jsonl"):
        record(tmp_path)


@pytest.mark.parametrize("text", ["a letter,\nunfinished", "a note"])
def test_a_file_that_is_no_record_is_refused_and_left_alone(tmp_path: Path, text: str) -> None:
    path = tmp_path / "record.jsonl"
    path.write_text(text)
    with pytest.raises(RecordError, match=r"record\.jsonl is no (line of a )?record"):
        record(tmp_path)
    assert path.read_text() == text


def test_two_records_in_one_file_are_refused(tmp_path: Path) -> None:
    record(tmp_path).__exit__()
    path = tmp_path / "record.jsonl"
    path.write_bytes(path.read_bytes() * 2)
    with pytest.raises(RecordError, match="no record of a single run"):
        record(tmp_path)


def test_a_record_in_use_is_refused(tmp_path: Path) -> None:
    with record(tmp_path), pytest.raises(RecordError, match="being written by another run"):
        record(tmp_path)
    record(tmp_path).__exit__()


def test_a_record_where_none_can_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(RecordError, match=r"record\.jsonl cannot be written"):
        Record.open(tmp_path / "file" / "record.jsonl", RUN)


def test_a_later_result_replaces_an_earlier_one_in_its_place(tmp_path: Path) -> None:
    other = replace(RESULT, item=item("8"))
    with record(tmp_path) as written:
        written.add([RESULT, other])
        written.add([replace(RESULT, outcomes={"detector": Outcome.BROKEN})])
    with record(tmp_path) as read:
        assert [(each.item.id, each.outcomes["detector"]) for each in read.results] == [
            ("7", "broken"),
            ("8", "answered"),
        ]
