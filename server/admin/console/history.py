"""What was changed and who serves it: revisions, their rollback, replicas, the audit log."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from server.admin.audit import NDJSON, exported
from server.admin.console.fields import LABELS
from server.admin.console.sessions import PATH
from server.admin.console.visit import Console, Visit, signed_in
from server.policy.replica import LIVE
from server.policy.repository import AuditEntry

_PAGE = 50
REVISIONS = f"{PATH}/revisions"


@dataclass(frozen=True, slots=True)
class Line:
    """A field before and after a change; None: it was, or is, not set."""

    label: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """An audit entry and what it changed, field by field."""

    audit: AuditEntry
    lines: tuple[Line, ...]

    @property
    def done(self) -> str:
        if self.audit.before is None:
            return "created"
        return "deleted" if self.audit.after is None else "changed"


def history_routes(console: Console) -> list[Route]:
    return [
        Route("/revisions", signed_in(console, _revisions), methods=["GET"]),
        Route("/revisions/{number:int}", signed_in(console, _revision), methods=["GET"]),
        Route("/revisions/{number:int}/rollback", signed_in(console, _roll_back), methods=["POST"]),
        Route("/propagation/{number:int}", signed_in(console, _propagation), methods=["GET"]),
        Route("/replicas", signed_in(console, _replicas), methods=["GET"]),
        Route("/part/replicas", signed_in(console, _replica_rows), methods=["GET"]),
        Route("/audit", signed_in(console, _audit), methods=["GET"]),
        Route("/audit/verify", signed_in(console, _verify), methods=["GET"]),
        Route("/audit/export", signed_in(console, _export), methods=["GET"]),
    ]


async def _revisions(visit: Visit) -> Response:
    before = visit.query_number("before", 0) or None
    found = await asyncio.to_thread(visit.context.repository.revisions, before, _PAGE)
    older = found[-1].number if len(found) == _PAGE and found[-1].number > 1 else None
    return visit.page("revisions.html", revisions=found, older=older, first=before is None)


async def _revision(visit: Visit) -> Response:
    number, repository = _number(visit), visit.context.repository
    found = await asyncio.to_thread(repository.revisions, number + 1, 1)
    if not found or found[0].number != number:
        raise HTTPException(
            404, f"There is no revision {number}; the newest is {await asyncio.to_thread(repository.head)}."
        )
    entries = await asyncio.to_thread(repository.audit_of, number)
    return visit.page(
        "revision.html",
        revision=found[0],
        entries=[Entry(entry, lines(entry.before, entry.after)) for entry in entries],
        head=await asyncio.to_thread(repository.head),
        saved=visit.query_number("saved", 0) or None,
    )


async def _roll_back(visit: Visit) -> Response:
    number, base, administration = _number(visit), visit.number("base"), visit.context.administration
    if visit.text("confirm") != "yes":
        raise HTTPException(400, "Tick the confirmation: a rollback changes the service and every tenant at once.")
    revision = await visit.change("roll back", lambda actor: administration.rollback(actor, number, base, visit.reason))
    return visit.saved(revision, f"{REVISIONS}/{revision.number}")


async def _propagation(visit: Visit) -> Response:
    return visit.page("_propagation.html", progress=await visit.console.followed.progress(_number(visit)))


async def _replicas(visit: Visit) -> Response:
    return visit.page("replicas.html", **await _standing(visit))


async def _replica_rows(visit: Visit) -> Response:
    return visit.page("_replicas.html", **await _standing(visit))


async def _standing(visit: Visit) -> Mapping[str, Any]:
    context = visit.context
    live = await asyncio.to_thread(context.repository.replicas, context.clock() - LIVE)
    return {
        "replicas": live,
        "head": await asyncio.to_thread(context.repository.head),
        "standing": context.replica.standing,
    }


async def _audit(visit: Visit) -> Response:
    repository = visit.context.repository
    newest = await asyncio.to_thread(repository.audit, 0, 1, newest_first=True)
    last = newest[0].sequence if newest else 0
    until = min(visit.query_number("until", last), last)
    after = max(0, until - _PAGE)
    found = await asyncio.to_thread(repository.audit, after, until - after) if until > after else ()
    entries = [Entry(entry, lines(entry.before, entry.after)) for entry in reversed(found)]
    return visit.page("audit.html", entries=entries, older=after or None, total=last, first=until == last)


async def _verify(visit: Visit) -> Response:
    verdict = await asyncio.to_thread(visit.context.repository.verify_audit)
    return visit.page("_verdict.html" if visit.request.headers.get("hx-request") else "verdict.html", verdict=verdict)


async def _export(visit: Visit) -> Response:
    disposition = {"content-disposition": 'attachment; filename="sarsteer-audit.ndjson"'}
    return StreamingResponse(await exported(visit.context.repository), media_type=NDJSON, headers=disposition)


def lines(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> tuple[Line, ...]:
    """The fields that differ between two bodies."""
    old, new = before or {}, after or {}
    return tuple(
        Line(LABELS.get(name, name.replace("_", " ").capitalize()), _value(old, name), _value(new, name))
        for name in sorted({*old, *new}, key=list({**old, **new}).index)
        if old.get(name) != new.get(name)
    )


def _value(body: Mapping[str, Any], name: str) -> str | None:
    if name not in body:
        return None
    value = body[name]
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _number(visit: Visit) -> int:
    number = int(visit.request.path_params["number"])
    if number >= 2**53:
        raise HTTPException(404, "There is no such revision.")
    return number
