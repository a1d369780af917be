"""Traces by OpenTelemetry, exported as OTLP over HTTP. Where to and how is told by its own ``OTEL_*`` variables."""

from collections.abc import Mapping
from threading import Thread

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Span as OtelSpan
from opentelemetry.trace import SpanKind, Status, StatusCode, set_span_in_context
from opentelemetry.trace import Tracer as OtelBegin
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from server.telemetry.tracing import Attributes, Span

CLOSE_SECONDS = 5.0
"""What is left to be written when the server stops gets this long; a collector that is away must not hold it up."""

_PROPAGATOR = TraceContextTextMapPropagator()


class OtlpSpan:
    """A span of OpenTelemetry's. It is never made the current one: its children are told of it."""

    __slots__ = ("_begin", "_failed", "_span")

    def __init__(self, begin: OtelBegin, span: OtelSpan) -> None:
        self._begin = begin
        self._span = span
        self._failed = False

    @property
    def recording(self) -> bool:
        return self._span.is_recording()

    def child(self, name: str) -> Span:
        return OtlpSpan(self._begin, self._begin.start_span(name, set_span_in_context(self._span)))

    def note(self, attributes: Attributes) -> None:
        self._span.set_attributes({name: value for name, value in attributes.items() if value is not None})

    def event(self, name: str) -> None:
        self._span.add_event(name)

    def fail(self, code: str) -> None:
        if self._failed:
            return
        self._failed = True
        self._span.set_attribute("error.type", code)
        self._span.set_status(Status(StatusCode.ERROR))

    def end(self) -> None:
        self._span.end()


class OtlpTracer:
    """Begins spans, and exports those that have ended through ``processor``."""

    def __init__(self, processor: SpanProcessor) -> None:
        # Without its own handler at exit, which may take thirty seconds.
        self._provider = TracerProvider(resource=_resource(), shutdown_on_exit=False)
        self._provider.add_span_processor(processor)
        self._begin = self._provider.get_tracer("sarsteer")

    def request(self, name: str, headers: Mapping[str, str]) -> Span:
        # Into an empty context: what is current here is none of the caller's.
        parent = _PROPAGATOR.extract(headers)
        return OtlpSpan(self._begin, self._begin.start_span(name, parent, SpanKind.SERVER))

    def close(self) -> None:
        closing = Thread(target=self._provider.shutdown, daemon=True)
        closing.start()
        closing.join(CLOSE_SECONDS)


def otlp_tracer() -> OtlpTracer:
    """What exports in batches to where ``OTEL_EXPORTER_OTLP_ENDPOINT`` says, on a thread of its own."""
    return OtlpTracer(BatchSpanProcessor(OTLPSpanExporter()))


def _resource() -> Resource:
    """What the variables say of this process; the service is named sarsteer where they do not name it."""
    found = Resource.create()
    if str(found.attributes[SERVICE_NAME]).startswith("unknown_service"):
        return found.merge(Resource({SERVICE_NAME: "sarsteer"}))
    return found
