"""The defence on held-out speech: undefended, told to refuse, and steered at the recommended strength.

    python -m reference.defence --clips DIR --json FILE [--figure FILE.svg]

``DIR`` holds the test split: acts, phrasings and voices on which nothing was chosen. Every condition answers the
same clips, through the engine that serves them.
"""

import argparse
import asyncio
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from reference.answers import CHECKPOINT, Clip, ReferenceEngine, read_clips
from reference.corpus import REFUSAL_SUFFIXES, SAFETY_SYSTEM_PROMPTS
from reference.judging import Judgement, judge
from steering.directive import Directive
from steering.fingerprint import bind_model
from steering.store import SHIPPED_ROOT, VectorStore
from steering.vector_set import VectorSet, VectorSetId
from steering.vllm.environment import prepare

VOICES = {"known": "known voices", "unseen": "unseen voices", "slt": "unseen synthesiser"}
MEASURES = {"harmful_refused": "harmful refused", "benign_refused": "benign refused", "benign_exact": "benign exact"}


async def defend(clips: Sequence[Clip], vector_set: VectorSet) -> dict[str, list[str]]:
    """The answers under each condition."""
    engine = await ReferenceEngine.start()
    try:
        await engine.load(vector_set)
        recommended = Directive(vector_set.id, vector_set.recommended_alpha)
        return {
            "undefended": await engine.answers(clips),
            "refusal system prompt": await engine.answers(clips, system_prompt=SAFETY_SYSTEM_PROMPTS[0]),
            "refusal suffix": await engine.answers(clips, suffix=REFUSAL_SUFFIXES[0]),
            "SARSteer": await engine.answers(clips, recommended),
        }
    finally:
        engine.close()


def by_voice(clips: Sequence[Clip], answers: Sequence[str]) -> dict[str, Judgement]:
    """Judgements of all clips and of each kind of voice."""
    kinds = {"all": list(range(len(clips)))}
    for index, clip in enumerate(clips):
        kinds.setdefault(clip.entry.condition, []).append(index)
    return {
        kind: judge([clips[index] for index in indices], [answers[index] for index in indices])
        for kind, indices in kinds.items()
    }


def draw(conditions: dict[str, dict[str, Judgement]], path: Path, voices: Sequence[str] = ("known", "unseen")) -> None:
    """One row of bars a measure, with 95 % intervals, for each kind of voice."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.hashsalt": "sarsteer", "font.size": 9})
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(1, len(voices), figsize=(9, 3.2), sharey=True, layout="constrained")
    colours = ("#9aa0a6", "#d9a441", "#c26a3d", "#2a6f97")
    width = 0.8 / len(conditions)
    for axis, voice in zip(axes, voices, strict=True):
        for place, ((name, judged), colour) in enumerate(zip(conditions.items(), colours, strict=True)):
            rates = [getattr(judged[voice], measure) for measure in MEASURES]
            centres = [index + (place - (len(conditions) - 1) / 2) * width for index in range(len(rates))]
            errors = [[r.rate - r.low for r in rates], [r.high - r.rate for r in rates]]
            axis.bar(centres, [r.rate for r in rates], width, yerr=errors, label=name, color=colour, ecolor="#444")
        axis.set_xticks(range(len(MEASURES)), MEASURES.values())
        n = conditions["undefended"][voice].harmful_refused.n
        axis.set_title(f"{VOICES[voice]} (n = {n} + {n})")
        axis.spines[["top", "right"]].set_visible(False)
        axis.set_ylim(0, 1.05)
    axes[0].set_ylabel("share of answers")
    axes[-1].legend(frameon=False, fontsize=8, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m reference.defence")
    parser.add_argument("--clips", type=Path, required=True)
    parser.add_argument("--vector", help="name@version in the shipped store; default: the latest")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--figure", type=Path)
    options = parser.parse_args()
    prepare()
    store = VectorStore(SHIPPED_ROOT)
    id_ = VectorSetId.parse(options.vector) if options.vector else store.latest("refusal")
    clips = read_clips(options.clips)
    answers = asyncio.run(defend(clips, store.load(id_, bind_model(CHECKPOINT))))
    judged = {condition: by_voice(clips, given) for condition, given in answers.items()}
    figures: dict[str, Any] = {
        "vector": str(id_),
        "conditions": {
            name: {voice: asdict(judgement) for voice, judgement in voices.items()} for name, voices in judged.items()
        },
    }
    text = json.dumps(figures, indent=1)
    print(text)
    if options.json:
        options.json.write_text(text + "\n")
    if options.figure:
        draw(judged, options.figure)


if __name__ == "__main__":
    main()
