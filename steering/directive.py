"""The directive: what one request is to be steered by. All that crosses from the server to the engine, and back."""

from dataclasses import dataclass
from math import isfinite

from steering.vector_set import VectorSetId


@dataclass(frozen=True, slots=True)
class Directive:
    """Steer one request by ``vector`` at raw strength ``alpha`` (0 is off), with or without its gate.

    Raise ValueError for an alpha that is negative or not finite: steering away from refusal is not a directive.
    """

    vector: VectorSetId
    alpha: float
    gate: bool = False

    def __post_init__(self) -> None:
        if not isfinite(self.alpha) or self.alpha < 0:
            raise ValueError(f"A directive's alpha must be finite and at least 0, not {self.alpha!r}.")


@dataclass(slots=True)
class Reading:
    """What the engine read of a request while it answered.

    ``gate`` is how wide its gate stood open (0 to 1; None: no gate). The tokens are those of its prompt and of all its
    answers, as far as they have come: also of a request that was given up, or that failed, midway.
    """

    gate: float | None = None
    prompt_tokens: int = 0
    answer_tokens: int = 0

    @property
    def tokens(self) -> int:
        """All that the request has used."""
        return self.prompt_tokens + self.answer_tokens
