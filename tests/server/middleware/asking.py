"""Apps to wrap, and a client that asks them over ASGI."""

from collections.abc import AsyncIterator

import httpx
from starlette.types import ASGIApp


def client(app: ASGIApp) -> httpx.AsyncClient:
    """A client of ``app`` that sees a crash as its caller would."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://test")


async def pieces(*sizes: int) -> AsyncIterator[bytes]:
    """A body of unknown length."""
    for size in sizes:
        yield bytes(size)
