"""Traces: where the time of one request went, as spans. What writes them is chosen by whoever starts the server.

A span holds numbers, names and codes; nothing that a caller said or was answered, no key, and no error's message.
"""

from asyncio import CancelledError
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import aclosing, contextmanager
from typing import Protocol, TypeVar

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.errors import ERRORS, ApiError, InternalError

T = TypeVar("T")
Attributes = Mapping[str, str | bool | int | float | None]
"""Attributes by name; one that is None is left out."""

TRACED_PATH = "/v1/chat/completions"
SPANS: Mapping[str, str] = {
    f"POST {TRACED_PATH}": "The whole request (a server span), to the last byte of the answer.",
    "admission": "Its rate limits, its fields, its strength, and its audio.",
    "decode": "Under admission: fetching and decoding its audio, waiting for a thread included.",
    "engine": "The engine's answer; of a stream, until its last chunk has been taken.",
    "detector": "Looking for a refusal in a whole answer, and marking it.",
}
"""The spans of a request."""
ATTRIBUTES: Mapping[str, str] = {
    "sarsteer.request_id": "The `x-request-id`.",
    "sarsteer.tenant": "The tenant's name, whatever their number.",
    "sarsteer.model": "The model's name in the API.",
    "sarsteer.outcome": "As in `sarsteer_requests_total`; absent where no tenant was found.",
    "sarsteer.mode": "The tenant's mode.",
    "sarsteer.strength": "In multiples of the recommended alpha.",
    "sarsteer.vector": "The vector set, name@version.",
    "sarsteer.stream": "Whether the answer was streamed.",
    "sarsteer.gate_score": "How wide the gate stood open; absent without one.",
    "sarsteer.verdict": "`refusal`, `answer` or `broken`; absent where no answer came.",
    "sarsteer.prompt_tokens": "Tokens of the prompt.",
    "sarsteer.answer_tokens": "Tokens of all its answers, as far as they came.",
    "sarsteer.audio_clips": "The number of audio clips (on the span decode).",
    "sarsteer.audio_seconds": "How long they are together (on the span decode).",
    "http.request.method": "`POST`.",
    "http.route": f"`{TRACED_PATH}`.",
    "http.response.status_code": "The status that was answered.",
    "error.type": "On a span that did not end well: an error's code, `cancelled`, or an exception's type.",
}
"""Every attribute that a span may have."""


class Span(Protocol):
    """A piece of work that is timed, from its making to ``end``."""

    @property
    def recording(self) -> bool:
        """False where nothing is kept of it: what only it would be told need not be found out."""

    def child(self, name: str) -> "Span":
        """A piece of this work, begun now."""

    def note(self, attributes: Attributes) -> None:
        """Keep these of ATTRIBUTES."""

    def event(self, name: str) -> None:
        """Keep that this happened now."""

    def fail(self, code: str) -> None:
        """Keep that it went wrong; of several causes the first that is told."""

    def end(self) -> None:
        """It is done."""


class Tracer(Protocol):
    """Begins the traces of requests, and writes what has ended."""

    def request(self, name: str, headers: Mapping[str, str]) -> Span:
        """The span of a request; it goes on the trace that its ``headers`` name (W3C Trace Context), if they do."""

    def close(self) -> None:
        """Write what has not been written yet, as far as that takes seconds and no longer."""


class _NoSpan:
    """Of a request that is not traced."""

    __slots__ = ()
    recording = False

    def child(self, name: str) -> Span:
        return self

    def note(self, attributes: Attributes) -> None:
        pass

    def event(self, name: str) -> None:
        pass

    def fail(self, code: str) -> None:
        pass

    def end(self) -> None:
        pass


NO_SPAN: Span = _NoSpan()


@contextmanager
def step(span: Span, name: str) -> Iterator[Span]:
    """A child of ``span`` that lasts as long as the block; what the block raises is told by its code or type."""
    child = span.child(name)
    try:
        yield child
    except (CancelledError, GeneratorExit):
        child.note({"error.type": "cancelled"})
        raise
    except BaseException as error:
        child.fail(error.code if isinstance(error, ApiError) else type(error).__name__)
        raise
    finally:
        child.end()


async def traced_stream(chunks: AsyncGenerator[T, None], span: Span) -> AsyncGenerator[T, None]:
    """The chunks as they are, taken within a step ``engine`` of ``span``, which tells when the first one came."""
    with step(span, "engine") as engine:
        async with aclosing(chunks):
            first = True
            async for chunk in chunks:
                if first:
                    engine.event("first chunk")
                    first = False
                yield chunk


def note_outcome(span: Span, outcome: str) -> None:
    """How a request ended: ``ok`` or a code. Only what is the server's fault fails its span."""
    span.note({"sarsteer.outcome": outcome})
    if outcome in ERRORS:
        span.note({"error.type": outcome})
        if ERRORS[outcome].status >= 500:
            span.fail(outcome)


def span_of(scope: Scope) -> Span:
    """The span of the request that ``scope`` is of."""
    span: Span = scope.get("state", {}).get("span", NO_SPAN)
    return span


class TracingMiddleware:
    """Traces chat completions, from their arrival to their last byte. It needs the request's id in the state."""

    def __init__(self, app: ASGIApp, tracer: Tracer) -> None:
        self.app = app
        self.tracer = tracer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != TRACED_PATH or scope["method"] != "POST":
            await self.app(scope, receive, send)
            return
        span = self.tracer.request(f"POST {TRACED_PATH}", Headers(scope=scope))
        state = scope.setdefault("state", {})
        state["span"] = span
        request_id = state.get("request_id")
        span.note({"sarsteer.request_id": request_id, "http.request.method": "POST", "http.route": TRACED_PATH})

        async def send_noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                span.note({"http.response.status_code": message["status"]})
                if message["status"] >= 500:
                    span.fail(str(message["status"]))
            await send(message)

        try:
            await self.app(scope, receive, send_noting)
        except Exception:
            span.fail(InternalError.code)
            raise
        finally:
            span.end()


def traces_tables() -> str:
    """The spans and their attributes as markdown tables, for the docs."""
    spans = (f"| `{name}` | {meaning} |" for name, meaning in SPANS.items())
    attributes = (f"| `{name}` | {meaning} |" for name, meaning in ATTRIBUTES.items())
    return "\n".join(("| Span | |", "|---|---|", *spans, "", "| Attribute | |", "|---|---|", *attributes))
