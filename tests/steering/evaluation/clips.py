"""The reference checkpoint and its shipped clips as items."""

from pathlib import Path

from reference.answers import CHECKPOINT
from steering.evaluation.item import Item
from steering.evaluation.sets import read_set

__all__ = ["CHECKPOINT", "reference_items"]

_CLIPS = Path(__file__).parents[3] / "reference" / "clips"


def reference_items(harmful: int, benign: int) -> list[Item]:
    """So many of the shipped clips of each kind, the harmful ones first."""
    items = read_set(_CLIPS, 16_000, None)
    return [
        *[item for item in items if item.harmful][:harmful],
        *[item for item in items if not item.harmful][:benign],
    ]
