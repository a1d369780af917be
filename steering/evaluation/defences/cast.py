"""CAST: steer by a refusal vector if the hidden state meets a condition (arXiv 2409.05907)."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from steering.evaluation.defences.defence import Calibration
from steering.evaluation.defences.directions import as_long_as, principal, states_of, stream_norms
from steering.evaluation.defences.threshold import best_threshold
from steering.evaluation.defences.tuning import DOSES, balanced, split
from steering.evaluation.defences.unpublished import best_set, in_every_position
from steering.evaluation.engine import UNSTEERED, Answer, BatchEngine, Request, SignedDirective
from steering.evaluation.item import Item
from steering.vector_set import VectorSet


@dataclass(frozen=True, slots=True, eq=False)
class Condition:
    """Met where sim(h, proj_c h) after ``layer`` is at least ``threshold``, or at most where it is not ``larger``.

    ``vector`` is c, [hidden]. cos(h, proj_c h) = |cos(h, c)|: the condition has no sign, so neither does it need one.
    """

    layer: int
    vector: torch.Tensor
    threshold: float
    larger: bool

    def met(self, states: torch.Tensor) -> torch.Tensor:
        """[items] of bool from [items, layers, hidden]."""
        similar = similarity(states[:, self.layer], self.vector)
        return similar >= self.threshold if self.larger else similar <= self.threshold


class Cast:
    """h' = h + f(sim(h, proj_c h)) * alpha * v, with f a step: 1 where the condition is met, else 0.

    As the authors: the condition vector is the first principal component of harmful and benign states centred together,
    the behaviour vector that of pairs with and without a refusal, each centred on its own mean; layer, threshold and
    side of the condition are found by a grid search. Changed: the condition is read at the last prompt token (theirs
    averages the prompt's) and after a layer (theirs: before it), with no tanh; the pairs are requests with and without
    the refusal prompt; the search maximises balanced accuracy (theirs: F1) on held-out items, which also choose dose
    and positions.
    """

    name = "cast"
    has_strength = True
    source = (
        "CAST (arXiv 2409.05907). Changed: condition and pairs are read at the last prompt token, refusing pairs are "
        "made by the refusal prompt; dose and positions are chosen on held-out calibration items."
    )

    def __init__(self, doses: Sequence[float] = DOSES) -> None:
        self._doses = doses
        self._condition: Condition | None = None
        self._set: VectorSet | None = None
        self._alpha = 0.0

    async def prepare(self, engine: BatchEngine, calibration: Calibration) -> None:
        parts = split(calibration.harmful, calibration.benign)
        harmful, benign = await states_of(engine, parts.harmful), await states_of(engine, parts.benign)
        held_harmful, held_benign = (
            await states_of(engine, parts.held_harmful),
            await states_of(engine, parts.held_benign),
        )
        self._condition = find_condition(condition_vectors(harmful, benign), held_harmful, held_benign)
        plain = torch.cat([harmful, benign])
        refusing = await states_of(engine, [*parts.harmful, *parts.benign], calibration.refusal_prompt)
        directions = as_long_as(behaviour_vectors(refusing, plain), stream_norms(benign))
        met = self._condition.met(torch.cat([held_harmful, held_benign])).tolist()

        async def score(vector_set: VectorSet, alpha: float) -> float:
            return balanced(parts.held, await engine.answers(conditioned(parts.held, met, vector_set, alpha)))

        candidates = in_every_position(self.name, [calibration.layers], directions)
        self._set, self._alpha = await best_set(engine, candidates, self._doses, score)
        await engine.load(self._set)

    async def answers(self, engine: BatchEngine, items: Sequence[Item], strength: float = 1.0) -> list[Answer]:
        if self._set is None or self._condition is None:
            raise RuntimeError(f"{self.name} is not fitted yet; call prepare first.")
        if strength == 0:
            return await engine.answers([Request(item) for item in items])
        met = self._condition.met(await states_of(engine, items)).tolist()
        return await engine.answers(conditioned(items, met, self._set, strength * self._alpha))


def similarity(states: torch.Tensor, vector: torch.Tensor) -> torch.Tensor:
    """cos(h, proj_c h): [items] from states [items, hidden] and c [hidden]."""
    projected = (states @ vector)[:, None] * vector / (vector @ vector)
    return torch.nn.functional.cosine_similarity(states, projected, dim=-1)


def condition_vectors(harmful: torch.Tensor, benign: torch.Tensor) -> torch.Tensor:
    """c_l, [layers, hidden]: the first principal component of both classes, centred on the mean of their means."""
    centre = (harmful.mean(dim=0) + benign.mean(dim=0)) / 2
    rows = torch.cat([harmful, benign]) - centre
    towards = harmful.mean(dim=0) - centre
    return torch.stack([principal(rows[:, layer], towards[layer]) for layer in range(rows.shape[1])])


def behaviour_vectors(refusing: torch.Tensor, plain: torch.Tensor) -> torch.Tensor:
    """v_l, [layers, hidden]: the first principal component of the pairs' two sides, each pair centred on its mean."""
    halves = (refusing - plain) / 2
    rows, towards = torch.cat([halves, -halves]), halves.mean(dim=0)
    return torch.stack([principal(rows[:, layer], towards[layer]) for layer in range(rows.shape[1])])


def find_condition(vectors: torch.Tensor, harmful: torch.Tensor, benign: torch.Tensor) -> Condition:
    """The layer, threshold and side of the highest balanced accuracy; of equals, the lowest layer."""
    found: list[tuple[float, Condition]] = []
    for layer, vector in enumerate(vectors):
        above, below = similarity(harmful[:, layer], vector), similarity(benign[:, layer], vector)
        for larger in (True, False):
            cut = best_threshold(above, below) if larger else best_threshold(-above, -below)
            found.append((cut.accuracy, Condition(layer, vector, cut.value if larger else -cut.value, larger)))
    return max(found, key=lambda pair: pair[0])[1]


def conditioned(items: Sequence[Item], met: Sequence[bool], vector_set: VectorSet, alpha: float) -> list[Request]:
    """The items, steered where the condition is met and left alone elsewhere."""
    steered = SignedDirective(vector_set.id, alpha)
    return [Request(item, steered if is_met else UNSTEERED) for item, is_met in zip(items, met, strict=True)]
