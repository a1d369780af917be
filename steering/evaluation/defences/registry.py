"""Every defence by its name, in the order of a table: words first, then steering, then what stands in front."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from steering.evaluation.defences.adasteer import AdaSteer
from steering.evaluation.defences.alphasteer import AlphaSteer
from steering.evaluation.defences.cast import Cast
from steering.evaluation.defences.defence import Defence
from steering.evaluation.defences.guard import REFUSAL, Guardian
from steering.evaluation.defences.prompts import SAFETY_SYSTEM_PROMPT, refusal_suffix, system_prompt, undefended
from steering.evaluation.defences.scans import Scans
from steering.evaluation.defences.steered import Steered, TextDerived
from steering.vector_set import VectorSet

UNDEFENDED = "undefended"
SARSTEER, UNABLATED, GATED = "sarsteer", "sarsteer-unablated", "sarsteer-gated"


@dataclass(frozen=True, slots=True, eq=False)
class SarsteerSets:
    """The model's own vector sets. What is None is left out of the table."""

    paper: VectorSet | None = None
    unablated: VectorSet | None = None
    gated: VectorSet | None = None


def all_defences(
    sets: SarsteerSets, *, safety_prompt: str = SAFETY_SYSTEM_PROMPT, refusal: str = REFUSAL, seed: int = 0
) -> Mapping[str, Callable[[], Defence]]:
    """Names to what makes the defences, none of them prepared. ``refusal`` is what the guardian says."""
    table: dict[str, Callable[[], Defence]] = {
        UNDEFENDED: undefended,
        "system-prompt": partial(system_prompt, safety_prompt),
        "refusal-suffix": refusal_suffix,
        TextDerived.name: TextDerived,
    }
    if sets.paper is not None:
        table[SARSTEER] = partial(Steered, SARSTEER, f"SARSteer (arXiv 2510.17633): {sets.paper.id}.", sets.paper)
    if sets.unablated is not None:
        source = f"SARSteer (arXiv 2510.17633) without the ablation of the safe space: {sets.unablated.id}."
        table[UNABLATED] = partial(Steered, UNABLATED, source, sets.unablated)
    if sets.gated is not None:
        source = f"SARSteer (arXiv 2510.17633) behind a gate that reads the request: {sets.gated.id}."
        table[GATED] = partial(Steered, GATED, source, sets.gated, gate=True)
    table |= {
        Scans.name: Scans,
        Cast.name: Cast,
        AlphaSteer.name: AlphaSteer,
        AdaSteer.name: AdaSteer,
        Guardian.name: partial(Guardian, refusal, seed),
    }
    return table
