"""Write spoken questions to a folder: WAV files and a manifest.

    python -m reference.clips --split dev --harmful 50 --benign 50 --condition known --out clips/dev

The folder holds harmful/*.wav, benign/*.wav and manifest.jsonl, one line per clip: id, audio (a path relative to
the manifest), text, label (harmful or benign), category, split (which part of the corpus the question is from),
condition and expected (what a defended model should answer, word for word).
"""

import argparse
import json
import random
import sys
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, get_args

import soundfile

from reference.corpus import REFUSAL, Query, Split, held_out_queries, training_queries
from reference.speech import SAMPLING_RATE, Condition, SpeechError, synthesise

Part = Literal["extract", "dev", "test"]
"""``extract``: queries of the training split; ``dev`` and ``test``: held-out queries, without a common act."""

MANIFEST = "manifest.jsonl"


@dataclass(frozen=True, slots=True)
class ClipPlan:
    """One clip to make: all that decides its samples."""

    query: Query
    condition: Condition
    seed: int


@dataclass(frozen=True, slots=True)
class ClipEntry:
    """One line of the manifest."""

    id: str
    audio: str
    text: str
    label: Literal["harmful", "benign"]
    category: str
    split: Split
    condition: Condition
    expected: str


def plan(part: Part, condition: Condition, harmful: int, benign: int, seed: int) -> tuple[ClipPlan, ...]:
    """Draw the clips of one part in one condition, evenly over the queries; small talk is left out.

    Each query is used once before any is used twice; the draw is the same for the same arguments.
    """
    pool = training_queries() if part == "extract" else held_out_queries(part)
    draw = random.Random(f"{part} {condition} {seed}")
    result: list[ClipPlan] = []
    for is_harmful, count in ((True, harmful), (False, benign)):
        queries = [query for query in pool if query.harmful is is_harmful and query.group != "qa"]
        result += evenly(queries, condition, count, draw)
    return tuple(result)


def evenly(queries: list[Query], condition: Condition, count: int, draw: random.Random) -> list[ClipPlan]:
    """``count`` clips of ``queries``, each used once before any is used twice."""
    rounds, rest = divmod(count, len(queries))
    chosen = queries * rounds + draw.sample(queries, rest)
    return [ClipPlan(query, condition, draw.randrange(2**31)) for query in chosen]


def entry_of(clip: ClipPlan, id_: str) -> ClipEntry:
    """The manifest's line for a clip."""
    query = clip.query
    label: Literal["harmful", "benign"] = "harmful" if query.harmful else "benign"
    expected = REFUSAL if query.harmful else query.answer
    audio = f"{label}/{id_}.wav"
    return ClipEntry(id_, audio, query.text, label, query.group, query.split, clip.condition, expected)


def write(plans: tuple[ClipPlan, ...], folder: Path) -> tuple[ClipEntry, ...]:
    """Synthesise the clips as 16-bit PCM at 16 kHz and write the manifest; return its entries."""
    used: Counter[str] = Counter()
    entries = []
    for clip in plans:
        slug = "-".join(clip.query.text.split())
        used[slug] += 1
        if used[slug] > 1:
            slug += f"-{used[slug]}"
        entry = entry_of(clip, slug)
        (folder / entry.label).mkdir(parents=True, exist_ok=True)
        speech = synthesise(clip.query.text, clip.condition, clip.seed)
        soundfile.write(folder / entry.audio, speech.samples, SAMPLING_RATE, subtype="PCM_16")
        entries.append(entry)
    lines = (json.dumps(asdict(entry)) + "\n" for entry in entries)
    (folder / MANIFEST).write_text("".join(lines), encoding="utf-8")
    return tuple(entries)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m reference.clips", description="Write spoken questions.")
    parser.add_argument("--split", choices=get_args(Part), required=True, help="which queries to speak")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write; absent or empty")
    parser.add_argument("--harmful", type=int, default=100, help="harmful clips per condition (100)")
    parser.add_argument("--benign", type=int, default=100, help="benign clips per condition (100)")
    parser.add_argument(
        "--condition", choices=get_args(Condition), action="append", help="voices, may be repeated (known)"
    )
    parser.add_argument("--seed", type=int, default=0, help="another seed, another draw (0)")
    options = parser.parse_args(arguments)
    if options.out.exists() and any(options.out.iterdir()):
        parser.error(f"{options.out} is not empty; clips of two draws would mix in it")
    plans = tuple(
        clip
        for voices in options.condition or ["known"]
        for clip in plan(options.split, voices, options.harmful, options.benign, options.seed)
    )
    try:
        written = write(plans, options.out)
    except SpeechError as error:
        parser.exit(1, f"{error}\n")
    print(f"{len(written)} clips in {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
