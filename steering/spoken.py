"""Folders of spoken queries: audio files and, if there is one, a manifest.jsonl with their words."""

import json
from pathlib import Path

from steering.clip import ClipError, read_clip
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
        return SpokenQuery(path.stem, read_clip(path, rate, longest_seconds), text)
    except ClipError as error:
        raise ExtractionError(str(error)) from error


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
