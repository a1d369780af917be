"""Traces: which spans a request leaves, what they hold, and what they never hold."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest
from opentelemetry.sdk.trace import ReadableSpan, SpanProcessor
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanContext, SpanKind, StatusCode, format_span_id, format_trace_id
from starlette.types import Message

from server.app import Service, create_service
from server.engine.protocol import ChatCall, Json
from server.errors import InternalError
from server.policy.model import OpenPolicy, Tenant
from server.serve import CannotServe, tracing
from server.settings import Settings
from server.telemetry.otlp import OtlpTracer
from server.telemetry.receipts import Receipts
from server.telemetry.tracing import ATTRIBUTES, SPANS
from tests.server.chat.serving import asked_by_one_who_leaves, asking
from tests.server.test_app import REFUSAL, SET, RecordingEngine, body, spoken

PATH = "/v1/chat/completions"
REQUEST = f"POST {PATH}"
SECRET = "zanzibar"
KEY = "sk-very-secret"


@pytest.fixture
def engine() -> RecordingEngine:
    return RecordingEngine()


@pytest.fixture
def exporter() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@pytest.fixture
def service(engine: RecordingEngine, exporter: InMemorySpanExporter) -> Iterator[Service]:
    tracer = OtlpTracer(SimpleSpanProcessor(exporter))
    yield traced(engine, tracer)
    tracer.close()


def traced(engine: RecordingEngine, tracer: OtlpTracer, receipts: Receipts | None = None) -> Service:
    policy = OpenPolicy(Tenant("acme", strength=1.0))
    return create_service(Settings(), engine, policy, SET.id, receipts=receipts, tracer=tracer)


async def ask(service: Service, *, headers: dict[str, str] | None = None, **fields: Any) -> httpx.Response:
    sent = {"authorization": f"Bearer {KEY}", "x-request-id": "r-1", **(headers or {})}
    async with asking(service) as client:
        return await client.post(PATH, json=body(**fields), headers=sent)


def spans(exporter: InMemorySpanExporter) -> dict[str, ReadableSpan]:
    ended = exporter.get_finished_spans()
    found = {span.name: span for span in ended}
    assert len(found) == len(ended), "a span was ended twice, or begun twice"
    return found


def told(span: ReadableSpan) -> dict[str, Any]:
    return dict(span.attributes or {})


def parent(span: ReadableSpan) -> str | None:
    return None if span.parent is None else format_span_id(span.parent.span_id)


def context(span: ReadableSpan) -> SpanContext:
    found = span.get_span_context()
    assert found is not None
    return found


def own(span: ReadableSpan) -> str:
    return format_span_id(context(span).span_id)


async def test_a_spoken_request_leaves_its_steps_under_it(service: Service, exporter: InMemorySpanExporter) -> None:
    answer = await ask(service, messages=spoken(1.0))
    assert answer.status_code == 200
    found = spans(exporter)
    assert found.keys() == {REQUEST, "admission", "decode", "engine", "detector"} == SPANS.keys()
    request = found[REQUEST]
    assert (request.kind, request.parent) == (SpanKind.SERVER, None)
    assert [parent(found[name]) for name in ("admission", "engine", "detector")] == [own(request)] * 3
    assert parent(found["decode"]) == own(found["admission"])
    assert told(found["decode"]) == {"sarsteer.audio_clips": 1, "sarsteer.audio_seconds": 1.0}
    assert told(request) == {
        "sarsteer.request_id": "r-1",
        "sarsteer.tenant": "acme",
        "sarsteer.model": "recorder",
        "sarsteer.outcome": "ok",
        "sarsteer.mode": "enforce",
        "sarsteer.strength": 1.0,
        "sarsteer.vector": "refusal@1.0.0",
        "sarsteer.stream": False,
        "sarsteer.verdict": "refusal",
        "sarsteer.prompt_tokens": 5,
        "sarsteer.answer_tokens": 2,
        "http.request.method": "POST",
        "http.route": PATH,
        "http.response.status_code": 200,
    }
    assert all(span.status.status_code is StatusCode.UNSET for span in found.values())


async def test_a_stream_is_traced_to_its_last_chunk(
    service: Service, engine: RecordingEngine, exporter: InMemorySpanExporter
) -> None:
    engine.gates = [0.5, 0.75]
    engine.pieces = ["Sure, ", "here it is."]
    answer = await ask(service, stream=True)
    assert answer.text.endswith("data: [DONE]\n\n")
    found = spans(exporter)
    assert found.keys() == {REQUEST, "admission", "engine"}, "a stream's detector works between its chunks"
    request = told(found[REQUEST])
    assert (request["sarsteer.stream"], request["sarsteer.verdict"]) == (True, "answer")
    assert (request["sarsteer.gate_score"], request["sarsteer.answer_tokens"]) == (0.75, 2)
    assert [event.name for event in found["engine"].events] == ["first chunk"]
    assert "error.type" not in told(found["engine"])


async def test_a_callers_trace_goes_on_and_its_answer_to_sampling_holds(
    service: Service, exporter: InMemorySpanExporter
) -> None:
    trace, caller = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
    await ask(service, headers={"traceparent": f"00-{trace}-{caller}-01"})
    found = spans(exporter)
    assert {format_trace_id(context(span).trace_id) for span in found.values()} == {trace}
    assert parent(found[REQUEST]) == caller
    exporter.clear()
    await ask(service, headers={"traceparent": f"00-{trace}-{caller}-00"})
    assert not spans(exporter)


async def test_a_traceparent_that_is_none_begins_a_trace(service: Service, exporter: InMemorySpanExporter) -> None:
    assert (await ask(service, headers={"traceparent": "00-nothing-01"})).status_code == 200
    assert spans(exporter)[REQUEST].parent is None


@pytest.mark.parametrize("stream", [False, True])
async def test_an_engine_that_fails_fails_its_span_and_the_requests(
    service: Service, engine: RecordingEngine, exporter: InMemorySpanExporter, stream: bool
) -> None:
    engine.fails = InternalError()
    await ask(service, stream=stream)
    found = spans(exporter)
    for name in (REQUEST, "engine"):
        assert found[name].status.status_code is StatusCode.ERROR, name
        assert told(found[name])["error.type"] == "internal_error", name
    assert told(found[REQUEST])["sarsteer.outcome"] == "internal_error"
    assert told(found[REQUEST])["http.response.status_code"] == (200 if stream else 500)


async def test_a_bad_request_is_the_callers_fault(service: Service, exporter: InMemorySpanExporter) -> None:
    assert (await ask(service, colour=SECRET)).status_code == 400
    found = spans(exporter)
    assert found.keys() == {REQUEST, "admission"}
    assert found[REQUEST].status.status_code is StatusCode.UNSET
    assert told(found[REQUEST])["sarsteer.outcome"] == told(found["admission"])["error.type"] == "invalid_value"


async def test_audio_that_cannot_be_read_fails_the_decoding(service: Service, exporter: InMemorySpanExporter) -> None:
    clip = {"type": "input_audio", "input_audio": {"data": "AAAA", "format": "wav"}}
    refused = await ask(service, messages=[{"role": "user", "content": [clip]}])
    assert told(spans(exporter)["decode"])["error.type"] == refused.json()["error"]["code"]


async def test_a_crash_is_traced_by_its_type_and_not_its_words(
    service: Service, engine: RecordingEngine, exporter: InMemorySpanExporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def crash(_call: ChatCall) -> Json:
        raise ValueError(SECRET)

    monkeypatch.setattr(engine, "complete", crash)
    assert (await ask(service)).status_code == 500
    found = spans(exporter)
    assert told(found["engine"])["error.type"] == "ValueError"
    assert told(found[REQUEST])["error.type"] == "internal_error"
    assert SECRET not in "".join(span.to_json() for span in found.values())


@pytest.mark.parametrize("stream", [False, True])
async def test_a_client_that_goes_away_ends_its_spans(
    service: Service, engine: RecordingEngine, exporter: InMemorySpanExporter, stream: bool
) -> None:
    engine.may_end.clear()

    async def under_way(sent: list[Message]) -> None:
        while not engine.calls or (stream and len(sent) < 2):
            await asyncio.sleep(0)

    await asyncio.wait_for(asked_by_one_who_leaves(service, body(stream=stream), under_way), 10)
    found = spans(exporter)
    assert told(found[REQUEST])["sarsteer.outcome"] == "client_gone"
    assert told(found["engine"])["error.type"] == "cancelled"
    assert found[REQUEST].status.status_code is StatusCode.UNSET


@pytest.mark.parametrize("stream", [False, True])
async def test_nothing_that_was_said_and_no_key_is_in_a_span(
    service: Service, engine: RecordingEngine, exporter: InMemorySpanExporter, stream: bool
) -> None:
    engine.pieces = [f"The {SECRET}", " it is."]
    await ask(service, stream=stream, messages=[{"role": "user", "content": SECRET}], stop=[SECRET], user=SECRET)
    await ask(service, stream=stream, messages=[{"role": SECRET, "content": SECRET}], model=SECRET)
    await ask(service, stream=stream, steering={"strength": SECRET})
    ended = exporter.get_finished_spans()
    assert len(ended) >= 7
    written = "".join(span.to_json() for span in ended)
    assert SECRET not in written
    assert KEY not in written
    assert REFUSAL not in written
    assert {name for span in ended for name in told(span)} <= ATTRIBUTES.keys()


async def test_receipts_make_no_difference_to_the_verdict(
    engine: RecordingEngine, exporter: InMemorySpanExporter
) -> None:
    tracer = OtlpTracer(SimpleSpanProcessor(exporter))
    for stream in (False, True):
        await ask(traced(engine, tracer, Receipts(b"s", "recorder", "engine")), stream=stream)
        assert told(spans(exporter)[REQUEST])["sarsteer.verdict"] == "refusal"
        exporter.clear()
    tracer.close()


async def test_only_chats_are_traced(service: Service, exporter: InMemorySpanExporter) -> None:
    async with asking(service) as client:
        for path in ("/livez", "/metrics", "/v1/models", "/nowhere"):
            await client.get(path)
    assert not spans(exporter)


async def test_a_draining_server_says_so_on_its_span(service: Service, exporter: InMemorySpanExporter) -> None:
    service.drain.turn_on()
    await ask(service)
    assert (told(spans(exporter)[REQUEST])["error.type"], len(spans(exporter))) == ("503", 1)


def test_a_collector_that_is_away_does_not_hold_up_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stuck(SpanProcessor):
        def shutdown(self) -> None:
            released.wait(60)

    released = threading.Event()
    monkeypatch.setattr("server.telemetry.otlp.CLOSE_SECONDS", 0.01)
    OtlpTracer(Stuck()).close()
    released.set()


def test_the_service_is_named_sarsteer_unless_the_variables_name_it(
    exporter: InMemorySpanExporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = []
    for name in (None, "mine"):
        if name is not None:
            monkeypatch.setenv("OTEL_SERVICE_NAME", name)
        OtlpTracer(SimpleSpanProcessor(exporter)).request("r", {}).end()
        named.append(exporter.get_finished_spans()[-1].resource.attributes["service.name"])
    assert named == ["sarsteer", "mine"]


def test_the_variables_alone_say_where_spans_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over a real socket, in OTLP, with the variables' headers."""
    got: list[tuple[str, str | None, bytes]] = []

    class Sink(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["content-length"]))
            got.append((self.path, self.headers["x-token"], sent))
            self.send_response(200)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Sink) as sink:
        serving = threading.Thread(target=sink.serve_forever)
        serving.start()
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://127.0.0.1:{sink.server_port}")
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_HEADERS", "x-token=t")
        tracer = tracing()()
        tracer.request("the request", {}).end()
        tracer.close()
        sink.shutdown()
        serving.join()
    [(path, token, sent)] = got
    assert (path, token) == ("/v1/traces", "t")
    assert b"the request" in sent


def test_traces_without_their_extra_are_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    monkeypatch.delitem(sys.modules, "server.telemetry.otlp")
    with pytest.raises(
        CannotServe, match=r"SARSTEER_TRACES needs opentelemetry\S+, .* pip install 'sarsteer\[traces]'"
    ):
        tracing()


def test_a_server_that_traces_nothing_loads_nothing_of_opentelemetry() -> None:
    code = "import sys, server.cli, server.serve, server.app; print([n for n in sys.modules if 'opentelemetry' in n])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
