"""Speech for the corpus: espeak-ng and flite, in voices the model was trained on, unseen ones and one held out."""

import random
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape

import numpy as np
import numpy.typing as npt
import soundfile
import soxr

SAMPLING_RATE = 16_000
LONGEST_SECONDS = 3.99
"""The checkpoint was trained on windows of four seconds; positions beyond them were never seen."""

Condition = Literal["known", "unseen", "slt"]
"""``known``: the training voices; ``unseen``: espeak variants held out of training; ``slt``: flite's slt, held out."""

Emotion = Literal["angry", "happy", "sad", "fearful"]
Intensity = Literal["low", "medium", "high"]

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
_FLITE_SHARE, _VARIED_FLITE_SHARE = 0.3, 0.5
_ESPEAK_RATE = 22_050
_WAV_HEADER_BYTES = 44
_ATTEMPTS = 10


_INTENSITIES: dict[Intensity, float] = {"low": 0.35, "medium": 0.7, "high": 1.0}
_DRIFTS: dict[Emotion, tuple[float, float, float, float]] = {
    # How far speed, pitch, pitch range and loudness move at full intensity, as a share of the neutral voice.
    "angry": (0.15, 0.20, 0.8, 0.5),
    "happy": (0.10, 0.30, 0.9, 0.2),
    "sad": (-0.18, -0.20, -0.7, -0.4),
    "fearful": (0.22, 0.45, 0.3, -0.1),
}


class SpeechError(Exception):
    """Speech cannot be made; the message says what is missing."""


class SpeechTooLongError(SpeechError):
    """No draw of a voice says the words in the time that is heard."""


@dataclass(frozen=True, slots=True)
class Speech:
    """``samples`` is float32 mono at 16 kHz, within [-1, 1]; ``voice`` names the synthesiser and its voice."""

    samples: Samples
    voice: str


@dataclass(frozen=True, slots=True)
class Prosody:
    """How a voice departs from its neutral reading: factors on speed, pitch, pitch range and loudness."""

    speed: float = 1.0
    pitch: float = 1.0
    pitch_range: float = 1.0
    loudness: float = 1.0

    @classmethod
    def of(cls, emotion: Emotion, intensity: Intensity) -> "Prosody":
        """Prosody like that of an emotion. It is what a synthesiser can do, not acted speech."""
        return cls(*(1 + drift * _INTENSITIES[intensity] for drift in _DRIFTS[emotion]))


NEUTRAL = Prosody()


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a clip is spoken and recorded, beyond the voice.

    ``reverberation`` is the time in seconds in which a room's echo falls by 60 dB; 0 is none. ``varied`` draws pitch
    and speed far beyond ``known`` voices, flite's above all: for training only, so that a voice never heard is not
    far from one that was. ``language`` is an espeak-ng voice (``de``) that speaks in place of an English one: its own
    language, or English as ``phonemes`` gives it, which it then says with an accent.
    """

    prosody: Prosody = NEUTRAL
    reverberation: float = 0.0
    varied: bool = False
    language: str = ""


PLAIN = Delivery()


def synthesise(text: str, condition: Condition, seed: int, delivery: Delivery = PLAIN) -> Speech:
    """Speak ``text``; the same arguments give the same samples.

    Voice, speed, pitch, loudness, silence around the words and (seven times in ten) noise at 10-40 dB are drawn
    from ``seed``; half of the ``known`` clips are also played faster or slower, as in training. Raises
    SpeechError where a synthesiser is not installed, SpeechTooLongError where no draw speaks ``text`` in four seconds.
    """
    _require_synthesisers()
    draw = random.Random(seed)
    for _ in range(_ATTEMPTS):
        spoken, rate, voice = _speak(text, condition, delivery, draw)
        samples = _without_silence(spoken)
        if rate != SAMPLING_RATE:
            samples = soxr.resample(samples, rate, SAMPLING_RATE).astype(np.float32)
        if condition == "known" and draw.random() < 0.5:
            slowest, fastest = (0.85, 1.25) if delivery.varied else (0.9, 1.12)
            samples = _tape_speed(samples, draw.uniform(slowest, fastest))
        loudness = min(0.95, draw.uniform(0.2, 0.9) * delivery.prosody.loudness)
        samples = samples / (np.abs(samples).max() + 1e-6) * loudness
        if delivery.reverberation:
            samples = _in_a_room(samples, delivery.reverberation, draw)
        samples = _in_silence(samples, draw)
        if len(samples) <= LONGEST_SECONDS * SAMPLING_RATE:
            break
    else:
        raise SpeechTooLongError(f"{text!r} takes longer than {LONGEST_SECONDS} s to say; shorten it.")
    if draw.random() < 0.7:
        samples = _with_noise(samples, draw)
    return Speech(np.clip(samples, -1, 1).astype(np.float32), voice)


def phonemes(text: str) -> str:
    """How American English says ``text``, in the notation that ``synthesise`` takes as well as words.

    A voice of another language would spell English out by its own rules; given the sounds, it says those it has.
    """
    _require_synthesisers()
    said = _run(["espeak-ng", "-q", "-x", "-v", "en-us", text]).decode()
    return f"[[{' '.join(said.split())}]]"


def _require_synthesisers() -> None:
    missing = [tool for tool in ("espeak-ng", "flite") if shutil.which(tool) is None]
    if missing:
        raise SpeechError(f"{' and '.join(missing)} not found; run: apt-get install espeak-ng flite")


def _speak(text: str, condition: Condition, delivery: Delivery, draw: random.Random) -> tuple[Samples, int, str]:
    if delivery.language and condition == "slt":
        raise SpeechError(f"flite's slt speaks English and not {delivery.language!r}; ask for known or unseen voices.")
    if delivery.language:
        return _espeak(text, _KNOWN_VARIANTS if condition == "known" else _UNSEEN_VARIANTS, delivery, draw)
    if condition == "slt":
        return _flite(text, "slt", (150, 210), delivery, draw)
    share = _VARIED_FLITE_SHARE if delivery.varied else _FLITE_SHARE
    if condition == "known" and draw.random() < share:
        return _flite(text, draw.choice(_KNOWN_FLITE), (85, 230) if delivery.varied else (85, 160), delivery, draw)
    return _espeak(text, _UNSEEN_VARIANTS if condition == "unseen" else _KNOWN_VARIANTS, delivery, draw)


def _flite(
    text: str, voice: str, pitch_hz: tuple[int, int], delivery: Delivery, draw: random.Random
) -> tuple[Samples, int, str]:
    prosody = delivery.prosody
    stretch = draw.uniform(0.85, 1.2) / prosody.speed
    settings = ["--setf", f"duration_stretch={stretch:.2f}"]
    if draw.random() < 0.6 or prosody is not NEUTRAL:
        settings += ["--setf", f"int_f0_target_mean={draw.uniform(*pitch_hz) * prosody.pitch:.0f}"]
    if prosody is not NEUTRAL:
        settings += ["--setf", f"int_f0_target_stddev={15 * prosody.pitch_range:.0f}"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "speech.wav"
        _run(["flite", "-voice", voice, *settings, "-t", text, "-o", str(path)])
        samples, rate = soundfile.read(path, dtype="float32")
    return np.asarray(samples, dtype=np.float32), rate, f"flite-{voice}"


def _espeak(text: str, variants: tuple[str, ...], delivery: Delivery, draw: random.Random) -> tuple[Samples, int, str]:
    accent = draw.choice(_ACCENTS) if draw.random() < 0.7 else "en-us"
    variant = draw.choice(variants)
    voice = f"{delivery.language or accent}{'+' if variant else ''}{variant}"
    prosody = delivery.prosody
    speed, pitch = draw.randint(135, 190) * prosody.speed, draw.randint(25, 75) * prosody.pitch
    words = [text]
    if prosody is not NEUTRAL:
        words = ["-m", f'<prosody range="{100 * prosody.pitch_range:.0f}%">{escape(text)}</prosody>']
    command = ["espeak-ng", "-v", voice, "-s", f"{speed:.0f}", "-p", f"{min(99.0, pitch):.0f}", "--stdout"]
    wav = _run([*command, *words])
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


def _in_a_room(samples: Samples, seconds: float, draw: random.Random) -> Samples:
    """Convolve with noise that decays by 60 dB in ``seconds``: a diffuse room, without single echoes."""
    length = int(seconds * SAMPLING_RATE)
    decay = 10 ** (-3 * np.arange(length) / length)
    echo = np.random.default_rng(draw.randrange(2**32)).standard_normal(length) * decay
    echo *= 0.5 / np.sqrt((echo**2).sum())
    echo[0] = 1.0
    size = len(samples) + length
    heard = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(echo, size), size)[: len(samples) + length // 4]
    return np.asarray(heard * (np.abs(samples).max() / np.abs(heard).max()), dtype=np.float32)


def _with_noise(samples: Samples, draw: random.Random) -> Samples:
    """White noise, or half the time rumbling noise, at 10-40 dB below the speech."""
    signal_to_noise = draw.uniform(10, 40)
    noise = np.random.default_rng(draw.randrange(2**32)).standard_normal(len(samples))
    if draw.random() < 0.5:
        noise = np.cumsum(noise)
        noise -= np.convolve(noise, np.ones(200) / 200, "same")
    scale = np.sqrt((samples**2).mean() / (noise**2).mean()) * 10 ** (-signal_to_noise / 20)
    return np.asarray(samples + noise * scale, dtype=np.float32)
