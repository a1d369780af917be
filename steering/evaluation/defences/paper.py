"""SARSteer as it was published (arXiv 2510.17633), fitted anew: what ablation, k, N, layers and strength each do."""

from collections.abc import Sequence

import torch

from steering.evaluation.defences.defence import Calibration
from steering.evaluation.defences.directions import difference, states_of, stream_norms
from steering.evaluation.defences.tuning import DOSES, balanced, best, split
from steering.evaluation.defences.unpublished import loaded, unpublished
from steering.evaluation.engine import Answer, BatchEngine, Request, SignedDirective
from steering.evaluation.item import Item
from steering.operators import ablate, safe_space
from steering.vector_set import VectorSet


class PaperSteering:
    """Steers by the paper's vectors, at its positions, with one alpha for all layers (eqs. 2 to 4).

    v_l = mean of h_l(a, t + p) - h_l(a, t) over ``queries`` harmful spoken requests (None: all), ablated of the
    ``components`` leading directions of the safe ones, added after ``layers`` (None: every one). alpha is chosen on
    held-out requests, since the paper's 0.1 does not carry over to another model.
    """

    has_strength = True

    def __init__(
        self,
        name: str,
        *,
        components: int = 10,
        queries: int | None = None,
        layers: tuple[int, ...] | None = None,
        doses: Sequence[float] = DOSES,
    ) -> None:
        self.name = name
        at = "every layer" if layers is None else f"layers {', '.join(map(str, layers))}"
        of = "all" if queries is None else str(queries)
        self.source = (
            f"SARSteer (arXiv 2510.17633), {components} components ablated, {of} harmful queries, steering {at}. "
            "Changed: alpha is chosen on held-out calibration items."
        )
        self._components = components
        self._queries = queries
        self._layers = layers
        self._doses = doses
        self._set: VectorSet | None = None
        self._alpha = 0.0

    async def prepare(self, engine: BatchEngine, calibration: Calibration) -> None:
        parts = split(calibration.harmful, calibration.benign)
        asked = parts.harmful[: self._queries]
        plain, refusing = await states_of(engine, asked), await states_of(engine, asked, calibration.refusal_prompt)
        safe = await states_of(engine, parts.benign)
        vectors = difference(refusing, plain)
        if self._components:
            spaces = [safe_space(rows, self._components) for rows in safe.unbind(dim=1)]
            vectors = torch.stack([ablate(vector, space) for vector, space in zip(vectors, spaces, strict=True)])
        layers = tuple(range(engine.num_layers)) if self._layers is None else self._layers
        chosen = unpublished(self.name.replace(" ", "-"), 1, layers, vectors, "last-prompt-and-decoded")
        shares = vectors.norm(dim=-1) / stream_norms(safe)
        per_dose = 1 / float(shares[list(layers)].mean())

        async def score(alpha: float) -> float:
            directive = SignedDirective(chosen.id, alpha)
            return balanced(parts.held, await engine.answers([Request(item, directive) for item in parts.held]))

        async with loaded(engine, chosen):
            self._alpha = await best([dose * per_dose for dose in self._doses], score)
        self._set = chosen
        await engine.load(chosen)

    async def answers(self, engine: BatchEngine, items: Sequence[Item], strength: float = 1.0) -> list[Answer]:
        if self._set is None:
            raise RuntimeError(f"{self.name} is not fitted yet; call prepare first.")
        directive = SignedDirective(self._set.id, strength * self._alpha)
        return await engine.answers([Request(item, directive) for item in items])
