"""FigStep and AdvBench as SARSteer's authors had them spoken, each harmful question beside a safe rewriting.

Source of the form: github.com/linweiii/SARSteer (``loads.py`` and the files themselves): in ``dataset/``,
figstep/figstep_audio and figstep_audio_safe hold train_100.json and test_250.json (``scenario``, ``audio_file``,
``question``) and question/*.wav; advbench/advbench_audio.json and advbench_audio_safe.json (``audio_name``,
``question``) stand beside folders of those names. The set is not on the Hub. Its speech came from a commercial
service, so that a .wav may hold MP3: both are read. The text after the clip is the authors' fixed instruction.

Not confirmed: the licence of the audio, for which the repository's MIT stands.
"""

from collections.abc import Sequence

from pydantic import Field

from steering.evaluation.item import Label
from steering.evaluation.public_sets.public_set import Entry, PublicSet
from steering.evaluation.public_sets.rows import Row, read_rows
from steering.evaluation.sets import file_in
from steering.extraction import PAPER_INSTRUCTION
from steering.hub import DatasetFolder

_HOMEPAGE = "https://github.com/linweiii/SARSteer"
_LICENCE = "MIT (the repository's)"
_ARMS: tuple[tuple[str, Label], ...] = (("", "harmful"), ("_safe", "benign"))
_FIGSTEP_FILES = {"train": "train_100.json", "test": "test_250.json"}


class _FigStepRow(Row):
    scenario: str
    audio_file: str
    question: str = Field(min_length=1)


class _AdvBenchRow(Row):
    audio_name: str
    question: str = Field(min_length=1)


def _figstep(source: DatasetFolder, subsets: Sequence[str]) -> list[Entry]:
    entries = []
    for subset in subsets:
        for suffix, label in _ARMS:
            home = f"{_home(source)}figstep/figstep_audio{suffix}"
            table = file_in(source.folder, f"{home}/{_FIGSTEP_FILES[subset]}", "figstep-audio", source.boundary)
            for row in read_rows(table, _FigStepRow):
                audio = file_in(source.folder, f"{home}/question/{row.audio_file}", str(table), source.boundary)
                id_ = f"{label}/{row.audio_file}"
                entries.append(Entry(id_, row.question, label, row.scenario, audio, prompt=PAPER_INSTRUCTION))
    return entries


def _advbench(source: DatasetFolder, subsets: Sequence[str]) -> list[Entry]:
    entries = []
    for suffix, label in _ARMS:
        home = f"{_home(source)}advbench/advbench_audio{suffix}"
        table = file_in(source.folder, f"{home}.json", "sarsteer-advbench", source.boundary)
        for row in read_rows(table, _AdvBenchRow):
            audio = file_in(source.folder, f"{home}/{row.audio_name}", str(table), source.boundary)
            id_ = f"{label}/{row.audio_name}"
            entries.append(Entry(id_, row.question, label, "behaviors", audio, prompt=PAPER_INSTRUCTION))
    return entries


def _home(source: DatasetFolder) -> str:
    """The repository and its dataset folder are both taken."""
    return "dataset/" if (source.folder / "dataset").is_dir() else ""


FIGSTEP_AUDIO = PublicSet(
    name="figstep-audio",
    summary="FigStep's questions spoken, and as many safe rewritings: SARSteer's calibration (train) and test",
    hub=None,
    homepage=_HOMEPAGE,
    licence=_LICENCE,
    spoken=True,
    entries=_figstep,
    files=lambda subsets: ["*"],
    subsets=("train", "test"),
    default=("test",),
)
SARSTEER_ADVBENCH = PublicSet(
    name="sarsteer-advbench",
    summary="AdvBench's 520 behaviours spoken, and as many safe rewritings, by SARSteer's authors",
    hub=None,
    homepage=_HOMEPAGE,
    licence=_LICENCE,
    spoken=True,
    entries=_advbench,
    files=lambda subsets: ["*"],
)
