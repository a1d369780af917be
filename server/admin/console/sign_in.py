"""Signing in with an admin key, and out again."""

import re

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.admin.console.sessions import PATH
from server.admin.console.visit import SIGN_IN, Console, Visit, check_form, signed_in
from server.policy.keys import id_of
from server.telemetry.logs import logger

HOME = f"{PATH}/"
_OUR_PAGE = re.compile(rf"{PATH}/[A-Za-z0-9._@/-]*")
_LONGEST_KEY = 4_096


def sign_in_routes(console: Console) -> list[Route]:
    sessions = console.sessions

    async def form(request: Request) -> Response:
        if sessions.of(request) is not None:
            return RedirectResponse(HOME, 303)
        return _form(console, request, 200, None)

    async def sign_in(request: Request) -> Response:
        visitor = sessions.visitor(request)
        if visitor is None:
            return _form(console, request, 403, "This page had expired. Enter the key again.")
        async with request.form(max_files=0, max_fields=8, max_part_size=_LONGEST_KEY) as sent:
            check_form(request, visitor, sent)
            key = str(sent.get("key", "")).strip()
        # The characters of a header are all that a key may hold; what cannot be encoded is nobody's.
        if console.context.replica.admin_of(key.encode("utf-8", "replace").decode()) is None:
            logger().warning("console sign-in refused")
            return _form(console, request, 401, "That is no live admin key. Check it, or ask for a new one.")
        response = RedirectResponse(_after(request) or HOME, 303)
        sessions.begin(response, id_of(key), secure=_is_secure(request))
        return response

    async def sign_out(visit: Visit) -> Response:
        response = RedirectResponse(SIGN_IN, 303)
        sessions.end(response, secure=_is_secure(visit.request))
        return response

    return [
        Route("/sign-in", form, methods=["GET"]),
        Route("/sign-in", sign_in, methods=["POST"]),
        Route("/sign-out", signed_in(console, sign_out), methods=["POST"]),
    ]


def _form(console: Console, request: Request, status: int, problem: str | None) -> Response:
    """The form, with the visitor's session that its token is bound to: the one that there is, or a new one."""
    visitor, cookie = console.sessions.visitor(request), None
    if visitor is None:
        cookie, visitor = console.sessions.greet()
    response = console.page(request, visitor, "sign_in.html", status, problem=problem, to=_after(request))
    if cookie is not None:
        console.sessions.welcome(response, cookie, secure=_is_secure(request))
    return response


def _after(request: Request) -> str:
    """The page to go to after signing in, empty if none of ours is named."""
    to = request.query_params.get("to", "")
    return to if _OUR_PAGE.fullmatch(to) else ""


def _is_secure(request: Request) -> bool:
    return request.url.scheme == "https"
