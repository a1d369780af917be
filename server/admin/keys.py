"""``/tenants/{name}/keys``, ``/keys``, ``/admin-keys`` and ``/me``: who may call, and who may administer.

A key is answered once, by the request that makes it. No answer holds a MAC.
"""

from collections.abc import Callable
from datetime import timedelta

from fastapi import APIRouter

from server.admin import schemas
from server.admin.access import Acting
from server.admin.context import AdminContext
from server.admin.openapi import READS, WRITES, answers, lagging, link
from server.admin.strict_json import strict_router
from server.admin.tenants import found
from server.admin.writes import Write, Writing
from server.policy.actor import Actor
from server.policy.administration import Issued
from server.policy.records import AdminKeyRecord, KeyRecord
from server.policy.repository import Revision

_KEY_LINKS = {name: link(name, {"id": "$response.body#/id"}) for name in ("rotate_key", "revoke_key")}
_ADMIN_KEY_LINKS = {"revoke_admin_key": link("revoke_admin_key", {"id": "$response.body#/id"})}


def key_routes(context: AdminContext) -> APIRouter:
    """The tenants' keys."""
    routes = strict_router("", "keys")

    @routes.get("/tenants/{name}/keys", summary="List a tenant's keys", responses=answers(*READS, "not_found"))
    async def list_keys(name: str) -> schemas.Listed[schemas.Key]:
        found(context, name)
        now = context.clock()
        keys = context.replica.latest[1].keys
        of_tenant = [(id_, each.record) for id_, each in keys.items() if each.record.tenant == name]
        of_tenant.sort(key=lambda item: (item[1].created, item[0]))
        return schemas.Listed(data=[schemas.Key.of(id_, record, now) for id_, record in of_tenant])

    @routes.post(
        "/tenants/{name}/keys",
        status_code=201,
        summary="Issue a key of a tenant",
        responses={
            **answers(*WRITES, "not_found", "body_too_large"),
            **lagging(schemas.IssuedKey),
            201: {"description": "Issued; the key is shown this once.", "links": _KEY_LINKS},
        },
    )
    async def issue_key(name: str, wanted: schemas.NewKey, write: Writing) -> schemas.IssuedKey:
        def make(actor: Actor) -> Issued:
            return context.administration.issue_key(actor, name, write.reason, wanted.label, wanted.expires)

        return await issued("issue key", write, make)

    @routes.post(
        "/keys/{id}/rotate",
        status_code=201,
        summary="Issue a key in another's place, which ends after an overlap",
        responses={
            **answers(*WRITES, "not_found", "body_too_large"),
            **lagging(schemas.IssuedKey),
            201: {"description": "Issued; the key is shown this once.", "links": _KEY_LINKS},
        },
    )
    async def rotate_key(id: str, rotation: schemas.Rotation, write: Writing) -> schemas.IssuedKey:
        def make(actor: Actor) -> Issued:
            overlap = timedelta(seconds=rotation.overlap_seconds)
            return context.administration.rotate_key(actor, id, overlap, write.reason)

        return await issued("rotate key", write, make)

    @routes.delete(
        "/keys/{id}",
        summary="Revoke a key",
        responses={**answers(*WRITES, "not_found"), **lagging(schemas.Changed)},
    )
    async def revoke_key(id: str, write: Writing) -> schemas.Changed:
        def make(actor: Actor) -> Revision:
            return context.administration.revoke_key(actor, id, write.reason)

        written = await write.carry_out(context, "revoke key", make, lambda made: made.number)
        return schemas.Changed(revision=written.revision, propagation=written.propagation)

    async def issued(action: str, write: Write, make: Callable[[Actor], Issued]) -> schemas.IssuedKey:
        written = await write.carry_out(context, action, make, lambda made: made.revision.number)
        made = written.made
        assert isinstance(made.record, KeyRecord)
        key = schemas.Key.of(made.id, made.record, context.clock())
        return schemas.IssuedKey(**dict(key), key=made.text, revision=written.revision, propagation=written.propagation)

    return routes


def admin_key_routes(context: AdminContext) -> APIRouter:
    """The administrators' keys."""
    routes = strict_router("", "admin keys")

    @routes.get("/me", summary="Tell whose admin key this is", responses=answers(*READS))
    async def me(actor: Acting) -> schemas.Me:
        return schemas.Me(id=actor.id, scope=actor.scope)

    @routes.get("/admin-keys", summary="List the admin keys", responses=answers(*READS))
    async def list_admin_keys() -> schemas.Listed[schemas.AdminKey]:
        now = context.clock()
        keys = [(id_, each.record) for id_, each in context.replica.latest[1].admin_keys.items()]
        keys.sort(key=lambda item: (item[1].created, item[0]))
        return schemas.Listed(data=[schemas.AdminKey.of(id_, record, now) for id_, record in keys])

    @routes.post(
        "/admin-keys",
        status_code=201,
        summary="Issue an admin key",
        responses={
            **answers(*WRITES, "body_too_large"),
            **lagging(schemas.IssuedAdminKey),
            201: {"description": "Issued; the key is shown this once.", "links": _ADMIN_KEY_LINKS},
        },
    )
    async def issue_admin_key(wanted: schemas.NewAdminKey, write: Writing) -> schemas.IssuedAdminKey:
        def make(actor: Actor) -> Issued:
            return context.administration.issue_admin_key(
                actor, wanted.scope, write.reason, wanted.label, wanted.expires
            )

        written = await write.carry_out(context, "issue admin key", make, lambda made: made.revision.number)
        made = written.made
        assert isinstance(made.record, AdminKeyRecord)
        key = schemas.AdminKey.of(made.id, made.record, context.clock())
        return schemas.IssuedAdminKey(
            **dict(key), key=made.text, revision=written.revision, propagation=written.propagation
        )

    @routes.delete(
        "/admin-keys/{id}",
        summary="Revoke an admin key",
        responses={**answers(*WRITES, "not_found"), **lagging(schemas.Changed)},
    )
    async def revoke_admin_key(id: str, write: Writing) -> schemas.Changed:
        def make(actor: Actor) -> Revision:
            return context.administration.revoke_admin_key(actor, id, write.reason)

        written = await write.carry_out(context, "revoke admin key", make, lambda made: made.number)
        return schemas.Changed(revision=written.revision, propagation=written.propagation)

    return routes
