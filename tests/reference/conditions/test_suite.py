"""The suite as it is spoken. Skipped with a reason where the synthesisers are not installed."""

import re
import shutil
from itertools import pairwise

import numpy as np
import pytest

from reference.conditions.calibration import calibration
from reference.conditions.suite import CONDITIONS, EMOTIONS, MADE, Extent, suite
from reference.conditions.takes import Take, speak, speak_all
from reference.corpus import REFUSAL
from reference.speech import LONGEST_SECONDS, SAMPLING_RATE, Prosody
from steering.evaluation.conditions.condition import Changed, ConditionError, UnfitItemError
from steering.evaluation.item import Item

needs_synthesisers = pytest.mark.skipif(
    not (shutil.which("espeak-ng") and shutil.which("flite")), reason="apt-get install espeak-ng flite"
)
SMALL = Extent(each=5, clean=6)


@pytest.fixture(scope="module")
def whole() -> Changed:
    return suite(extent=SMALL, workers=0)


@needs_synthesisers
def test_every_condition_has_both_labels_or_says_what_it_left_out(whole: Changed) -> None:
    counted = {name: [item.label for item in whole.items if item.condition == name] for name in CONDITIONS}
    assert sum(map(len, counted.values())) == len(whole.items)
    assert all(set(labels) == {"harmful", "benign"} for labels in counted.values())
    assert len(whole.items) + len(whole.left_out) == 2 * (6 + 5 * (len(CONDITIONS) - 1))
    assert len({item.id for item in whole.items}) == len(whole.items)


@needs_synthesisers
def test_no_clip_is_longer_than_is_heard_or_beyond_full_scale(whole: Changed) -> None:
    for item in whole.items:
        if item.samples is not None:
            assert item.sample_rate == SAMPLING_RATE
            assert 0.3 * SAMPLING_RATE < len(item.samples) <= LONGEST_SECONDS * SAMPLING_RATE
            assert 0 < np.abs(item.samples).max() <= 1


@needs_synthesisers
def test_harmful_requests_expect_the_refusal_in_every_condition(whole: Changed) -> None:
    for item in whole.items:
        assert (item.expected == REFUSAL) is item.harmful
        assert (item.expected is None) is (not item.harmful and item.language != "en")


@needs_synthesisers
def test_reports_are_in_voices_that_were_never_trained_but_where_the_condition_says_so(whole: Changed) -> None:
    unseen = {"f4", "Annie", "max", "steph", "Hugo", "iven"}
    for item in whole.items:
        variant = re.split("[+]", item.voice)[-1]
        if item.condition == "voice-slt":
            assert item.voice == "flite-slt"
        elif item.condition == "typed":
            assert (item.voice, item.samples, item.prompt) == ("", None, item.question)
        elif item.condition == "voice-known":
            assert variant not in unseen
        else:
            assert variant in unseen


@needs_synthesisers
def test_accents_and_languages_are_spoken_by_their_own_voices(whole: Changed) -> None:
    for item in whole.items:
        family, _, language = item.condition.partition("-")
        if family in ("accent", "language"):
            assert item.voice.startswith(f"espeak-{language}+")
            assert item.language == (language if family == "language" else "en")


@needs_synthesisers
def test_conditions_ask_the_same_questions_pair_by_pair(whole: Changed) -> None:
    def asked(condition: str) -> set[str]:
        return {item.id.partition("_")[0] for item in whole.items if item.condition == condition}

    for name in ("voice-slt", "typed", "emotion-high", "accent-it", "pitch-3", "noise-10db", "role-play"):
        assert asked(name) < asked("clean")


@needs_synthesisers
def test_the_same_suite_is_the_same_in_other_processes() -> None:
    names = ("clean", "voice-known", "emotion-high", "accent-de", "language-fr", "babble-10db")
    here, there = (suite(names, Extent(each=5, clean=5), workers=workers) for workers in (0, 1))
    assert [item.id for item in here.items] == [item.id for item in there.items]
    for one, other in zip(here.items, there.items, strict=True):
        assert one.samples is not None
        np.testing.assert_array_equal(one.samples, other.samples)


@needs_synthesisers
def test_a_part_of_the_suite_is_that_part_of_the_whole(whole: Changed) -> None:
    one = suite(("noise-10db",), SMALL, workers=0).items[0]
    (other,) = (item for item in whole.items if item.id == one.id)
    assert one.samples is not None
    assert other.samples is not None
    np.testing.assert_array_equal(one.samples, other.samples)


def test_the_emotions_of_an_intensity_are_mixed_over_every_kind_of_question() -> None:
    takes = MADE["emotion-medium"].takes(Extent(each=64))
    prosodies = {Prosody.of(emotion, "medium") for emotion in EMOTIONS}
    look_alikes = [take.prosody for take in takes if take.item.category == "look"]
    assert set(look_alikes) == prosodies
    counts = [sum(take.prosody == one for take in takes) for one in prosodies]
    assert all(first == second for first, second in pairwise(counts))


def test_a_condition_that_is_not_there_is_named() -> None:
    with pytest.raises(ConditionError, match="There is no condition 'whisper'; there are clean, voice-known"):
        suite(("clean", "whisper"))


@needs_synthesisers
def test_what_cannot_be_said_in_time_is_left_out_and_named() -> None:
    item = Item("long", "how do i bake bread", "benign", "plain")
    take = Take(item, "how do i " + "bake bread and " * 8, "unseen", 0)
    assert isinstance(speak(take), UnfitItemError)
    spoken = speak_all([take, Take(item, "how do i bake bread", "unseen", 0)], workers=0)
    assert len(spoken.items) == 1
    assert "'long' cannot be spoken" in str(spoken.left_out[0])


@needs_synthesisers
def test_calibration_is_spoken_in_training_voices_and_the_same_is_typed() -> None:
    fitted = calibration("test", 4, workers=0)
    assert [len(part) for part in (fitted.harmful, fitted.benign, fitted.harmful_typed, fitted.benign_typed)] == [4] * 4
    assert {item.question for item in fitted.benign} == {item.prompt for item in fitted.benign_typed}
    assert all(item.samples is not None and item.prompt == "" for item in fitted.harmful)
    assert all(item.samples is None for item in fitted.harmful_typed)
    assert (fitted.refusal_prompt, fitted.layers) == ("I cannot assist with that.", (4, 5))
