"""The API's description: what each operation may answer beside its success, and a page without FastAPI's own 422."""

from typing import Any

from fastapi import Depends, FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.security import HTTPBearer

from server.admin.schemas import ErrorBody
from server.errors import ERRORS

Responses = dict[int | str, dict[str, Any]]

TITLE = "sarsteer admin API"
ABOUT = """Tenants, keys and policies of a sarsteer service.

Every change is one revision, with a reason, in an audit chain. A change of a tenant or of the service-wide policy needs
`If-Match` with the `ETag` that a GET answered, so nobody overwrites what they have not seen: a 412 says that another
change came first. `wait=true` answers once every live replica serves the change, or with 202 and the names of those
that lag.

Errors have OpenAI's shape: `{"error": {"message", "type", "param", "code"}}`."""

READS = ("invalid_api_key", "policy_unavailable")
STORE_READS = (*READS, "store_unavailable")
WRITES = ("invalid_value", *STORE_READS, "scope_missing")
CHANGES = (*WRITES, "revision_conflict", "precondition_required")

documented_key = Depends(
    HTTPBearer(auto_error=False, scheme_name="admin key", description="An admin key: `sk-adm-...`.")
)
"""Only says in the description what the middleware of ``server.admin.access`` does."""


def answers(*codes: str) -> Responses:
    """The responses of these error codes, for an operation's ``responses``."""
    found: Responses = {}
    for code in codes:
        spec = ERRORS[code]
        line = f"`{code}`: {spec.meaning}"
        response = found.setdefault(spec.status, {"model": ErrorBody, "description": ""})
        response["description"] = f"{response['description']}\n\n{line}".strip()
        if spec.headers:
            response["headers"] = {name: {"schema": {"type": "string"}} for name in spec.headers}
    return found


def etagged(description: str) -> dict[str, Any]:
    """A success whose resource's revision is its ETag."""
    return {"description": description, "headers": {"ETag": {"schema": {"type": "string"}}}}


def link(operation: str, parameters: dict[str, str], *, if_match: bool = False) -> dict[str, Any]:
    """Where an answer leads: to the operation of that id, with parameters that are read from the answer."""
    own = {f"path.{name}": expression for name, expression in parameters.items()}
    guarded = {"header.If-Match": "$response.header.ETag"} if if_match else {}
    return {"operationId": operation, "parameters": {**own, **guarded}}


def lagging(model: Any) -> Responses:
    """The 202 of a write that waited, and whose revision some replica does not serve yet."""
    return {202: {"model": model, "description": "Written, and not yet served by every live replica."}}


def describe(app: FastAPI) -> None:
    """Make ``app`` describe itself as it answers: what is not valid is a 400."""

    def description() -> dict[str, Any]:
        if app.openapi_schema is None:
            page = get_openapi(
                title=app.title,
                version=app.version,
                description=app.description,
                routes=app.routes,
                separate_input_output_schemas=False,
            )
            for operations in page["paths"].values():
                for operation in operations.values():
                    operation["responses"].pop("422", None)
            for unused in ("HTTPValidationError", "ValidationError"):
                page["components"]["schemas"].pop(unused, None)
            app.openapi_schema = page
        return app.openapi_schema

    app.openapi = description  # type: ignore[method-assign]
