"""What can go wrong with a request, and how each of it looks in OpenAI's error object.

An exception class names a code; ``ERRORS`` is the only place that maps a code to a status, a type and headers.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, ClassVar

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Match

RETRY_AFTER_SECONDS = 2
"""The default retry-after. The official client ignores a value above 120 s."""


@dataclass(frozen=True, slots=True)
class ErrorSpec:
    """How one error code is answered. ``headers`` go with every answer of the code."""

    status: int
    type: str
    meaning: str
    headers: Mapping[str, str] = field(default_factory=dict)


_RETRY = {"retry-after": str(RETRY_AFTER_SECONDS)}

ERRORS: Mapping[str, ErrorSpec] = {
    "invalid_value": ErrorSpec(400, "invalid_request_error", "A field is missing, unknown or out of bounds."),
    "invalid_base64": ErrorSpec(400, "invalid_request_error", "Audio data is not base64 (RFC 4648 §4)."),
    "invalid_audio": ErrorSpec(400, "invalid_request_error", "An audio clip is empty, damaged or cut short."),
    "audio_url_unavailable": ErrorSpec(
        400, "invalid_request_error", "An audio_url may not be, or could not be, fetched."
    ),
    "too_many_clips": ErrorSpec(400, "invalid_request_error", "More audio clips than one request may hold."),
    # RFC 9110 §11.6.1: a 401 names the scheme that would do.
    "invalid_api_key": ErrorSpec(
        401, "invalid_request_error", "The API key is missing or unknown.", {"www-authenticate": "Bearer"}
    ),
    "tenant_suspended": ErrorSpec(403, "permission_error", "The key's tenant is suspended."),
    "model_not_allowed": ErrorSpec(403, "permission_error", "The key's tenant may not use this model."),
    "model_not_found": ErrorSpec(404, "invalid_request_error", "The server does not serve this model."),
    "not_found": ErrorSpec(404, "invalid_request_error", "There is nothing at this path."),
    "method_not_allowed": ErrorSpec(405, "invalid_request_error", "The path does not take this method."),
    "body_too_large": ErrorSpec(413, "invalid_request_error", "The request body is over the limit."),
    "audio_too_large": ErrorSpec(413, "invalid_request_error", "Audio is over a limit once decoded."),
    "unsupported_audio": ErrorSpec(415, "invalid_request_error", "Audio in a container or codec not read here."),
    "rate_limit_exceeded": ErrorSpec(429, "rate_limit_error", "A rate limit of the tenant is spent; retry.", _RETRY),
    # The client retries every 429 unless told not to, and a spent quota does not come back in seconds.
    "insufficient_quota": ErrorSpec(
        429, "insufficient_quota", "The tenant's quota is spent.", {"x-should-retry": "false"}
    ),
    "internal_error": ErrorSpec(500, "server_error", "The server failed; nothing of the cause is shown."),
    "overloaded": ErrorSpec(503, "service_unavailable_error", "The server is full; retry.", _RETRY),
    "draining": ErrorSpec(503, "service_unavailable_error", "The server is shutting down; retry.", _RETRY),
    "store_unverified": ErrorSpec(
        503, "service_unavailable_error", "The tenant's vector set is not verified here; retry.", _RETRY
    ),
    # The admin API's. A conflict is a 412 and no 409: the official client would send a 409 again as it is.
    "scope_missing": ErrorSpec(403, "permission_error", "The admin key's scope does not reach that far."),
    "already_exists": ErrorSpec(412, "invalid_request_error", "What was to be created is there."),
    "revision_conflict": ErrorSpec(412, "invalid_request_error", "Another change came first; read it again."),
    "receipt_differs": ErrorSpec(
        412, "invalid_request_error", "A replay would be of another request, or on another engine or vector set."
    ),
    "precondition_required": ErrorSpec(
        428, "invalid_request_error", "A change needs If-Match, with the ETag of what it changes."
    ),
    "store_unavailable": ErrorSpec(
        503, "service_unavailable_error", "The policy store does not answer; nothing was written. Retry.", _RETRY
    ),
    "policy_unavailable": ErrorSpec(
        503, "service_unavailable_error", "The replica has seen no policy yet; retry.", _RETRY
    ),
}


def _encodable(text: str) -> str:
    """``text`` with its lone surrogates, which JSON may bring and UTF-8 cannot hold, written out."""
    return text.encode("utf-8", "backslashreplace").decode()


class ApiError(Exception):
    """A request that ends in an error object. ``param`` is the field's path, as ``messages[0].content``.

    ``retry_after`` (whole seconds) replaces the table's value. The message is shown to the caller: it holds
    the value and the way out, and never a key.
    """

    code: ClassVar[str] = "internal_error"

    def __init__(
        self,
        message: str,
        *,
        param: str | None = None,
        retry_after: int | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.message = _encodable(message)
        super().__init__(self.message)
        self.param = None if param is None else _encodable(param)
        spec = ERRORS[self.code]
        self.status = spec.status
        self.type = spec.type
        self.headers = {**spec.headers, **(headers or {})}
        if retry_after is not None:
            self.headers["retry-after"] = str(retry_after)


class InvalidValue(ApiError):
    code = "invalid_value"


class InvalidBase64(ApiError):
    code = "invalid_base64"


class InvalidAudio(ApiError):
    code = "invalid_audio"


class AudioUrlUnavailable(ApiError):
    code = "audio_url_unavailable"


class TooManyClips(ApiError):
    code = "too_many_clips"


class InvalidApiKey(ApiError):
    code = "invalid_api_key"


class TenantSuspended(ApiError):
    code = "tenant_suspended"


class ModelNotAllowed(ApiError):
    code = "model_not_allowed"


class ModelNotFound(ApiError):
    code = "model_not_found"


class NotFound(ApiError):
    code = "not_found"


class MethodNotAllowed(ApiError):
    code = "method_not_allowed"


class BodyTooLarge(ApiError):
    code = "body_too_large"


class AudioTooLarge(ApiError):
    code = "audio_too_large"


class UnsupportedAudio(ApiError):
    code = "unsupported_audio"


class RateLimited(ApiError):
    code = "rate_limit_exceeded"


class QuotaExceeded(ApiError):
    code = "insufficient_quota"


class InternalError(ApiError):
    code = "internal_error"

    def __init__(self) -> None:
        super().__init__("The server failed on this request. Retry, and quote the x-request-id when you report it.")


class Overloaded(ApiError):
    code = "overloaded"


class Draining(ApiError):
    code = "draining"


class StoreUnverified(ApiError):
    code = "store_unverified"


class ScopeMissing(ApiError):
    code = "scope_missing"


class AlreadyExists(ApiError):
    code = "already_exists"


class ConflictingRevision(ApiError):
    code = "revision_conflict"


class ReceiptDiffers(ApiError):
    code = "receipt_differs"


class PreconditionRequired(ApiError):
    code = "precondition_required"


class PolicyStoreUnavailable(ApiError):
    code = "store_unavailable"


class NoPolicyYet(ApiError):
    code = "policy_unavailable"


def error_object(error: ApiError) -> dict[str, dict[str, str | None]]:
    """OpenAI's error object: ``{"error": {"message", "type", "param", "code"}}``."""
    return {"error": {"message": error.message, "type": error.type, "param": error.param, "code": error.code}}


def error_response(error: ApiError) -> JSONResponse:
    return JSONResponse(error_object(error), status_code=error.status, headers=error.headers)


def error_chunk(error: ApiError) -> str:
    """The server-sent event that ends a stream that fails midway; the official client raises on it."""
    return f"data: {json.dumps(error_object(error), ensure_ascii=False)}\n\n"


def error_table() -> str:
    """The error codes as a markdown table, for the docs."""
    rows = (f"| {s.status} | `{code}` | `{s.type}` | {s.meaning} |" for code, s in ERRORS.items())
    return "\n".join(("| Status | `code` | `type` | Meaning |", "|---|---|---|---|", *rows))


def install_error_handlers(app: FastAPI, base: str = "/v1") -> None:
    """Answer every failure of ``app`` in OpenAI's shape: 404, 405, bad bodies (400, not FastAPI's 422), crashes.

    ``base`` is the path under which its API lies.

    Starlette re-raises a crash after it is answered, so that the server can log it.
    """
    app.add_exception_handler(ApiError, _answer_api_error)
    app.add_exception_handler(RequestValidationError, _answer_validation_error)
    app.add_exception_handler(HTTPException, partial(_answer_http_exception, base))
    app.add_exception_handler(Exception, _answer_crash)


async def _answer_api_error(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, ApiError)
    return error_response(exc)


async def _answer_validation_error(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, RequestValidationError)
    first: Mapping[str, Any] = exc.errors()[0]
    if first["type"] == "json_invalid":
        message = f"The body is not JSON: {first['ctx']['error']} at character {first['loc'][-1]}. Send a JSON object."
        return error_response(InvalidValue(message))
    # The first step is where FastAPI looked (body, query, path), which is no part of the field's path.
    param = field_path(first["loc"][1:])
    return error_response(
        InvalidValue(
            f"{param or 'The body'}: {first['msg'].removeprefix('Value error, ').rstrip('.')}.", param=param or None
        )
    )


async def _answer_http_exception(base: str, request: Request, exc: Exception) -> Response:
    assert isinstance(exc, HTTPException)
    path, method = request.url.path, request.method
    if exc.status_code == 404:
        return error_response(NotFound(f"There is nothing at {path}. The API is under {base}."))
    if exc.status_code == 405:
        allowed = _methods_of(request)
        message = f"{path} does not take {method}; use {allowed or 'another method'}."
        return error_response(MethodNotAllowed(message, headers={"allow": allowed}))
    if 400 <= exc.status_code < 500:
        return error_response(InvalidValue(str(exc.detail)))
    return error_response(InternalError())


def _methods_of(request: Request) -> str:
    """The methods that the path takes, of every route: Starlette would tell the first one's alone."""
    routes = [route for route in request.app.routes if route.matches(request.scope)[0] is not Match.NONE]
    return ", ".join(sorted({method for route in routes for method in getattr(route, "methods", None) or ()}))


async def _answer_crash(request: Request, exc: Exception) -> Response:
    response = error_response(InternalError())
    # A crash is answered outside every middleware, so the id that the message asks for is set here.
    if (request_id := getattr(request.state, "request_id", None)) is not None:
        response.headers["x-request-id"] = request_id
    return response


def field_path(steps: tuple[str | int, ...]) -> str:
    """A field's path as OpenAI writes it: ``("messages", 0, "role")`` is ``messages[0].role``."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return text.removeprefix(".")
