"""Two alternatives measured in turn, so that a machine that slows down slows both, and the ratio of each pair."""

import json
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from os import cpu_count
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

SETTLE_SECONDS = 1.2
"""vLLM's workers poll for a second after their last step: measured sooner, an engine shares the cores with them."""


@dataclass(frozen=True, slots=True)
class Spread:
    """The spread of one figure over the rounds of a run."""

    median: float
    low: float
    high: float
    least: float
    most: float

    @classmethod
    def of(cls, values: list[float]) -> "Spread":
        """``low`` and ``high`` are the quartiles."""
        low, median, high = statistics.quantiles(values, n=4, method="inclusive")
        return cls(median, low, high, min(values), max(values))


def interleave(rounds: int, ours: Callable[[], T], theirs: Callable[[], T]) -> list[tuple[T, T]]:
    """``rounds`` pairs (ours, theirs), after one pair that warms up; who goes first alternates."""
    pairs = []
    for index in range(rounds + 1):
        if index % 2:
            other = _settled(theirs)
            pair = (_settled(ours), other)
        else:
            pair = (_settled(ours), _settled(theirs))
        if index:
            pairs.append(pair)
    return pairs


def _settled(measure: Callable[[], T]) -> T:
    time.sleep(SETTLE_SECONDS)
    return measure()


def machine() -> dict[str, Any]:
    """Where and when a figure was measured."""
    import torch

    device = torch.cuda.get_device_name() if torch.cuda.is_available() else platform.processor() or platform.machine()
    return {
        "device": device,
        "cores": cpu_count(),
        "python": platform.python_version(),
        "torch": torch.__version__,
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
    }


def write(path: Path | None, figures: dict[str, Any]) -> None:
    """Print the figures, and write them to ``path`` as JSON."""
    text = json.dumps(figures, indent=2)
    print(text)
    if path is not None:
        path.write_text(text + "\n")
