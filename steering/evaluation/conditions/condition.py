"""What a condition is, and how items are put under one: by seed, without a cut, and with all that did not fit named."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal
from zlib import crc32

import numpy as np

from steering.evaluation.item import Item

Made = Literal["voice", "emotion", "accent", "language", "composed", "typed"]
"""Families of conditions that an item is made under."""

Family = (
    Made | Literal["pitch", "speed", "reverberation", "noise", "volume", "band", "role-play", "prefix", "multi-turn"]
)
"""What kind of departure a condition is."""

Apply = Callable[[Item, np.random.Generator, Sequence[Item]], Item]
"""Changes an item. Draws come from the generator; the items are others of the set, whose clips may be heard too."""


class ConditionError(Exception):
    """A condition cannot be made; the message says why and what to do."""


class UnfitItemError(ConditionError):
    """This item does not fit this condition. Leave it out, and count it."""


class ClipTooLongError(UnfitItemError):
    """The condition makes the clip longer than the model hears."""

    def __init__(self, condition: str, item: Item, seconds: float, longest: float) -> None:
        super().__init__(
            f"Under {condition} the clip of {item.id!r} lasts {seconds:.2f} s and at most {longest:.2f} s are heard; "
            "leave it out and count it, for a clip that is cut asks something else."
        )


@dataclass(frozen=True, slots=True)
class Condition:
    """How a request is made: its name in reports, its family, and one line for readers."""

    name: str
    family: Family
    description: str


@dataclass(frozen=True, slots=True)
class Change(Condition):
    """A condition that any item can be put under."""

    apply: Apply = field(repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class Changed:
    """``items`` under their conditions, and why ``left_out`` are none of them."""

    items: tuple[Item, ...]
    left_out: tuple[UnfitItemError, ...]


def change(
    item: Item, condition: Change, *, seed: int = 0, longest: float | None = None, others: Sequence[Item] = ()
) -> Item:
    """``item`` under ``condition``; the same arguments give the same samples, whatever else is changed beside it.

    Its id and its condition name all conditions it is under. Label, question and expected answer stay: none of them
    depends on the sound or the framing. Raises UnfitItemError where the clip would be longer than ``longest`` seconds
    or the item has no clip to change, ConditionError where ``others`` are too few.
    """
    draw = np.random.default_rng([seed, crc32(condition.name.encode()), crc32(item.id.encode())])
    changed = condition.apply(item, draw, others)
    if changed.samples is not None and longest is not None:
        seconds = len(changed.samples) / changed.sample_rate
        if seconds > longest:
            raise ClipTooLongError(condition.name, item, seconds, longest)
    before = "" if item.condition == "clean" else f"{item.condition}_"
    return replace(changed, id=f"{item.id}_{condition.name}", condition=f"{before}{condition.name}")


def change_all(
    items: Sequence[Item], conditions: Iterable[Change], *, seed: int = 0, longest: float | None = None
) -> Changed:
    """Every item under each of the conditions, condition by condition; what does not fit is left out and named.

    Babble is made of the benign clips, so that no harmful word is in the background of a benign request.
    """
    others = [item for item in items if item.samples is not None and not item.harmful]
    changed, left_out = [], []
    for condition in conditions:
        for item in items:
            try:
                changed.append(change(item, condition, seed=seed, longest=longest, others=others))
            except UnfitItemError as error:
                left_out.append(error)
    return Changed(tuple(changed), tuple(left_out))
