"""Counts the requests being answered, and once the server drains, lets no new ones in."""

from collections.abc import Callable

from starlette.types import ASGIApp, Receive, Scope, Send

from server.errors import Draining, error_response
from server.telemetry.metrics import Metrics

ALWAYS_ANSWERED = frozenset({"/livez", "/readyz", "/metrics"})


class DrainSwitch:
    """Turned on once, at shutdown; then calls ``then``, which a service sets."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self.on = False
        self.then: Callable[[], None] = lambda: None

    def turn_on(self) -> None:
        self.on = True
        self._metrics.draining.set(1)
        self.then()


class DrainMiddleware:
    def __init__(self, app: ASGIApp, switch: DrainSwitch, metrics: Metrics) -> None:
        self.app = app
        self.switch = switch
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in ALWAYS_ANSWERED:
            await self.app(scope, receive, send)
            return
        if self.switch.on:
            refusal = Draining("The server is shutting down; retry, another replica may answer.")
            await error_response(refusal)(scope, receive, send)
            return
        with self.metrics.inflight.track_inprogress():
            await self.app(scope, receive, send)
