"""AdvBench-Audio, the spoken AdvBench of ALMGuard.

Source of the form: ALMGuard's evaluation code and the preparation script of FG-Guard, which reads the Hub's copy:
AdvBench_Audio.json holds one object a line (``audio``, ``prompt``, ``target``) and advbench_audios/ the clips. It is
all harmful. ``target``, an affirmative opening that attacks aim at, is no answer and is read over.

Not confirmed: the licence, CC BY-NC 4.0 according to FG-Guard; the Hub's own card was not at hand.
"""

from collections.abc import Sequence

from pydantic import Field

from steering.evaluation.public_sets.public_set import Entry, PublicSet
from steering.evaluation.public_sets.rows import Row, read_rows
from steering.evaluation.sets import file_in
from steering.hub import DatasetFolder


class _Row(Row):
    audio: str
    prompt: str = Field(min_length=1)


def _entries(source: DatasetFolder, subsets: Sequence[str]) -> list[Entry]:
    table = file_in(source.folder, "AdvBench_Audio.json", "advbench-audio", source.boundary)
    entries = []
    for row in read_rows(table, _Row):
        audio = file_in(source.folder, f"advbench_audios/{row.audio}", str(table), source.boundary)
        entries.append(Entry(row.audio, row.prompt, "harmful", "behaviors", audio))
    return entries


ADVBENCH_AUDIO = PublicSet(
    name="advbench-audio",
    summary="AdvBench's behaviours spoken, by ALMGuard's authors; harmful only",
    hub="WeifeiJin/AdvBench-Audio",
    homepage="https://huggingface.co/datasets/WeifeiJin/AdvBench-Audio",
    licence="CC BY-NC 4.0 (as others report)",
    spoken=True,
    entries=_entries,
    files=lambda subsets: ["AdvBench_Audio.json", "advbench_audios/*"],
)
