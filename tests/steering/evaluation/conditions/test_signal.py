"""Each change is what its name says, measured by other means than those that made it."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steering.evaluation.conditions import signal
from steering.evaluation.conditions.signal import Samples

RATE = 16_000


def tone(hertz: float, seconds: float = 1.5, level: float = 0.5) -> Samples:
    phase = 2 * np.pi * hertz * np.arange(round(seconds * RATE)) / RATE
    return np.asarray(level * np.sin(phase), dtype=np.float32)


def fundamental(samples: Samples) -> float:
    """The loudest frequency of the middle half, in Hz."""
    middle = samples[len(samples) // 4 : 3 * len(samples) // 4]
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle)), 1 << 18))
    return float(spectrum.argmax() * RATE / (1 << 18))


def power(samples: Samples) -> float:
    return float(np.square(samples, dtype=np.float64).mean())


def speechlike(seed: int, seconds: float = 1.0) -> Samples:
    """Noise in syllables, peaking near full scale."""
    draw = np.random.default_rng(seed)
    time = np.arange(round(seconds * RATE)) / RATE
    samples = draw.standard_normal(len(time)) * (1 + np.sin(2 * np.pi * 4 * time))
    return np.asarray(0.99 * samples / np.abs(samples).max(), dtype=np.float32)


@pytest.mark.parametrize(("hertz", "semitones"), [*product((120.0, 220.0, 1000.0), (-6, -3, 3, 6))])
def test_a_pitch_shift_moves_a_tone_by_its_ratio_and_keeps_the_duration(hertz: float, semitones: int) -> None:
    shifted = signal.at_pitch(tone(hertz), RATE, semitones)
    assert fundamental(shifted) == pytest.approx(hertz * 2 ** (semitones / 12), rel=0.005)
    assert len(shifted) == len(tone(hertz))


@pytest.mark.parametrize(("hertz", "factor"), [*product((120.0, 220.0, 1000.0), (0.8, 1.25, 1.5))])
def test_speed_changes_the_duration_and_keeps_the_pitch(hertz: float, factor: float) -> None:
    spoken = signal.at_speed(tone(hertz), RATE, factor)
    assert fundamental(spoken) == pytest.approx(hertz, rel=0.005)
    assert len(spoken) == pytest.approx(1.5 * RATE / factor, rel=0.001)


@pytest.mark.parametrize("factor", [0.8, 1.25, 1.5])
def test_what_is_said_comes_at_its_time_and_nothing_is_lost_at_the_end(factor: float) -> None:
    silence = np.zeros(RATE // 2, np.float32)
    said = np.concatenate([silence, tone(300, 0.3), silence, tone(300, 0.3)])
    spoken = signal.at_speed(said, RATE, factor)
    window = RATE // 50
    loudness = np.sqrt(np.convolve(np.square(spoken), np.ones(window) / window, "same"))
    onsets = np.flatnonzero(np.diff((loudness > 0.1).astype(int)) == 1) / RATE
    # Overlapping windows of 64 ms smear an onset forwards, and nothing else moves.
    assert onsets == pytest.approx([0.5 / factor, 1.3 / factor], abs=0.055)
    assert np.abs(spoken[-RATE // 100 :]).max() > 0.3


def test_a_speed_that_is_no_speech_is_refused() -> None:
    with pytest.raises(ValueError, match=r"A speed of 3 is no speech any more; ask for 0\.5 to 2\."):
        signal.at_speed(tone(220), RATE, 3)


@given(st.integers(-10, 40), st.integers(0, 20))
@settings(max_examples=40)
def test_the_signal_to_noise_ratio_is_the_one_named(decibels: int, seed: int) -> None:
    clip = speechlike(seed)
    noise = signal.white_noise(len(clip), np.random.default_rng(seed + 1))
    mixed = signal.with_noise(clip, noise, decibels)
    # The mixture is a * clip + b * noise: least squares gives both back.
    basis = np.stack([clip, noise], axis=1).astype(np.float64)
    (a, b), *_ = np.linalg.lstsq(basis, mixed.astype(np.float64), rcond=None)
    measured = 10 * np.log10(power(a * clip) / power(b * noise))
    assert measured == pytest.approx(decibels, abs=0.01)
    assert np.abs(mixed).max() <= 1


def test_babble_is_of_the_clips_that_were_given_and_each_is_as_loud() -> None:
    hertz = (200.0, 400.0, 800.0, 1600.0)
    clips = [tone(pitch, 0.5 + index, 1 / (1 + index)) for index, pitch in enumerate(hertz)]
    noise = signal.babble(clips, 2 * RATE, np.random.default_rng(0))
    assert len(noise) == 2 * RATE
    spectrum = np.abs(np.fft.rfft(noise))
    peaks = [spectrum[round(pitch * 2)] for pitch in hertz]
    assert min(peaks) > 0.7 * max(peaks)


@pytest.mark.parametrize("seconds", [0.4, 0.8])
def test_a_room_decays_by_sixty_decibels_in_its_time(seconds: float) -> None:
    click = np.zeros(RATE // 10, np.float32)
    click[0] = 0.9
    heard = signal.in_a_room(click, RATE, seconds, np.random.default_rng(3)).astype(np.float64)
    # Schroeder 1965: backward integration of the squared response, read from -10 to -30 dB below the echo's energy.
    left = np.cumsum(np.square(heard[1:])[::-1])[::-1]
    level = 10 * np.log10(np.maximum(left / left[0], 1e-12))
    ten, thirty = int((level < -10).argmax()), int((level < -30).argmax())
    assert 3 * (thirty - ten) / RATE == pytest.approx(seconds, rel=0.1)
    assert len(heard) == len(click) + round(seconds * RATE) - 1


def test_a_room_keeps_the_loudness_of_the_clip() -> None:
    clip = tone(300, level=0.3)
    heard = signal.in_a_room(clip, RATE, 0.4, np.random.default_rng(0))
    assert np.abs(heard).max() == pytest.approx(0.3, rel=1e-3)


@pytest.mark.parametrize(("decibels", "factor"), [(-20, 0.1), (6, 1.9953)])
def test_volume_is_a_factor(decibels: int, factor: float) -> None:
    np.testing.assert_allclose(signal.louder(tone(300, level=0.2), decibels), tone(300, level=0.2) * factor, rtol=1e-4)


def test_too_loud_is_clipped_at_full_scale() -> None:
    clipped = signal.louder(tone(300), 12)
    assert np.abs(clipped).max() == 1
    assert np.mean(np.abs(clipped) == 1) > 0.5


def test_the_band_of_a_telephone_keeps_the_voice_and_drops_what_is_beside_it() -> None:
    for hertz, kept in ((100, 0.0), (1000, 1.0), (3000, 1.0), (5000, 0.0)):
        heard = signal.in_band(tone(hertz), RATE, 300, 3400)
        assert power(heard) / power(tone(hertz)) == pytest.approx(kept, abs=0.01)
