"""Train the reference LALM from random weights, by one command:

    python -m reference.train --out build/lalm

``--out`` gets the speech, each stage's state and log, and ``checkpoint/``. Run again after an interruption, it goes on
where it stood. The same seed on the same machine gives the same data, batches and draws; a GPU is used if there is one.
"""

import argparse
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import torch
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from reference.speech import SpeechError
from reference.training.export import export
from reference.training.features import ClipJob, SpeechSet, development_jobs, speak, training_jobs
from reference.training.hearing import HearingHeads
from reference.training.loop import Figures, Schedule, run
from reference.training.network import WINDOW_SECONDS, untrained
from reference.training.stages import HearingStage, JointStage, Learner, TextStage
from reference.training.vocabulary import write_processor


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is trained. The defaults made the checkpoint that ships."""

    clips: int = 24_000
    development_clips: int = 150
    text_batch: int = 64
    hearing_batch: int = 64
    joint_batch: int = 64
    text: Schedule = field(default_factory=lambda: Schedule(500, 1.5e-3))
    hearing: Schedule = field(default_factory=lambda: Schedule(4500, 1.5e-3, start=200))
    joint: Schedule = field(default_factory=lambda: Schedule(2000, 1e-3))
    compiled: bool = True


TINY = Plan(96, 4, 8, 8, 8, Schedule(2, 1e-3), Schedule(2, 1e-3), Schedule(2, 1e-3), compiled=False)
"""Every step of the pipeline on next to nothing: it shows that the pipeline runs, and learns nothing."""


def train(out: Path, plan: Plan, seed: int) -> Path:
    """Train by ``plan`` in ``out`` and return the checkpoint's folder. Raise SpeechError without the synthesisers."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    processor = write_processor(out / "processor", WINDOW_SECONDS)
    model = untrained(processor.tokenizer, seed).to(device)
    if plan.compiled:  # A fifth faster on two cores.
        for layer in model.model.language_model.layers:
            layer.compile(dynamic=True)
    learner = Learner(model, processor.tokenizer, device, seed)
    with _bars() as bars:
        speech = _spoken(bars, "training speech", training_jobs(plan.clips, seed), out / "speech")
        dev = _spoken(bars, "development speech", development_jobs(plan.development_clips, seed), out / "dev")
        heads = HearingHeads(model.get_input_embeddings().weight, learner.prompts).to(device)
        stages = (
            (TextStage(learner, plan.text_batch), plan.text),
            (HearingStage(learner, heads, speech, dev, plan.hearing_batch), plan.hearing),
            (JointStage(learner, heads, speech, dev, plan.joint_batch), plan.joint),
        )
        for stage, schedule in stages:
            run(stage, schedule, out / stage.name, _bar(bars, stage.name, schedule.steps))
    export(model, out / "checkpoint")
    return out / "checkpoint"


def _bars() -> Progress:
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    return Progress(*columns, TextColumn("{task.fields[figures]}"), refresh_per_second=1)


def _spoken(bars: Progress, name: str, jobs: tuple[ClipJob, ...], folder: Path) -> SpeechSet:
    task = bars.add_task(name, total=len(jobs), figures="")
    speech = speak(jobs, folder, lambda done, total: bars.update(task, completed=done, total=total))
    bars.update(task, completed=len(jobs))
    return speech


def _bar(bars: Progress, name: str, steps: int) -> Callable[[int, Figures], None]:
    task = bars.add_task(name, total=steps, figures="")

    def update(done: int, figures: Figures) -> None:
        shown = " ".join(f"{key} {value:.3f}" for key, value in figures.items())
        bars.update(task, completed=done, figures=shown)

    return update


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m reference.train", description="Train the reference LALM.")
    parser.add_argument("--out", type=Path, required=True, help="folder for speech, states, logs and the checkpoint")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--tiny", action="store_true", help="run every step on next to nothing")
    options = parser.parse_args(arguments)
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    try:
        print(train(options.out, TINY if options.tiny else Plan(), options.seed))
    except SpeechError as error:
        parser.exit(1, f"{error}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
