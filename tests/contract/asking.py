"""Requests as an application would write them."""

import base64
import io
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from openai import OpenAI

MODEL = "sarsteer-reference"


def encoded(file: Path, container: str = "wav") -> str:
    """A WAV file's sound in another container, in base64."""
    if container == "wav":
        return base64.b64encode(file.read_bytes()).decode()
    samples, rate = soundfile.read(file, dtype="float32")
    sink = io.BytesIO()
    if container in ("flac", "ogg"):
        soundfile.write(sink, samples, rate, format=container.upper())
    else:
        _by_ffmpeg(sink, samples, rate, container)
    return base64.b64encode(sink.getvalue()).decode()


def _by_ffmpeg(sink: io.BytesIO, samples: "np.ndarray[Any, Any]", rate: int, container: str) -> None:
    import av

    muxer, codec, codec_rate = {
        "mp3": ("mp3", "libmp3lame", 16_000),
        "opus": ("ogg", "libopus", 48_000),
        "m4a": ("mp4", "aac", 16_000),
        "webm": ("webm", "libopus", 48_000),
    }[container]
    with av.open(sink, "w", format=muxer) as file:
        stream = file.add_stream(codec, rate=codec_rate)
        stream.layout = "mono"
        frame = av.AudioFrame.from_ndarray(samples[None].astype(np.float32), format="fltp", layout="mono")
        frame.sample_rate = rate
        for resampled in av.AudioResampler(stream.format, "mono", codec_rate).resample(frame):
            file.mux(stream.encode(resampled))
        file.mux(stream.encode(None))


def spoken(file: Path, container: str = "wav", text: str | None = None) -> list[dict[str, Any]]:
    """One user message: the clip, and after it, if given, a text."""
    parts: list[dict[str, Any]] = [
        {"type": "input_audio", "input_audio": {"data": encoded(file, container), "format": container}}
    ]
    if text is not None:
        parts.append({"type": "text", "text": text})
    return [{"role": "user", "content": parts}]


def written(text: str) -> list[dict[str, Any]]:
    return [{"role": "user", "content": text}]


def ask(client: OpenAI, messages: list[dict[str, Any]], **options: Any) -> Any:
    return client.chat.completions.create(**{"model": MODEL, "messages": messages, "temperature": 0, **options})
