"""Speech for the corpus: espeak-ng and flite, in voices the model was trained on, unseen ones and one held out."""

import random
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
import soundfile
import soxr

SAMPLING_RATE = 16_000
LONGEST_SECONDS = 3.99
"""The checkpoint was trained on windows of four seconds; positions beyond them were never seen."""

Condition = Literal["known", "unseen", "slt"]
"""``known``: the training voices; ``unseen``: espeak variants held out of training; ``slt``: flite's slt, held out."""

Samples = npt.NDArray[np.float32]

_ACCENTS = (
    *("en-us", "en-gb", "en-gb-scotland", "en-gb-x-rp", "en-029"),
    *("en-gb-x-gbclan", "en-gb-x-gbcwmd", "en-us-nyc"),
)
_KNOWN_VARIANTS = (
    *("", "", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "f1", "f2", "f3", "f5"),
    *("Alex", "Alicia", "Andrea", "Andy", "Gene", "Jacky", "Lee", "Marco", "Mario", "Michael", "Mike"),
    *("adam", "anika", "antonio", "aunty", "belinda", "benjamin", "boris", "caleb", "david", "ed", "edward"),
    *("john", "linda", "miguel", "norbert", "pablo", "paul", "pedro", "quincy", "rob", "robert", "steph2"),
    *("travis", "victor", "zac", "klatt2", "klatt4", "grandpa"),
)
_UNSEEN_VARIANTS = ("f4", "Annie", "max", "steph", "Hugo", "iven")
_KNOWN_FLITE = ("kal16", "awb", "rms")
_FLITE_SHARE = 0.3
_ESPEAK_RATE = 22_050
_WAV_HEADER_BYTES = 44
_ATTEMPTS = 10


class SpeechError(Exception):
    """Speech cannot be made; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Speech:
    """``samples`` is float32 mono at 16 kHz, within [-1, 1]; ``voice`` names the synthesiser and its voice."""

    samples: Samples
    voice: str


def synthesise(text: str, condition: Condition, seed: int) -> Speech:
    """Speak ``text``; the same arguments give the same samples.

    Voice, speed, pitch, loudness, silence around the words and (seven times in ten) noise at 10-40 dB are drawn
    from ``seed``; half of the ``known`` clips are also played faster or slower, as in training. Raises
    SpeechError where a synthesiser is not installed, or where no draw speaks ``text`` in four seconds.
    """
    _require_synthesisers()
    draw = random.Random(seed)
    for _ in range(_ATTEMPTS):
        spoken, rate, voice = _speak(text, condition, draw)
        samples = _without_silence(spoken)
        if rate != SAMPLING_RATE:
            samples = soxr.resample(samples, rate, SAMPLING_RATE).astype(np.float32)
        if condition == "known" and draw.random() < 0.5:
            samples = _tape_speed(samples, draw.uniform(0.9, 1.12))
        samples = _in_silence(samples / (np.abs(samples).max() + 1e-6) * draw.uniform(0.2, 0.9), draw)
        if len(samples) <= LONGEST_SECONDS * SAMPLING_RATE:
            break
    else:
        raise SpeechError(f"{text!r} takes longer than {LONGEST_SECONDS} s to say; shorten it.")
    if draw.random() < 0.7:
        samples = _with_noise(samples, draw)
    return Speech(np.clip(samples, -1, 1).astype(np.float32), voice)


def _require_synthesisers() -> None:
    missing = [tool for tool in ("espeak-ng", "flite") if shutil.which(tool) is None]
    if missing:
        raise SpeechError(f"{' and '.join(missing)} not found; run: apt-get install espeak-ng flite")


def _speak(text: str, condition: Condition, draw: random.Random) -> tuple[Samples, int, str]:
    if condition == "slt":
        return _flite(text, "slt", (150, 210), draw)
    if condition == "known" and draw.random() < _FLITE_SHARE:
        return _flite(text, draw.choice(_KNOWN_FLITE), (85, 160), draw)
    return _espeak(text, _UNSEEN_VARIANTS if condition == "unseen" else _KNOWN_VARIANTS, draw)


def _flite(text: str, voice: str, pitch_hz: tuple[int, int], draw: random.Random) -> tuple[Samples, int, str]:
    settings = ["--setf", f"duration_stretch={draw.uniform(0.85, 1.2):.2f}"]
    if draw.random() < 0.6:
        settings += ["--setf", f"int_f0_target_mean={draw.uniform(*pitch_hz):.0f}"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "speech.wav"
        _run(["flite", "-voice", voice, *settings, "-t", text, "-o", str(path)])
        samples, rate = soundfile.read(path, dtype="float32")
    return np.asarray(samples, dtype=np.float32), rate, f"flite-{voice}"


def _espeak(text: str, variants: tuple[str, ...], draw: random.Random) -> tuple[Samples, int, str]:
    accent = draw.choice(_ACCENTS) if draw.random() < 0.7 else "en-us"
    variant = draw.choice(variants)
    voice = f"{accent}+{variant}" if variant else accent
    speed, pitch = draw.randint(135, 190), draw.randint(25, 75)
    wav = _run(["espeak-ng", "-v", voice, "-s", str(speed), "-p", str(pitch), "--stdout", text])
    # Written to a pipe, the header's length is a placeholder that WAV readers stumble over.
    pcm = wav[_WAV_HEADER_BYTES : len(wav) - len(wav) % 2]
    samples = np.frombuffer(pcm, dtype="<i2").astype(np.float32) / np.float32(32768)
    return samples, _ESPEAK_RATE, f"espeak-{voice}"


def _run(command: list[str]) -> bytes:
    try:
        return subprocess.run(command, capture_output=True, check=True).stdout
    except subprocess.CalledProcessError as failure:
        said = failure.stderr.decode(errors="replace").strip()
        raise SpeechError(f"{' '.join(command)} ended with status {failure.returncode}: {said}") from failure


def _without_silence(samples: Samples) -> Samples:
    loud = np.flatnonzero(np.abs(samples) > 0.005)
    return samples[max(0, int(loud[0]) - 400) : int(loud[-1]) + 400] if len(loud) else samples


def _tape_speed(samples: Samples, factor: float) -> Samples:
    """Play at ``factor`` times the speed: pitch and formants move along."""
    length = len(samples)
    played = np.interp(np.arange(0, length, factor), np.arange(length), samples)
    return np.asarray(played, dtype=np.float32)


def _in_silence(samples: Samples, draw: random.Random) -> Samples:
    before, after = (int(draw.uniform(0, most) * SAMPLING_RATE) for most in (0.15, 0.1))
    return np.asarray(np.pad(samples, (before, after)), dtype=np.float32)


def _with_noise(samples: Samples, draw: random.Random) -> Samples:
    """White noise, or half the time rumbling noise, at 10-40 dB below the speech."""
    signal_to_noise = draw.uniform(10, 40)
    noise = np.random.default_rng(draw.randrange(2**32)).standard_normal(len(samples))
    if draw.random() < 0.5:
        noise = np.cumsum(noise)
        noise -= np.convolve(noise, np.ones(200) / 200, "same")
    scale = np.sqrt((samples**2).mean() / (noise**2).mean()) * 10 ** (-signal_to_noise / 20)
    return np.asarray(samples + noise * scale, dtype=np.float32)
