import numpy as np
import numpy.typing as npt
import soxr
import torch

from steering.evaluation.defences.audio_classifier import RATE, log_mel, train_audio_classifier


def tone(hertz: float) -> npt.NDArray[np.float32]:
    """Half a second."""
    return np.sin(2 * np.pi * hertz * np.arange(RATE // 2) / RATE).astype(np.float32)


def test_tones_that_it_never_heard_are_told_apart() -> None:
    low, high = [(tone(each), RATE) for each in (300, 400, 500)], [(tone(each), RATE) for each in (2_000, 2_400, 2_800)]
    classifier = train_audio_classifier(low, high, seed=0)
    first, second = classifier.logits([(tone(350), RATE), (tone(2_200), RATE)]).tolist()
    assert first > 0 > second


def test_a_seed_gives_the_same_classifier_again() -> None:
    harmful, benign = [(tone(400), RATE), (tone(500), RATE)], [(tone(2_000), RATE), (tone(2_500), RATE)]
    state = torch.get_rng_state()
    one, other = (train_audio_classifier(harmful, benign, seed=3) for _ in range(2))
    torch.testing.assert_close(one.logits(harmful), other.logits(harmful))
    assert torch.equal(torch.get_rng_state(), state)


def test_a_spectrogram_is_highest_where_the_tone_is() -> None:
    sound = np.concatenate([np.zeros(RATE // 2, np.float32), tone(1_000)])
    bands = log_mel(sound, RATE)[:, -50:].mean(dim=-1)
    # 1000 mel of the 2840 that 40 bands share.
    assert int(bands.argmax()) in range(12, 16)


def test_a_spectrogram_hears_a_clip_at_any_rate_alike() -> None:
    samples = tone(400)
    resampled = soxr.resample(samples, RATE, 48_000)
    assert log_mel(resampled, 48_000).shape == log_mel(samples, RATE).shape
