"""JSON bodies read strictly (RFC 8259, I-JSON's unique names): what two parsers could read differently is a 400."""

import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from server.errors import ApiError, InvalidValue


def strict_router(prefix: str, tag: str) -> APIRouter:
    """A router whose routes read their bodies strictly."""
    return APIRouter(prefix=prefix, tags=[tag], route_class=_StrictRoute, redirect_slashes=False)


def read_json(body: bytes) -> Any:
    """The JSON value of ``body``; raise InvalidValue for what is not JSON, or names a key twice."""
    try:
        return json.loads(body.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_number)
    except RecursionError:
        raise InvalidValue("The body is nested too deeply; send a flatter JSON object.") from None
    except UnicodeDecodeError:
        raise InvalidValue("The body is not UTF-8; send JSON in UTF-8.") from None
    except json.JSONDecodeError as error:
        raise InvalidValue(f"The body is not JSON: {error}. Send a JSON object.") from None
    except ValueError:  # Python's own limit on what it reads as an integer.
        raise InvalidValue("The body holds an integer of thousands of digits; send a smaller one.") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise InvalidValue(f"The body names {name[:80]!r} twice; name it once.", param=name[:80])
        found[name] = value
    return found


def _no_number(name: str) -> Any:
    raise InvalidValue(f"The body holds {name}, which is no JSON number.")


class _StrictRequest(Request):
    async def json(self) -> Any:
        return read_json(await self.body())


class _StrictRoute(APIRoute):
    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handle_strictly(request: Request) -> Response:
            try:
                return await handle(_StrictRequest(request.scope, request.receive))
            except HTTPException as error:
                # FastAPI hides why a body could not be read, such as that it is over the limit.
                if isinstance(error.__cause__, ApiError):
                    raise error.__cause__ from None
                raise

        return handle_strictly
