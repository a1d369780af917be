"""VoiceBench: spoken instructions, of which ``advbench`` alone is harmful.

Source of the form: github.com/MatthewCYM/VoiceBench (``main.py``, its list of subsets) and code that reads the Hub's
copy: <subset>/<split>-NNNNN-of-NNNNN.parquet with ``audio`` (``bytes``, ``path``) and ``prompt``, the words that are
spoken; the splits of ``sd-qa`` are the speakers' regions (usa, ind_n ...), those of the others ``test``. References
that some subsets have are no word-for-word answers and are read over.

Not confirmed: ``mtbench`` (several turns) and ``alpacaeval_speaker``, which are left out.
"""

import re
from collections.abc import Sequence

from pydantic import Field

from steering.evaluation.public_sets.parquet import Embedded, ParquetAudio
from steering.evaluation.public_sets.public_set import Entry, PublicSet
from steering.evaluation.public_sets.rows import Row, parse_rows
from steering.evaluation.sets import SetError, file_in
from steering.hub import DatasetFolder

_SHARD = re.compile(r"(.+?)-\d+-of-\d+\.parquet")


class _Row(Row):
    prompt: str = Field(min_length=1)


def _entries(source: DatasetFolder, subsets: Sequence[str]) -> list[Entry]:
    return [entry for subset in subsets for entry in _subset(source, subset)]


def _subset(source: DatasetFolder, subset: str) -> list[Entry]:
    names = sorted(path.name for path in (source.folder / subset).glob("*.parquet"))
    if not names:
        raise SetError(f"{source.folder / subset} holds no Parquet file; fetch the subset or leave it out.")
    entries = []
    for name in names:
        file = ParquetAudio(file_in(source.folder, f"{subset}/{name}", "voicebench", source.boundary))
        shard = _SHARD.fullmatch(name)
        split = shard[1] if shard else name.removesuffix(".parquet")
        for number, row in enumerate(parse_rows(file.columns(["prompt"]), _Row, str(file.path))):
            entries.append(
                Entry(
                    id=f"{subset}/{name.removesuffix('.parquet')}/{number}",
                    question=row.prompt,
                    label="harmful" if subset == "advbench" else "benign",
                    category=subset,
                    audio=Embedded(file, number),
                    voice="" if split == "test" else split,
                )
            )
    return entries


VOICEBENCH = PublicSet(
    name="voicebench",
    summary="VoiceBench: spoken instructions to assistants, benign but for its advbench",
    hub="hlt-lab/voicebench",
    homepage="https://huggingface.co/datasets/hlt-lab/voicebench",
    licence="Apache-2.0",
    spoken=True,
    entries=_entries,
    files=lambda subsets: [f"{subset}/*.parquet" for subset in subsets],
    subsets=(
        *("advbench", "alpacaeval", "alpacaeval_full", "bbh", "commoneval"),
        *("ifeval", "mmsu", "openbookqa", "sd-qa", "wildvoice"),
    ),
    default=("advbench", "commoneval"),
)
