"""Tables that public sets come with: CSV with a heading, JSON arrays, and JSON objects one after another."""

import csv
import io
import json
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from steering.evaluation.sets import SetError, fault


class Row(BaseModel):
    """A row of somebody else's table: what it holds beyond our fields is theirs; numbers may stand for strings."""

    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)


_Row = TypeVar("_Row", bound=Row)


def read_rows(path: Path, form: type[_Row]) -> list[_Row]:
    """The rows of a table in order; raise SetError, naming the row and the field, for one that is not of the form."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        rows = _from_csv(text) if path.suffix == ".csv" else _from_json(text)
    except (OSError, ValueError, RecursionError, csv.Error) as error:
        raise SetError(f"{path} cannot be read as a table ({error}); fetch it anew.") from error
    return parse_rows(rows, form, str(path))


def parse_rows(rows: list[Any], form: type[_Row], name: str) -> list[_Row]:
    """``rows`` in the form; raise SetError if there is none, or one that is not of the form."""
    result = []
    for number, row in enumerate(rows, 1):
        try:
            result.append(form.model_validate(row))
        except ValidationError as error:
            raise SetError(f"{name} row {number}: {fault(error)}; this is not the form that is known.") from error
    if not result:
        raise SetError(f"{name} holds no row; fetch it anew.")
    return result


def _from_csv(text: str) -> list[Any]:
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    for number, row in enumerate(rows, 1):
        if None in row:
            raise ValueError(f"row {number} has more cells than the heading")
    return rows


def _from_json(text: str) -> list[Any]:
    """An array's elements, or objects one after another, whether a line holds one or one takes many lines."""
    decoder = json.JSONDecoder()
    values: list[Any] = []
    text = text.strip()
    at = 0
    while at < len(text):
        value, at = decoder.raw_decode(text, at)
        values += value if isinstance(value, list) else [value]
        while at < len(text) and text[at].isspace():
            at += 1
    return values
