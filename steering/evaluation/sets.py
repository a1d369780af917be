"""An evaluation set on disk: a manifest.jsonl, one request a line, beside the audio that it names.

A line holds ``id``, ``text`` (what is truly asked), ``label`` (harmful or benign) and ``category``; if known,
``audio`` (a path relative to the manifest), ``condition``, ``expected``, ``compliant``, ``prompt``, ``history``,
``voice`` and ``language``. What ``python -m reference.clips`` writes is such a set: its ``condition`` is the kind of
voice (known, unseen, slt) and stays as it is written; its ``split`` is read over.
"""

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath
from typing import Literal, Protocol, Self, TypeVar

import numpy as np
import soundfile
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from steering.clip import ClipError, Samples, read_clip
from steering.evaluation.item import Item, Label, Turn

MANIFEST = "manifest.jsonl"


class SetError(Exception):
    """A set that cannot be evaluated; the message names the file, the line and the field."""


class _Turn(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    role: Literal["user", "assistant"]
    text: str


class _Line(BaseModel):
    # Closed, because a misspelt "expected" would otherwise be an expectation that nobody checks.
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(min_length=1)
    text: str = Field(min_length=1)
    label: Label
    category: str
    condition: str = Field("clean", min_length=1)
    voice: str = ""
    audio: str | None = Field(None, min_length=1)
    prompt: str = ""
    history: tuple[_Turn, ...] = ()
    expected: str | None = None
    compliant: str | None = None
    language: str = "en"
    split: str = ""

    @model_validator(mode="after")
    def _complies_with_the_benign(self) -> Self:
        if self.label == "benign" and self.compliant not in (None, self.expected):
            raise ValueError("compliant differs from expected in a benign request; give the one right answer as both")
        return self


def read_set(path: Path, sample_rate: int, longest_seconds: float | None) -> list[Item]:
    """The items of a manifest, or of the folder that holds one, their audio mono at ``sample_rate`` Hz.

    An item without audio is a typed request: its ``prompt`` is its text unless the line gives another. Raise SetError
    for a line that is not of the form, an id that two lines share, and audio that is missing, outside the folder,
    not finite, or longer than ``longest_seconds`` (None: any length).
    """
    manifest = path / MANIFEST if path.is_dir() else path
    try:
        lines = manifest.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SetError(f"{manifest} cannot be read ({error}); name a manifest or the folder that holds one.") from error
    items: list[Item] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{manifest} line {number}"
        entry = _parsed(line, where)
        if entry.id in seen:
            raise SetError(f"{where}: field id: {entry.id!r} is line {seen[entry.id]}'s too; give every item its own.")
        seen[entry.id] = number
        items.append(_item(entry, manifest.parent, where, sample_rate, longest_seconds))
    if not items:
        raise SetError(f"{manifest} holds no item; write one JSON object a line.")
    return items


def write_set(items: Sequence[Item], folder: Path) -> Path:
    """Write a set to ``folder``, absent or empty: audio as 16-bit PCM, each at its own rate; return the manifest.

    Samples beyond [-1, 1] are clipped. Raise SetError for ids that repeat, samples that are not finite, a folder in
    use, and items that would not read back.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise SetError(f"{folder} is not an empty folder; two sets would mix in it.")
    repeated = [id_ for id_, count in Counter(item.id for item in items).items() if count > 1]
    if repeated:
        raise SetError(f"field id: {repeated[0]!r} is given to more than one item; give every item its own.")
    lines = [_line(item, number) for number, item in enumerate(items)]
    (folder / "audio").mkdir(parents=True)
    for item, line in zip(items, lines, strict=True):
        if item.samples is not None and line.audio is not None:
            soundfile.write(folder / line.audio, item.samples, item.sample_rate, subtype="PCM_16")
    text = "".join(line.model_dump_json(exclude_defaults=True) + "\n" for line in lines)
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    return folder / MANIFEST


class Drawable(Protocol):
    """What a draw must know of one of a set."""

    @property
    def label(self) -> Label: ...
    @property
    def category(self) -> str: ...
    @property
    def condition(self) -> str: ...


_Drawn = TypeVar("_Drawn", bound=Drawable)


def draw(items: Iterable[_Drawn], per_cell: int, seed: int) -> list[_Drawn]:
    """At most ``per_cell`` of each label under each condition, spread over the categories, in their old order."""
    if per_cell < 1:
        raise ValueError(f"per_cell must be at least 1, not {per_cell}.")
    everything = list(items)
    cells: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, item in enumerate(everything):
        cells[item.label, item.condition].append(index)
    kept: list[int] = []
    for (label, condition), members in cells.items():
        random.Random(f"{seed} {label} {condition}").shuffle(members)
        used: Counter[str] = Counter()
        turns = {}
        for index in members:
            turns[index] = used[everything[index].category]
            used[everything[index].category] += 1
        kept += sorted(members, key=turns.__getitem__)[:per_cell]
    return [everything[index] for index in sorted(kept)]


def file_in(folder: Path, relative: str, where: str, boundary: Path | None = None) -> Path:
    """The file that ``relative`` names in ``folder``; raise SetError if it is none or, links followed, lies outside.

    ``boundary`` is where links may lead, ``folder`` itself unless given; ``where`` opens the message.
    """
    named = PurePosixPath(relative)
    if named.is_absolute() or ".." in named.parts:
        raise SetError(f"{where}: {relative!r} leaves the folder; give a path that stays inside.")
    path = folder / named
    try:
        inside = path.resolve().is_relative_to((boundary or folder).resolve())
        exists = path.is_file()
    except (OSError, ValueError) as error:
        raise SetError(f"{where}: {relative!r} is no path ({error}); mend it.") from error
    if not inside:
        raise SetError(f"{where}: {relative!r} is a link that leaves the folder; put the file itself there.")
    if not exists:
        raise SetError(f"{where}: {path} is missing; put the file there or take its entry out.")
    return path


def fault(error: ValidationError) -> str:
    """The first fault that pydantic found, as ``field label: Input should be ...``."""
    first = error.errors(include_url=False)[0]
    field = ".".join(map(str, first["loc"]))
    said = str(first["msg"]).removeprefix("Value error, ")
    return f"field {field}: {said}" if field else said


def _parsed(line: str, where: str) -> _Line:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise SetError(f"{where} is no JSON ({error}); write one object a line.") from error
    if not isinstance(value, dict):
        raise SetError(f"{where} is no JSON object but {line.strip()[:40]}; write one object a line.")
    try:
        return _Line.model_validate(value)
    except ValidationError as error:
        raise SetError(f"{where}: {fault(error)}.") from error


def _item(entry: _Line, folder: Path, where: str, rate: int, longest_seconds: float | None) -> Item:
    samples: Samples | None = None
    if entry.audio is not None:
        path = file_in(folder, entry.audio, f"{where}: field audio")
        try:
            samples = read_clip(path, rate, longest_seconds)
        except ClipError as error:
            raise SetError(f"{where}: field audio: {error}") from error
    return Item(
        id=entry.id,
        question=entry.text,
        label=entry.label,
        category=entry.category,
        condition=entry.condition,
        voice=entry.voice,
        samples=samples,
        sample_rate=rate,
        prompt=entry.prompt or ("" if entry.audio else entry.text),
        history=tuple(Turn(turn.role, turn.text) for turn in entry.history),
        expected=entry.expected,
        compliant=entry.expected if entry.label == "benign" else entry.compliant,
        language=entry.language,
    )


def _line(item: Item, number: int) -> _Line:
    if item.samples is not None and not (len(item.samples) and np.isfinite(item.samples).all()):
        raise SetError(f"item {item.id!r}: its samples are none or not all finite; give it audio, or samples None.")
    try:
        return _Line(
            id=item.id,
            text=item.question,
            label=item.label,
            category=item.category,
            condition=item.condition,
            voice=item.voice,
            # A number, because an id may hold what no file name can.
            audio=None if item.samples is None else f"audio/{number:05d}.wav",
            prompt=item.prompt,
            history=tuple(_Turn(role=turn.role, text=turn.text) for turn in item.history),
            expected=item.expected,
            compliant=item.compliant,
            language=item.language,
        )
    except ValidationError as error:
        raise SetError(f"item {item.id!r}: {fault(error)}.") from error
