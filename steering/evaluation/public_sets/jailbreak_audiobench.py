"""Jailbreak-AudioBench: harmful questions spoken, then edited in tone, speed, emphasis, accent, emotion or noise.

Source of the form: FG-Guard's instructions, which arrange the Hub's Parquet files by the questions that
github.com/Researchtopic/Code-Jailbreak-AudioBench keeps in Text/: clips as original/audio_001.wav or
accent/<variant>/audio_001.wav, and jailbreakaudiobench_pairs.jsonl with ``prompt`` and ``audio`` (a relative path)
for each. The folders become the condition; ``original`` is ``clean``. It is all harmful.

Not confirmed: the columns of researchtopic/Jailbreak-AudioBench on the Hub, which holds audio without its questions.
So only an arranged folder is read.
"""

from collections.abc import Sequence
from pathlib import PurePosixPath

from pydantic import Field

from steering.evaluation.public_sets.public_set import Entry, PublicSet
from steering.evaluation.public_sets.rows import Row, read_rows
from steering.evaluation.sets import file_in
from steering.hub import DatasetFolder

_PAIRS = "jailbreakaudiobench_pairs.jsonl"


class _Row(Row):
    audio: str
    prompt: str = Field(min_length=1)


def _entries(source: DatasetFolder, subsets: Sequence[str]) -> list[Entry]:
    table = file_in(source.folder, _PAIRS, "jailbreak-audiobench", source.boundary)
    entries = []
    for row in read_rows(table, _Row):
        audio = file_in(source.folder, row.audio, str(table), source.boundary)
        edit = "-".join(PurePosixPath(row.audio).parent.parts)
        condition = "clean" if edit in ("", "original") else edit
        entries.append(Entry(row.audio, row.prompt, "harmful", "jailbreak", audio, condition=condition))
    return entries


JAILBREAK_AUDIOBENCH = PublicSet(
    name="jailbreak-audiobench",
    summary="Jailbreak-AudioBench, arranged as pairs of question and clip: edited speech; harmful only",
    hub=None,
    homepage="https://github.com/Researchtopic/Code-Jailbreak-AudioBench",
    licence="MIT (the code's); the questions have their sources' licences",
    spoken=True,
    entries=_entries,
    files=lambda subsets: ["*"],
)
