"""AdaSteer: two directions, rejection and harmfulness, and how much of each is a request's own (arXiv 2504.09466)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import atan2, cos, hypot, pi, sin

import torch

from steering.evaluation.defences.defence import Calibration
from steering.evaluation.defences.directions import as_long_as, difference, states_of, stream_norms
from steering.evaluation.defences.threshold import best_threshold
from steering.evaluation.defences.tuning import DOSES, Split, balanced, best, split
from steering.evaluation.defences.unpublished import POSITIONS, loaded, unpublished
from steering.evaluation.engine import Answer, BatchEngine, Request, SignedDirective
from steering.evaluation.item import Item
from steering.logistic import Logistic, fit_logistic
from steering.refusal import Verdict, classify
from steering.vector_set import Positions, VectorSet

ANGLES = 8
"""How many mixtures of the two directions there are, from rejection alone to compliance alone."""

_SLOTS = 2
_FEWEST_REFUSED = 5
_COMPLIANCE_WEIGHTS = (0.0, 0.5, 2.0)


@dataclass(frozen=True, slots=True, eq=False)
class Coefficient:
    """How much of a direction a request gets, 0 to 1: logistic in its state's place along ``axis`` after ``layer``."""

    layer: int
    axis: torch.Tensor
    curve: Logistic

    def __call__(self, states: torch.Tensor) -> torch.Tensor:
        """[items] from [items, layers, hidden]."""
        return self.curve((states[:, self.layer] @ self.axis)[:, None])


@dataclass(frozen=True, slots=True)
class Mixture:
    """``length`` times the mixture number ``angle``."""

    angle: int
    length: float

    @classmethod
    def of(cls, rejection: float, compliance: float) -> "Mixture":
        """The nearest angle to that of the two amounts, neither negative, and their length along it."""
        exact = atan2(compliance, rejection)
        angle = round(exact / (pi / 2) * (ANGLES - 1))
        return cls(angle, hypot(rejection, compliance) * cos(radians_of(angle) - exact))


@dataclass(frozen=True, slots=True)
class _Choice:
    """What held-out answers choose. ``compliance`` weighs the second direction against the first."""

    positions: Positions
    dose: float
    compliance: float = 1.0


class AdaSteer:
    """h' = h + alpha * (r(q) * rejection + w * c(q) * compliance), r and c logistic in the request's own state.

    Rejection: mean state of refused harmful requests minus that of complied ones; compliance: of benign ones minus
    complied harmful ones. r grows against rejection (the authors' R-Law), c towards harmlessness (their H-Law).

    Changed: where the model refuses fewer than five spoken harmful requests, the refused ones are the same with the
    refusal prompt; r and c are sigmoids (theirs: the same places, scaled linearly and clamped by hand), read after the
    one layer that parts held-out requests best (theirs: 8 and 13 of 32); the second direction is not projected onto the
    first; a request has one set, so its mixture is rounded to one of eight angles, at most 6.4 degrees off; dose,
    positions and w are chosen by held-out answers.
    """

    name = "adasteer"
    has_strength = True
    source = (
        "After AdaSteer (arXiv 2504.09466). Changed: coefficients are sigmoids, mixtures are rounded to eight angles, "
        "the refusal prompt makes refused requests where the model refuses none; layer, dose, positions and the weight "
        "of the second direction are chosen on held-out calibration items."
    )

    def __init__(self, doses: Sequence[float] = DOSES) -> None:
        self._doses = doses
        self._layers: tuple[int, ...] = ()
        self._directions: tuple[torch.Tensor, torch.Tensor] | None = None
        self._coefficients: tuple[Coefficient, Coefficient] | None = None
        self._choice: _Choice | None = None

    async def prepare(self, engine: BatchEngine, calibration: Calibration) -> None:
        parts = split(calibration.harmful, calibration.benign)
        self._layers = calibration.layers
        await self._fit(engine, parts, calibration.refusal_prompt)
        amounts = await self._amounts(engine, parts.held)

        async def score(choice: _Choice) -> float:
            return balanced(parts.held, await self._ask(engine, parts.held, amounts, choice))

        found = await best([_Choice(*pair) for pair in product(POSITIONS, self._doses)], score)
        weighed = [_Choice(found.positions, found.dose, weight) for weight in _COMPLIANCE_WEIGHTS]
        self._choice = await best([found, *weighed], score)

    async def answers(self, engine: BatchEngine, items: Sequence[Item], strength: float = 1.0) -> list[Answer]:
        if self._choice is None:
            raise RuntimeError(f"{self.name} is not fitted yet; call prepare first.")
        if strength == 0:
            return await engine.answers([Request(item) for item in items])
        return await self._ask(engine, items, await self._amounts(engine, items), self._choice, strength)

    async def _fit(self, engine: BatchEngine, parts: Split, refusal_prompt: str) -> None:
        harmful, benign = await states_of(engine, parts.harmful), await states_of(engine, parts.benign)
        answers = await engine.answers([Request(item) for item in parts.harmful])
        refused = torch.tensor([classify(answer.text) is Verdict.REFUSAL for answer in answers])
        rejecting, complying = harmful[refused], harmful[~refused]
        if min(len(rejecting), len(complying)) < _FEWEST_REFUSED:
            rejecting, complying = await states_of(engine, parts.harmful, refusal_prompt), harmful
        rejection, compliance = difference(rejecting, complying), difference(benign, complying)
        layer = telling_layer(
            compliance, await states_of(engine, parts.held_benign), await states_of(engine, parts.held_harmful)
        )
        self._coefficients = (
            fit_coefficient(layer, rejection[layer], complying, rejecting),
            fit_coefficient(layer, compliance[layer], benign, complying),
        )
        norms = stream_norms(benign)
        self._directions = as_long_as(rejection, norms), as_long_as(compliance, norms)

    async def _amounts(self, engine: BatchEngine, items: Sequence[Item]) -> torch.Tensor:
        """r and c: [items, 2]."""
        states = await states_of(engine, items)
        return torch.stack([coefficient(states) for coefficient in self._coefficients or ()], dim=-1)

    async def _ask(
        self, engine: BatchEngine, items: Sequence[Item], amounts: torch.Tensor, choice: _Choice, strength: float = 1.0
    ) -> list[Answer]:
        """The answers, asked a few mixtures at a time: the other defences' sets stay loaded beside them."""
        mixtures = [Mixture.of(towards, choice.compliance * away) for towards, away in amounts.tolist()]
        answers: dict[int, Answer] = {}
        for angles in _in_turns(sorted({mixture.angle for mixture in mixtures})):
            sets = {angle: self._set(angle, choice.positions) for angle in angles}
            asked = {
                index: SignedDirective(sets[mixture.angle].id, strength * choice.dose * mixture.length)
                for index, mixture in enumerate(mixtures)
                if mixture.angle in sets
            }
            async with loaded(engine, *sets.values()):
                got = await engine.answers([Request(items[index], directive) for index, directive in asked.items()])
            answers.update(zip(asked, got, strict=True))
        return [answers[index] for index in range(len(items))]

    def _set(self, angle: int, positions: Positions) -> VectorSet:
        if self._directions is None:
            raise RuntimeError(f"{self.name} is not fitted yet; call prepare first.")
        rejection, compliance = self._directions
        mixed = cos(radians_of(angle)) * rejection + sin(radians_of(angle)) * compliance
        number = 1 + POSITIONS.index(positions) * ANGLES + angle
        return unpublished(self.name, number, self._layers, mixed, positions)


def radians_of(angle: int) -> float:
    """0 is rejection alone, ``ANGLES - 1`` compliance alone."""
    return angle * (pi / 2) / (ANGLES - 1)


def telling_layer(directions: torch.Tensor, towards: torch.Tensor, away: torch.Tensor) -> int:
    """The layer at which states [items, layers, hidden] of two classes part best along its direction."""
    accuracies = [
        best_threshold(towards[:, layer] @ direction, away[:, layer] @ direction).accuracy
        for layer, direction in enumerate(directions)
    ]
    return accuracies.index(max(accuracies))


def fit_coefficient(layer: int, direction: torch.Tensor, much: torch.Tensor, little: torch.Tensor) -> Coefficient:
    """The coefficient that is near 1 for the states ``much``, near 0 for ``little``; each [items, layers, hidden]."""
    axis = direction / direction.norm().clamp(min=1e-12)
    curve = fit_logistic((much[:, layer] @ axis)[:, None], (little[:, layer] @ axis)[:, None])
    return Coefficient(layer, axis, curve)


def _in_turns(angles: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(angles), _SLOTS):
        yield angles[start : start + _SLOTS]
