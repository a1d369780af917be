"""Audio files as a model hears them: mono float32 at its rate, finite, and no longer than its window."""

from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile
import soxr

Samples = npt.NDArray[np.float32]


class ClipError(Exception):
    """A clip that no model can be given; the message names it and says why."""


def read_clip(path: Path, rate: int, longest_seconds: float | None) -> Samples:
    """The samples of an audio file, mono at ``rate`` Hz; ``longest_seconds`` None allows any length.

    Raise ClipError for what cannot be read, is empty or too long, or holds samples that are no finite numbers.
    """
    return _read(path, str(path), rate, longest_seconds)


def decode_clip(content: bytes, name: str, rate: int, longest_seconds: float | None) -> Samples:
    """``read_clip`` for the bytes of a file, which messages call ``name``."""
    return _read(BytesIO(content), name, rate, longest_seconds)


def _read(file: Path | BytesIO, name: str, rate: int, longest_seconds: float | None) -> Samples:
    try:
        samples, own_rate = soundfile.read(file, dtype="float32", always_2d=True)
    except (soundfile.SoundFileError, OSError) as error:
        raise ClipError(f"{name} cannot be read as audio.") from error
    if not np.isfinite(samples).all():
        raise ClipError(f"{name} holds samples that are no finite numbers.")
    mono: Samples = soxr.resample(samples.mean(axis=1), own_rate, rate).astype(np.float32)
    if not len(mono):
        raise ClipError(f"{name} is 0.0 s long; a clip needs samples.")
    if longest_seconds is not None and len(mono) > longest_seconds * rate:
        raise ClipError(f"{name} is {len(mono) / rate:.1f} s long; this model hears up to {longest_seconds:g} s.")
    return mono
