"""What holds for every page and every form, whatever it is: security headers, and no request from another site."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "media-src 'self' blob:",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
SECURITY_HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}
SAFE_METHODS = frozenset({"GET", "HEAD"})


class SecurityHeadersMiddleware:
    """Sets ``SECURITY_HEADERS`` on every response, errors and files too. A response's own cache-control stays."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                cached = headers.get("cache-control")
                headers.update(SECURITY_HEADERS)
                if cached is not None:
                    headers["cache-control"] = cached
            await send(message)

        await self.app(scope, receive, send_guarded)


def is_from_here(headers: Headers) -> bool:
    """Whether a request that may change something was sent by a page of this host, as far as its headers tell.

    A browser that tells the site (Fetch Metadata) is believed. Over plain HTTP none does, and a page without referrers
    posts its forms with the origin ``null`` (Fetch, §3.2): then the form's token alone decides.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = headers.get("origin")
    return origin in (None, "null") or urlsplit(origin).netloc == headers.get("host")
