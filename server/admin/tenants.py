"""``/tenants``: who may call, and each one's policy."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Body, Query, Response
from pydantic import Field, WithJsonSchema

from server.admin import schemas
from server.admin.context import AdminContext
from server.admin.merge_patch import patch_schema, patched
from server.admin.openapi import CHANGES, READS, WRITES, answers, etagged, lagging, link
from server.admin.preconditions import Expected, etag_of
from server.admin.strict_json import strict_router
from server.admin.writes import Write, Writing
from server.policy.actor import Actor
from server.policy.errors import NotThere, RevisionConflict
from server.policy.records import ServiceRecord, TenantRecord
from server.policy.repository import Revision
from server.policy.resolution import explain, resolve
from server.policy.state import Stored

Patch = Annotated[
    dict[str, Any], Body(media_type="application/merge-patch+json"), WithJsonSchema(patch_schema(TenantRecord))
]
_LINKS = {
    name: link(name, {"name": "$response.body#/name"}, if_match=name not in ("read_tenant", "issue_key"))
    for name in ("read_tenant", "replace_tenant", "change_tenant", "delete_tenant", "issue_key")
}


class TenantPage(schemas.Sent):
    after: str | None = Field(default=None, max_length=63, description="Names that come after this one.")
    limit: int = Field(default=100, ge=1, le=1000)


def tenant_routes(context: AdminContext) -> APIRouter:
    """The tenants as this replica knows them, for which the store need not be there, and their changes."""
    routes = strict_router("/tenants", "tenants")

    @routes.get("", summary="List the tenants by name", responses=answers("invalid_value", *READS))
    async def list_tenants(page: Annotated[TenantPage, Query()]) -> schemas.Tenants:
        state, _ = context.replica.latest
        names = sorted(name for name in state.tenants if page.after is None or name > page.after)
        now, service = context.clock(), state.service.record
        return schemas.Tenants(
            data=[shown(name, state.tenants[name], service, now) for name in names[: page.limit]],
            revision=state.revision,
            next=names[page.limit - 1] if len(names) > page.limit else None,
        )

    @routes.post(
        "",
        status_code=201,
        summary="Create a tenant",
        responses={
            **answers(*WRITES, "already_exists", "body_too_large"),
            **lagging(schemas.ChangedTenant),
            201: {**etagged("Created."), "links": _LINKS},
        },
    )
    async def create_tenant(tenant: schemas.NewTenant, write: Writing, response: Response) -> schemas.ChangedTenant:
        return await put("create tenant", tenant.name, None, write, response, lambda _: tenant.record)

    @routes.get(
        "/{name}", summary="Read a tenant", responses={**answers(*READS, "not_found"), 200: etagged("The tenant.")}
    )
    async def read_tenant(name: str, response: Response) -> schemas.Tenant:
        stored = found(context, name)
        response.headers["etag"] = etag_of(stored.revision)
        return shown(name, stored, context.replica.latest[0].service.record, context.clock())

    @routes.put("/{name}", summary="Replace every field of a tenant", responses=_changes("Replaced."))
    async def replace_tenant(
        name: str, record: TenantRecord, expected: Expected, write: Writing, response: Response
    ) -> schemas.ChangedTenant:
        return await put("change tenant", name, expected, write, response, lambda _: record)

    @routes.patch("/{name}", summary="Change some fields of a tenant; null: inherit", responses=_changes("Changed."))
    async def change_tenant(
        name: str, patch: Patch, expected: Expected, write: Writing, response: Response
    ) -> schemas.ChangedTenant:
        return await put("change tenant", name, expected, write, response, lambda held: patched(held, patch))

    @routes.delete(
        "/{name}",
        summary="Delete a tenant and revoke its keys",
        responses={**answers(*CHANGES, "not_found"), **lagging(schemas.Changed)},
    )
    async def delete_tenant(name: str, expected: Expected, write: Writing) -> schemas.Changed:
        def make(actor: Actor) -> Revision:
            return context.administration.delete_tenant(actor, name, expected, write.reason)

        written = await write.carry_out(context, "delete tenant", make, lambda made: made.number)
        return schemas.Changed(revision=written.revision, propagation=written.propagation)

    @routes.get(
        "/{name}/explain",
        summary="Tell where each value in force comes from",
        responses=answers(*READS, "not_found"),
    )
    async def explain_tenant(name: str) -> schemas.ExplainedTenant:
        stored = found(context, name)
        fields = explain(stored.record, context.replica.latest[0].service.record)
        return schemas.ExplainedTenant(
            name=name,
            revision=stored.revision,
            fields={
                field: schemas.Explained(value=each.value, source=each.source, note=each.note)
                for field, each in fields.items()
            },
        )

    async def put(
        action: str,
        name: str,
        expected: int | None,
        write: Write,
        response: Response,
        wanted: Callable[[TenantRecord], TenantRecord],
    ) -> schemas.ChangedTenant:
        """Write what ``wanted`` makes of the tenant as it is at ``expected``; None creates it."""

        def make(actor: Actor) -> Stored[TenantRecord]:
            held = TenantRecord() if expected is None else found(context, name, expected).record
            record = wanted(held)
            made = context.administration.put_tenant(actor, name, record, expected, write.reason)
            return Stored(record, made.number)

        written = await write.carry_out(context, action, make, lambda made: made.revision)
        response.headers["etag"] = etag_of(written.revision)
        tenant = shown(name, written.made, context.replica.latest[0].service.record, context.clock())
        return schemas.ChangedTenant(**dict(tenant), propagation=written.propagation)

    return routes


def _changes(description: str) -> dict[int | str, dict[str, Any]]:
    return {
        **answers(*CHANGES, "not_found", "body_too_large"),
        **lagging(schemas.ChangedTenant),
        200: etagged(description),
    }


def found(context: AdminContext, name: str, expected: int | None = None) -> Stored[TenantRecord]:
    """The tenant, known to be at revision ``expected`` if that is given; raise NotThere or RevisionConflict."""
    stored = context.replica.latest[0].tenants.get(name)
    if stored is None:
        raise NotThere(f"There is no tenant {name[:80]!r}; GET /admin/v1/tenants lists those that there are.")
    if expected is not None and stored.revision != expected:
        raise RevisionConflict(f"Tenant {name} has changed since revision {expected}; read it again.", stored.revision)
    return stored


def shown(name: str, stored: Stored[TenantRecord], service: ServiceRecord, now: datetime) -> schemas.Tenant:
    """A tenant as it is written, and as it is in force at ``now``."""
    effective = {field: explained.value for field, explained in explain(stored.record, service).items()}
    return schemas.Tenant(
        name=name,
        revision=stored.revision,
        fields=stored.record,
        effective=schemas.EffectiveTenantFields(**effective),
        mode_now=resolve(name, stored.record, service, stored.revision).mode_at(now),
    )
