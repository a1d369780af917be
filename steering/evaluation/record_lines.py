"""The lines of a record, as they stand in the file."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, TypeAdapter

from steering.evaluation.item import Item, Label, Turn
from steering.evaluation.judges.judge import Outcome
from steering.evaluation.result import Result


class _Fields(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RunLine(_Fields):
    """The first line."""

    kind: Literal["run"] = "run"
    schema_version: Literal[1] = 1
    suite: str
    model: str
    vectors: dict[str, str]
    inputs: dict[str, str]
    seed: int


class ConditionLine(_Fields):
    """The items of a condition, by id, in the order in which they are asked, and how many did not fit it."""

    kind: Literal["condition"] = "condition"
    condition: str
    items: tuple[str, ...]
    left_out: int


class ItemLine(_Fields):
    """An item without its sound."""

    id: str
    question: str
    label: Label
    category: str
    condition: str
    voice: str
    prompt: str
    history: tuple[Turn, ...]
    expected: str | None
    compliant: str | None
    language: str


class ResultLine(_Fields):
    kind: Literal["result"] = "result"
    item: ItemLine
    defence: str
    strength: FiniteFloat
    answer: str
    outcomes: dict[str, Outcome]
    gate: FiniteFloat | None

    @classmethod
    def of(cls, result: Result) -> Self:
        return cls(
            item=ItemLine(**{name: getattr(result.item, name) for name in ItemLine.model_fields}),
            defence=result.defence,
            strength=result.strength,
            answer=result.answer,
            outcomes=dict(result.outcomes),
            gate=result.gate,
        )

    def result(self) -> Result:
        item = Item(**{name: getattr(self.item, name) for name in ItemLine.model_fields})
        return Result(item, self.defence, self.strength, self.answer, self.outcomes, self.gate)


class CostLine(_Fields):
    kind: Literal["cost"] = "cost"
    defence: str
    condition: str | None
    strength: FiniteFloat | None
    items: int
    requests: int
    seconds: float


Line = RunLine | ConditionLine | ResultLine | CostLine
LINE: TypeAdapter[Line] = TypeAdapter(Annotated[Line, Field(discriminator="kind")])
