"""``/policy``: the service-wide policy, from which tenants inherit."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Body, Response
from pydantic import WithJsonSchema

from server.admin import schemas
from server.admin.context import AdminContext
from server.admin.merge_patch import patch_schema, patched
from server.admin.openapi import CHANGES, READS, answers, etagged, lagging, link
from server.admin.preconditions import Expected, etag_of
from server.admin.strict_json import strict_router
from server.admin.writes import Write, Writing
from server.policy.actor import Actor
from server.policy.errors import RevisionConflict
from server.policy.records import ServiceRecord, TenantRecord
from server.policy.resolution import explain
from server.policy.state import Stored

Patch = Annotated[
    dict[str, Any], Body(media_type="application/merge-patch+json"), WithJsonSchema(patch_schema(ServiceRecord))
]
_LINKS = {name: link(name, {}, if_match=True) for name in ("replace_policy", "change_policy")}
_CHANGED = {
    **answers(*CHANGES, "body_too_large"),
    **lagging(schemas.ChangedService),
    200: {**etagged("Written."), "links": _LINKS},
}


def policy_routes(context: AdminContext) -> APIRouter:
    """The service-wide policy as this replica knows it, for which the store need not be there, and its changes."""
    routes = strict_router("/policy", "policy")

    @routes.get(
        "",
        summary="Read the service-wide policy",
        responses={**answers(*READS), 200: {**etagged("The policy."), "links": _LINKS}},
    )
    async def read_policy(response: Response) -> schemas.Service:
        stored = context.replica.latest[0].service
        response.headers["etag"] = etag_of(stored.revision)
        return _shown(stored)

    @routes.put("", summary="Replace every field of the service-wide policy", responses=_CHANGED)
    async def replace_policy(
        record: ServiceRecord, expected: Expected, write: Writing, response: Response
    ) -> schemas.ChangedService:
        return await put(expected, write, response, lambda _: record)

    @routes.patch("", summary="Change some fields of it; null: what is built in", responses=_CHANGED)
    async def change_policy(
        patch: Patch, expected: Expected, write: Writing, response: Response
    ) -> schemas.ChangedService:
        return await put(expected, write, response, lambda held: patched(held, patch))

    async def put(
        expected: int, write: Write, response: Response, wanted: Callable[[ServiceRecord], ServiceRecord]
    ) -> schemas.ChangedService:
        def make(actor: Actor) -> Stored[ServiceRecord]:
            held = context.replica.latest[0].service
            if held.revision != expected:
                raise RevisionConflict(
                    f"The service-wide policy has changed since revision {expected}; read it again.", held.revision
                )
            record = wanted(held.record)
            made = context.administration.put_service(actor, record, expected, write.reason)
            return Stored(record, made.number)

        written = await write.carry_out(context, "change service", make, lambda made: made.revision)
        response.headers["etag"] = etag_of(written.revision)
        return schemas.ChangedService(**dict(_shown(written.made)), propagation=written.propagation)

    return routes


def _shown(stored: Stored[ServiceRecord]) -> schemas.Service:
    inherited = explain(TenantRecord(), stored.record)
    return schemas.Service(
        revision=stored.revision,
        fields=stored.record,
        effective=schemas.EffectiveFields(
            **{name: inherited[name].value for name in schemas.EffectiveFields.model_fields}
        ),
    )
