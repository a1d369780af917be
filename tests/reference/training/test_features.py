"""What speech is trained on, and how it is changed."""

import shutil
from pathlib import Path

import numpy as np
import pytest
import torch

from reference.corpus import held_out_queries, queries
from reference.speech import SpeechError
from reference.training.features import SpeechSet, batches, development_jobs, speak, training_jobs, vary

JOBS = training_jobs(400, seed=3)

needs_synthesisers = pytest.mark.skipif(
    not (shutil.which("espeak-ng") and shutil.which("flite")), reason="apt-get install espeak-ng flite"
)


def silence(frames: list[int]) -> SpeechSet:
    offsets = np.cumsum([0, *frames])
    mel = np.random.default_rng(0).uniform(-1, 1, (offsets[-1], 80)).astype(np.float16)
    return SpeechSet(JOBS[: len(frames)], mel, offsets)


def test_nothing_held_out_is_trained_on() -> None:
    held_out = {query.text for query in queries() if query.split != "train"}
    acts = {query.act for query in queries() if query.split == "test_act"}
    assert held_out.isdisjoint(job.text for job in JOBS if not job.scrambled)
    assert not [job.text for job in JOBS for act in acts if job.text.endswith(f" {act}")]


def test_a_quarter_is_scrambled_and_all_is_in_known_voices() -> None:
    assert sum(job.scrambled for job in JOBS) == 100
    assert {job.condition for job in JOBS} == {"known"}


def test_development_speech_is_of_the_dev_fold() -> None:
    assert {job.text for job in development_jobs(20, 0)} <= {query.text for query in held_out_queries("dev")}


@needs_synthesisers
def test_clips_are_made_once_and_read_back(tmp_path: Path) -> None:
    calls: list[int] = []
    made = speak(JOBS[:6], tmp_path, lambda done, _total: calls.append(done))
    again = speak(JOBS[:6], tmp_path, lambda done, _total: calls.append(done))
    assert calls == [1, 2, 3, 4, 5, 6]
    np.testing.assert_array_equal(made.mel, again.mel)
    assert all(20 < made.frames(index) <= 200 for index in range(6))


def test_a_missing_synthesiser_is_named_before_any_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(SpeechError, match="apt-get install"):
        speak(JOBS[:2], tmp_path)
    assert not any(tmp_path.iterdir())


def test_a_batch_is_silent_after_each_clip() -> None:
    mel, counts = silence([40, 90]).batch([0, 1])
    assert counts.tolist() == [40, 90]
    assert mel.shape == (2, 80, 96)
    floor = mel[0, :, :40].max() - 2
    assert torch.equal(mel[0, :, 40:], floor.expand(80, 56))


def test_an_epoch_holds_each_clip_once_among_its_like() -> None:
    speech = silence([20 + index % 100 for index in range(400)])
    epoch = batches(speech, 8, "seed")
    drawn = [index for batch in epoch for index in batch]
    assert len(drawn) == len(set(drawn)) == 400
    assert epoch != batches(speech, 8, "another seed")
    spans = [max(map(speech.frames, batch)) - min(map(speech.frames, batch)) for batch in epoch]
    assert float(np.mean(spans)) < 15


def test_a_clip_is_varied_within_bounds_and_anew_by_seed() -> None:
    mel, counts = silence([60, 180]).batch([0, 1])
    varied, new_counts = vary(mel, counts, 1)
    same, _ = vary(mel, counts, 1)
    other, _ = vary(mel, counts, 2)
    assert torch.equal(varied, same)
    assert varied.shape != other.shape or not torch.equal(varied, other)
    assert (new_counts <= 200).all()
    assert (new_counts / counts > 0.8).all()
    for row, count in enumerate(new_counts.tolist()):
        floor = varied[row].max() - 2
        assert torch.allclose(varied[row, :, count:], floor.expand(80, varied.shape[2] - count))
        assert (varied[row] >= floor - 1e-6).all()
