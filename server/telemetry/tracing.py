"""Traces by OpenTelemetry: the only file that imports it, and imported only where SARSTEER_TRACES is on.

Sent over OTLP (http/protobuf); where to, what is sampled and how the service is called, OpenTelemetry's own ``OTEL_*``
variables say. No global of OpenTelemetry's is set: vLLM has traces of its own.
"""

from collections.abc import Mapping
from types import TracebackType

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, OTELResourceDetector, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from server.errors import ApiError
from server.telemetry.spans import Span, Traces

_PREFIX = "sarsteer."


class OpenSpan(Span):
    """A span of OpenTelemetry's."""

    def __init__(self, tracer: trace.Tracer, span: trace.Span) -> None:
        self._tracer = tracer
        self._span = span

    def child(self, name: str) -> "OpenSpan":
        within = trace.set_span_in_context(self._span, Context())
        return OpenSpan(self._tracer, self._tracer.start_span(name, within))

    def tell(self, **attributes: str | bool | int | float) -> None:
        for name, value in attributes.items():
            self._span.set_attribute(_PREFIX + name, value)

    def __enter__(self) -> "OpenSpan":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, _traceback: TracebackType | None
    ) -> None:
        if isinstance(fault, Exception):
            # By name alone: its message may quote what the caller sent.
            self._span.set_status(StatusCode.ERROR)
            self._span.set_attribute("error.type", fault.code if isinstance(fault, ApiError) else type(fault).__name__)
        self._span.end()


class OpenTelemetryTraces(Traces):
    """The traces that ``provider`` takes."""

    def __init__(self, provider: TracerProvider) -> None:
        self._provider = provider
        self._tracer = provider.get_tracer("sarsteer")
        self._propagator = TraceContextTextMapPropagator()

    def request(self, name: str, headers: Mapping[str, str]) -> OpenSpan:
        before = self._propagator.extract(headers, Context())
        return OpenSpan(self._tracer, self._tracer.start_span(name, before, SpanKind.SERVER))

    def close(self) -> None:
        self._provider.shutdown()


def open_traces() -> OpenTelemetryTraces:
    """Traces that are sent by OTLP, as ``OTEL_*`` says."""
    named = Resource({SERVICE_NAME: "sarsteer"}).merge(OTELResourceDetector().detect())
    # Not at the interpreter's exit: the server closes it.
    provider = TracerProvider(resource=named, shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return OpenTelemetryTraces(provider)
