"""Real audio files, made in memory."""

import io
import struct

import av
import numpy as np
import numpy.typing as npt
import soundfile

Samples = npt.NDArray[np.float32]

_MUXERS = {
    "mp3": ("mp3", "libmp3lame", "fltp"),
    "opus": ("ogg", "libopus", "flt"),
    "m4a": ("mp4", "aac", "fltp"),
    "webm": ("webm", "libopus", "flt"),
}
_SUBTYPES = {"wav": "PCM_16", "flac": "PCM_16", "ogg": "VORBIS"}
CONTAINERS = (*_SUBTYPES, *_MUXERS)


def tone(seconds: float, rate: int, channels: int = 1, hertz: float = 440.0) -> Samples:
    """A sine of amplitude 0.5, [frames, channels]."""
    wave = 0.5 * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)
    return np.repeat(wave[:, None], channels, axis=1).astype(np.float32)


def encode(container: str, samples: Samples, rate: int) -> bytes:
    """``samples`` [frames, channels] as a file of ``container``, one of ``CONTAINERS``."""
    if container in _SUBTYPES:
        return by_sndfile(samples, rate, container.upper(), _SUBTYPES[container])
    muxer, codec, sample_format = _MUXERS[container]
    return by_ffmpeg(samples, rate, muxer, codec, sample_format)


def by_sndfile(samples: Samples, rate: int, format_: str, subtype: str) -> bytes:
    file = io.BytesIO()
    soundfile.write(file, samples, rate, format=format_, subtype=subtype)
    return file.getvalue()


def by_ffmpeg(
    samples: Samples, rate: int, muxer: str, codec: str, sample_format: str, bit_rate: int | None = None
) -> bytes:
    file = io.BytesIO()
    layout = {1: "mono", 2: "stereo"}[samples.shape[1]]
    with av.open(file, "w", format=muxer) as out:
        stream = out.add_stream(codec, rate=rate)
        stream.layout = layout
        if bit_rate is not None:
            stream.bit_rate = bit_rate
        to_codec = av.AudioResampler(format=sample_format, layout=layout, rate=rate)
        for start in range(0, len(samples), 65_536):
            piece = np.ascontiguousarray(samples[start : start + 65_536].T)
            frame = av.AudioFrame.from_ndarray(piece, format="fltp", layout=layout)
            frame.sample_rate = rate
            for part in to_codec.resample(frame):
                out.mux(stream.encode(part))
        out.mux(stream.encode(None))
    return file.getvalue()


def wav(
    data: bytes,
    *,
    kind: int = 1,
    channels: int = 1,
    rate: int = 16_000,
    bits: int = 16,
    data_size: int | None = None,
) -> bytes:
    """A WAV whose header says what it is told to, whatever ``data`` is."""
    align = channels * bits // 8
    fmt = struct.pack("<HHIIHH", kind, channels, rate, rate * align & 0xFFFFFFFF, align & 0xFFFF, bits)
    chunks = b"fmt " + struct.pack("<I", len(fmt)) + fmt
    chunks += b"data" + struct.pack("<I", len(data) if data_size is None else data_size) + data
    return b"RIFF" + struct.pack("<I", min(len(chunks) + 4, 0xFFFFFFFF)) + b"WAVE" + chunks
