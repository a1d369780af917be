"""The two ports: the API's, which drains when the process is told to stop, and the admin's, which ends after it."""

import asyncio
import ipaddress
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from server.telemetry.logs import logger


class PortTaken(Exception):
    """An address that cannot be listened on; the message says what to do."""


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def bind(host: str, port: int, option: str) -> socket.socket:
    """A socket of this address that does not listen yet, so that a taken port is told before an engine starts.

    Raise PortTaken, naming the ``option`` that chooses another.
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        # asyncio sends without delay only where a socket says that it is TCP; else each answer waits 40 ms for an ACK.
        bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            bound.bind(address)
        except OSError:
            bound.close()
            raise
    except OSError as error:
        raise PortTaken(f"Cannot listen on {host}:{port} ({error.strerror}); choose another with {option}.") from error
    return bound


def url_of(bound: socket.socket) -> str:
    """The http URL of a socket."""
    host, port = bound.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _config(app: ASGIApp, drain_seconds: float) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=max(1, round(drain_seconds)),
    )


class _Announced(uvicorn.Server):
    """uvicorn, which logs ``event`` with its URL once it answers."""

    def __init__(self, app: ASGIApp, drain_seconds: float, event: str, path: str) -> None:
        super().__init__(_config(app, drain_seconds))
        self._event = event
        self._path = path

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for bound in sockets or ():
            logger().info(self._event, url=url_of(bound) + self._path)


class ApiServer(_Announced):
    """The API's server, which calls ``on_stop`` on its loop when it is asked to stop; ``ready`` once it answers."""

    def __init__(self, app: ASGIApp, drain_seconds: float, on_stop: Callable[[], None]) -> None:
        super().__init__(app, drain_seconds, "ready", "/v1")
        self._on_stop = on_stop
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        logger().info("draining")
        # A signal interrupts whatever runs, which may hold a lock that ``on_stop`` needs.
        asyncio.get_running_loop().call_soon_threadsafe(self._on_stop)
        super().handle_exit(sig, frame)


class AdminServer(_Announced):
    """The admin's server, which leaves signals to the API's and stops when it is told to."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(app, 1, "admin ready", "")

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
