"""Refuses a request body over the limit: by its length before a byte is read, or as soon as it has grown past it."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.errors import BodyTooLarge, error_response


class BodyLimitMiddleware:
    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        self.app = app
        self.max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length", "")
        if declared.isdecimal() and int(declared) > self.max_bytes:
            await error_response(self._refusal(f"{declared} bytes"))(scope, receive, send)
            return
        received = 0

        async def receive_within_limit() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self.max_bytes:
                # Raised where the body is read, inside the application, whose handlers answer it.
                raise self._refusal("more")
            return message

        await self.app(scope, receive_within_limit, send)

    def _refusal(self, size: str) -> BodyTooLarge:
        return BodyTooLarge(
            f"The request body may hold {self.max_bytes} bytes and this one holds {size}; "
            "send shorter or compressed audio."
        )
