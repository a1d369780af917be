"""AIR-Bench's chat half: benign questions, typed, about speech, sound and music.

Source of the form: github.com/OFA-Sys/AIR-Bench (``Inference_Chat.py``): Chat/Chat_meta.json is an array of
``task_name``, ``dataset_name``, ``path``, ``question`` and ``uniq_id``, the clip Chat/<task>_<dataset>/<path>. The
question is sent as text after the clip. ``answer_gt`` is one good answer among many and is read over.

Not confirmed: the licence, CC BY-NC 4.0 with terms of its sources according to a catalogue. The authors' code passes
over clips that are missing; here a missing clip is an error, and a part is had by naming its tasks.
"""

from collections.abc import Sequence

from pydantic import Field

from steering.evaluation.public_sets.public_set import Entry, PublicSet
from steering.evaluation.public_sets.rows import Row, read_rows
from steering.evaluation.sets import file_in
from steering.hub import DatasetFolder


class _Row(Row):
    task_name: str
    dataset_name: str
    path: str
    question: str = Field(min_length=1)
    uniq_id: str


def _entries(source: DatasetFolder, subsets: Sequence[str]) -> list[Entry]:
    table = file_in(source.folder, "Chat/Chat_meta.json", "air-bench-chat", source.boundary)
    entries = []
    for row in read_rows(table, _Row):
        if row.task_name in subsets:
            clip = f"Chat/{row.task_name}_{row.dataset_name}/{row.path}"
            audio = file_in(source.folder, clip, f"{table} uniq_id {row.uniq_id}", source.boundary)
            id_ = f"{row.task_name}/{row.uniq_id}"
            entries.append(Entry(id_, row.question, "benign", row.task_name, audio, prompt=row.question))
    return entries


AIR_BENCH_CHAT = PublicSet(
    name="air-bench-chat",
    summary="AIR-Bench's chat half: typed questions about clips; benign only",
    hub="qyang1021/AIR-Bench-Dataset",
    homepage="https://github.com/OFA-Sys/AIR-Bench",
    licence="CC BY-NC 4.0 and its sources' terms (as others report)",
    spoken=True,
    entries=_entries,
    files=lambda subsets: ["Chat/Chat_meta.json", *(f"Chat/{task}_*/*" for task in subsets)],
    subsets=(
        *("speech_QA", "speech_dialogue_QA", "sound_QA", "sound_generation_QA", "music_QA"),
        *("music_generation_analysis_QA", "speech_and_sound_QA", "speech_and_music_QA"),
    ),
    default=("speech_QA",),
)
