"""The public sets that can be loaded, in one place for the command line, the docs and the loader."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from steering.clip import ClipError, Samples, decode_clip, read_clip
from steering.evaluation.item import Item
from steering.evaluation.public_sets.advbench_audio import ADVBENCH_AUDIO
from steering.evaluation.public_sets.air_bench import AIR_BENCH_CHAT
from steering.evaluation.public_sets.ajailbench import AJAILBENCH
from steering.evaluation.public_sets.jailbreak_audiobench import JAILBREAK_AUDIOBENCH
from steering.evaluation.public_sets.multijail import MULTIJAIL
from steering.evaluation.public_sets.public_set import Entry, PublicSet
from steering.evaluation.public_sets.sarsteer import FIGSTEP_AUDIO, SARSTEER_ADVBENCH
from steering.evaluation.public_sets.voicebench import VOICEBENCH
from steering.evaluation.public_sets.xstest import XSTEST
from steering.evaluation.sets import SetError, draw
from steering.evaluation.synthesis import Synthesiser, SynthesisError
from steering.hub import DatasetFolderError, resolve_dataset

PUBLIC_SETS = (
    *(FIGSTEP_AUDIO, SARSTEER_ADVBENCH, ADVBENCH_AUDIO, AJAILBENCH, JAILBREAK_AUDIOBENCH),
    *(VOICEBENCH, AIR_BENCH_CHAT, XSTEST, MULTIJAIL),
)


def public_set(name: str) -> PublicSet:
    """The set of that name; raise SetError if there is none."""
    for one in PUBLIC_SETS:
        if one.name == name:
            return one
    raise SetError(f"{name!r} is no public set; choose from {', '.join(one.name for one in PUBLIC_SETS)}.")


def load_public(
    name: str,
    source: str | None,
    sample_rate: int,
    longest_seconds: float | None,
    *,
    subsets: Sequence[str] = (),
    synthesiser: Synthesiser | None = None,
    per_cell: int | None = None,
    seed: int = 0,
) -> list[Item]:
    """The items of a public set from a folder or a Hub id (None: its own), audio mono at ``sample_rate`` Hz.

    ``synthesiser`` speaks what comes as text. ``per_cell`` draws so many of each label under each condition, as
    ``sets.draw`` does, before any audio is read. Raise SetError for a set that is not there, not of the form that is
    known, or holds a clip longer than ``longest_seconds`` (None: any length).
    """
    chosen = public_set(name)
    wanted = _subsets(chosen, subsets)
    if not chosen.spoken and synthesiser is None:
        raise SetError(f"{name} comes as text; pass a synthesiser, such as espeak-ng, to have it spoken.")
    if source is None and chosen.hub is None:
        raise SetError(f"{name} is not read from the Hub; get it from {chosen.homepage} and give its folder.")
    try:
        folder = resolve_dataset(source or chosen.hub or "", chosen.files(wanted))
    except DatasetFolderError as error:
        raise SetError(f"{name}: {error}") from error
    entries = chosen.entries(folder, wanted)
    if not entries:
        raise SetError(f"{name} in {folder.folder} holds no request; fetch it anew.")
    repeated = [id_ for id_, count in Counter(entry.id for entry in entries).items() if count > 1]
    if repeated:
        raise SetError(f"{name} in {folder.folder}: {repeated[0]!r} is there more than once; fetch it anew.")
    drawn = entries if per_cell is None else draw(entries, per_cell, seed)
    return [_item(f"{name}/{one.id}", one, sample_rate, longest_seconds, synthesiser) for one in drawn]


def _subsets(chosen: PublicSet, named: Sequence[str]) -> tuple[str, ...]:
    unknown = [subset for subset in named if subset not in chosen.subsets]
    if unknown:
        known = f"choose from {', '.join(chosen.subsets)}" if chosen.subsets else "it has none"
        raise SetError(f"{unknown[0]!r} is no subset of {chosen.name}; {known}.")
    return tuple(dict.fromkeys(named)) or chosen.default


def _item(id_: str, entry: Entry, rate: int, longest_seconds: float | None, synthesiser: Synthesiser | None) -> Item:
    voice = entry.voice
    if entry.audio is None and synthesiser is not None:
        voice = synthesiser.voice
    return Item(
        id=id_,
        question=entry.question,
        label=entry.label,
        category=entry.category,
        condition=entry.condition,
        voice=voice,
        samples=_samples(id_, entry, rate, longest_seconds, synthesiser),
        sample_rate=rate,
        prompt=entry.prompt,
        language=entry.language,
    )


def _samples(
    id_: str, entry: Entry, rate: int, longest_seconds: float | None, synthesiser: Synthesiser | None
) -> Samples:
    try:
        if isinstance(entry.audio, Path):
            return read_clip(entry.audio, rate, longest_seconds)
        if entry.audio is not None:
            return decode_clip(entry.audio.file.content(entry.audio.row), str(entry.audio), rate, longest_seconds)
        if synthesiser is None:
            raise SetError(f"{id_} comes as text; pass a synthesiser to have it spoken.")
        samples = synthesiser.speak(entry.words or entry.question, entry.language, rate)
    except (ClipError, SynthesisError) as error:
        raise SetError(f"{id_}: {error}") from error
    if longest_seconds is not None and len(samples) > longest_seconds * rate:
        raise SetError(f"{id_} takes {len(samples) / rate:.1f} s to say; this model hears up to {longest_seconds:g} s.")
    return samples


def public_sets_table() -> str:
    """The sets as a markdown table, for the documentation."""
    rows = (
        f"| `{one.name}` | {one.summary} | {one.hub or one.homepage} | {'speech' if one.spoken else 'text'} |"
        for one in PUBLIC_SETS
    )
    return "\n".join(("| Set | What it is | Where it is | Comes as |", "|---|---|---|---|", *rows))
