"""Somebody at the console, without a browser: signs in, reads pages, sends their forms."""

import re
from html import unescape
from typing import Any

import httpx

from server.policy.records import Scope
from tests.server.admin.plane import Plane

HOME = "/console/"
SAME_SITE = {"sec-fetch-site": "same-origin"}


class Visitor:
    """``page`` is the last answer that was read."""

    def __init__(self, plane: Plane, base_url: str = "http://test") -> None:
        self.plane = plane
        transport = httpx.ASGITransport(plane.app, raise_app_exceptions=False)
        self.client = httpx.AsyncClient(transport=transport, base_url=base_url, headers=SAME_SITE)

    async def get(self, path: str, **more: Any) -> httpx.Response:
        return await self.client.get(path, **more)

    async def sign_in(self, scope: Scope = "security") -> httpx.Response:
        return await self.sign_in_with(self.plane.keys[scope])

    async def sign_in_with(self, key: str) -> httpx.Response:
        token = token_of(await self.get("/console/sign-in"))
        return await self.client.post("/console/sign-in", data={"csrf": token, "key": key})

    async def send(self, path: str, page: str | None = None, **fields: Any) -> httpx.Response:
        """Send a form of ``page`` (by default one at ``path``) with its token."""
        token = token_of(await self.get(page or path))
        return await self.client.post(path, data={"csrf": token, **fields})

    async def save(self, path: str, expected: int | None, reason: str = "a test", **own: Any) -> httpx.Response:
        """Save a policy's form in which ``own`` fields are set; a field that is None is sent as inherited."""
        fields: dict[str, Any] = {name: value for name, value in own.items() if value is not None}
        fields["field"] = list(own)
        fields["own"] = [name for name, value in own.items() if value is not None]
        if expected is not None:
            fields["expected"] = str(expected)
        return await self.send(path, reason=reason, **fields)


def token_of(page: httpx.Response) -> str:
    """The token of a page's forms."""
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', page.text)
    assert found is not None, (page.status_code, page.text[:300])
    return found[1]


def words_of(page: httpx.Response) -> str:
    """What a page says, without its markup."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page.text)).split())
