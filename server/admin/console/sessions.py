"""Who is signed in: a signed cookie with the id of an admin key, and the token that every form of the session carries.

The key itself is checked once, at sign-in. The cookie names it by id alone, and each request looks the id up anew, so a
revoked key signs out at once. A visitor who has not signed in has a session too, of no key: the sign-in form is
protected as every other.
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from itsdangerous import BadData, URLSafeSerializer
from starlette.requests import HTTPConnection
from starlette.responses import Response

from server.policy.actor import Actor
from server.policy.keys import Entropy, KeyHasher
from server.policy.model import Clock

LIFETIME = timedelta(hours=12)
COOKIE = "sarsteer_console"
VISITOR_COOKIE = "sarsteer_visitor"
"""Another cookie than the session's: a link from elsewhere brings no SameSite=Strict cookie, and the sign-in page that
it leads to must not overwrite the session."""
PATH = "/console"


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in session, or a visitor's (``actor`` None). ``token`` is bound to it and to nothing else."""

    actor: Actor | None
    token: str


class Sessions:
    """Signs and reads session cookies. ``actor_of`` finds the actor of a key's id while the key is live."""

    def __init__(
        self, hasher: KeyHasher, actor_of: Callable[[str], Actor | None], clock: Clock, entropy: Entropy
    ) -> None:
        secret = hasher.derive("console sessions")
        self._secret = secret
        self._serializer = URLSafeSerializer(secret, salt="session")
        self._actor_of = actor_of
        self._clock = clock
        self._entropy = entropy

    def of(self, connection: HTTPConnection) -> Session | None:
        """The session of a request; None where there is none, it has ended, or its key is no longer live."""
        cookie = connection.cookies.get(COOKIE, "")
        if (key := self._key_of(cookie)) and (actor := self._actor_of(key)) is not None:
            return Session(actor, self._token(cookie))
        return None

    def visitor(self, connection: HTTPConnection) -> Session | None:
        """The visitor's session of a request, None before the first page."""
        cookie = connection.cookies.get(VISITOR_COOKIE, "")
        return None if self._key_of(cookie) is None else Session(None, self._token(cookie))

    def begin(self, response: Response, key: str, *, secure: bool) -> None:
        """Begin a session of the admin key with the id ``key``."""
        self._set(response, COOKIE, self._signed(key), secure=secure)
        response.delete_cookie(VISITOR_COOKIE, PATH, secure=secure, httponly=True, samesite="strict")

    def greet(self) -> tuple[str, Session]:
        """A visitor's new cookie and session; see ``welcome``."""
        cookie = self._signed("")
        return cookie, Session(None, self._token(cookie))

    def welcome(self, response: Response, cookie: str, *, secure: bool) -> None:
        self._set(response, VISITOR_COOKIE, cookie, secure=secure)

    def end(self, response: Response, *, secure: bool) -> None:
        response.delete_cookie(COOKIE, PATH, secure=secure, httponly=True, samesite="strict")

    def _signed(self, key: str) -> str:
        ends = int((self._clock() + LIFETIME).timestamp())
        signed = self._serializer.dumps([key, ends, self._entropy(12).hex()])
        return signed if isinstance(signed, str) else signed.decode()

    def _key_of(self, cookie: str) -> str | None:
        """The id that a cookie names, empty for a visitor's; None for one that is forged or has ended."""
        try:
            key, ends, _ = self._serializer.loads(cookie)
        except (BadData, TypeError, ValueError):
            return None
        return str(key) if self._clock().timestamp() < ends else None

    def _token(self, cookie: str) -> str:
        return hmac.digest(self._secret, f"form token of {cookie}".encode(), "sha256").hex()

    def _set(self, response: Response, name: str, value: str, *, secure: bool) -> None:
        seconds = int(LIFETIME.total_seconds())
        response.set_cookie(name, value, seconds, path=PATH, secure=secure, httponly=True, samesite="strict")
