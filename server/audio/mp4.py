"""The sample tables of an MP4 file, checked before anything is allocated by them."""

import struct
from collections.abc import Iterator

_WITH_BOXES = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"moof", b"traf"})
_COUNT_AT = {b"stsz": 8, b"stz2": 8, b"trun": 4}
"""Where in a box's content its sample count stands (ISO/IEC 14496-12 §8.7.3, §8.8.8)."""
_DEEPEST = 8


def declared_samples(data: bytes) -> int:
    """How many samples (encoded frames) the tables of all tracks declare together.

    FFmpeg allocates an index entry for each, before it reads the first: a table of a few bytes may declare four
    thousand million. A real file has no more samples than bytes.
    """
    return sum(_counts(data, 0, len(data), 0))


def _counts(data: bytes, start: int, end: int, depth: int) -> Iterator[int]:
    at = start
    while at + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, at)
        header = 8
        if size == 1 and at + 16 <= end:
            (size,) = struct.unpack_from(">Q", data, at + 8)
            header = 16
        # Size 0 reaches to the end; a size that is too small leads nowhere, and FFmpeg stops at it too.
        box_end = end if size == 0 else min(at + size, end)
        content = at + header
        if size and size < header:
            return
        if kind in _WITH_BOXES and depth < _DEEPEST:
            yield from _counts(data, content, box_end, depth + 1)
        elif kind in _COUNT_AT and content + _COUNT_AT[kind] + 4 <= box_end:
            yield struct.unpack_from(">I", data, content + _COUNT_AT[kind])[0]
        at = box_end
