"""One request of the console: who makes it, what was sent, and how it is answered. The one way to a page's handler."""

import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import quote

from jinja2 import Environment
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from server.admin.console.guard import SAFE_METHODS, is_from_here
from server.admin.console.propagation import Followed
from server.admin.console.sessions import PATH, Session, Sessions
from server.admin.context import AdminContext
from server.policy.actor import Actor
from server.policy.administration import Issued
from server.policy.records import SCOPES, Scope
from server.policy.repository import Revision

Made = TypeVar("Made", Revision, Issued)

SIGN_IN = f"{PATH}/sign-in"
TOKEN_FIELD = "csrf"
TOKEN_HEADER = "x-csrf-token"
_MOST_FIELDS = 200
_LARGEST_FIELD = 64 * 1024


class SignedOut(Exception):
    """The session's key was revoked while its request was on the way."""


@dataclass(frozen=True, slots=True, eq=False)
class Console:
    """What every page is made of."""

    context: AdminContext
    sessions: Sessions
    followed: Followed
    templates: Environment

    def page(
        self, request: Request, session: Session | None, template: str, status: int = 200, **values: Any
    ) -> HTMLResponse:
        """A page, or with htmx a part of one."""
        actor = session.actor if session else None
        common = {
            "actor": actor,
            "may_operate": actor is not None and reaches(actor, "operate"),
            "may_secure": actor is not None and reaches(actor, "security"),
            "token": session.token if session else "",
            "now": self.context.clock(),
            "replica": self.context.replica,
            "saved": None,
        }
        return HTMLResponse(self.templates.get_template(template).render({**common, **values}), status)


@dataclass(frozen=True, slots=True, eq=False)
class Visit:
    """A signed-in request. ``form`` is empty unless it was sent with a POST."""

    request: Request
    console: Console
    session: Session
    actor: Actor
    form: FormData

    @property
    def context(self) -> AdminContext:
        return self.console.context

    @property
    def reason(self) -> str:
        return self.text("reason")

    def text(self, name: str) -> str:
        """A field of the form, stripped; empty where it was not sent."""
        return str(self.form.get(name, "")).strip()

    def number(self, name: str) -> int:
        """A field that one of our own pages filled with a whole number; raise a 400 if it holds none."""
        text = self.text(name)
        if not text.isdecimal() or len(text) > 15:
            raise HTTPException(400, f"{name} must be a whole number, not {text[:40]!r}; reload the page.")
        return int(text)

    def query(self, name: str, default: str = "") -> str:
        return self.request.query_params.get(name, default).strip()

    def query_number(self, name: str, default: int) -> int:
        """A number in the page's address; what is none of use is the default."""
        text = self.query(name)
        return int(text) if text.isdecimal() and len(text) <= 15 else default

    def page(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        return self.console.page(self.request, self.session, template, status, **values)

    def saved(self, revision: Revision, to: str) -> Response:
        """Go to the page ``to``, which shows how far the change has come."""
        return RedirectResponse(f"{to}?saved={revision.number}", 303)

    async def change(self, action: str, make: Callable[[Actor], Made]) -> Made:
        """Carry out ``make`` on the newest policy, as ``AdminContext.change``, and follow the revision that it makes.

        Raise SignedOut if the newest policy has ended this session's key.
        """

        def make_if_still_allowed() -> Made:
            actor = self.context.replica.admin_still(self.actor.id)
            if actor is None:
                raise SignedOut
            return make(actor)

        began = self.console.followed.now()
        made = await self.context.change(action, make_if_still_allowed)
        revision = made.revision if isinstance(made, Issued) else made
        await self.console.followed.begin(revision.number, began)
        return made


Handler = Callable[[Visit], Awaitable[Response]]
Endpoint = Callable[[Request], Awaitable[Response]]


def signed_in(console: Console, handler: Handler) -> Endpoint:
    """``handler`` for those who are signed in; what is not GET must come from one of our pages, with its token."""

    async def endpoint(request: Request) -> Response:
        session = console.sessions.of(request)
        if session is None or session.actor is None:
            return to_sign_in(request)
        if request.method in SAFE_METHODS:
            return await handler(Visit(request, console, session, session.actor, FormData()))
        async with request.form(max_files=1, max_fields=_MOST_FIELDS, max_part_size=_LARGEST_FIELD) as form:
            check_form(request, session, form)
            return await handler(Visit(request, console, session, session.actor, form))

    return endpoint


def check_form(request: Request, session: Session, form: FormData) -> None:
    """Raise a 403 for a form that none of this session's pages sent."""
    token = request.headers.get(TOKEN_HEADER) or str(form.get(TOKEN_FIELD, ""))
    if not is_from_here(request.headers) or not hmac.compare_digest(token.encode(), session.token.encode()):
        raise HTTPException(403, "This form was not sent by a page of this session. Reload the page and send it again.")


def to_sign_in(request: Request) -> Response:
    if is_htmx(request):
        return Response(status_code=401, headers={"hx-redirect": SIGN_IN})
    after = f"?to={quote(request.url.path)}" if request.method in SAFE_METHODS else ""
    return RedirectResponse(f"{SIGN_IN}{after}", 303)


def is_htmx(request: Request) -> bool:
    return request.headers.get("hx-request") == "true"


def reaches(actor: Actor, scope: Scope) -> bool:
    return SCOPES.index(actor.scope) >= SCOPES.index(scope)


def ago(then: datetime, now: datetime) -> str:
    """How long ago, in words as short as they can be."""
    seconds = (now - then).total_seconds()
    for unit, length in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= length:
            return f"{seconds // length:g} {unit} ago"
    return f"{max(0, seconds):.0f} s ago"
