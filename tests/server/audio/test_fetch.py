import asyncio
import gzip
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import trustme

from server.audio.fetch import AudioFetcher, is_public
from server.errors import AudioTooLarge, AudioUrlUnavailable

PARAM = "messages[0].content[0].audio_url.url"
HOST = "media.example.com"


def answer(body: bytes, status: str = "200 OK", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", "connection: close", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


class Origin:
    """A web server on loopback that sends the same bytes to everyone, and keeps what it was asked."""

    def __init__(self) -> None:
        self.says = answer(b"sound", "200 OK", "content-length: 5")
        self.then_hangs = False
        self.asked: list[str] = []
        self.resolved: list[tuple[str, int]] = []
        self.port = 0

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.asked.append((await reader.readuntil(b"\r\n\r\n")).decode().lower())
        try:
            writer.write(self.says)
            await writer.drain()
            if self.then_hangs:
                await reader.read()
        except ConnectionError:
            pass
        finally:
            writer.close()

    async def resolve(self, host: str, port: int) -> list[str]:
        self.resolved.append((host, port))
        return ["127.0.0.1"]

    def fetcher(
        self,
        *,
        seconds: float = 5,
        max_bytes: int = 1_000,
        allowed: Callable[[str], bool] = lambda _: True,
        resolver: Callable[[str, int], Awaitable[list[str]]] | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> AudioFetcher:
        hosts = (HOST, f"{HOST}:{self.port}")
        return AudioFetcher(hosts, seconds, max_bytes, resolver=resolver or self.resolve, allowed=allowed, tls=tls)

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}/clip.wav?a=b"


@pytest.fixture
async def origin() -> AsyncIterator[Origin]:
    origin = Origin()
    server = await asyncio.start_server(origin.handle, "127.0.0.1", 0)
    origin.port = server.sockets[0].getsockname()[1]
    async with server:
        yield origin


@pytest.mark.parametrize("certified", [HOST, "other.example.com"])
async def test_over_https_the_certificate_must_be_the_hosts_and_not_the_addresss(certified: str) -> None:
    authority = trustme.CA()
    served, trusted = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH), ssl.create_default_context()
    authority.issue_cert(certified).configure_cert(served)
    authority.configure_trust(trusted)
    named: list[str | None] = []
    served.sni_callback = lambda _socket, name, _context: named.append(name)
    origin = Origin()
    async with await asyncio.start_server(origin.handle, "127.0.0.1", 0, ssl=served) as server:
        origin.port = server.sockets[0].getsockname()[1]
        fetched = origin.fetcher(tls=trusted).fetch(origin.url.replace("http:", "https:"), PARAM)
        if certified == HOST:
            assert await fetched == b"sound"
        else:
            with pytest.raises(AudioUrlUnavailable):
                await fetched
            assert not origin.asked
    assert named == [HOST]


async def test_the_file_comes_from_the_resolved_address_under_the_hosts_name(origin: Origin) -> None:
    assert await origin.fetcher().fetch(origin.url, PARAM) == b"sound"
    assert origin.resolved == [(HOST, origin.port)]
    assert origin.asked[0].startswith("get /clip.wav?a=b ")
    assert f"host: {HOST}:{origin.port}\r\n" in origin.asked[0]
    assert "accept-encoding: identity\r\n" in origin.asked[0]


async def test_without_listed_hosts_nothing_is_even_resolved(origin: Origin) -> None:
    fetcher = AudioFetcher((), 5, 1_000, resolver=origin.resolve, allowed=lambda _: True)
    with pytest.raises(AudioUrlUnavailable, match="may not fetch from"):
        await fetcher.fetch(origin.url, PARAM)
    assert origin.resolved == []


@pytest.mark.parametrize(
    "url",
    [
        "http://evil.example.com/",
        f"http://{HOST}.evil.com/",
        f"http://evil.com/?{HOST}",
        f"http://{HOST}@evil.com/",
        f"http://{HOST}:81/",
        f"http://sub.{HOST}/",
        "http://127.0.0.1/",
        "http:///a.wav",
        f"ftp://{HOST}/",
        "http://[::1",
        f"http://{HOST}:99999/",
        f"http://{HOST}/\x00",
        "http://" + "a" * 70_000,
    ],
)
async def test_a_url_that_is_none_or_names_another_host_is_refused(origin: Origin, url: str) -> None:
    with pytest.raises(AudioUrlUnavailable) as caught:
        await origin.fetcher().fetch(url, PARAM)
    assert caught.value.param == PARAM
    assert len(caught.value.message) < 300
    assert origin.resolved == []


async def test_a_host_with_any_address_that_is_not_public_is_not_connected_to(origin: Origin) -> None:
    async def both(host: str, port: int) -> list[str]:
        return ["93.184.215.14", "127.0.0.1"]

    with pytest.raises(AudioUrlUnavailable, match="does not lead to a public address"):
        await origin.fetcher(allowed=is_public, resolver=both).fetch(origin.url, PARAM)
    assert origin.asked == []


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
        *("224.0.0.1", "255.255.255.255", "240.0.0.1", "198.18.0.1", "192.0.2.1"),
        *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1", "2001::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::10.0.0.1", "2002:7f00:1::"),
    ],
)
def test_addresses_inside_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(address)


async def test_a_redirect_is_not_followed(origin: Origin) -> None:
    origin.says = answer(b"", "302 Found", "location: http://127.0.0.1/")
    with pytest.raises(AudioUrlUnavailable, match="answered 302"):
        await origin.fetcher().fetch(origin.url, PARAM)
    assert len(origin.asked) == 1


@pytest.mark.parametrize("headers", [["content-length: 2000"], []])
async def test_a_file_over_the_limit_is_413(origin: Origin, headers: list[str]) -> None:
    origin.says = answer(bytes(2_000), "200 OK", *headers)
    with pytest.raises(AudioTooLarge, match="1000 bytes"):
        await origin.fetcher().fetch(origin.url, PARAM)


async def test_a_compressed_answer_is_refused_unopened(origin: Origin) -> None:
    origin.says = answer(gzip.compress(bytes(900_000)), "200 OK", "content-encoding: gzip")
    with pytest.raises(AudioUrlUnavailable, match="compressed"):
        await origin.fetcher().fetch(origin.url, PARAM)


async def test_a_slow_origin_is_given_up_after_the_limit(origin: Origin) -> None:
    origin.says, origin.then_hangs = answer(b"so", "200 OK", "content-length: 5"), True
    with pytest.raises(AudioUrlUnavailable, match=r"within 0\.2 s"):
        await asyncio.wait_for(origin.fetcher(seconds=0.2).fetch(origin.url, PARAM), 5)


async def test_what_is_no_http_or_does_not_resolve_is_400(origin: Origin) -> None:
    async def unknown(host: str, port: int) -> list[str]:
        raise OSError("Name or service not known")

    with pytest.raises(AudioUrlUnavailable, match="could not be fetched"):
        await origin.fetcher(resolver=unknown).fetch(origin.url, PARAM)
    origin.says = b"\x00\x01\x02\r\n\r\n"
    with pytest.raises(AudioUrlUnavailable, match="could not be fetched"):
        await origin.fetcher().fetch(origin.url, PARAM)
