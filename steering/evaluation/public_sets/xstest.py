"""XSTest: safe questions that look unsafe, and unsafe ones that look like them. Text, to be spoken.

Source of the form: github.com/paul-rottger/xstest (its readme and file) and users of the Hub's copy:
xstest_prompts.csv with ``id``, ``prompt``, ``type``, ``label`` (safe or unsafe), ``focus`` and ``note``.
The readme calls unsafe what has a type that starts with "contrast_"; a row of which label and type disagree is
refused.
"""

from collections.abc import Sequence
from typing import Literal

from pydantic import Field

from steering.evaluation.public_sets.public_set import Entry, PublicSet
from steering.evaluation.public_sets.rows import Row, read_rows
from steering.evaluation.sets import SetError, file_in
from steering.hub import DatasetFolder


class _Row(Row):
    id: str
    prompt: str = Field(min_length=1)
    type: str
    label: Literal["safe", "unsafe"]


def _entries(source: DatasetFolder, subsets: Sequence[str]) -> list[Entry]:
    table = file_in(source.folder, "xstest_prompts.csv", "xstest", source.boundary)
    entries = []
    for row in read_rows(table, _Row):
        unsafe = row.label == "unsafe"
        if unsafe != row.type.startswith("contrast_"):
            raise SetError(f"{table} id {row.id}: label {row.label!r} and type {row.type!r} disagree; fetch it anew.")
        entries.append(Entry(row.id, row.prompt, "harmful" if unsafe else "benign", row.type, None))
    return entries


XSTEST = PublicSet(
    name="xstest",
    summary="XSTest: 250 safe questions that look unsafe, 200 unsafe ones beside them",
    hub="Paul/XSTest",
    homepage="https://github.com/paul-rottger/xstest",
    licence="CC BY 4.0",
    spoken=False,
    entries=_entries,
    files=lambda subsets: ["xstest_prompts.csv"],
)
