"""What one defence made of one item: a line of an evaluation's record."""

from collections.abc import Mapping
from dataclasses import dataclass

from steering.evaluation.item import Item
from steering.evaluation.judges.judge import Outcome


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """``outcomes`` by judge; ``gate`` where a gate read the request."""

    item: Item
    defence: str
    strength: float
    answer: str
    outcomes: Mapping[str, Outcome]
    gate: float | None = None

    @property
    def exact(self) -> bool | None:
        """Whether the answer is the expected one, word for word; None where none is known."""
        return None if self.item.expected is None else self.answer == self.item.expected
