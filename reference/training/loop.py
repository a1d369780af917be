"""One stage of training: a fixed number of steps, logged, and resumed after an interruption where it stood.

Every draw of a step comes from the seed, the stage and the step's number alone, so a resumed stage goes on as one that
was never interrupted.
"""

import json
import math
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import torch
from torch import Tensor, nn

Figures = dict[str, float]


class Stage(Protocol):
    """What is learned in one stage."""

    name: str
    modules: nn.ModuleDict

    def loss(self, step: int) -> tuple[Tensor, Figures]:
        """The loss of step ``step`` and what to log of it."""

    def watch(self) -> Figures:
        """Figures on the development split."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """AdamW's steps and rates: a linear start, then half a cosine down to a thirtieth of ``rate``."""

    steps: int
    rate: float
    start: int = 100
    watch_every: int = 500
    save_every: int = 200

    def rate_at(self, step: int) -> float:
        falling = 0.5 * (1 + math.cos(math.pi * min(1.0, step / self.steps)))
        return self.rate * min(1.0, (step + 1) / self.start) * (falling * 0.97 + 0.03)


def run(stage: Stage, schedule: Schedule, folder: Path, progress: Callable[[int, Figures], None]) -> None:
    """Train ``stage`` to its end. ``folder`` gets its state and ``log.jsonl``; a finished stage is only read back."""
    folder.mkdir(parents=True, exist_ok=True)
    parameters = [parameter for parameter in stage.modules.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=schedule.rate, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    first = _resume(stage, optimizer, folder)
    stage.modules.train()
    started = time.monotonic()
    sums: Figures = {}
    for step in range(first, schedule.steps):
        for group in optimizer.param_groups:
            group["lr"] = schedule.rate_at(step)
        loss, figures = stage.loss(step)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        for name, value in figures.items():
            sums[name] = sums.get(name, 0.0) + value
        done = step + 1
        if done % 50 == 0 or done == schedule.steps:
            since = done - max(first, (done - 1) // 50 * 50)
            means = {name: round(value / since, 4) for name, value in sums.items()}
            sums = {}
            if done % schedule.watch_every == 0 or done == schedule.steps:
                stage.modules.eval()
                means |= stage.watch()
                stage.modules.train()
            _log(folder, {"stage": stage.name, "step": done, "seconds": round(time.monotonic() - started), **means})
            progress(done, means)
        if done % schedule.save_every == 0 or done == schedule.steps:
            _save(stage, optimizer, folder, done)
    stage.modules.eval()


def _log(folder: Path, line: dict[str, Any]) -> None:
    with (folder / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write(json.dumps(line) + "\n")


def _save(stage: Stage, optimizer: torch.optim.Optimizer, folder: Path, done: int) -> None:
    state = {"step": done, "modules": stage.modules.state_dict(), "optimizer": optimizer.state_dict()}
    torch.save(state, folder / "state.new")
    os.replace(folder / "state.new", folder / "state.pt")


def _resume(stage: Stage, optimizer: torch.optim.Optimizer, folder: Path) -> int:
    path = folder / "state.pt"
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=True)
    stage.modules.load_state_dict(state["modules"])
    optimizer.load_state_dict(state["optimizer"])
    return int(state["step"])
