"""The sample tables of an MP4 file, checked before anything is allocated by them."""

import struct
from collections.abc import Iterator

_COUNT_AT = {b"stsz": 8, b"stz2": 8, b"trun": 4}
"""Where in a box's content its sample count stands (ISO/IEC 14496-12 §8.7.3, §8.8.8)."""
_COMPRESSED = b"cmov"
_UNKNOWN = 2**32
"""For tables that are compressed: FFmpeg would unpack them, and they may declare anything."""


def declared_samples(data: bytes) -> int:
    """How many samples (encoded frames) the tables of all tracks declare together, at the most.

    FFmpeg allocates an index entry for each, before it reads the first: a table of a few bytes may declare four
    thousand million. A real file has no more samples than bytes. Tables are looked for everywhere but in the media
    data, since FFmpeg finds them in boxes where none belongs.
    """
    return sum(count for start, end in _outside_media(data) for count in _counts(data, start, end))


def _outside_media(data: bytes) -> Iterator[tuple[int, int]]:
    """The top-level boxes that are not ``mdat``."""
    at = 0
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        if size == 1 and at + 16 <= len(data):
            (size,) = struct.unpack_from(">Q", data, at + 8)
        # Size 0 reaches to the end; a size that is too small leads nowhere, and FFmpeg stops at it too.
        end = len(data) if size < 8 else min(at + size, len(data))
        if kind != b"mdat":
            yield at, end
        at = end


def _counts(data: bytes, start: int, end: int) -> Iterator[int]:
    if data.find(_COMPRESSED, start, end) >= 0:
        yield _UNKNOWN
    for kind, offset in _COUNT_AT.items():
        at = data.find(kind, start, end)
        while at >= 0:
            place = at + len(kind) + offset
            if place + 4 <= len(data):
                yield struct.unpack_from(">I", data, place)[0]
            at = data.find(kind, at + 1, end)
