"""From an audio file's bytes to what the model hears: float32 mono at the model's rate, within limits.

Nothing is allocated by what a header claims: files are decoded block by block, counted, mixed and resampled as
they come, and given up at the first block past a limit.
"""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

import av
import numpy as np
import numpy.typing as npt
import soundfile
import soxr

from server.audio.limits import AudioLimits
from server.audio.mp4 import declared_samples
from server.engine.protocol import Waveform
from server.errors import AudioTooLarge, InvalidAudio, UnsupportedAudio

Samples = npt.NDArray[np.float32]

LOWEST_RATE, HIGHEST_RATE = 4_000, 384_000
_BLOCK_SAMPLES = 131_072
"""Samples of all channels that are decoded at once."""
_FFMPEG_FORMATS = {"mp3": "mp3", "opus": "ogg", "m4a": "mov", "webm": "matroska"}
"""The one demuxer that each container is given to: left to guess, FFmpeg would also follow playlists."""
_CODECS = frozenset({"aac", "flac", "mp3", "mp3float", "opus", "libopus", "vorbis"})
"""What FFmpeg may decode: codecs whose frames are short, so that one block past a limit costs little."""
_MOST_MP4_SAMPLES = 1_000_000
"""Some six hours of AAC, and 24 MB of FFmpeg's index."""
_OF_UNKNOWN_LENGTH = 0x7FFF_0000
"""Programs that write a WAV to a pipe cannot know its length, and put 0 or something near the largest there."""


def sniff(data: bytes) -> str | None:
    """The container that ``data`` is in by its first bytes, whatever it was declared to be; None if unknown."""
    if data[:4] in (b"RIFF", b"RF64") and data[8:12] == b"WAVE":
        return "wav"
    if data[:4] == b"fLaC":
        return "flac"
    if data[:4] == b"OggS":
        # RFC 3533: the first page holds the codec's own first header, and nothing else.
        first_page = data[:128]
        if b"OpusHead" in first_page:
            return "opus"
        return "ogg" if b"\x01vorbis" in first_page or b"\x7fFLAC" in first_page else None
    if data[4:8] == b"ftyp":
        return "m4a"
    if data[:4] == b"\x1a\x45\xdf\xa3":
        return "webm"
    # MPEG audio: an ID3 tag, or a frame's eleven sync bits with a layer that exists.
    if data[:3] == b"ID3" or (len(data) > 1 and data[0] == 0xFF and data[1] & 0xE0 == 0xE0 and data[1] & 0x06):
        return "mp3"
    return None


@dataclass(slots=True)
class Budget:
    """What is left of one request's limits."""

    limits: AudioLimits
    seconds: float = 0.0
    decoded_bytes: int = 0
    _clip_seconds: float = field(default=0.0, init=False)

    def begin_clip(self) -> None:
        self._clip_seconds = 0.0

    def spend(self, frames: int, channels: int, rate: int, param: str) -> None:
        """Count one decoded block; raise AudioTooLarge once a limit is passed."""
        seconds = frames / rate
        self._clip_seconds += seconds
        self.seconds += seconds
        self.decoded_bytes += frames * channels * 4
        limits = self.limits
        for value, most, what in (
            (self._clip_seconds, limits.max_clip_seconds, "s in one clip"),
            (self.seconds, limits.max_audio_seconds, "s of audio in one request"),
            (self.decoded_bytes, limits.max_decoded_bytes, "bytes of decoded audio in one request"),
        ):
            if value > most:
                raise AudioTooLarge(f"{param} goes over the limit of {most:g} {what}; send less audio.", param=param)


def decode(data: bytes, target_rate: int, budget: Budget, param: str) -> Waveform:
    """Decode one file to mono at ``target_rate`` Hz.

    Raise UnsupportedAudio for a container that is not read here, InvalidAudio for a damaged, cut short or empty
    file, AudioTooLarge past a limit of ``budget``; each names ``param``.
    """
    container = sniff(data)
    if container is None:
        raise UnsupportedAudio(
            f"{param} is in no container that is read here; send wav, mp3, flac, ogg, opus, m4a or webm.", param=param
        )
    budget.begin_clip()
    blocks = _ffmpeg_blocks(data, container, param) if container in _FFMPEG_FORMATS else _sndfile_blocks(data, param)
    resampler: soxr.ResampleStream | None = None
    pieces: list[Samples] = []
    for rate, block in blocks:
        if not LOWEST_RATE <= rate <= HIGHEST_RATE:
            raise InvalidAudio(
                f"{param} has {rate} samples a second; send {LOWEST_RATE} to {HIGHEST_RATE}.", param=param
            )
        frames, channels = block.shape
        budget.spend(frames, channels, rate, param)
        mono = _mono(block, param)
        if resampler is None and rate != target_rate:
            resampler = soxr.ResampleStream(rate, target_rate, 1, dtype="float32")
        pieces.append(mono if resampler is None else _finite(resampler.resample_chunk(mono), param))
    if resampler is not None:
        pieces.append(_finite(resampler.resample_chunk(np.zeros(0, np.float32), last=True), param))
    if not any(len(piece) for piece in pieces):
        raise InvalidAudio(f"{param} holds no sound; send a clip that is not empty.", param=param)
    return Waveform(np.concatenate(pieces), target_rate)


def _mono(block: Samples, param: str) -> Samples:
    """The mean of [frames, channels] over the channels."""
    # Finite floats near the largest overflow in the sum; what comes of that is refused.
    with np.errstate(over="ignore", invalid="ignore"):
        return _finite(np.ascontiguousarray(block.mean(axis=1, dtype=np.float32)), param)


def _finite(samples: Samples, param: str) -> Samples:
    if not np.isfinite(samples).all():
        raise InvalidAudio(
            f"{param} holds samples that are no finite numbers, or too large; send samples from -1 to 1.", param=param
        )
    return samples


def _sndfile_blocks(data: bytes, param: str) -> Iterator[tuple[int, Samples]]:
    """Blocks of [frames, channels] by libsndfile, each with the file's rate."""
    if sniff(data) == "wav":
        _check_whole_wav(data, param)
    try:
        with soundfile.SoundFile(io.BytesIO(data)) as file:
            read, frames = 0, max(1, _BLOCK_SAMPLES // file.channels)
            while len(block := file.read(frames, dtype="float32", always_2d=True)):
                read += len(block)
                yield file.samplerate, block
            if read < file.frames and file.format == "FLAC":
                raise InvalidAudio(f"{param} is cut short; send the whole file.", param=param)
    except (soundfile.SoundFileError, ValueError, TypeError, OverflowError) as error:
        raise InvalidAudio(f"{param} cannot be decoded; the file is damaged.", param=param) from error


def _check_whole_wav(data: bytes, param: str) -> None:
    """Raise InvalidAudio if the data chunk claims more bytes than there are (RIFF; lengths are little-endian)."""
    at = 12
    while at + 8 <= len(data):
        name, size = struct.unpack_from("<4sI", data, at)
        at += 8
        if name == b"data":
            if len(data) - at < size < _OF_UNKNOWN_LENGTH:
                raise InvalidAudio(
                    f"{param} is cut short: its WAV header promises {size} bytes of sound, {len(data) - at} came.",
                    param=param,
                )
            return
        at += size + size % 2
    raise InvalidAudio(f"{param} is a WAV file without sound; the file is damaged.", param=param)


def _check_mp4_index(data: bytes, param: str) -> None:
    samples = declared_samples(data)
    if samples > len(data):
        raise InvalidAudio(
            f"{param} declares {samples} samples in a file of {len(data)} bytes; the file is damaged.", param=param
        )
    if samples > _MOST_MP4_SAMPLES:
        raise AudioTooLarge(
            f"{param} declares {samples} samples; a file may have {_MOST_MP4_SAMPLES}, hours of audio.", param=param
        )


def _ffmpeg_blocks(data: bytes, container: str, param: str) -> Iterator[tuple[int, Samples]]:
    """Blocks of [frames, channels] by FFmpeg, each with the file's rate."""
    if container == "m4a":
        _check_mp4_index(data, param)
    try:
        # The option keeps FFmpeg from opening any other decoder while it looks at the streams.
        options = {"codec_whitelist": ",".join(sorted(_CODECS))}
        with av.open(io.BytesIO(data), format=_FFMPEG_FORMATS[container], options=options) as file:
            if not file.streams.audio:
                raise InvalidAudio(f"{param} holds no audio stream.", param=param)
            stream = file.streams.audio[0]
            codec = stream.codec_context.name if stream.codec_context else "unknown"
            if codec not in _CODECS:
                raise UnsupportedAudio(
                    f"{param} holds audio by the codec {codec}; send AAC, MP3, Opus, Vorbis or FLAC.", param=param
                )
            planar = av.AudioResampler(format="fltp")
            packed = 0
            for packet in file.demux(stream):
                packed += packet.size
                if packed > 2 * len(data):  # An index may name the same bytes again and again.
                    raise InvalidAudio(f"{param} names more encoded audio than it holds; it is damaged.", param=param)
                for frame in packet.decode():
                    for part in planar.resample(frame):
                        yield part.sample_rate, part.to_ndarray().T
    except (av.error.FFmpegError, ValueError, EOFError, TypeError, OverflowError) as error:
        raise InvalidAudio(f"{param} cannot be decoded; the file is damaged.", param=param) from error
