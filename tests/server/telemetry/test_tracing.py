"""Traces of chat requests: which spans there are, whose trace they continue, and what they must not hold."""

import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from typing import Any

import httpx
import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from server.app import create_service
from server.errors import Overloaded
from server.policy.model import OpenPolicy, Tenant
from server.serve import CannotServe, _traces
from server.settings import Settings
from server.telemetry.spans import NO_SPAN, over
from server.telemetry.tracing import OpenTelemetryTraces, open_traces
from tests.server.test_app import REFUSAL, SET, RecordingEngine, body, spoken

CHAT = "/v1/chat/completions"
REQUEST = f"POST {CHAT}"
KEY = "a-key-of-a-tenant"
CONTENT = "what nobody else may read"
TRACE, PARENT = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"


@pytest.fixture
def exporter() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@pytest.fixture
def traces(exporter: InMemorySpanExporter) -> Iterator[OpenTelemetryTraces]:
    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    found = OpenTelemetryTraces(provider)
    yield found
    found.close()


@pytest.fixture
def engine() -> RecordingEngine:
    return RecordingEngine()


@pytest.fixture
async def client(engine: RecordingEngine, traces: OpenTelemetryTraces) -> AsyncIterator[httpx.AsyncClient]:
    service = create_service(Settings(), engine, OpenPolicy(Tenant("acme", strength=1.0)), SET.id, traces=traces)
    transport = httpx.ASGITransport(service.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as running:
        running.headers["authorization"] = f"Bearer {KEY}"
        yield running


def by_name(exporter: InMemorySpanExporter) -> dict[str, ReadableSpan]:
    finished = exporter.get_finished_spans()
    found = {span.name: span for span in finished}
    assert len(found) == len(finished)
    return found


def facts(span: ReadableSpan) -> Mapping[str, Any]:
    return dict(span.attributes or {})


def parent_of(span: ReadableSpan) -> int | None:
    return span.parent.span_id if span.parent else None


@pytest.mark.parametrize("stream", [False, True])
async def test_the_work_of_a_request_lies_under_its_span(
    client: httpx.AsyncClient, exporter: InMemorySpanExporter, stream: bool
) -> None:
    answer = await client.post(CHAT, json=body(messages=spoken(0.5), stream=stream))
    assert answer.status_code == 200
    found = by_name(exporter)
    assert set(found) == {REQUEST, "admission", "decode", "engine", "detector"}
    request = found[REQUEST]
    assert request.kind is SpanKind.SERVER
    assert request.parent is None
    parents = {"admission": REQUEST, "decode": "admission", "engine": REQUEST, "detector": REQUEST}
    for name, above in parents.items():
        assert found[name].context.trace_id == request.context.trace_id
        assert parent_of(found[name]) == found[above].context.span_id, name
    for span in found.values():
        assert span.start_time is not None
        assert span.end_time is not None
        assert request.start_time <= span.start_time <= span.end_time <= request.end_time  # type: ignore[operator]


async def test_a_span_tells_by_what_a_request_was_answered(
    client: httpx.AsyncClient, exporter: InMemorySpanExporter
) -> None:
    answer = await client.post(CHAT, json=body(messages=spoken(0.5)))
    found = by_name(exporter)
    assert facts(found[REQUEST]) == {
        "sarsteer.request_id": answer.headers["x-request-id"],
        "sarsteer.tenant": "acme",
        "sarsteer.mode": "enforce",
        "sarsteer.revision": 0,
        "sarsteer.vector": str(SET.id),
        "sarsteer.strength": 1.0,
        "sarsteer.outcome": "ok",
        "sarsteer.refused": True,
        "sarsteer.prompt_tokens": 5,
        "sarsteer.answer_tokens": 2,
        "sarsteer.status": 200,
    }
    assert facts(found["decode"]) == {"sarsteer.clips": 1, "sarsteer.audio_seconds": pytest.approx(0.5)}


async def test_a_callers_trace_is_continued(client: httpx.AsyncClient, exporter: InMemorySpanExporter) -> None:
    await client.post(CHAT, json=body(), headers={"traceparent": f"00-{TRACE}-{PARENT}-01"})
    for span in exporter.get_finished_spans():
        assert span.context.trace_id == int(TRACE, 16)
    assert parent_of(by_name(exporter)[REQUEST]) == int(PARENT, 16)


@pytest.mark.parametrize("sent", ["", "00-0-0-00", f"00-{TRACE}-{PARENT}-zz", "x" * 5000])
async def test_what_is_no_trace_begins_one(
    client: httpx.AsyncClient, exporter: InMemorySpanExporter, sent: str
) -> None:
    assert (await client.post(CHAT, json=body(), headers={"traceparent": sent})).status_code == 200
    assert by_name(exporter)[REQUEST].parent is None


async def test_a_caller_that_is_not_sampled_stays_so(client: httpx.AsyncClient, exporter: InMemorySpanExporter) -> None:
    await client.post(CHAT, json=body(), headers={"traceparent": f"00-{TRACE}-{PARENT}-00"})
    assert exporter.get_finished_spans() == ()


async def test_an_engines_error_marks_the_spans_it_went_through(
    client: httpx.AsyncClient, engine: RecordingEngine, exporter: InMemorySpanExporter
) -> None:
    engine.fails = Overloaded(CONTENT)
    await client.post(CHAT, json=body())
    found = by_name(exporter)
    assert found["engine"].status.status_code is StatusCode.ERROR
    assert facts(found["engine"]) == {"error.type": "overloaded"}
    assert facts(found[REQUEST])["sarsteer.outcome"] == "overloaded"
    assert facts(found[REQUEST])["sarsteer.status"] == 503


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("fields", [{}, {"temperature": CONTENT}, {"model": CONTENT}, {CONTENT: 1}])
async def test_no_span_holds_content_or_a_key(
    client: httpx.AsyncClient, exporter: InMemorySpanExporter, fields: dict[str, Any], stream: bool
) -> None:
    asked = body(messages=[{"role": "user", "content": CONTENT}], stream=stream)
    await client.post(f"{CHAT}?{CONTENT}", json=asked | fields)
    told = "".join(span.to_json() for span in exporter.get_finished_spans())
    assert REQUEST in told
    assert not [secret for secret in (CONTENT, KEY, REFUSAL) if secret in told]


async def test_other_paths_have_no_spans(client: httpx.AsyncClient, exporter: InMemorySpanExporter) -> None:
    for path in ("/readyz", "/metrics", "/v1/models", f"/{CONTENT}"):
        await client.get(path)
    assert exporter.get_finished_spans() == ()


async def test_where_nobody_listens_a_stream_is_the_engines_own() -> None:
    async def chunks() -> AsyncIterator[int]:
        yield 1

    stream: Any = chunks()
    assert over(NO_SPAN, "engine", stream) is stream
    await stream.aclose()


def test_nothing_of_opentelemetry_is_imported_unless_it_is_on() -> None:
    program = "import sys, server.app, server.serve; sys.exit('opentelemetry' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_without_the_extra_the_server_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    monkeypatch.delitem(sys.modules, "server.telemetry.tracing")
    with pytest.raises(CannotServe, match=r"pip install 'sarsteer\[traces\]'"):
        _traces()


@pytest.fixture
def opened() -> Iterator[Callable[[], OpenTelemetryTraces]]:
    made: list[OpenTelemetryTraces] = []

    def make() -> OpenTelemetryTraces:
        made.append(open_traces())
        return made[-1]

    yield make
    for each in made:
        each.close()


def test_the_service_is_called_as_opentelemetrys_variables_say(
    monkeypatch: pytest.MonkeyPatch, opened: Callable[[], OpenTelemetryTraces]
) -> None:
    names = []
    for resource in ("", "service.name=speech"):
        monkeypatch.setenv("OTEL_RESOURCE_ATTRIBUTES", resource)
        names.append(opened()._provider.resource.attributes["service.name"])
    assert names == ["sarsteer", "speech"]
