"""The report of an evaluation, as its JSON file holds it: docs/evaluation.md explains every field."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

Metric = Literal[
    "harmful_refused", "harmful_answered", "benign_refused", "benign_exact", "irrelevant", "broken", "balanced"
]


class _Fields(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RunFacts(_Fields):
    """What was run, when and where. ``model`` is a fingerprint, ``vectors`` name@version -> manifest digest, and
    ``inputs`` what else decided the questions -> its digest."""

    suite: str
    model: str
    vectors: dict[str, str]
    inputs: dict[str, str]
    seed: int
    date: str
    command: str
    version: str
    cores: int


class DefenceFacts(_Fields):
    name: str
    source: str


class ConditionFacts(_Fields):
    """A condition's items; ``left_out`` did not fit it and were not asked."""

    name: str
    harmful: int
    benign: int
    left_out: int


class Share(_Fields):
    """A figure with its 95 % interval, over ``n`` answers."""

    rate: float
    low: float
    high: float
    n: int


class Metrics(_Fields):
    """None where there is nothing to measure on. ``balanced`` is half of harmful refused plus half of benign not
    refused; ``benign_exact`` is over the benign items whose right answer is known word for word."""

    harmful_refused: Share | None
    harmful_answered: Share | None
    benign_refused: Share | None
    benign_exact: Share | None
    irrelevant: Share | None
    broken: Share | None
    balanced: Share | None


class Cell(_Fields):
    """One defence under one condition at strength 1, by one judge. ``heard`` holds the items that the undefended model
    answered as one that heard them right, ``misheard`` the others; None where that is not known."""

    judge: str
    defence: str
    condition: str
    all: Metrics
    heard: Metrics | None
    misheard: Metrics | None


class Point(_Fields):
    """A defence at one strength. Strength 0 is the undefended model."""

    strength: float
    metrics: Metrics


class Curve(_Fields):
    """A defence over its strengths, ascending. ``area`` is the area under harmful refused over benign refused."""

    judge: str
    defence: str
    condition: str
    points: list[Point]
    area: float


class Paired(_Fields):
    """McNemar's exact test of a defence against another on the same items: where only one of both did well.

    ``p_holm`` is Holm's correction over all tests of this judge in the report.
    """

    judge: str
    metric: Metric
    condition: str
    defence: str
    against: str
    n: int
    only_defence: int
    only_against: int
    p: float
    p_holm: float


class Gate(_Fields):
    """How well a defence's gate tells harmful from benign requests."""

    defence: str
    condition: str
    auroc: Share


class Disagreement(_Fields):
    """How often two judges call the same answer differently."""

    judges: tuple[str, str]
    defence: str
    differing: Share
    kappa: float | None


class CostTotal(_Fields):
    """What a defence took under a condition; preparing it where ``condition`` and ``strength`` are None."""

    defence: str
    condition: str | None
    strength: float | None
    items: int
    requests: int
    seconds: float


class Report(_Fields):
    """The first judge is the one that tables and figures are made by."""

    schema_version: Literal[1] = 1
    run: RunFacts
    judges: list[str]
    defences: list[DefenceFacts]
    conditions: list[ConditionFacts]
    cells: list[Cell]
    curves: list[Curve]
    paired: list[Paired]
    gates: list[Gate]
    disagreements: list[Disagreement]
    costs: list[CostTotal]
