"""The span of each chat request, from its first byte to the end of its answer, in the request's state."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.telemetry.spans import Traces

TRACED = "/v1/chat/completions"


class TracesMiddleware:
    def __init__(self, app: ASGIApp, traces: Traces) -> None:
        self.app = app
        self.traces = traces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != TRACED:
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        with self.traces.request(f"{scope['method']} {TRACED}", Headers(scope=scope)) as span:
            state["span"] = span
            span.tell(request_id=state.get("request_id", ""))

            async def send_and_tell(message: Message) -> None:
                if message["type"] == "http.response.start":
                    span.tell(status=message["status"])
                await send(message)

            await self.app(scope, receive, send_and_tell)
