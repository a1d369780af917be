"""Folders of spoken queries: audio files and, if there is one, a manifest.jsonl with their words."""

import json
from pathlib import Path

import numpy as np
import soundfile
import soxr

from steering.extraction import ExtractionError, SpokenQuery

AUDIO_SUFFIXES = frozenset({".wav", ".flac", ".ogg", ".mp3"})
MANIFEST = "manifest.jsonl"


def read_folder(folder: Path, rate: int, longest_seconds: float) -> list[SpokenQuery]:
    """The queries of ``folder``, by file name, mono at ``rate`` Hz.

    Words come from manifest.jsonl (fields ``audio``, ``text``) in the folder or its parent. Raise ExtractionError
    for a folder without audio, a file that cannot be read, or one longer than the model's window.
    """
    if not folder.is_dir():
        raise ExtractionError(f"{folder} is no folder.")
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in AUDIO_SUFFIXES)
    if not files:
        raise ExtractionError(f"{folder} holds no audio; put {', '.join(sorted(AUDIO_SUFFIXES))} files there.")
    texts = _texts(folder)
    return [_read(path, rate, longest_seconds, texts.get(path.resolve())) for path in files]


def _read(path: Path, rate: int, longest_seconds: float, text: str | None) -> SpokenQuery:
    try:
        samples, own_rate = soundfile.read(path, dtype="float32", always_2d=True)
    except soundfile.SoundFileError as error:
        raise ExtractionError(f"{path} cannot be read as audio.") from error
    if not np.isfinite(samples).all():
        raise ExtractionError(f"{path} holds samples that are no finite numbers.")
    mono = soxr.resample(samples.mean(axis=1), own_rate, rate).astype(np.float32)
    if not len(mono) or len(mono) > longest_seconds * rate:
        raise ExtractionError(f"{path} is {len(mono) / rate:.1f} s long; this model hears up to {longest_seconds:g} s.")
    return SpokenQuery(path.stem, mono, text)


def _texts(folder: Path) -> dict[Path, str]:
    texts = {}
    for home in (folder, folder.parent):
        manifest = home / MANIFEST
        if not manifest.is_file():
            continue
        for number, line in enumerate(manifest.read_text(encoding="utf-8").splitlines(), 1):
            try:
                entry = json.loads(line)
                texts[(home / entry["audio"]).resolve()] = str(entry["text"])
            except (ValueError, TypeError, KeyError) as error:
                raise ExtractionError(f"{manifest} line {number} has no audio and text: {error}.") from error
    return texts
