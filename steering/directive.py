"""The directive: what one request is to be steered by. All that crosses from the server to the engine."""

from dataclasses import dataclass

from steering.vector_set import VectorSetId


@dataclass(frozen=True, slots=True)
class Directive:
    """Steer one request by ``vector`` at raw strength ``alpha`` (0 is off), with or without its gate."""

    vector: VectorSetId
    alpha: float
    gate: bool = False
