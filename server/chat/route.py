"""``POST /v1/chat/completions`` and ``GET /v1/models``: the only routes that reach the engine, both directed."""

import asyncio
import json
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from server.chat.admission import Admission, Admitted
from server.chat.marking import StreamMarker, mark_completion
from server.chat.rate_limits import rate_limit_headers
from server.chat.refusals import judged
from server.engine.protocol import ChatEngine, Json
from server.errors import ApiError, InternalError, InvalidValue, error_chunk
from server.policy.limits import RateLimiter
from server.policy.model import Tenant
from server.telemetry.logs import logger
from server.telemetry.metrics import Metrics
from server.telemetry.receipts import Answers, OpenReceipt, Receipt, Receipts
from server.telemetry.recent import RecentTraffic
from server.telemetry.tracing import NO_SPAN, Span, note_outcome, span_of, step, traced_stream
from server.telemetry.twins import Twin, Twins
from steering.directive import Reading

DONE = "data: [DONE]\n\n"
CLIENT_GONE = "client_gone"


def chat_routes(
    admission: Admission,
    engine: ChatEngine,
    metrics: Metrics,
    limiter: RateLimiter,
    recent: RecentTraffic,
    twins: Twins,
    receipts: Receipts | None = None,
) -> APIRouter:
    """The OpenAI routes over ``engine``, for the requests that ``admission`` lets in; ``receipts`` None logs none."""
    routes = APIRouter()
    card = {"id": engine.model, "object": "model", "created": int(time.time()), "owned_by": "sarsteer"}

    @routes.get("/v1/models")
    async def models(request: Request) -> Response:
        admission.authenticate(request.headers.get("authorization"))
        return JSONResponse({"object": "list", "data": [card]})

    @routes.get("/v1/models/{name:path}")
    async def model(request: Request, name: str) -> Response:
        tenant = admission.authenticate(request.headers.get("authorization"))
        admission.check_model(tenant, name)
        return JSONResponse(card)

    @routes.post("/v1/chat/completions")
    async def chat_completions(request: Request) -> Response:
        span = span_of(request.scope)
        tenant = admission.authenticate(request.headers.get("authorization"))
        request.state.tenant = tenant.name
        exchange = Exchange(engine, metrics, limiter, recent, tenant, twins, receipts, span)
        twins.make_room()
        try:
            # Read before it is counted: a caller that is still sending may not see the answer.
            body = await request.body()
            with step(span, "admission") as admitting:
                await admission.count(tenant)
                admitted = await admission.admit(tenant, _parsed(body), admitting)
            if admitted.call.body.get("stream"):
                return await exchange.stream(admitted)
            response = await _unless_gone(request, exchange.complete(admitted))
            await exchange.end(CLIENT_GONE)  # If it was answered, that is what counts already.
            return response
        except ApiError as error:
            await exchange.end(error.code)
            error.headers |= await exchange.headers()
            raise
        except ClientDisconnect:
            await exchange.end(CLIENT_GONE)
            return Response(status_code=499)  # Nobody reads it.
        except Exception:
            await exchange.end(InternalError.code)
            raise

    return routes


class Exchange:
    """One request and its answer, counted once, however it ends."""

    def __init__(
        self,
        engine: ChatEngine,
        metrics: Metrics,
        limiter: RateLimiter,
        recent: RecentTraffic,
        tenant: Tenant,
        twins: Twins,
        receipts: Receipts | None = None,
        span: Span = NO_SPAN,
    ) -> None:
        self._engine = engine
        self._metrics = metrics
        self._limiter = limiter
        self._recent = recent
        self._tenant = tenant
        self._label = metrics.tenant_label(tenant.name)
        self._start = time.perf_counter()
        self._steered = "unknown"
        self._reading = Reading()
        self._outcome = CLIENT_GONE
        self._ended = False
        self._twins = twins
        self._twin: Twin | None = None
        self._receipts = receipts
        self._receipt: OpenReceipt | None = None
        self._answers: Answers | None = Answers() if span.recording else None
        self._span = span
        span.note({"sarsteer.tenant": tenant.name, "sarsteer.model": engine.model})

    async def headers(self) -> dict[str, str]:
        """How the tenant stands with its limits now."""
        return rate_limit_headers(await self._limiter.windows(self._tenant))

    async def complete(self, admitted: Admitted) -> Response:
        self._admitted(admitted)
        with step(self._span, "engine"):
            completion = await self._engine.complete(admitted.call)
        if self._answers is not None:
            self._answers.whole(completion)
        with step(self._span, "detector"):
            refused = mark_completion(
                completion,
                admitted.steering,
                self._engine.fingerprint,
                admitted.refusal_style,
                judged if self._answers is None else self._answers.judge,
            )
        await self.end("ok", admitted if refused else None)
        return JSONResponse(completion, headers=await self.headers())

    async def stream(self, admitted: Admitted) -> Response:
        """Answers once the first chunk is there, so that what fails before it has a status of its own."""
        self._admitted(admitted)
        marker = StreamMarker(admitted.steering, self._engine.fingerprint, admitted.refusal_style)
        answered = self._engine.stream(admitted.call)
        if self._span.recording:
            answered = traced_stream(answered, self._span)
        chunks = marker.mark(self._answers.streamed(answered) if self._answers is not None else answered)
        try:
            first = await anext(chunks)
        except StopAsyncIteration:
            raise InternalError() from None
        except BaseException:
            await chunks.aclose()
            raise
        self._metrics.first_token.observe(time.perf_counter() - self._start)

        async def finish() -> None:
            await chunks.aclose()
            await self.end(self._outcome, admitted if marker.refused else None)

        return EventStream(self._events(first, chunks), finish, await self.headers())

    async def _events(self, first: Json, chunks: AsyncGenerator[Json, None]) -> AsyncGenerator[str, None]:
        try:
            yield _event(first)
            async for chunk in chunks:
                yield _event(chunk)
            yield DONE
            self._outcome = "ok"
        except ApiError as error:
            self._outcome = error.code
            yield error_chunk(error)

    def _admitted(self, admitted: Admitted) -> None:
        shadow = admitted.steering.mode == "shadow"
        self._steered = "on" if admitted.call.directive.alpha else "shadow" if shadow else "off"
        self._reading = admitted.call.reading
        if self._receipts is not None:
            self._receipt = self._receipts.open(self._tenant.name, admitted.call, admitted.steering)
            self._answers = self._receipt.answers
        if admitted.counterfactual is not None:
            self._twin = self._twins.begin(self._label, admitted.twin_share, admitted.call, admitted.counterfactual)
        self._span.note(
            {
                "sarsteer.mode": admitted.steering.mode,
                "sarsteer.strength": admitted.steering.strength,
                "sarsteer.vector": str(admitted.call.directive.vector),
                "sarsteer.stream": bool(admitted.call.body.get("stream")),
            }
        )

    async def end(self, outcome: str, refused: Admitted | None = None) -> None:
        """Count the request's outcome, the tokens that it used, and its refusal if it was one."""
        if self._ended:
            return
        self._ended = True
        metrics, model = self._metrics, self._engine.model
        metrics.requests.labels(self._label, model, outcome, self._steered).inc()
        metrics.request_seconds.observe(time.perf_counter() - self._start)
        if self._reading.gate is not None:
            metrics.gate_score.observe(self._reading.gate)
        if refused is not None:
            cause = "steered" if refused.call.directive.alpha else "model"
            metrics.refusals.labels(self._label, model, str(refused.call.directive.vector), cause).inc()
        if outcome == "ok":
            self._recent.count(self._tenant.name, refused is not None)
        if self._twin is not None:
            if outcome == "ok":
                self._twin.compare(refused is not None)
            else:
                self._twin.abandon()
        receipt = self._receipt.log(outcome, time.perf_counter() - self._start) if self._receipt is not None else None
        if self._span.recording:
            self._note_end(outcome, receipt)
        await self._limiter.book_tokens(self._tenant, self._reading.tokens)

    def _note_end(self, outcome: str, receipt: Receipt | None) -> None:
        # The receipt has looked for the verdict already.
        known = receipt or self._answers
        reading = self._reading
        note_outcome(self._span, outcome)
        self._span.note(
            {
                "sarsteer.gate_score": reading.gate,
                "sarsteer.verdict": None if known is None else known.verdict,
                "sarsteer.prompt_tokens": reading.prompt_tokens,
                "sarsteer.answer_tokens": reading.answer_tokens,
            }
        )


class EventStream(StreamingResponse):
    """Server-sent events, and ``finish`` after them: also when the client has gone before the first was asked for."""

    def __init__(
        self, events: AsyncGenerator[str, None], finish: Callable[[], Awaitable[None]], headers: Mapping[str, str]
    ) -> None:
        super().__init__(events, media_type="text/event-stream", headers=headers)
        self._events = events
        self._finish = finish

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            await self._events.aclose()
            await self._finish()


def _event(chunk: Json) -> str:
    return f"data: {json.dumps(chunk, ensure_ascii=False, separators=(',', ':'))}\n\n"


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise InvalidValue(f"The body is not JSON: {error}. Send a JSON object.") from error


async def _unless_gone(request: Request, answering: Coroutine[Any, Any, Response]) -> Response:
    """The answer, unless its client goes away first: then its work, down to the engine, is given up."""
    answer = asyncio.ensure_future(answering)
    gone = asyncio.ensure_future(_disconnected(request))
    try:
        await asyncio.wait({answer, gone}, return_when=asyncio.FIRST_COMPLETED)
        if answer.done():
            return answer.result()
        logger().info("client disconnected")
        return Response(status_code=499)  # Nobody reads it.
    finally:
        for task in (answer, gone):
            task.cancel()
        await asyncio.gather(answer, gone, return_exceptions=True)


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
