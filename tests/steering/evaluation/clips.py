"""The reference checkpoint and its shipped clips as items."""

from pathlib import Path

from reference.answers import CHECKPOINT, read_clips
from steering.evaluation.item import Item

__all__ = ["CHECKPOINT", "reference_items"]

_CLIPS = Path(__file__).parents[3] / "reference" / "clips"


def reference_items(harmful: int, benign: int) -> list[Item]:
    """So many of the shipped clips of each kind, the harmful ones first."""
    items = [
        Item(
            clip.entry.id,
            clip.entry.text,
            "harmful" if clip.entry.label == "harmful" else "benign",
            clip.entry.category,
            samples=clip.samples,
            expected=clip.entry.expected,
        )
        for clip in read_clips(_CLIPS)
    ]
    return [
        *[item for item in items if item.harmful][:harmful],
        *[item for item in items if not item.harmful][:benign],
    ]
