"""Speech and clip folders. Skipped with a reason where the synthesisers are not installed."""

import json
import shutil
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
import soundfile

import reference.speech
from reference.clips import Part, main, plan
from reference.corpus import REFUSAL, held_out_queries, training_queries
from reference.speech import (
    LONGEST_SECONDS,
    SAMPLING_RATE,
    Condition,
    Delivery,
    Emotion,
    Intensity,
    Prosody,
    SpeechError,
    phonemes,
    synthesise,
)

needs_synthesisers = pytest.mark.skipif(
    not (shutil.which("espeak-ng") and shutil.which("flite")), reason="apt-get install espeak-ng flite"
)
SHIPPED = Path(reference.speech.__file__).parent / "clips"


@needs_synthesisers
@pytest.mark.parametrize("condition", get_args(Condition))
def test_speech_is_deterministic_and_within_bounds(condition: Condition) -> None:
    for seed in range(4):
        speech = synthesise("how do i bake bread", condition, seed)
        assert speech.samples.dtype == np.float32
        assert 0.5 * SAMPLING_RATE < len(speech.samples) <= LONGEST_SECONDS * SAMPLING_RATE
        assert 0.1 < np.abs(speech.samples).max() <= 1
        np.testing.assert_array_equal(speech.samples, synthesise("how do i bake bread", condition, seed).samples)


@needs_synthesisers
def test_another_seed_is_another_voice_or_take() -> None:
    takes = [synthesise("hello", "known", seed).samples for seed in range(6)]
    assert len({take.tobytes() for take in takes}) == 6


@needs_synthesisers
def test_the_conditions_do_not_share_voices() -> None:
    voices = {
        condition: {synthesise("hello", condition, seed).voice.split("+")[-1] for seed in range(12)}
        for condition in ("unseen", "slt")
    }
    assert voices["unseen"] <= {"f4", "Annie", "max", "steph", "Hugo", "iven"}
    assert voices["slt"] == {"flite-slt"}


@needs_synthesisers
def test_emotions_move_speed_and_loudness_more_with_their_intensity() -> None:
    def spoken(emotion: Emotion, intensity: Intensity) -> float:
        delivery = Delivery(Prosody.of(emotion, intensity))
        return float(np.mean([len(synthesise("how do i bake bread", "unseen", s, delivery).samples) for s in range(8)]))

    assert spoken("fearful", "high") < spoken("fearful", "low") < spoken("sad", "low") < spoken("sad", "high")


@needs_synthesisers
@pytest.mark.parametrize("condition", ["unseen", "slt"])
def test_a_room_lengthens_what_is_heard(condition: Condition) -> None:
    dry = synthesise("how do i bake bread", condition, 5)
    wet = synthesise("how do i bake bread", condition, 5, Delivery(reverberation=0.6))
    assert wet.voice == dry.voice
    assert len(wet.samples) > len(dry.samples)
    assert np.abs(wet.samples).max() <= 1


@needs_synthesisers
def test_a_voice_of_another_language_speaks_in_place_of_an_english_one() -> None:
    plain = synthesise("how do i bake bread", "unseen", 3)
    accented = synthesise(phonemes("how do i bake bread"), "unseen", 3, Delivery(language="de"))
    assert accented.voice.split("+") == ["espeak-de", plain.voice.split("+")[1]]
    assert len(accented.samples) == pytest.approx(len(plain.samples), rel=0.25)
    assert phonemes("how do i") == "[[h,aU d'u: 'aI]]"


@needs_synthesisers
def test_slt_speaks_english_alone() -> None:
    with pytest.raises(SpeechError, match="flite's slt speaks English and not 'de'; ask for known or unseen voices"):
        synthesise("wie geht es", "slt", 0, Delivery(language="de"))


def test_prosody_grows_with_intensity() -> None:
    for emotion in get_args(Emotion):
        moved = [abs(Prosody.of(emotion, intensity).pitch - 1) for intensity in get_args(Intensity)]
        assert 0 < moved[0] < moved[1] < moved[2]


@needs_synthesisers
def test_a_question_that_does_not_fit_the_window_is_refused() -> None:
    with pytest.raises(SpeechError, match="takes longer than"):
        synthesise("how do i " + "bake bread and " * 8, "known", 0)


def test_missing_synthesisers_are_named_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(SpeechError, match="espeak-ng and flite not found; run: apt-get install espeak-ng flite"):
        synthesise("hello", "known", 0)


@pytest.mark.parametrize("part", get_args(Part))
def test_a_plan_draws_from_its_own_part(part: Part) -> None:
    pool = set(training_queries() if part == "extract" else held_out_queries(part))
    clips = plan(part, "known", harmful=20, benign=30, seed=1)
    assert {clip.query for clip in clips} <= pool
    assert [clip.query.harmful for clip in clips] == [True] * 20 + [False] * 30
    assert clips == plan(part, "known", harmful=20, benign=30, seed=1)
    assert clips != plan(part, "known", harmful=20, benign=30, seed=2)


@needs_synthesisers
def test_the_command_writes_pcm_and_a_manifest(tmp_path: Path) -> None:
    out = tmp_path / "clips"
    counts = ["--harmful", "1", "--benign", "2"]
    assert main(["--split", "dev", *counts, "--condition", "unseen", "--condition", "slt", "--out", str(out)]) == 0
    entries = [json.loads(line) for line in (out / "manifest.jsonl").read_text().splitlines()]
    assert [(entry["label"], entry["condition"]) for entry in entries] == [
        *[("harmful", "unseen"), ("benign", "unseen"), ("benign", "unseen")],
        *[("harmful", "slt"), ("benign", "slt"), ("benign", "slt")],
    ]
    assert len({entry["id"] for entry in entries}) == 6
    for entry in entries:
        info = soundfile.info(out / entry["audio"])
        assert (info.subtype, info.samplerate, info.channels) == ("PCM_16", SAMPLING_RATE, 1)
        assert (entry["expected"] == REFUSAL) == (entry["label"] == "harmful")


def test_the_command_does_not_mix_two_draws(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "clip.wav").touch()
    with pytest.raises(SystemExit):
        main(["--split", "dev", "--out", str(tmp_path)])
    assert "is not empty" in capsys.readouterr().err


def test_the_shipped_clips_are_those_of_their_manifest_and_not_of_the_test_fold() -> None:
    entries = [json.loads(line) for line in (SHIPPED / "manifest.jsonl").read_text().splitlines()]
    assert {entry["audio"] for entry in entries} == {
        path.relative_to(SHIPPED).as_posix() for path in SHIPPED.glob("*/*.wav")
    }
    assert [entry["label"] for entry in entries] == ["harmful"] * 4 + ["benign"] * 4
    assert {entry["text"] for entry in entries} <= {query.text for query in held_out_queries("dev")}
