"""SCANS: steer towards refusal or away from it, by how a request's hidden state moves (arXiv 2408.11491)."""

from collections.abc import Sequence

import torch
from torch.nn.functional import cosine_similarity

from steering.evaluation.defences.defence import Calibration
from steering.evaluation.defences.directions import as_long_as, difference, states_of, stream_norms
from steering.evaluation.defences.threshold import best_threshold
from steering.evaluation.defences.tuning import DOSES, CalibrationError, balanced, split
from steering.evaluation.defences.unpublished import best_set, in_every_position
from steering.evaluation.engine import Answer, BatchEngine, Request, SignedDirective
from steering.evaluation.item import Item
from steering.vector_set import VectorSet


class Scans:
    """v_l = mean harmful state - mean benign state, of unit length; steer by +alpha v_l where the request is taken for
    harmful and by -alpha v_l where it is taken for safe.

    It is taken for harmful where its transition is like that of harmful requests: the cosine between the transition and
    the harmful ones' mean, averaged over the layers from the first middle one up, reaches a threshold.

    As the authors: the signs, the unit vectors, the average of cosines. Changed: their transition leads from the
    request's last token to a forced "Sure" that opens the answer; here the states are the last prompt token's without
    and with ``affirmation`` after the request, since an engine reads no other token. Their threshold (0.75), alpha
    (3.5) and layers (10 to 20 of 32) belong to their models: the threshold is fitted, a dose relative to the stream
    takes alpha's place, and dose, positions and layers (the middle third or the calibration's) are chosen on held-out
    items.
    """

    name = "scans"
    has_strength = True
    source = (
        "SCANS (arXiv 2408.11491). Changed: the transition is read at the last prompt token, without and with 'Sure' "
        "after the request; threshold, dose, positions and layers are chosen on held-out calibration items."
    )

    def __init__(self, affirmation: str = " Sure", doses: Sequence[float] = DOSES) -> None:
        self._affirmation = affirmation
        self._doses = doses
        self._reference = torch.empty(0)
        self._from_layer = 0
        self._threshold = 0.0
        self._set: VectorSet | None = None
        self._alpha = 0.0

    async def prepare(self, engine: BatchEngine, calibration: Calibration) -> None:
        parts = split(calibration.harmful, calibration.benign)
        middle = range(engine.num_layers // 3, max(2 * engine.num_layers // 3, engine.num_layers // 3 + 1))
        self._from_layer = middle[0]
        self._reference = (await self._transitions(engine, parts.harmful)).mean(dim=0)
        await self._fit_threshold(engine, parts.held_harmful, parts.held_benign)
        harmful, benign = await states_of(engine, parts.harmful), await states_of(engine, parts.benign)
        directions = as_long_as(difference(harmful, benign), stream_norms(benign))
        flagged = await self._flagged(engine, parts.held)

        async def score(vector_set: VectorSet, alpha: float) -> float:
            requests = signed(parts.held, flagged, vector_set, alpha)
            return balanced(parts.held, await engine.answers(requests))

        candidates = in_every_position(self.name, [tuple(middle), calibration.layers], directions)
        self._set, self._alpha = await best_set(engine, candidates, self._doses, score)
        await engine.load(self._set)

    async def answers(self, engine: BatchEngine, items: Sequence[Item], strength: float = 1.0) -> list[Answer]:
        if self._set is None:
            raise RuntimeError(f"{self.name} is not fitted yet; call prepare first.")
        if strength == 0:
            return await engine.answers([Request(item) for item in items])
        flagged = await self._flagged(engine, items)
        return await engine.answers(signed(items, flagged, self._set, strength * self._alpha))

    async def _fit_threshold(self, engine: BatchEngine, harmful: Sequence[Item], benign: Sequence[Item]) -> None:
        found = best_threshold(await self._likeness(engine, harmful), await self._likeness(engine, benign))
        if found.accuracy <= 0.5:
            raise CalibrationError(
                "SCANS cannot tell the calibration's harmful requests from its benign ones by their transitions; "
                "give more items or another affirmation."
            )
        self._threshold = found.value

    async def _flagged(self, engine: BatchEngine, items: Sequence[Item]) -> list[bool]:
        return [bool(likeness >= self._threshold) for likeness in await self._likeness(engine, items)]

    async def _likeness(self, engine: BatchEngine, items: Sequence[Item]) -> torch.Tensor:
        return likeness(await self._transitions(engine, items), self._reference, self._from_layer)

    async def _transitions(self, engine: BatchEngine, items: Sequence[Item]) -> torch.Tensor:
        """[items, layers, hidden]."""
        return await states_of(engine, items) - await states_of(engine, items, self._affirmation)


def likeness(transitions: torch.Tensor, reference: torch.Tensor, from_layer: int) -> torch.Tensor:
    """sigma(q): the mean cosine over the layers from ``from_layer`` on: [items].

    ``transitions`` is [items, layers, hidden], ``reference`` [layers, hidden].
    """
    return cosine_similarity(transitions[:, from_layer:], reference[None, from_layer:], dim=-1).mean(dim=-1)


def signed(items: Sequence[Item], flagged: Sequence[bool], vector_set: VectorSet, alpha: float) -> list[Request]:
    """The items, steered towards refusal where they are flagged and away from it where they are not."""
    return [
        Request(item, SignedDirective(vector_set.id, alpha if flag else -alpha))
        for item, flag in zip(items, flagged, strict=True)
    ]
