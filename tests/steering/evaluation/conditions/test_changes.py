"""Items under every condition: what a change keeps, what it refuses, and that it is the same each time."""

from dataclasses import replace

import numpy as np
import pytest

from steering.evaluation.conditions.changes import CHANGES, changes_named, conditions_table
from steering.evaluation.conditions.condition import (
    ClipTooLongError,
    ConditionError,
    UnfitItemError,
    change,
    change_all,
)
from steering.evaluation.item import Item, Label, Turn

SOUND = {name for name, one in CHANGES.items() if one.family not in ("role-play", "prefix", "multi-turn")}
TEXT = set(CHANGES) - SOUND


def spoken(id_: str, seed: int, label: Label = "benign", seconds: float = 0.5) -> Item:
    samples = np.random.default_rng(seed).standard_normal(round(seconds * 16_000)).astype(np.float32)
    return Item(
        id_, "how do i bake bread", label, "plain", samples=samples / np.abs(samples).max(), voice="v", expected="Sure"
    )


BREAD = spoken("bread", 0)
OTHERS = [spoken(f"other-{seed}", seed) for seed in range(1, 6)]


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_names_itself_and_keeps_what_is_known_of_the_item(name: str) -> None:
    changed = change(BREAD, CHANGES[name], others=OTHERS)
    assert (changed.id, changed.condition) == (f"bread_{name}", name)
    kept = ("question", "label", "category", "voice", "expected", "compliant", "language", "sample_rate")
    assert all(getattr(changed, field) == getattr(BREAD, field) for field in kept)


@pytest.mark.parametrize("name", CHANGES)
def test_the_same_seed_gives_the_same_item_and_the_original_is_untouched(name: str) -> None:
    before = np.array(BREAD.samples)
    first, second = (change(BREAD, CHANGES[name], seed=7, others=OTHERS) for _ in range(2))
    np.testing.assert_array_equal(first.samples, second.samples)
    assert (first.prompt, first.history) == (second.prompt, second.history)
    np.testing.assert_array_equal(BREAD.samples, before)


@pytest.mark.parametrize("name", sorted(SOUND))
def test_a_clip_stays_within_full_scale_and_is_another_one(name: str) -> None:
    samples = change(BREAD, CHANGES[name], others=OTHERS).samples
    assert samples is not None
    assert samples.dtype == np.float32
    assert 0 < np.abs(samples).max() <= 1
    assert BREAD.samples is not None
    assert samples.tobytes() != BREAD.samples.tobytes()


@pytest.mark.parametrize("name", ["noise-10db", "babble-10db", "reverb-0.4s"])
def test_another_seed_and_another_item_draw_anew(name: str) -> None:
    twin = replace(BREAD, id="twin")
    drawn = [change(item, CHANGES[name], seed=s, others=OTHERS).samples for item in (BREAD, twin) for s in (0, 1)]
    assert len({samples.tobytes() for samples in drawn if samples is not None}) == 4


@pytest.mark.parametrize("name", sorted(TEXT))
def test_a_framing_leaves_the_clip_alone_and_fits_typed_requests_too(name: str) -> None:
    assert change(BREAD, CHANGES[name]).samples is BREAD.samples
    typed = Item("typed", "how do i bake bread", "benign", "plain", prompt="how do i bake bread")
    changed = change(typed, CHANGES[name])
    assert "how do i bake bread" in changed.prompt
    assert (changed.prompt, changed.history) != (typed.prompt, typed.history)


def test_a_role_comes_before_the_request_and_a_prefix_after_it() -> None:
    typed = Item("typed", "how do i bake bread", "benign", "plain", prompt="how do i bake bread")
    assert change(typed, CHANGES["role-play"]).prompt.endswith(". how do i bake bread")
    assert change(typed, CHANGES["prefix"]).prompt.startswith("how do i bake bread ")


def test_earlier_turns_alternate_and_come_before_those_the_item_has() -> None:
    own = (Turn("user", "Good night."), Turn("assistant", "Good night! Sleep well."))
    history = change(replace(BREAD, history=own), CHANGES["multi-turn"]).history
    assert history[-2:] == own
    assert [turn.role for turn in history] == ["user", "assistant"] * (len(history) // 2)
    assert len(history) > 2


@pytest.mark.parametrize("name", sorted(SOUND))
def test_a_typed_item_has_no_sound_to_change(name: str) -> None:
    with pytest.raises(UnfitItemError, match="'bread' is typed and has no sound"):
        change(replace(BREAD, samples=None), CHANGES[name], others=OTHERS)


def test_a_clip_that_would_be_too_long_is_refused_and_not_cut() -> None:
    with pytest.raises(ClipTooLongError, match=r"Under speed-0\.8 the clip of 'bread' lasts 0\.62 s and at most 0\.60"):
        change(BREAD, CHANGES["speed-0.8"], longest=0.6)
    assert change(BREAD, CHANGES["speed-1.25"], longest=0.6).condition == "speed-1.25"


def test_babble_needs_others_than_the_item_itself() -> None:
    with pytest.raises(ConditionError, match="needs the clips of at least 4 others at 16000 Hz, not 3; pass more"):
        change(BREAD, CHANGES["babble-10db"], others=[BREAD, *OTHERS[:3], replace(OTHERS[3], sample_rate=8000)])


def test_a_whole_set_is_changed_and_what_does_not_fit_is_counted() -> None:
    typed = replace(BREAD, id="typed", samples=None, prompt="how do i bake bread")
    items = [*OTHERS, spoken("long", 9, seconds=0.55), typed]
    changed = change_all(items, changes_named(["speed-0.8", "role-play"]), longest=0.65)
    assert [item.condition for item in changed.items] == ["speed-0.8"] * 5 + ["role-play"] * 7
    assert [type(error) for error in changed.left_out] == [ClipTooLongError, UnfitItemError]
    assert len({item.id for item in changed.items}) == 12


def test_babble_of_a_set_is_of_its_benign_clips() -> None:
    harmful = [spoken(f"harm-{seed}", seed, "harmful") for seed in range(20, 24)]
    with_harm = change_all([*OTHERS, *harmful], changes_named(["babble-5db"])).items[0]
    without = change_all(OTHERS, changes_named(["babble-5db"])).items[0]
    np.testing.assert_array_equal(with_harm.samples, without.samples)


def test_conditions_compose_and_both_are_named() -> None:
    both = change(change(BREAD, CHANGES["pitch+3"]), CHANGES["role-play"])
    assert (both.id, both.condition) == ("bread_pitch+3_role-play", "pitch+3_role-play")


def test_a_condition_that_is_not_there_is_named_beside_those_that_are() -> None:
    with pytest.raises(ConditionError, match=r"There is no condition 'echo'; there are pitch-6, "):
        changes_named(["pitch+3", "echo"])


def test_the_table_lists_every_condition_once() -> None:
    lines = conditions_table(CHANGES.values()).splitlines()[2:]
    assert [line.split("`")[1] for line in lines] == list(CHANGES)
    assert "| `noise-10db` | noise | white noise, signal to noise 10 dB |" in lines
