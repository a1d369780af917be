"""How a directive travels inside vLLM: in ``SamplingParams.extra_args``, under one key that only we write."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from math import isfinite
from typing import Any

from steering.directive import Directive

WIRE_KEY = "sarsteer"

_current: ContextVar[Directive | None] = ContextVar("sarsteer_directive", default=None)


@contextmanager
def directed(directive: Directive) -> Iterator[None]:
    """Steer by ``directive`` every request that enters the engine inside this block, in this context."""
    token = _current.set(directive)
    try:
        yield
    finally:
        _current.reset(token)


def current_directive() -> Directive | None:
    """The directive of the enclosing ``directed`` block, or None outside of any."""
    return _current.get()


class MalformedDirective(Exception):
    """A request whose steering cannot be read; it must end with an error, never be answered unsteered."""


@dataclass(frozen=True, slots=True)
class WireDirective:
    """A directive as the workers read it: the digest names exactly one published version."""

    digest: str
    alpha: float

    @property
    def steers(self) -> bool:
        return self.alpha != 0.0

    def as_extra_args(self, client_args: dict[str, Any] | None) -> dict[str, Any]:
        """``client_args`` with our key in them; whatever stood there before is overwritten."""
        return {**(client_args or {}), WIRE_KEY: [self.digest, self.alpha]}

    @classmethod
    def read(cls, sampling_params: Any) -> "WireDirective":
        """The directive on a request; raise MalformedDirective if the request did not pass the door."""
        wire = (getattr(sampling_params, "extra_args", None) or {}).get(WIRE_KEY)
        if wire is None:
            raise MalformedDirective("the request reached the engine without a steering directive")
        try:
            digest, alpha = wire
        except (TypeError, ValueError):
            digest = alpha = None
        if not isinstance(digest, str) or not isinstance(alpha, int | float) or not isfinite(alpha):
            raise MalformedDirective(f"the request carries a steering directive that cannot be read: {wire!r}")
        return cls(digest, float(alpha))


UNSTEERED = WireDirective(digest="", alpha=0.0)
