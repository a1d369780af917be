"""Steering by a vector set: one that is published, with or without its gate, or one drawn from typed requests."""

from collections.abc import Sequence

from steering.evaluation.defences.defence import Calibration
from steering.evaluation.defences.directions import difference, states_of, stream_norms
from steering.evaluation.defences.tuning import DOSES, balanced, split
from steering.evaluation.defences.unpublished import best_set, in_every_position
from steering.evaluation.engine import Answer, BatchEngine, Request, SignedDirective
from steering.evaluation.item import Item
from steering.vector_set import VectorSet


class Steered:
    """SARSteer (arXiv 2510.17633) by ``vector_set`` at strength times its recommended alpha: nothing is fitted.

    A request without a clip is steered by the share of it that the set gives for text, as the server does.
    """

    has_strength = True

    def __init__(self, name: str, source: str, vector_set: VectorSet, *, gate: bool = False) -> None:
        self.name = name
        self.source = source
        self._set = vector_set
        self._gate = gate

    async def prepare(self, engine: BatchEngine, calibration: Calibration) -> None:
        await engine.load(self._set)

    async def answers(self, engine: BatchEngine, items: Sequence[Item], strength: float = 1.0) -> list[Answer]:
        return await engine.answers([Request(item, self._directive(item, strength)) for item in items])

    def _directive(self, item: Item, strength: float) -> SignedDirective:
        share = getattr(self._set, "text_strength", 1.0) if item.samples is None else 1.0
        return SignedDirective(self._set.id, strength * share * self._set.recommended_alpha, self._gate)


class TextDerived:
    """The baseline that the paper shows to fail: a direction read from typed requests steers spoken ones.

    v_l = mean of the harmful typed requests' states minus that of the benign ones', not ablated. The paper's own
    strength does not carry over to another model, so dose and positions are chosen on held-out spoken requests.
    """

    name = "text-derived"
    has_strength = True
    source = (
        "The baseline of SARSteer (arXiv 2510.17633): steering from typed queries. "
        "Changed: dose and steered positions are chosen on held-out spoken requests."
    )

    def __init__(self, doses: Sequence[float] = DOSES) -> None:
        self._doses = doses
        self._set: VectorSet | None = None
        self._alpha = 0.0

    async def prepare(self, engine: BatchEngine, calibration: Calibration) -> None:
        spoken = split(calibration.harmful, calibration.benign)
        typed = split(calibration.harmful_typed, calibration.benign_typed)
        vectors = difference(await states_of(engine, typed.harmful), await states_of(engine, typed.benign))
        norms = stream_norms(await states_of(engine, spoken.benign))
        layers = list(calibration.layers)
        # The vectors keep their lengths, so a dose is reached by the alpha that brings the median layer to it.
        per_dose = float((norms / vectors.norm(dim=-1).clamp(min=1e-12))[layers].median())

        async def score(vector_set: VectorSet, alpha: float) -> float:
            directive = SignedDirective(vector_set.id, alpha)
            return balanced(spoken.held, await engine.answers([Request(item, directive) for item in spoken.held]))

        candidates = in_every_position(self.name, [calibration.layers], vectors)
        alphas = [dose * per_dose for dose in self._doses]
        self._set, self._alpha = await best_set(engine, candidates, alphas, score)
        await engine.load(self._set)

    async def answers(self, engine: BatchEngine, items: Sequence[Item], strength: float = 1.0) -> list[Answer]:
        if self._set is None:
            raise RuntimeError(f"{self.name} is not fitted yet; call prepare first.")
        directive = SignedDirective(self._set.id, strength * self._alpha)
        return await engine.answers([Request(item, directive) for item in items])
