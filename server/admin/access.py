"""Who asks: an admin key, on every path under ``/admin/v1`` but that of the API's description."""

from typing import Annotated

from fastapi import Depends
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.errors import ApiError, InvalidApiKey, NoPolicyYet, error_response
from server.policy.actor import Actor
from server.policy.replica import PolicyReplica

BASE = "/admin/v1"
DESCRIPTION = f"{BASE}/openapi.json"


def authenticate(replica: PolicyReplica, authorization: str | None) -> Actor:
    """The actor of an ``Authorization`` header (RFC 6750); raise InvalidApiKey, or NoPolicyYet before any key."""
    _, ring = replica.latest
    if not ring.revision:
        raise NoPolicyYet("This replica has read no admin key from the policy store yet; retry.")
    scheme, _, key = (authorization or "").partition(" ")
    actor = replica.admin_of(key.strip() if scheme.lower() == "bearer" else None)
    if actor is None:
        raise InvalidApiKey("The admin key is missing, unknown or spent; send Authorization: Bearer <admin key>.")
    return actor


class AdminAccessMiddleware:
    """Lets nobody in without a live admin key, before a route is looked for or a byte of a body is read.

    No cache may keep what is answered here.
    """

    def __init__(self, app: ASGIApp, replica: PolicyReplica) -> None:
        self.app = app
        self.replica = replica

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(BASE) or scope["path"] == DESCRIPTION:
            await self.app(scope, receive, send)
            return

        async def send_uncached(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["cache-control"] = "no-store"
            await send(message)

        try:
            actor = authenticate(self.replica, Headers(scope=scope).get("authorization"))
        except ApiError as refusal:
            await error_response(refusal)(scope, receive, send_uncached)
            return
        scope.setdefault("state", {})["actor"] = actor
        await self.app(scope, receive, send_uncached)


def acting(request: Request) -> Actor:
    """The actor that the middleware found; raise InvalidApiKey where it did not run."""
    actor = getattr(request.state, "actor", None)
    if not isinstance(actor, Actor):
        raise InvalidApiKey("This path lies outside those that an admin key opens.")
    return actor


Acting = Annotated[Actor, Depends(acting)]
"""The parameter of a route that wants to know who asks."""
