"""Audio by http(s): only from hosts that the operator lists, only from public addresses, and never redirected."""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import httpx

from server.errors import AudioTooLarge, AudioUrlUnavailable

Resolver = Callable[[str, int], Awaitable[list[str]]]


async def resolve(host: str, port: int) -> list[str]:
    """The addresses of ``host``, as the system's resolver gives them."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
"""All of IPv6 that is given out (RFC 4291 §2.4). Outside it lie forms that hold a private IPv4, as NAT64's."""


def is_public(address: str) -> bool:
    """Whether an address is one of the public Internet; IPv6 forms that stand for IPv4 are judged as that."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        ip = ip.ipv4_mapped or ip.sixtofour or ip
    if isinstance(ip, ipaddress.IPv6Address) and ip not in _GLOBAL_UNICAST:
        return False
    return ip.is_global and not ip.is_multicast


class AudioFetcher:
    """Fetches the files that ``audio_url`` parts name.

    ``hosts`` are exact: ``host`` (its scheme's port) or ``host:port``. The name is resolved once and the connection
    goes to the address that was checked, so a name that changes in between leads nowhere else; the certificate must
    still be the name's. ``tls`` says whose certificates are trusted: by default, those that httpx trusts.
    """

    def __init__(
        self,
        hosts: tuple[str, ...],
        seconds: float,
        max_bytes: int,
        *,
        resolver: Resolver = resolve,
        allowed: Callable[[str], bool] = is_public,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._hosts = frozenset(hosts)
        self._seconds = seconds
        self._max_bytes = max_bytes
        self._resolve = resolver
        self._allowed = allowed
        self._tls = tls or httpx.create_ssl_context()

    async def fetch(self, url: str, param: str) -> bytes:
        """The file at ``url``; raise AudioUrlUnavailable or AudioTooLarge, naming ``param``."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port or {"http": 80, "https": 443}[parts.scheme]
            target = httpx.URL(url)
        except (ValueError, KeyError, httpx.InvalidURL) as error:
            raise AudioUrlUnavailable(f"{param} is not a URL.", param=param) from error
        if not self._hosts & {host, f"{host}:{port}"} or (parts.port and f"{host}:{port}" not in self._hosts):
            raise AudioUrlUnavailable(
                f"{param} names the host {host[:100]!r}, which this server may not fetch from; send the audio itself.",
                param=param,
            )
        try:
            async with asyncio.timeout(self._seconds):
                addresses = await self._resolve(host, port)
                if not addresses or not all(self._allowed(address) for address in addresses):
                    raise AudioUrlUnavailable(
                        f"{param} does not lead to a public address; send the audio itself.", param=param
                    )
                return await self._download(target, host, addresses[0], param)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as error:
            raise AudioUrlUnavailable(
                f"{param} could not be fetched within {self._seconds:g} s.", param=param
            ) from error

    async def _download(self, url: httpx.URL, host: str, address: str, param: str) -> bytes:
        target = url.copy_with(host=address)
        # The bytes are counted as they come, so they must not come compressed.
        headers = {"host": url.netloc.decode(), "accept-encoding": "identity"}
        async with (
            httpx.AsyncClient(
                follow_redirects=False, trust_env=False, timeout=self._seconds, verify=self._tls
            ) as client,
            client.stream("GET", target, headers=headers, extensions={"sni_hostname": host}) as response,
        ):
            if response.status_code != 200:
                raise AudioUrlUnavailable(
                    f"{param} answered {response.status_code}; it must answer 200 itself.", param=param
                )
            if response.headers.get("content-encoding", "identity") != "identity":
                raise AudioUrlUnavailable(f"{param} came compressed; it must come as it is.", param=param)
            data = bytearray()
            async for piece in response.aiter_raw():
                data += piece
                if len(data) > self._max_bytes:
                    raise AudioTooLarge(
                        f"{param} holds more than the {self._max_bytes} bytes that are fetched; send a shorter clip.",
                        param=param,
                    )
            return bytes(data)
