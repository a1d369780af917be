"""The record of a run: a JSONL file that grows with every answer, so that a run that was stopped goes on where it was.

The first line says which run it is; a record of another one is refused. Every other line is a condition's items, a
result, or a cost. A later result of the same item, condition, defence and strength replaces the earlier one.
"""

import fcntl
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO, Self

from pydantic import ValidationError

from steering.evaluation.record_lines import LINE, ConditionLine, CostLine, Line, ResultLine, RunLine
from steering.evaluation.result import Result


class RecordError(Exception):
    """A record that cannot be gone on with; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Run:
    """Which run a record is of. ``model`` is a fingerprint; ``vectors`` maps name@version to a digest, and ``inputs``
    whatever else decides what is asked (a manifest, a calibration) to one."""

    suite: str
    model: str
    vectors: Mapping[str, str]
    inputs: Mapping[str, str]
    seed: int


@dataclass(frozen=True, slots=True)
class Key:
    """What one result is of."""

    condition: str
    item: str
    defence: str
    strength: float

    @classmethod
    def of(cls, result: Result) -> Self:
        return cls(result.item.condition, result.item.id, result.defence, result.strength)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one call took: ``items`` asked, ``requests`` that reached the engine, ``seconds`` until the last answer.

    ``condition`` and ``strength`` are None for what a defence took to prepare.
    """

    defence: str
    condition: str | None
    strength: float | None
    items: int
    requests: int
    seconds: float


class Record:
    """An open record. Use it as a context manager; one process at a time holds a file."""

    def __init__(self, run: Run, file: BinaryIO) -> None:
        self.run = run
        self._file = file
        self._results: dict[Key, Result] = {}
        self._conditions: dict[str, ConditionLine] = {}
        self._costs: list[Cost] = []

    @classmethod
    def open(cls, path: Path, run: Run) -> Self:
        """Begin a record at ``path``, or go on with the one there. A torn last line, of a run killed while it wrote,
        is dropped. Raises RecordError for the record of another run, a damaged one, one in use, and
        where none can be written."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            file = path.open("a+b")
        except OSError as error:
            raise RecordError(f"{path} cannot be written ({error.strerror}); name another file.") from error
        try:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise RecordError(f"{path} is being written by another run; wait for it or name another.") from error
            record = cls(run, file)
            record._read(path)
        except BaseException:
            file.close()
            raise
        return record

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    @property
    def results(self) -> tuple[Result, ...]:
        """Every result, in the order in which they first came; items read back from a file hold no samples."""
        return tuple(self._results.values())

    @property
    def costs(self) -> tuple[Cost, ...]:
        return tuple(self._costs)

    def items(self, condition: str) -> tuple[str, ...] | None:
        """The ids of a condition's items, None before they were made."""
        line = self._conditions.get(condition)
        return None if line is None else line.items

    @property
    def left_out(self) -> dict[str, int]:
        """By condition, how many items did not fit it and were not asked."""
        return {name: line.left_out for name, line in self._conditions.items()}

    def get(self, key: Key) -> Result | None:
        return self._results.get(key)

    def add_items(self, condition: str, ids: Sequence[str], left_out: int) -> None:
        line = ConditionLine(condition=condition, items=tuple(ids), left_out=left_out)
        self._conditions[condition] = line
        self._append([line])

    def add(self, results: Iterable[Result], cost: Cost | None = None) -> None:
        """Write results, and what they took."""
        lines: list[ResultLine | CostLine] = []
        for result in results:
            self._results[Key.of(result)] = result
            lines.append(ResultLine.of(result))
        if cost is not None:
            self._costs.append(cost)
            lines.append(CostLine(**asdict(cost)))
        self._append(lines)

    def _append(self, lines: Iterable[Line]) -> None:
        self._file.write(b"".join(line.model_dump_json().encode() + b"\n" for line in lines))
        self._file.flush()

    def _read(self, path: Path) -> None:
        self._file.seek(0)
        *lines, torn = self._file.read().split(b"\n")
        for number, text in enumerate(lines, start=1):
            try:
                line = LINE.validate_json(text)
            except ValidationError as error:
                raise RecordError(f"Line {number} of {path} is no line of a record; name another file.") from error
            if isinstance(line, RunLine) is not (number == 1):
                raise RecordError(f"{path} is no record of a single run; name another file.")
            self._take(line, path)
        first = RunLine(**asdict(self.run))
        if not lines and not first.model_dump_json().encode().startswith(torn):
            raise RecordError(f"{path} is no record; name another file.")
        if torn:
            self._file.truncate(sum(len(text) + 1 for text in lines))
        if not lines:
            self._append([first])

    def _take(self, line: Line, path: Path) -> None:
        match line:
            case RunLine():
                if differing := _differences(line, self.run):
                    raise RecordError(f"{path} is of another run ({differing}); delete it or name another.")
            case ConditionLine():
                self._conditions[line.condition] = line
            case ResultLine():
                result = line.result()
                self._results[Key.of(result)] = result
            case CostLine():
                self._costs.append(Cost(**line.model_dump(exclude={"kind"})))


def _differences(line: RunLine, run: Run) -> str:
    """What another run's first line says otherwise than ``run``, as in ``seed 1, not 0``."""
    fields = ((name, getattr(line, name), wanted) for name, wanted in asdict(run).items())
    return ", ".join(f"{name} {found}, not {wanted}" for name, found, wanted in fields if found != wanted)
