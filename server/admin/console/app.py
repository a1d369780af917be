"""The console, put together: its pages below ``/console``, each behind the same guard, errors as pages."""

import secrets
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
from starlette.types import Scope

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
from server.admin.console.visit import Console, SignedOut, ago, is_htmx, to_sign_in
from server.admin.context import AdminContext
from server.admin.refusals import api_error_of
from server.errors import ApiError
from server.policy.errors import PolicyError
from server.policy.keys import Entropy

_HERE = Path(__file__).resolve().parent
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
_PLAIN = {
    "Not Found": "There is no page at this address.",
    "Method Not Allowed": "Open the page, and use its form.",
}


def mount_console(app: FastAPI, context: AdminContext, entropy: Entropy = secrets.token_bytes) -> None:
    """Serve the console below ``/console`` of ``app``, and lead ``/`` to it."""

    async def to_console(request: Request) -> Response:
        return RedirectResponse(f"{PATH}/", 307)

    for path in ("/", PATH):
        app.router.routes.append(Route(path, to_console, methods=["GET"], include_in_schema=False))
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
        Mount("/static", _Assets(directory=_HERE / "static")),
    ]

    async def sign_in_again(request: Request, _error: Exception) -> Response:
        return to_sign_in(request)

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

    return Starlette(
        routes=routes,
        exception_handlers={
            SignedOut: sign_in_again,
            **dict.fromkeys((HTTPException, PolicyError, ApiError, Exception), answer),
        },
    )


class _Assets(StaticFiles):
    """Files that a browser keeps, and asks about each time: a new version of the server has new ones."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = "no-cache"
        return response


def _told(error: Exception) -> tuple[int, str]:
    """The status of an error, and what is told of it."""
    if isinstance(error, HTTPException):
        return error.status_code, _PLAIN.get(error.detail, error.detail)
    if isinstance(error, PolicyError):
        error = api_error_of(error)
    if isinstance(error, ApiError):
        return error.status, error.message
    return 500, "The server failed on this page. Try again; its log says why."


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
        "style_words": fields.STYLE_WORDS,
        "expires": EXPIRES,
        "overlaps": OVERLAPS,
        "home": f"{PATH}/",
    }
    environment.globals.update(words)
    return environment


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
