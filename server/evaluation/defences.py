"""The defences that an evaluation compares, by name, in the order of its tables."""

from collections.abc import Callable, Mapping
from functools import partial

import torch

from server.evaluation.asked import Size
from steering.evaluation.defences.adasteer import AdaSteer
from steering.evaluation.defences.alphasteer import AlphaSteer
from steering.evaluation.defences.cast import Cast
from steering.evaluation.defences.defence import Defence
from steering.evaluation.defences.guard import Guardian
from steering.evaluation.defences.paper import PaperSteering
from steering.evaluation.defences.prompts import refusal_suffix, system_prompt, undefended
from steering.evaluation.defences.scans import Scans
from steering.evaluation.defences.steered import Steered, TextDerived
from steering.gate import Gate
from steering.vector_set import StrengthBand, VectorSet, VectorSetId

Defences = Mapping[str, Callable[[], Defence]]

UNDEFENDED, SUFFIX = "undefended", "refusal-suffix"
PAPER, UNABLATED = "sarsteer-paper", "sarsteer-unablated"
UNGATED, GATED = "sarsteer", "sarsteer-gated"
QUICK = (UNDEFENDED, SUFFIX, UNGATED, GATED)

# Each varies one thing of the paper's mode: k, N, and the layers (of the reference LALM's six).
_COMPONENTS = (0, 1, 3, 10, 30)
_QUERIES = (10, 30)
_LAYERS = ((3, 4, 5), (4, 5), (5,))


def defences_of(vectors: VectorSet, size: Size) -> Defences:
    """Names to what makes the defences, none of them prepared; ``vectors`` are the version under evaluation."""
    if size == "ablations":
        return {UNDEFENDED: undefended, **_ablations()}
    table: dict[str, Callable[[], Defence]] = {
        UNDEFENDED: undefended,
        "system-prompt": system_prompt,
        SUFFIX: refusal_suffix,
        TextDerived.name: TextDerived,
        Scans.name: Scans,
        Cast.name: Cast,
        AlphaSteer.name: AlphaSteer,
        AdaSteer.name: AdaSteer,
        Guardian.name: Guardian,
        PAPER: partial(PaperSteering, PAPER),
        UNABLATED: partial(PaperSteering, UNABLATED, components=0),
        UNGATED: partial(Steered, UNGATED, f"{vectors.id}, its gate off.", vectors),
    }
    if vectors.gate is not None:
        table[GATED] = partial(Steered, GATED, f"{vectors.id}, through its gate.", vectors, gate=True)
    return table


def fitted(defences: Defences) -> frozenset[str]:
    """The names of those that are fitted on requests of their own."""
    return frozenset(defences) - {UNDEFENDED, "system-prompt", SUFFIX, UNGATED, GATED}


def _ablations() -> Defences:
    table: dict[str, Callable[[], Defence]] = {}
    for components in _COMPONENTS:
        name = f"k-{components}"
        table[name] = partial(PaperSteering, name, components=components)
    for queries in _QUERIES:
        # Not ablated: where ablation leaves nothing, N says nothing.
        name = f"n-{queries}-k-0"
        table[name] = partial(PaperSteering, name, components=0, queries=queries)
    for layers in _LAYERS:
        places = "-".join(map(str, layers))
        for components in (0, 10):
            name = f"layers-{places}-k-{components}"
            table[name] = partial(PaperSteering, name, components=components, layers=layers)
    return table


def defences_table() -> str:
    """The defences as a markdown table, for the documentation; those of a version stand for any version."""
    id_, rows = VectorSetId("the", "version"), torch.zeros(2, 1)
    gate = Gate(0, torch.zeros(1), 0.0, 1.0)
    gated = VectorSet(id_, "", (0, 1), rows, "last-prompt", 1.0, StrengthBand(1.0, 1.0), gate)
    sources = {name: make().source for name, make in defences_of(gated, "full").items()}
    sources[UNGATED], sources[GATED] = "The version under evaluation, its gate off.", "The same, through its gate."
    lines = (f"| `{name}` | {' '.join(source.split())} |" for name, source in sources.items())
    return "\n".join(("| Defence | What it is |", "|---|---|", *lines))
