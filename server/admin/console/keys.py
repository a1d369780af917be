"""Tenants' keys and admin keys: issued and shown once, rotated, revoked."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from server.admin.console.sessions import PATH
from server.admin.console.tenants import address_of
from server.admin.console.visit import Console, Visit, signed_in
from server.policy.administration import Issued
from server.policy.records import SCOPES, is_live

ADMIN_KEYS = f"{PATH}/admin-keys"
EXPIRES: Mapping[str, str] = {"": "never", "7": "in 7 days", "30": "in 30 days", "90": "in 90 days", "365": "in a year"}
OVERLAPS: Mapping[str, str] = {
    "0": "none: the old key ends now",
    "3600": "1 hour",
    "86400": "1 day",
    "604800": "7 days",
}
SCOPE_WORDS = {
    "read": "look at everything",
    "operate": "and change policies, issue keys, use the playground",
    "security": "and change bounds, delete tenants, roll back, issue admin keys",
}


def key_routes(console: Console) -> list[Route]:
    return [
        Route("/tenants/{name}/keys", signed_in(console, _issue), methods=["POST"]),
        Route("/keys/{id}/rotate", signed_in(console, _rotate), methods=["POST"]),
        Route("/keys/{id}/revoke", signed_in(console, _revoke), methods=["POST"]),
        Route("/admin-keys", signed_in(console, _admin_keys), methods=["GET"]),
        Route("/admin-keys", signed_in(console, _issue_admin), methods=["POST"]),
        Route("/admin-keys/{id}/revoke", signed_in(console, _revoke_admin), methods=["POST"]),
    ]


async def _issue(visit: Visit) -> Response:
    name = str(visit.request.path_params["name"])
    label, expires, administration = visit.text("label"), _expires(visit), visit.context.administration
    issued = await visit.change(
        "issue key", lambda actor: administration.issue_key(actor, name, visit.reason, label, expires)
    )
    return _shown_once(visit, issued, f"A key of {name}", address_of(name))


async def _rotate(visit: Visit) -> Response:
    id_, tenant = _tenants_key(visit)
    overlap = visit.text("overlap")
    if overlap not in OVERLAPS:
        raise HTTPException(400, f"The overlap must be one of those listed, not {overlap[:40]!r}.")
    span, administration = timedelta(seconds=int(overlap)), visit.context.administration
    issued = await visit.change("rotate key", lambda actor: administration.rotate_key(actor, id_, span, visit.reason))
    return _shown_once(visit, issued, f"The new key of {tenant}, in place of {id_}", address_of(tenant))


async def _revoke(visit: Visit) -> Response:
    id_, tenant = _tenants_key(visit)
    administration = visit.context.administration
    revision = await visit.change("revoke key", lambda actor: administration.revoke_key(actor, id_, visit.reason))
    return visit.saved(revision, address_of(tenant))


async def _admin_keys(visit: Visit) -> Response:
    visit.actor.require("security", "Looking at the admin keys")
    now = visit.context.clock()
    held = visit.context.replica.latest[1].admin_keys
    keys = sorted(
        ((id_, stored.record, is_live(stored.record, now)) for id_, stored in held.items()),
        key=lambda each: (not each[2], -each[1].created.timestamp()),
    )
    return visit.page(
        "admin_keys.html", keys=keys, scopes=SCOPE_WORDS, expires=EXPIRES, saved=visit.query_number("saved", 0) or None
    )


async def _issue_admin(visit: Visit) -> Response:
    scope = next((scope for scope in SCOPES if scope == visit.text("scope")), None)
    if scope is None:
        raise HTTPException(400, f"The scope must be one of {', '.join(SCOPES)}, not {visit.text('scope')[:40]!r}.")
    label, expires, administration = visit.text("label"), _expires(visit), visit.context.administration
    issued = await visit.change(
        "issue admin key", lambda actor: administration.issue_admin_key(actor, scope, visit.reason, label, expires)
    )
    return _shown_once(visit, issued, f"An admin key of the scope {scope}", ADMIN_KEYS)


async def _revoke_admin(visit: Visit) -> Response:
    id_, administration = str(visit.request.path_params["id"]), visit.context.administration
    revision = await visit.change(
        "revoke admin key", lambda actor: administration.revoke_admin_key(actor, id_, visit.reason)
    )
    return visit.saved(revision, ADMIN_KEYS)


def _shown_once(visit: Visit, issued: Issued, what: str, back: str) -> Response:
    """The page with the key. It answers the form itself: a key must be in no address, and is kept nowhere."""
    return visit.page("key_issued.html", 201, issued=issued, what=what, back=back, saved=issued.revision.number)


def _tenants_key(visit: Visit) -> tuple[str, str]:
    """A key's id and its tenant; raise a 404 for one that is not there."""
    id_ = str(visit.request.path_params["id"])
    stored = visit.context.replica.latest[1].keys.get(id_)
    if stored is None:
        raise HTTPException(404, f"There is no key {id_[:40]}.")
    return id_, stored.record.tenant


def _expires(visit: Visit) -> datetime | None:
    days = visit.text("expires")
    if days not in EXPIRES:
        raise HTTPException(400, f"The end must be one of those listed, not {days[:40]!r}.")
    return visit.context.clock() + timedelta(days=int(days)) if days else None
