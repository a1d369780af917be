"""MultiJail: 315 unsafe requests in ten languages, translated by native speakers. Text, to be spoken.

Source of the form: github.com/DAMO-NLP-SG/multilingual-safety-for-LLMs (its readme) and users of the data:
MultiJail.csv with ``id``, ``tags`` (a Python list as text, of which the first becomes the category) and a column a
language. A language other than English becomes the condition, so that reports show each on its own. The English
column says what is truly asked, whatever the language.

Not confirmed: where the file lies in the Hub's copy; at its root and in data/ it is found.
"""

import re
from collections.abc import Sequence

from pydantic import ConfigDict, Field

from steering.evaluation.public_sets.public_set import Entry, PublicSet
from steering.evaluation.public_sets.rows import Row, read_rows
from steering.evaluation.sets import SetError, file_in
from steering.hub import DatasetFolder

_FILE = "MultiJail.csv"


class _Row(Row):
    model_config = ConfigDict(extra="allow")

    id: str
    en: str = Field(min_length=1)
    tags: str = ""


def _entries(source: DatasetFolder, subsets: Sequence[str]) -> list[Entry]:
    home = "data/" if (source.folder / "data" / _FILE).exists() else ""
    table = file_in(source.folder, home + _FILE, "multijail", source.boundary)
    rows = read_rows(table, _Row)
    entries = []
    for language in subsets:
        for row in rows:
            words = row.en if language == "en" else (row.model_extra or {}).get(language)
            if not isinstance(words, str) or not words.strip():
                raise SetError(f"{table} id {row.id}: field {language}: there are no words; leave the language out.")
            entries.append(_entry(row, words, language))
    return entries


def _entry(row: _Row, words: str, language: str) -> Entry:
    first = re.search(r"[^\[\]'\",]+", row.tags)
    return Entry(
        id=f"{language}/{row.id}",
        question=row.en,
        label="harmful",
        category=first[0].strip() if first else "unsafe",
        audio=None,
        words=words,
        condition="clean" if language == "en" else f"language-{language}",
        language=language,
    )


MULTIJAIL = PublicSet(
    name="multijail",
    summary="MultiJail: 315 unsafe requests in ten languages; harmful only",
    hub="DAMO-NLP-SG/MultiJail",
    homepage="https://github.com/DAMO-NLP-SG/multilingual-safety-for-LLMs",
    licence="MIT (as others report)",
    spoken=False,
    entries=_entries,
    files=lambda subsets: [_FILE, f"data/{_FILE}"],
    subsets=("en", "zh", "it", "vi", "ar", "ko", "th", "bn", "sw", "jv"),
    default=("en", "zh", "it", "vi", "ar", "ko", "th", "bn", "sw"),
)
