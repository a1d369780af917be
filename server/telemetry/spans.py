"""The seam to tracing: what a request's work tells of itself, whoever listens. OpenTelemetry stands behind it.

Spans hold no content, no keys, and no messages of errors: those may quote what a caller sent.
"""

from collections.abc import AsyncGenerator, Mapping
from contextlib import AbstractContextManager, aclosing
from typing import Final, Protocol, TypeVar

T = TypeVar("T")


class Span(AbstractContextManager["Span"], Protocol):
    """A stretch of a request's work, ended by leaving its context; an exception marks it as failed."""

    def child(self, name: str) -> "Span":
        """A stretch of this one's work; it begins now."""

    def tell(self, **attributes: str | bool | int | float) -> None:
        """Facts of this stretch."""


class Traces(Protocol):
    """Begins the span of each request, and at the end sends off what is left of them."""

    def request(self, name: str, headers: Mapping[str, str]) -> Span:
        """A request's span; it continues the trace that the headers name (W3C Trace Context), if they do."""

    def close(self) -> None:
        """Send what is left; blocks for some seconds where nobody takes it."""


class _NoSpan:
    __slots__ = ()

    def __enter__(self) -> "_NoSpan":
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def child(self, name: str) -> "_NoSpan":
        return self

    def tell(self, **attributes: str | bool | int | float) -> None:
        pass


NO_SPAN: Final[Span] = _NoSpan()
"""Where nobody listens."""


def over(parent: Span, name: str, chunks: AsyncGenerator[T, None]) -> AsyncGenerator[T, None]:
    """``chunks``, within a child of ``parent``; where nobody listens, ``chunks`` itself."""
    return chunks if parent is NO_SPAN else _within(parent, name, chunks)


async def _within(parent: Span, name: str, chunks: AsyncGenerator[T, None]) -> AsyncGenerator[T, None]:
    with parent.child(name):
        async with aclosing(chunks):
            async for chunk in chunks:
                yield chunk
