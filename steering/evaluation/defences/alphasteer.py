"""AlphaSteer: a steering matrix that maps benign states to nothing and harmful ones to refusal (arXiv 2506.07022)."""

from collections.abc import Sequence

import torch

from steering.evaluation.defences.defence import Calibration
from steering.evaluation.defences.directions import difference, states_of, stream_norms
from steering.evaluation.defences.tuning import DOSES, balanced, best, split
from steering.evaluation.defences.unpublished import loaded
from steering.evaluation.engine import Answer, BatchEngine, LinearSteering, Request, SignedDirective
from steering.evaluation.item import Item
from steering.vector_set import VectorSetId

RIDGE = 10.0
NULL_SHARES = (0.3, 0.4, 0.5, 0.6, 0.7)
"""How much of the stream counts as the benign states' null space. The authors set a share per model and layer."""


class AlphaSteer:
    """h' = h + alpha * D P h: P projects onto the benign states' null space, D is a ridge regression from projected
    harmful states to the refusal direction.

    As the authors: P from the smallest singular directions, penalty 10. Changed: theirs is fitted on thousands of
    requests and steers the prompt alone, here it is as many as the calibration has, and the engine's matrices steer the
    last prompt token and every decoded one; the refusal direction is the refusal prompt's contrast on harmful requests
    (SARSteer's eq. 4); the share of the null space is the one that parts held-out states best, at every layer alike,
    and the dose is chosen by held-out answers.
    """

    name = "alphasteer"
    has_strength = True
    source = (
        "AlphaSteer (arXiv 2506.07022). Changed: fitted on far fewer requests, steers decoded tokens too, the refusal "
        "direction is the refusal prompt's contrast; null space and dose are chosen on held-out calibration items."
    )

    def __init__(self, doses: Sequence[float] = DOSES, shares: Sequence[float] = NULL_SHARES) -> None:
        self._doses = doses
        self._shares = shares
        self._steering: LinearSteering | None = None
        self._alpha = 0.0

    async def prepare(self, engine: BatchEngine, calibration: Calibration) -> None:
        parts = split(calibration.harmful, calibration.benign)
        layers = list(calibration.layers)
        harmful, benign = await states_of(engine, parts.harmful), await states_of(engine, parts.benign)
        refusing = await states_of(engine, parts.harmful, calibration.refusal_prompt)
        held_harmful = (await states_of(engine, parts.held_harmful))[:, layers]
        held_benign = (await states_of(engine, parts.held_benign))[:, layers]
        refusal = difference(refusing, harmful)[layers]
        per_share = [steering_matrices(harmful[:, layers], benign[:, layers], refusal, share) for share in self._shares]
        chosen = max(per_share, key=lambda matrices: separation(matrices, refusal, held_harmful, held_benign))
        steering = LinearSteering(VectorSetId(self.name, "1.0.0"), calibration.layers, chosen)
        per_dose = float((stream_norms(benign)[layers] / refusal.norm(dim=-1).clamp(min=1e-12)).median())

        async def score(alpha: float) -> float:
            directive = SignedDirective(steering.id, alpha)
            return balanced(parts.held, await engine.answers([Request(item, directive) for item in parts.held]))

        async with loaded(engine, steering):
            self._alpha = await best([dose * per_dose for dose in self._doses], score)
        await engine.load(steering)
        self._steering = steering

    async def answers(self, engine: BatchEngine, items: Sequence[Item], strength: float = 1.0) -> list[Answer]:
        if self._steering is None:
            raise RuntimeError(f"{self.name} is not fitted yet; call prepare first.")
        directive = SignedDirective(self._steering.id, strength * self._alpha)
        return await engine.answers([Request(item, directive) for item in items])


def null_space(benign: torch.Tensor, share: float) -> torch.Tensor:
    """P, [hidden, hidden]: onto the ``share`` of directions in which ``benign`` [items, hidden] reaches least."""
    hidden = benign.shape[1]
    right = torch.linalg.svd(benign.double(), full_matrices=True)[2]
    least = right[hidden - max(round(share * hidden), 1) :]
    projector: torch.Tensor = least.T @ least
    return projector


def regression(harmful: torch.Tensor, projector: torch.Tensor, refusal: torch.Tensor) -> torch.Tensor:
    """D P, [hidden, hidden], with D the ridge regression from P h to ``refusal`` [hidden] over ``harmful`` states."""
    rows = harmful.double() @ projector
    # All rows have one target, so D is the outer product of the target and what the ridge finds for a target of 1.
    penalised = rows.T @ rows + RIDGE * projector
    found = torch.linalg.pinv(penalised, hermitian=True) @ rows.sum(dim=0)
    return torch.outer(refusal.double(), projector @ found)


def steering_matrices(harmful: torch.Tensor, benign: torch.Tensor, refusal: torch.Tensor, share: float) -> torch.Tensor:
    """float32 [layers, hidden, hidden] from states [items, layers, hidden] and refusal directions [layers, hidden]."""
    matrices = [
        regression(harmful[:, layer], null_space(benign[:, layer], share), direction)
        for layer, direction in enumerate(refusal)
    ]
    return torch.stack(matrices).float()


def separation(matrices: torch.Tensor, refusal: torch.Tensor, harmful: torch.Tensor, benign: torch.Tensor) -> float:
    """How many spreads lie between what the classes are steered by, along the refusal directions, over all layers."""
    lengths = refusal.square().sum(dim=-1).clamp(min=1e-12)

    def steered(states: torch.Tensor) -> torch.Tensor:
        moved = torch.einsum("lij,nlj->nli", matrices, states)
        return ((moved * refusal).sum(dim=-1) / lengths).mean(dim=-1)

    towards, away = steered(harmful), steered(benign)
    spread = (towards.var(correction=0) + away.var(correction=0)).sqrt().clamp(min=1e-6)
    return float((towards.mean() - away.mean()) / spread)
