"""The audio in a chat request's messages: where it is, what it was declared to be, and its undecoded bytes."""

import base64
import binascii
import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from server.audio.limits import AudioLimits
from server.engine.protocol import Json
from server.errors import AudioUrlUnavailable, InvalidBase64, InvalidValue, TooManyClips, UnsupportedAudio

FORMATS = ("wav", "mp3", "flac", "ogg", "opus", "m4a", "webm")
CLIP_SCHEME = "sarsteer-audio:"
"""URLs of our own that stand for decoded clips; no caller may name one."""

_TEXT_PARTS = frozenset({"text", "refusal"})


@dataclass(frozen=True, slots=True)
class AudioPart:
    """One audio part. ``source`` is its undecoded bytes, or the http(s) URL to fetch them from."""

    param: str
    message: int
    part: int
    source: bytes | str


def find_audio(messages: Sequence[Any], limits: AudioLimits) -> tuple[AudioPart, ...]:
    """Every audio part, in order. Raise an ApiError that names the field for what cannot be taken.

    Parts are counted before the first one is unpacked.
    """
    found = [
        (m, p, part)
        for m, message in enumerate(messages)
        for p, part in enumerate(_parts(message, f"messages[{m}]"))
        if _is_audio(part, message["role"], f"messages[{m}].content[{p}]")
    ]
    if len(found) > limits.max_clips:
        raise TooManyClips(
            f"The messages hold {len(found)} audio clips; send at most {limits.max_clips} in one request.",
            param="messages",
        )
    return tuple(_audio_part(part, m, p) for m, p, part in found)


def replace_audio(messages: Sequence[Any], parts: Sequence[AudioPart], urls: Sequence[str]) -> list[Json]:
    """A copy of ``messages`` in which each audio part is an ``audio_url`` of the clip URL that stands for it."""
    changed = {part.message for part in parts}
    result: list[Json] = [
        {**message, "content": list(message["content"])} if index in changed else copy.copy(message)
        for index, message in enumerate(messages)
    ]
    for part, url in zip(parts, urls, strict=True):
        result[part.message]["content"][part.part] = {"type": "audio_url", "audio_url": {"url": url}}
    return result


def _parts(message: Any, param: str) -> Sequence[Any]:
    if not isinstance(message, dict):
        raise InvalidValue(f"{param} must be an object.", param=param)
    if not isinstance(message.get("role"), str):
        raise InvalidValue(f"{param}.role must be a string.", param=f"{param}.role")
    if message.get("audio") is not None:
        raise InvalidValue(f"{param}.audio is not taken: this server answers in text.", param=f"{param}.audio")
    content = message.get("content")
    if content is None or isinstance(content, str):
        return ()
    if not isinstance(content, list):
        raise InvalidValue(f"{param}.content must be a string or a list of parts.", param=f"{param}.content")
    return content


def _is_audio(part: Any, role: str, param: str) -> bool:
    kind = part.get("type") if isinstance(part, dict) else None
    if not isinstance(kind, str):
        raise InvalidValue(f"{param} must be an object with a type.", param=param)
    if kind in ("input_audio", "audio_url"):
        if role != "user":
            raise InvalidValue(f"{param} is audio in a {role[:20]!r} message; send it in a user message.", param=param)
        return True
    if kind not in _TEXT_PARTS:
        raise InvalidValue(
            f"{param}.type {kind[:40]!r} is not taken; send text, input_audio or audio_url.", param=f"{param}.type"
        )
    if not isinstance(part.get(kind), str):
        raise InvalidValue(f"{param}.{kind} must be a string.", param=f"{param}.{kind}")
    if extra := set(part) - {"type", kind}:
        # vLLM reads a part by whichever media field stands in it, whatever its type says.
        raise InvalidValue(f"{param}.{min(extra)[:40]} does not belong in a part of type {kind!r}.", param=param)
    return False


def _audio_part(part: Json, m: int, p: int) -> AudioPart:
    kind = part["type"]
    param = f"messages[{m}].content[{p}].{kind}"
    value = part.get(kind)
    if set(part) - {"type", kind} or not isinstance(value, dict):
        raise InvalidValue(f"{param} must be an object, alone in its part beside the type.", param=param)
    if kind == "input_audio":
        return AudioPart(f"{param}.data", m, p, _input_audio(value, param))
    return AudioPart(f"{param}.url", m, p, _audio_url(value.get("url"), f"{param}.url"))


def _input_audio(value: Json, param: str) -> bytes:
    declared = value.get("format")
    if not isinstance(declared, str):
        raise InvalidValue(f"{param}.format must be one of {', '.join(FORMATS)}.", param=f"{param}.format")
    if declared.lower() not in FORMATS:
        raise UnsupportedAudio(
            f"{param}.format {declared[:40]!r} is not read here; send one of {', '.join(FORMATS)}.",
            param=f"{param}.format",
        )
    return _decoded(value.get("data"), f"{param}.data")


def _audio_url(url: Any, param: str) -> bytes | str:
    if not isinstance(url, str):
        raise InvalidValue(f"{param} must be a string.", param=param)
    scheme = url.partition(":")[0].lower()
    if scheme == "data":
        header, comma, data = url.partition(",")
        if not comma or not header.lower().endswith(";base64"):
            raise InvalidValue(f"{param} must be a data: URL in base64 (RFC 2397), or an https: URL.", param=param)
        return _decoded(data, param)
    if scheme in ("http", "https"):
        return url
    raise AudioUrlUnavailable(f"{param} has the scheme {scheme[:20]!r}; send a data: URL.", param=param)


def _decoded(data: Any, param: str) -> bytes:
    if not isinstance(data, str):
        raise InvalidBase64(f"{param} must be a string of base64.", param=param)
    try:
        decoded = base64.b64decode("".join(data.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise InvalidBase64(f"{param} is not base64 ({error}); encode the file's bytes.", param=param) from error
    if not decoded:
        raise InvalidBase64(f"{param} is empty; send the file's bytes in base64.", param=param)
    return decoded
