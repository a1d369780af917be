"""``sarsteer`` as a shell runs it, against a real admin port."""

import asyncio
import json
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import uvicorn
from typer.testing import CliRunner, Result

from server.cli import app
from server.policy.records import Scope
from server.policy.repository import PolicyRepository
from tests.server.admin.plane import Plane, SetClock, open_plane

WHY = ("--reason", "a test")


@dataclass
class Commands:
    """Runs commands with the key of the scope security, or another's."""

    plane: Plane
    url: str
    env: dict[str, str] = field(default_factory=dict)

    def run(self, *arguments: str, scope: Scope = "security", env: Mapping[str, str] | None = None) -> Result:
        given = {
            "SARSTEER_ADMIN_URL": self.url,
            "SARSTEER_ADMIN_KEY": self.plane.keys[scope],
            **self.env,
            **(env or {}),
        }
        return CliRunner().invoke(app, list(arguments), env=given)

    def done(self, *arguments: str) -> str:
        """What a command that succeeds prints."""
        result = self.run(*arguments)
        assert (result.exit_code, result.stderr) == (0, ""), result.output
        return result.stdout

    def printed(self, *arguments: str) -> Any:
        """The JSON that a command that succeeds prints."""
        return json.loads(self.done(*arguments, "--json"))

    def refused(self, *arguments: str, scope: Scope = "security", env: Mapping[str, str] | None = None) -> str:
        """The one line in which a command says why it fails."""
        result = self.run(*arguments, scope=scope, env=env)
        assert result.exit_code == 1, result.output
        assert result.stdout == ""
        (line,) = result.stderr.splitlines()
        assert line.startswith("sarsteer: ")
        return line.removeprefix("sarsteer: ")


def real_time() -> SetClock:
    """A clock that stands at this moment: the commands read the real one."""
    clock = SetClock()
    clock.now = datetime.now(UTC).replace(microsecond=0)
    return clock


@contextmanager
def serving_commands(repository: PolicyRepository, clock: SetClock) -> Iterator[Commands]:
    """A control plane over ``repository``, whose admin port listens until the end."""
    with closing(socket.create_server(("127.0.0.1", 0))) as address:
        opened: list[Plane] = []
        servers: list[uvicorn.Server] = []
        ready = threading.Event()

        async def serve() -> None:
            try:
                plane = await open_plane(repository, clock)
                config = uvicorn.Config(plane.app, log_config=None, access_log=False, timeout_graceful_shutdown=1)
                opened.append(plane)
                servers.append(uvicorn.Server(config))
            finally:
                ready.set()
            following = asyncio.create_task(plane.replica.run())
            await servers[0].serve([address])
            following.cancel()

        thread = threading.Thread(target=lambda: asyncio.run(serve()))
        thread.start()
        try:
            assert ready.wait(30)
            host, port = address.getsockname()
            yield Commands(opened[0], f"http://{host}:{port}")
        finally:
            for server in servers:
                server.should_exit = True
            thread.join(30)
            for plane in opened:
                plane.close()
