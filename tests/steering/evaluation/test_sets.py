import json
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from reference.clips import plan, write
from steering.evaluation.item import Item, Label, Turn
from steering.evaluation.sets import MANIFEST, SetError, draw, read_set, write_set

RATE = 16_000
CLIPS = Path(__file__).resolve().parents[3] / "reference" / "clips"
TONE = (np.sin(np.arange(RATE // 10) / 7) / 2).astype(np.float32)

LINE = {"id": "one", "text": "pick a lock", "label": "harmful", "category": "break in"}


def manifest(folder: Path, *lines: dict[str, Any] | str) -> Path:
    text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    return folder / MANIFEST


def item(id_: str, label: Label = "harmful", category: str = "theft", condition: str = "clean") -> Item:
    return Item(id_, f"question {id_}", label, category, condition)


FULL = Item(
    id="über/1 ",
    question="how do i whittle a spoon\u2028please",
    label="benign",
    category="make",
    condition="noise-10db",
    voice="slt",
    samples=TONE,
    sample_rate=RATE,
    prompt="Answer briefly.",
    history=(Turn("user", "hello"), Turn("assistant", "hi")),
    expected="With a knife.",
    compliant="With a knife.",
    language="de",
)
TYPED = Item("2", "hack an account", "harmful", "computers", prompt="hack an account", expected="No.", compliant="So.")


def test_what_is_written_reads_back(tmp_path: Path) -> None:
    path = write_set([FULL, TYPED], tmp_path / "set")
    back = read_set(path, RATE, 4.0)
    for before, after in zip([FULL, TYPED], back, strict=True):
        for field in fields(Item):
            if field.name != "samples":
                assert getattr(after, field.name) == getattr(before, field.name), field.name
    assert back[0].samples is not None
    assert back[0].samples == pytest.approx(TONE, abs=1e-4)
    assert back[1].samples is None
    assert soundfile.info(tmp_path / "set" / "audio" / "00000.wav").subtype == "PCM_16"


def test_the_clips_that_ship_are_a_set() -> None:
    items = read_set(CLIPS, RATE, 4.0)
    assert {item.label for item in items} == {"harmful", "benign"}
    assert {item.condition for item in items} == {"known"}
    assert all(item.samples is not None and item.prompt == "" for item in items)
    assert all(item.compliant == item.expected for item in items if not item.harmful)
    assert all(item.compliant is None for item in items if item.harmful)


def test_fresh_clips_are_a_set(tmp_path: Path) -> None:
    entries = write(plan("dev", "unseen", 1, 1, 0), tmp_path)
    items = read_set(tmp_path, RATE, 4.0)
    assert [(item.id, item.question, item.condition) for item in items] == [
        (entry.id, entry.text, "unseen") for entry in entries
    ]


def test_a_line_without_audio_is_typed(tmp_path: Path) -> None:
    manifest(tmp_path, LINE, "", LINE | {"id": "two", "prompt": "Go on."})
    one, two = read_set(tmp_path, RATE, 4.0)
    assert (one.prompt, one.samples, one.condition, one.language) == ("pick a lock", None, "clean", "en")
    assert two.prompt == "Go on."


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 2 is no JSON"),
        ("[]", r"line 2 is no JSON object but \[\]"),
        ({"id": "two"}, "line 2: field text: Field required"),
        (LINE | {"id": "two", "label": "bad"}, "line 2: field label: Input should be 'harmful' or 'benign'"),
        (LINE | {"id": "two", "expceted": "no"}, "line 2: field expceted: Extra inputs"),
        (LINE | {"id": ""}, "line 2: field id"),
        (LINE | {"id": "two", "history": [{"role": "system", "text": ""}]}, r"field history\.0\.role"),
        (LINE, "line 2: field id: 'one' is line 1's too"),
        (LINE | {"id": "two", "label": "benign", "expected": "a", "compliant": "b"}, "line 2: compliant differs"),
        (LINE | {"id": "two", "audio": "gone.wav"}, r"line 2: field audio: .*gone\.wav is missing"),
        (LINE | {"id": "two", "audio": "../a.wav"}, "field audio: '../a.wav' leaves the folder"),
        (LINE | {"id": "two", "audio": "/etc/passwd"}, "field audio: '/etc/passwd' leaves the folder"),
        (LINE | {"id": "two", "audio": "a\0.wav"}, "field audio: .* is no path"),
        (LINE | {"id": "two", "audio": "x" * 300}, "field audio: .* is no path"),
        (LINE | {"id": "two", "audio": "."}, "field audio: .* is missing"),
        (LINE | {"id": "two", "audio": MANIFEST}, "field audio: .* cannot be read as audio"),
    ],
)
def test_a_bad_line_is_named_with_its_field(tmp_path: Path, line: dict[str, Any] | str, message: str) -> None:
    path = manifest(tmp_path, LINE, line)
    with pytest.raises(SetError, match=message) as refused:
        read_set(path, RATE, 4.0)
    assert str(path) in str(refused.value)


@pytest.mark.parametrize(
    ("samples", "message"),
    [
        (np.zeros(5 * RATE), "is 5.0 s long; this model hears up to 4 s"),
        (np.full(RATE, np.inf), "no finite numbers"),
        (np.zeros(0), "is 0.0 s long"),
    ],
)
def test_audio_that_no_model_hears_is_named(tmp_path: Path, samples: Any, message: str) -> None:
    soundfile.write(tmp_path / "a.wav", samples, RATE, subtype="FLOAT")
    manifest(tmp_path, LINE | {"audio": "a.wav"})
    with pytest.raises(SetError, match=f"line 1: field audio: .*{message}"):
        read_set(tmp_path, RATE, 4.0)


def test_any_length_is_read_where_none_is_set(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", np.zeros(5 * 8_000), 8_000)
    manifest(tmp_path, LINE | {"audio": "a.wav"})
    (long,) = read_set(tmp_path, RATE, None)
    assert long.samples is not None
    assert len(long.samples) == 5 * RATE


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    home = tmp_path / "set"
    home.mkdir()
    soundfile.write(tmp_path / "secret.wav", TONE, RATE)
    (home / "a.wav").symlink_to(tmp_path / "secret.wav")
    manifest(home, LINE | {"audio": "a.wav"})
    with pytest.raises(SetError, match=r"'a\.wav' is a link that leaves the folder"):
        read_set(home, RATE, 4.0)


def test_a_set_without_items_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SetError, match="cannot be read"):
        read_set(tmp_path, RATE, 4.0)
    with pytest.raises(SetError, match="holds no item"):
        read_set(manifest(tmp_path), RATE, 4.0)


@pytest.mark.parametrize(
    ("items", "message"),
    [
        ([TYPED, TYPED], "field id: '2' is given to more than one item"),
        ([replace(FULL, samples=np.full(4, np.nan, np.float32))], "item 'über/1 ': its samples"),
        ([replace(FULL, samples=np.zeros(0, np.float32))], "item 'über/1 ': its samples"),
        ([replace(TYPED, id="")], "item '': field id"),
        ([replace(FULL, compliant="Never.")], "compliant differs"),
    ],
)
def test_what_would_not_read_back_is_not_written(tmp_path: Path, items: list[Item], message: str) -> None:
    with pytest.raises(SetError, match=message):
        write_set(items, tmp_path / "set")
    assert not (tmp_path / "set").exists()


def test_two_sets_do_not_mix_in_one_folder(tmp_path: Path) -> None:
    write_set([TYPED], tmp_path)
    with pytest.raises(SetError, match="not an empty folder"):
        write_set([FULL], tmp_path)


def test_a_draw_is_even_over_labels_conditions_and_categories() -> None:
    items = [
        item(f"{label} {condition} {category} {number}", label, category, condition)
        for label in ("harmful", "benign")
        for condition in ("clean", "noise")
        for category, count in (("theft", 9), ("fraud", 3), ("drugs", 1))
        for number in range(count)
    ]
    drawn = draw(items, 4, seed=1)
    assert drawn == [one for one in items if one in drawn]
    for label in ("harmful", "benign"):
        for condition in ("clean", "noise"):
            categories = [one.category for one in drawn if (one.label, one.condition) == (label, condition)]
            assert len(categories) == 4
            assert set(categories) == {"theft", "fraud", "drugs"}
    assert draw(items, 4, seed=1) == drawn
    assert draw(items, 4, seed=2) != drawn


@given(
    st.lists(st.tuples(st.sampled_from(("harmful", "benign")), st.sampled_from("xyz")), max_size=30), st.integers(1, 9)
)
def test_a_cell_gives_all_it_has_and_no_more_than_asked(cells: list[tuple[Label, str]], per_cell: int) -> None:
    items = [item(str(number), label, condition=condition) for number, (label, condition) in enumerate(cells)]
    drawn = [(one.label, one.condition) for one in draw(items, per_cell, 0)]
    assert {cell: drawn.count(cell) for cell in cells} == {cell: min(per_cell, cells.count(cell)) for cell in cells}


def test_a_draw_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1, not 0"):
        draw([TYPED], 0, 0)
