"""How the control plane's refusals are answered over HTTP: one table."""

from collections.abc import Mapping

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from server.errors import (
    AlreadyExists,
    ApiError,
    ConflictingRevision,
    InternalError,
    InvalidValue,
    NotFound,
    PolicyStoreUnavailable,
    ScopeMissing,
    error_response,
)
from server.policy.errors import (
    AlreadyThere,
    InvalidPolicy,
    NotPermitted,
    NotThere,
    PolicyError,
    RevisionConflict,
    StoreUnavailable,
)

REFUSALS: Mapping[type[PolicyError], type[ApiError]] = {
    InvalidPolicy: InvalidValue,
    NotThere: NotFound,
    AlreadyThere: AlreadyExists,
    RevisionConflict: ConflictingRevision,
    NotPermitted: ScopeMissing,
    StoreUnavailable: PolicyStoreUnavailable,
}


def api_error_of(refusal: PolicyError) -> ApiError:
    """The error that a caller is shown for ``refusal``."""
    kind = REFUSALS.get(type(refusal))
    if kind is None:
        return InternalError()
    message = str(refusal)
    if isinstance(refusal, RevisionConflict):
        now = f"The current revision is {refusal.current}." if refusal.current else "It is gone."
        message = f"{message} {now}"
    return kind(message, param=refusal.param if isinstance(refusal, InvalidPolicy) else None)


def install_refusals(app: FastAPI) -> None:
    """Answer the refusals of the table. What is not in it is a crash, and logged as one."""
    for kind in REFUSALS:
        app.add_exception_handler(kind, _answer)


async def _answer(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, PolicyError)
    return error_response(api_error_of(exc))
