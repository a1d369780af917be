"""AJailBench's base attacks: jailbreak prompts spoken whole, so that the clip holds more than what is truly asked.

Source of the form: github.com/mbzuai-nlp/AudioJailbreak (``convert_utils``, ``script/TTS.py``) and the preparation
script of FG-Guard, which reads the Hub's copy: audio/AJailbreak_Base/*.wav; their records by file name in
convert/question/wav_combined_output.jsonl (``speech_path``, ``category``, ``source``, ``prompt`` as spoken, and
``goal`` or ``behavior``, what is truly asked), which holds objects over many lines; the clips that are not there, by
number, in audio/jailbreak_llms/jailbreak_llms_forbidden.jsonl (``index``). It is all harmful.

Not confirmed: the perturbed half (APT), whose files are not read here.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from steering.evaluation.public_sets.public_set import Entry, PublicSet
from steering.evaluation.public_sets.rows import Row, read_rows
from steering.evaluation.sets import SetError, file_in
from steering.hub import DatasetFolder

_CLIPS = "audio/AJailbreak_Base"
_RECORDS = "convert/question/wav_combined_output.jsonl"
_FORBIDDEN = "audio/jailbreak_llms/jailbreak_llms_forbidden.jsonl"
_FORBIDDEN_CLIP = re.compile(r"jailbreak_llms_prompt_(\d+)\.wav")


class _Row(Row):
    index: str | None = None
    speech_path: str | None = None
    goal: str | None = None
    behavior: str | None = None
    prompt: str | None = None
    category: str | None = None
    source: str | None = None


def _entries(source: DatasetFolder, subsets: Sequence[str]) -> list[Entry]:
    table = file_in(source.folder, _RECORDS, "ajailbench", source.boundary)
    records = {PurePosixPath(row.speech_path).name: row for row in read_rows(table, _Row) if row.speech_path}
    forbidden: Mapping[str | None, _Row] = {}
    if (source.folder / _FORBIDDEN).exists():
        path = file_in(source.folder, _FORBIDDEN, "ajailbench", source.boundary)
        forbidden = {row.index: row for row in read_rows(path, _Row)}
    entries = []
    for clip in sorted((source.folder / _CLIPS).glob("*.wav")):
        numbered = _FORBIDDEN_CLIP.fullmatch(clip.name)
        row = records.get(clip.name) or (forbidden.get(numbered[1]) if numbered else None)
        question = row and (row.goal or row.behavior or row.prompt)
        if row is None or not question:
            raise SetError(f"{table}: no record says what {clip.name} asks; fetch the set anew.")
        audio = file_in(source.folder, f"{_CLIPS}/{clip.name}", str(table), source.boundary)
        entries.append(Entry(clip.name, question, "harmful", row.category or row.source or "jailbreak", audio))
    return entries


AJAILBENCH = PublicSet(
    name="ajailbench",
    summary="AJailBench's base attacks: spoken jailbreak prompts; harmful only",
    hub="MBZUAI/AudioJailbreak",
    homepage="https://huggingface.co/datasets/MBZUAI/AudioJailbreak",
    licence="Apache-2.0",
    spoken=True,
    entries=_entries,
    files=lambda subsets: [f"{_CLIPS}/*", _RECORDS, _FORBIDDEN],
)
