"""Refuses a request body over the limit: by its length before a byte is read, or as soon as it has grown past it."""

from collections.abc import Mapping
from types import MappingProxyType

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.errors import BodyTooLarge, error_response

_NONE: Mapping[str, int] = MappingProxyType({})


class BodyLimitMiddleware:
    """``exceptions`` are limits of their own for the paths that begin so."""

    def __init__(self, app: ASGIApp, max_bytes: int, exceptions: Mapping[str, int] = _NONE) -> None:
        self.app = app
        self.max_bytes = max_bytes
        self.exceptions = exceptions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = self._limit_of(scope["path"])
        declared = Headers(scope=scope).get("content-length", "")
        if declared.isdecimal() and int(declared) > most:
            await error_response(_refusal(most, f"{declared} bytes"))(scope, receive, send)
            return
        received = 0

        async def receive_within_limit() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > most:
                # Raised where the body is read, inside the application, whose handlers answer it.
                raise _refusal(most, "more")
            return message

        await self.app(scope, receive_within_limit, send)

    def _limit_of(self, path: str) -> int:
        return next((limit for prefix, limit in self.exceptions.items() if path.startswith(prefix)), self.max_bytes)


def _refusal(most: int, size: str) -> BodyTooLarge:
    return BodyTooLarge(
        f"The request body may hold {most} bytes and this one holds {size}; send less, or shorter or compressed audio."
    )
