"""How much audio one request may bring."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AudioLimits:
    """``max_decoded_bytes`` bounds the float32 samples of all channels at the clip's own rate, request-wide."""

    max_clips: int
    max_clip_seconds: float
    max_audio_seconds: float
    max_decoded_bytes: int
