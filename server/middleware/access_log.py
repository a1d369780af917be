"""One log line a request: what was asked of which path, by which tenant, how it ended, how long it took."""

import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.middleware.drain import ALWAYS_ANSWERED
from server.telemetry.logs import logger


class AccessLogMiddleware:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in ALWAYS_ANSWERED:
            await self.app(scope, receive, send)
            return
        status = 0
        start = time.perf_counter()

        async def send_and_note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, send_and_note)
        except Exception:
            # Answered further out, if no answer has begun.
            status = status or 500
            raise
        finally:
            logger().info(
                "request",
                method=scope["method"],
                path=scope["path"],
                status=status,
                seconds=round(time.perf_counter() - start, 4),
                tenant=scope.get("state", {}).get("tenant"),
            )
