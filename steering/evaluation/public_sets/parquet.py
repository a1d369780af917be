"""Parquet files as the Hub keeps audio in: a struct column ``audio`` of ``bytes`` and ``path`` beside plain columns.

pyarrow reads them. It is large and nothing else needs it, so it comes with the extra ``eval``.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from steering.evaluation.sets import SetError


class ParquetAudio:
    """One Parquet file, read by columns; the last row group that was listened to is kept."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = _open(path)
        self._group: tuple[int, list[Any]] = (-1, [])

    def columns(self, wanted: list[str]) -> list[Any]:
        """Every row as a dict of those of the ``wanted`` columns that there are."""
        present = set(self._file.schema_arrow.names)
        rows: list[Any] = self._file.read(columns=[name for name in wanted if name in present]).to_pylist()
        return rows

    def content(self, row: int) -> bytes:
        """The bytes of a row's audio file; raise SetError where there are none."""
        first = 0
        for group in range(self._file.num_row_groups):
            rows = self._file.metadata.row_group(group).num_rows
            if row < first + rows:
                break
            first += rows
        if self._group[0] != group:
            table = self._file.read_row_group(group, columns=["audio"])
            self._group = (group, table.to_pylist())
        audio = self._group[1][row - first].get("audio")
        content = audio.get("bytes") if isinstance(audio, dict) else None
        if not isinstance(content, bytes):
            raise SetError(f"{self.path} row {row + 1}: field audio.bytes: there are none; fetch the file anew.")
        return content


@dataclass(frozen=True, slots=True)
class Embedded:
    """A clip inside a Parquet file."""

    file: ParquetAudio
    row: int

    def __str__(self) -> str:
        return f"{self.file.path} row {self.row + 1}"


def _open(path: Path) -> Any:
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        raise SetError(f"{path} is Parquet, which pyarrow reads; run: pip install '.[evaluation]'") from error
    try:
        return ParquetFile(path)
    except (ArrowException, OSError) as error:
        raise SetError(f"{path} cannot be read as Parquet ({error}); fetch it anew.") from error
