"""How a directive travels inside vLLM: in ``SamplingParams.extra_args``, under one key that only we write."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from math import isfinite
from typing import Any, Protocol

from steering.directive import Reading
from steering.vector_set import VectorSetId

WIRE_KEY = "sarsteer"

READING_KEY = "sarsteer_gate"
"""Under this key, in a field of vLLM's outputs that only KV transfer uses (which is refused), the gate comes back."""


class SteeredBy(Protocol):
    """A directive as the door reads it: ``Directive``, or the evaluation's own of either sign."""

    @property
    def vector(self) -> VectorSetId:
        """The set to steer by."""

    @property
    def alpha(self) -> float:
        """The raw strength; 0 is off."""

    @property
    def gate(self) -> bool:
        """Whether the set's gate decides how much of it a request gets."""


_current: ContextVar[tuple[SteeredBy, Reading] | None] = ContextVar("sarsteer_directive", default=None)


@contextmanager
def directed(directive: SteeredBy, reading: Reading | None = None) -> Iterator[Reading]:
    """Steer by ``directive`` every request that enters the engine inside this block, in this context.

    What is read of them is put into ``reading`` as their answers come.
    """
    reading = Reading() if reading is None else reading
    token = _current.set((directive, reading))
    try:
        yield reading
    finally:
        _current.reset(token)


def current_directive() -> tuple[SteeredBy, Reading] | None:
    """The directive of the enclosing ``directed`` block and what takes its reading, or None outside of any."""
    return _current.get()


class MalformedDirective(Exception):
    """A request whose steering cannot be read; it must end with an error, never be answered unsteered."""


@dataclass(frozen=True, slots=True)
class WireDirective:
    """A directive as the workers read it: the digest names exactly one published version."""

    digest: str
    alpha: float
    gate: bool = False

    @property
    def steers(self) -> bool:
        return self.alpha != 0.0

    def as_extra_args(self, client_args: dict[str, Any] | None) -> dict[str, Any]:
        """``client_args`` with our key in them; whatever stood there before is overwritten."""
        return {**(client_args or {}), WIRE_KEY: [self.digest, self.alpha, self.gate]}

    @classmethod
    def read(cls, sampling_params: Any) -> "WireDirective":
        """The directive on a request; raise MalformedDirective if the request did not pass the door."""
        wire = (getattr(sampling_params, "extra_args", None) or {}).get(WIRE_KEY)
        if wire is None:
            raise MalformedDirective("the request reached the engine without a steering directive")
        try:
            digest, alpha, gate = wire
        except (TypeError, ValueError):
            digest = alpha = gate = None
        readable = isinstance(digest, str) and isinstance(alpha, int | float) and isinstance(gate, bool)
        if not readable or not isfinite(alpha):
            raise MalformedDirective(f"the request carries a steering directive that cannot be read: {wire!r}")
        return cls(digest, float(alpha), gate)


UNSTEERED = WireDirective(digest="", alpha=0.0)
