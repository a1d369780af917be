"""Changes of a clip's sound. ``samples`` are float32 mono and stay within [-1, 1]: a change that would leave them
lowers the whole clip instead, which keeps every ratio within it. Only ``louder`` clips, as a recorder does."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import soxr

Samples = npt.NDArray[np.float32]

_SLOWEST, _FASTEST = 0.5, 2.0
_TEMPO_TAIL_SECONDS = 0.1
BABBLE_TALKERS = 4
_BAND_EDGE_HZ = 100.0


def at_pitch(samples: Samples, rate: int, semitones: float) -> Samples:
    """Shift the pitch, formants and all, and keep the duration: resampled, then brought back to the old tempo."""
    ratio = 2 ** (semitones / 12)
    resampled = np.asarray(soxr.resample(samples, rate * ratio, rate), dtype=np.float32)
    return _of_length(at_speed(resampled, rate, 1 / ratio), len(samples))


def at_speed(samples: Samples, rate: int, factor: float) -> Samples:
    """Speak ``factor`` times as fast at the same pitch: WSOLA (Verhelst and Roelands 1993), as FFmpeg's ``atempo``."""
    if not _SLOWEST <= factor <= _FASTEST:
        raise ValueError(f"A speed of {factor:g} is no speech any more; ask for {_SLOWEST:g} to {_FASTEST:g}.")
    # The filter gives back a few milliseconds too few; with silence behind the clip those are silent ones.
    tail = np.zeros(round(_TEMPO_TAIL_SECONDS * rate), np.float32)
    stretched = _filtered(np.concatenate([samples, tail]), rate, "atempo", f"{factor:.9f}")
    return _within(_of_length(stretched, round(len(samples) / factor)))


def in_a_room(samples: Samples, rate: int, seconds: float, draw: np.random.Generator) -> Samples:
    """Reverberation that falls by 60 dB in ``seconds``, and lasts that much longer than the clip.

    The room's response is the direct sound and noise that decays (Moorer 1979), of equal energy: what is heard at the
    critical distance.
    """
    length = round(seconds * rate)
    echo = draw.standard_normal(length) * 10 ** (-3 * np.arange(length) / length)
    echo /= np.sqrt((echo**2).sum())
    echo[0] = 1.0
    heard = _convolved(samples, echo)
    return _within(heard * (np.abs(samples).max() / max(float(np.abs(heard).max()), 1e-9)))


def with_noise(samples: Samples, noise: npt.NDArray[np.floating[Any]], decibels: float) -> Samples:
    """Add ``noise``, of the clip's length, ``decibels`` below the clip: mean power over the whole clip, pauses too."""
    power, noise_power = np.square(samples, dtype=np.float64).mean(), np.square(noise, dtype=np.float64).mean()
    return _within(samples + noise * np.sqrt(power / noise_power) * 10 ** (-decibels / 20))


def white_noise(length: int, draw: np.random.Generator) -> Samples:
    return draw.standard_normal(length, dtype=np.float32)


def babble(clips: Sequence[Samples], length: int, draw: np.random.Generator) -> Samples:
    """Four talkers of ``clips`` (no fewer) at once, equally loud, each from a place of its own and over and over."""
    voices = [clips[index] for index in draw.choice(len(clips), BABBLE_TALKERS, replace=False)]
    mixed = np.zeros(length, np.float64)
    for voice in voices:
        placed = np.resize(np.roll(voice, int(draw.integers(len(voice)))), length)
        mixed += placed / max(float(np.sqrt(np.square(placed, dtype=np.float64).mean())), 1e-9)
    return mixed.astype(np.float32)


def louder(samples: Samples, decibels: float) -> Samples:
    """Amplify; what leaves [-1, 1] is clipped."""
    return np.clip(samples * 10 ** (decibels / 20), -1, 1).astype(np.float32)


def in_band(samples: Samples, rate: int, low: float, high: float) -> Samples:
    """Keep what lies between ``low`` and ``high`` Hz; the edges fall off over 100 Hz."""
    frequencies = np.fft.rfftfreq(len(samples), 1 / rate)
    inside = np.minimum(frequencies - low, high - frequencies) / _BAND_EDGE_HZ
    gain = np.sin(np.clip(inside + 1, 0, 1) * np.pi / 2) ** 2
    return _within(np.fft.irfft(np.fft.rfft(samples) * gain, len(samples)))


def _filtered(samples: Samples, rate: int, name: str, arguments: str) -> Samples:
    """What one of FFmpeg's filters makes of a clip."""
    import av
    from av.filter import Graph

    graph = Graph()
    source = graph.add("abuffer", f"sample_rate={rate}:sample_fmt=flt:channel_layout=mono:time_base=1/{rate}")
    effect, sink = graph.add(name, arguments), graph.add("abuffersink")
    source.link_to(effect)
    effect.link_to(sink)
    graph.configure()
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples)[None], format="flt", layout="mono")
    frame.sample_rate, frame.pts = rate, 0
    graph.push(frame)
    graph.push(None)
    parts = []
    while True:
        try:
            parts.append(graph.pull().to_ndarray()[0])
        except av.error.EOFError:
            return np.concatenate(parts)


def _convolved(samples: Samples, response: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    length = len(samples) + len(response) - 1
    size = 1 << (length - 1).bit_length()
    heard: npt.NDArray[np.float64] = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(response, size), size)
    return heard[:length]


def _of_length(samples: Samples, length: int) -> Samples:
    return np.pad(samples[:length], (0, max(0, length - len(samples))))


def _within(samples: npt.NDArray[np.floating[Any]]) -> Samples:
    """As float32, lowered as a whole where a peak would leave [-1, 1]."""
    return (samples / max(1.0, float(np.abs(samples).max(initial=0.0)))).astype(np.float32)
