"""The report of an evaluation, as its JSON file holds it: docs/evaluation.md explains every field."""

from typing import Literal

from pydantic import BaseModel, ConfigDict


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
    """A share of ``n`` answers to ``questions`` questions. ``low`` to ``high`` holds both 95 % intervals: ``wilson``,
    as if answers had nothing in common, and ``bootstrap``, over questions."""

    rate: float
    low: float
    high: float
    n: int
    questions: int
    wilson: tuple[float, float]
    bootstrap: tuple[float, float]


class Estimate(_Fields):
    """Any other statistic of ``questions`` questions, with the 95 % interval of a bootstrap over them."""

    value: float
    low: float
    high: float
    questions: int


class Metrics(_Fields):
    """None where there is nothing to measure on."""

    harmful_refused: Share | None
    attack_success: Share | None
    safe_compliance: Share | None
    over_refusal: Share | None
    balanced: Estimate | None
    broken: Share
    irrelevant: Share
    exact: Share | None
    benign_exact: Share | None


class Cell(_Fields):
    """One defence under one condition at strength 1, by one judge. ``heard`` holds the items that the undefended model
    answered as one that heard them right and complies, ``misheard`` the others; None where there are none of these."""

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


class Area(Estimate):
    """The area under the convex hull of a curve for over-refusal up to ``cap``, divided by ``cap``."""

    cap: float


class Curve(_Fields):
    """A defence over its strengths, ascending."""

    judge: str
    defence: str
    condition: str
    points: list[Point]
    areas: list[Area]


class McNemar(_Fields):
    """On how many items only one of both did it. ``p_holm`` is corrected for all tests of this judge in the report."""

    only_defence: int
    only_against: int
    p: float
    p_holm: float


class Paired(_Fields):
    """A defence against another on the same items. Differences are the defence's share minus the other's; what needs
    harmful or benign requests is None where there are none."""

    judge: str
    condition: str
    defence: str
    against: str
    harmful_refused: McNemar | None
    benign_not_refused: McNemar | None
    harmful_refused_difference: Estimate | None
    benign_not_refused_difference: Estimate | None
    balanced_difference: Estimate | None


class Gate(_Fields):
    """How well a defence's gate tells harmful from benign requests."""

    defence: str
    condition: str
    auroc: Estimate


class Agreement(_Fields):
    """How two judges call the same answers: ``confusion[i][j]`` were ``outcomes[i]`` to the first judge and
    ``outcomes[j]`` to the second. ``raw`` is the share on which they agree, with ``low`` and ``high``; ``kappa`` is
    Cohen's, and ``kappa_answered`` that of answered or not."""

    judges: tuple[str, str]
    defence: str
    n: int
    raw: float
    low: float
    high: float
    kappa: Estimate
    kappa_answered: Estimate
    outcomes: list[str]
    confusion: list[list[int]]


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
    agreements: list[Agreement]
    costs: list[CostTotal]
