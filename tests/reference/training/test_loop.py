"""A stage's steps: their schedule, their log, and going on after an interruption."""

import json
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from reference.training.loop import Figures, Schedule, run

SCHEDULE = Schedule(steps=60, rate=0.2, start=5, watch_every=30, save_every=20)


class Line:
    """Fits y = 3 x, each step on numbers drawn from the step alone."""

    name = "line"

    def __init__(self, fails_at: int | None = None) -> None:
        torch.manual_seed(0)
        self._line = nn.Linear(1, 1)
        self.modules = nn.ModuleDict({"line": self._line})
        self.fails_at = fails_at

    def loss(self, step: int) -> tuple[Tensor, Figures]:
        if step == self.fails_at:
            raise KeyboardInterrupt
        x = torch.randn(16, 1, generator=torch.Generator().manual_seed(step))
        loss = ((self._line(x) - 3 * x) ** 2).mean()
        return loss, {"error": float(loss.detach())}

    def watch(self) -> Figures:
        return {"slope": float(self._line.weight.detach())}


def ignore(_done: int, _figures: Figures) -> None:
    pass


def lines(folder: Path) -> list[dict[str, float]]:
    return [json.loads(line) for line in (folder / "log.jsonl").read_text().splitlines()]


def test_it_learns_and_logs(tmp_path: Path) -> None:
    seen: list[int] = []
    run(Line(), SCHEDULE, tmp_path, lambda done, _figures: seen.append(done))
    first, last = lines(tmp_path)
    assert seen == [first["step"], last["step"]] == [50, 60]
    assert last["error"] < first["error"]
    assert last["slope"] == pytest.approx(3, abs=1)


def test_an_interrupted_stage_ends_as_one_that_was_not(tmp_path: Path) -> None:
    whole = Line()
    run(whole, SCHEDULE, tmp_path / "whole", ignore)
    with pytest.raises(KeyboardInterrupt):
        run(Line(fails_at=47), SCHEDULE, tmp_path / "cut", ignore)
    resumed = Line()
    run(resumed, SCHEDULE, tmp_path / "cut", ignore)
    for one, other in zip(whole.modules.parameters(), resumed.modules.parameters(), strict=True):
        assert torch.equal(one, other)


def test_a_finished_stage_is_read_back_and_not_trained_on(tmp_path: Path) -> None:
    run(Line(), SCHEDULE, tmp_path, ignore)
    again = Line(fails_at=60)
    run(again, SCHEDULE, tmp_path, ignore)
    assert again.watch()["slope"] == lines(tmp_path)[-1]["slope"]


def test_the_rate_rises_then_falls() -> None:
    rates = [SCHEDULE.rate_at(step) for step in range(60)]
    assert rates[0] < rates[4] > rates[30] > rates[59] > 0
