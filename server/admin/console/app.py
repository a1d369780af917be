"""The console, put together: its pages below ``/console``, each behind the same guard, errors as pages."""

import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from server.admin.console import fields
from server.admin.console.guard import SecurityHeadersMiddleware
from server.admin.console.history import history_routes
from server.admin.console.keys import EXPIRES, OVERLAPS, key_routes
from server.admin.console.playing import playing_routes
from server.admin.console.propagation import Followed
from server.admin.console.service import service_routes
from server.admin.console.sessions import PATH, Sessions
from server.admin.console.sign_in import sign_in_routes
from server.admin.console.tenant_list import tenant_list_routes
from server.admin.console.tenants import tenant_routes
from server.admin.console.vectors import vector_routes
from server.admin.console.visit import Console, ago, is_htmx
from server.admin.context import AdminContext
from server.errors import ApiError
from server.policy.errors import (
    AlreadyThere,
    InvalidPolicy,
    NotPermitted,
    NotThere,
    PolicyError,
    RevisionConflict,
    StoreUnavailable,
)
from server.policy.keys import Entropy

_HERE = Path(__file__).resolve().parent
_STATUS: dict[type[PolicyError], int] = {
    InvalidPolicy: 400,
    NotPermitted: 403,
    NotThere: 404,
    AlreadyThere: 412,
    RevisionConflict: 412,
    StoreUnavailable: 503,
}
_WORDS = {
    400: "That cannot be done as it was sent",
    403: "Not permitted",
    404: "Nothing is here",
    405: "That is not how this page is used",
    412: "Somebody else was first",
    413: "That is too large",
    415: "That audio cannot be read",
    503: "Not available for the moment",
}


def mount_console(app: FastAPI, context: AdminContext, entropy: Entropy = secrets.token_bytes) -> None:
    """Serve the console below ``/console`` of ``app``, and lead ``/`` to it."""

    async def to_console(request: Request) -> Response:
        return RedirectResponse(f"{PATH}/", 307)

    app.router.routes.append(Route("/", to_console, methods=["GET"], include_in_schema=False))
    app.mount(PATH, SecurityHeadersMiddleware(console_app(context, entropy)))


def console_app(context: AdminContext, entropy: Entropy) -> Starlette:
    """The pages themselves, without the security headers that ``mount_console`` puts around them."""
    sessions = Sessions(context.hasher, context.replica.admin_still, context.clock, entropy)
    console = Console(context, sessions, Followed(context.replica), _templates())
    routes = [
        *sign_in_routes(console),
        *tenant_list_routes(console),
        *tenant_routes(console),
        *key_routes(console),
        *service_routes(console),
        *vector_routes(console),
        *history_routes(console),
        *playing_routes(console),
        Mount("/static", StaticFiles(directory=_HERE / "static")),
    ]

    async def answer(request: Request, error: Exception) -> Response:
        status, message = _told(error)
        session = console.sessions.of(request)
        template = "_error.html" if is_htmx(request) else "error.html"
        response = console.page(
            request, session, template, status, title=_WORDS.get(status, "Something failed"), message=message
        )
        if is_htmx(request):
            response.headers.update({"hx-retarget": "#notices", "hx-reswap": "innerHTML"})
        return response

    handled = {kind: answer for kind in (HTTPException, PolicyError, ApiError, Exception)}
    return Starlette(routes=routes, exception_handlers=handled)


def _told(error: Exception) -> tuple[int, str]:
    """The status of an error, and what is told of it."""
    if isinstance(error, HTTPException):
        plain = {404: "There is no page at this address.", 405: "Open the page, and use its form."}
        return error.status_code, plain.get(error.status_code, error.detail) if _is_plain(error) else error.detail
    if isinstance(error, PolicyError):
        return _STATUS.get(type(error), 503), str(error)
    if isinstance(error, ApiError):
        return error.status, error.message
    return 500, "The server failed on this page. Try again; the log says why, under this request's id."


def _is_plain(error: HTTPException) -> bool:
    return error.detail in ("Not Found", "Method Not Allowed")


def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["moment"] = fields.moment
    environment.filters["ago"] = ago
    environment.filters["percent"] = _percent
    words: dict[str, Any] = {
        "shown": fields.shown,
        "labels": fields.LABELS,
        "gate_words": fields.GATE_WORDS,
        "style_words": fields.STYLE_WORDS,
        "expires": EXPIRES,
        "overlaps": OVERLAPS,
        "home": f"{PATH}/",
        "day": timedelta(days=1),
    }
    environment.globals.update(words)
    return environment


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
