"""The two ports: taken ones are told before an engine starts, and one signal ends both servers."""

import asyncio
import signal
import socket
from contextlib import closing

import httpx
import pytest
from fastapi import FastAPI

from server.listen import AdminServer, ApiServer, PortTaken, bind, is_loopback, url_of


def test_a_taken_port_is_told_with_the_option_that_chooses_another() -> None:
    with closing(bind("127.0.0.1", 0, "--port")) as held:
        held.listen()
        port = held.getsockname()[1]
        with pytest.raises(PortTaken, match=rf"127\.0\.0\.1:{port} .*--admin-port"):
            bind("127.0.0.1", port, "--admin-port")


def test_a_host_that_is_none_is_told() -> None:
    with pytest.raises(PortTaken, match="--port"):
        bind("203.0.113.7", 0, "--port")


def test_a_bound_port_does_not_listen_yet() -> None:
    with closing(bind("127.0.0.1", 0, "--port")) as bound, pytest.raises(OSError, match="refused"):
        socket.create_connection(bound.getsockname(), timeout=5)


async def test_an_answer_is_sent_without_waiting_for_more() -> None:
    delays: list[int] = []

    def note(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        accepted = writer.get_extra_info("socket")
        delays.append(accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    with closing(bind("127.0.0.1", 0, "--port")) as bound:
        async with await asyncio.start_server(note, sock=bound) as server:
            reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            await reader.read()
            writer.close()
            await writer.wait_closed()
    assert delays == [1]


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("example.org", False)],
)
def test_loopback_is_known(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback


async def test_a_signal_stops_the_api_and_leaves_the_admin_port_to_who_started_it() -> None:
    stopping: list[str] = []
    with closing(bind("127.0.0.1", 0, "--port")) as address, closing(bind("127.0.0.1", 0, "--port")) as admin_address:
        api = ApiServer(FastAPI(), 1, lambda: stopping.append("told"))
        admin = AdminServer(FastAPI())
        serving = asyncio.create_task(api.serve([address]))
        administering = asyncio.create_task(admin.serve([admin_address]))
        while not (api.started and admin.started):
            await asyncio.sleep(0.01)
        urls = url_of(address), url_of(admin_address)
        async with httpx.AsyncClient() as client:
            assert [(await client.get(f"{url}/none")).status_code for url in urls] == [404, 404]
            api.handle_exit(signal.SIGTERM, None)
            # What uvicorn does once it has drained would end this very process.
            api._captured_signals.clear()
            await serving
            assert stopping == ["told"]
            assert (await client.get(f"{urls[1]}/none")).status_code == 404
        admin.should_exit = True
        await administering
