from pathlib import Path

import numpy as np
import pytest
import soundfile

from steering.clip import ClipError, decode_clip, read_clip

RATE = 16_000


def test_a_file_and_its_bytes_are_heard_alike(tmp_path: Path) -> None:
    path = tmp_path / "tone.flac"
    soundfile.write(path, np.sin(np.arange(44_100) / 20) / 2, 44_100)
    heard = read_clip(path, RATE, 1.0)
    assert heard.shape == (RATE,)
    assert heard.dtype == np.dtype(np.float32)
    assert np.array_equal(decode_clip(path.read_bytes(), "tone", RATE, 1.0), heard)


def test_any_length_is_heard_where_none_is_set(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "clip.wav", np.zeros(5 * RATE), RATE)
    assert len(read_clip(tmp_path / "clip.wav", RATE, None)) == 5 * RATE
    with pytest.raises(ClipError, match=r"clip\.wav is 5\.0 s long; this model hears up to 4 s"):
        read_clip(tmp_path / "clip.wav", RATE, 4.0)


def test_what_is_no_audio_is_named(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "nan.wav", np.full(RATE, np.nan), RATE, subtype="FLOAT")
    with pytest.raises(ClipError, match=r"nan\.wav holds samples that are no finite numbers"):
        read_clip(tmp_path / "nan.wav", RATE, None)
    with pytest.raises(ClipError, match="row 3 cannot be read as audio"):
        decode_clip(b"words", "row 3", RATE, None)
    with pytest.raises(ClipError, match="cannot be read as audio"):
        read_clip(tmp_path / "absent.wav", RATE, None)
    soundfile.write(tmp_path / "empty.wav", np.zeros(0), RATE)
    with pytest.raises(ClipError, match=r"empty\.wav is 0\.0 s long"):
        read_clip(tmp_path / "empty.wav", RATE, None)
