"""Sample tables are counted wherever FFmpeg would find them, and nowhere else."""

import struct

from server.audio.mp4 import declared_samples


def box(kind: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def stsz(count: int) -> bytes:
    return box(b"stsz", bytes(4), struct.pack(">II", 1, count))


FTYP = box(b"ftyp", b"M4A ")


def test_tables_of_all_tracks_and_fragments_add_up() -> None:
    tracks = box(b"moov", box(b"trak", stsz(3)), box(b"trak", box(b"stz2", bytes(8), struct.pack(">I", 4))))
    fragment = box(b"moof", box(b"traf", box(b"trun", bytes(4), struct.pack(">I", 5))))
    assert declared_samples(FTYP + tracks + fragment) == 12


def test_a_table_hidden_in_a_box_where_none_belongs_counts() -> None:
    for host in (b"udta", b"edts", b"wave", b"free"):
        assert declared_samples(FTYP + box(b"moov", box(b"trak", box(host, stsz(2**31))))) == 2**31


def test_media_data_that_looks_like_a_table_does_not() -> None:
    assert declared_samples(FTYP + box(b"mdat", stsz(2**31)) + box(b"moov", stsz(7))) == 7


def test_compressed_tables_count_as_more_than_any_file_holds() -> None:
    assert declared_samples(FTYP + box(b"moov", box(b"cmov", b"anything"))) >= 2**32


def test_a_table_that_is_cut_off_counts_for_nothing() -> None:
    assert declared_samples(FTYP + box(b"moov", stsz(9))[:-4]) == 0
