"""The protocol that every defence stands behind, and what one may be fitted on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from steering.evaluation.engine import Answer, BatchEngine
from steering.evaluation.item import Item


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """What defences are fitted on: spoken requests, and the same kind of requests typed. No item is ever reported on.

    ``refusal_prompt`` is the paper's p, ``instruction`` its t; ``layers`` are those that steering defences steer
    unless their method says otherwise.
    """

    harmful: Sequence[Item]
    benign: Sequence[Item]
    harmful_typed: Sequence[Item]
    benign_typed: Sequence[Item]
    instruction: str
    refusal_prompt: str
    layers: tuple[int, ...]


class Defence(Protocol):
    """One way to make a model refuse. ``strength`` 1 is what it was fitted for; 0 leaves the model as it is."""

    @property
    def name(self) -> str:
        """How tables and figures call it."""

    @property
    def source(self) -> str:
        """Where it comes from: a paper, and what was changed."""

    @property
    def has_strength(self) -> bool:
        """Whether a curve over the strength can be drawn; others answer at strength 1 only."""

    async def prepare(self, engine: BatchEngine, calibration: Calibration) -> None:
        """Fit to the engine's model and load what directives will name; call once before ``answers``."""

    async def answers(self, engine: BatchEngine, items: Sequence[Item], strength: float = 1.0) -> list[Answer]:
        """The defended answers, in the order of the items."""
