"""What was changed and who serves it: revisions, their rollback, replicas, the audit log."""

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from server.admin.console.fields import LABELS
from server.admin.console.sessions import PATH
from server.admin.console.visit import Console, Visit, in_thread, signed_in
from server.policy.replica import LIVE
from server.policy.repository import AuditEntry, PolicyRepository

_PAGE = 50
_ENTRIES_AT_ONCE = 1_000
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
    found = await in_thread(visit.context.repository.revisions, before, _PAGE)
    older = found[-1].number if len(found) == _PAGE and found[-1].number > 1 else None
    return visit.page("revisions.html", revisions=found, older=older, first=before is None)


async def _revision(visit: Visit) -> Response:
    number, repository = _number(visit), visit.context.repository
    found = await in_thread(repository.revisions, number + 1, 1)
    if not found or found[0].number != number:
        raise HTTPException(404, f"There is no revision {number}; the newest is {await in_thread(repository.head)}.")
    entries = await in_thread(entries_of, repository, number)
    return visit.page(
        "revision.html",
        revision=found[0],
        entries=[Entry(entry, lines(entry.before, entry.after)) for entry in entries],
        head=await in_thread(repository.head),
        saved=visit.query_number("saved", 0) or None,
    )


async def _roll_back(visit: Visit) -> Response:
    number, base, administration = _number(visit), visit.number("base"), visit.context.administration
    if visit.text("confirm") != "yes":
        raise HTTPException(400, "Tick the confirmation: a rollback changes the service and every tenant at once.")
    revision = await visit.context.change(
        "roll back", lambda: administration.rollback(visit.actor, number, base, visit.reason)
    )
    return await visit.saved(revision, f"{REVISIONS}/{revision.number}")


async def _propagation(visit: Visit) -> Response:
    return visit.page("_propagation.html", progress=await visit.console.followed.progress(_number(visit)))


async def _replicas(visit: Visit) -> Response:
    return visit.page("replicas.html", **await _standing(visit))


async def _replica_rows(visit: Visit) -> Response:
    return visit.page("_replicas.html", **await _standing(visit))


async def _standing(visit: Visit) -> Mapping[str, Any]:
    context = visit.context
    live = await in_thread(context.repository.replicas, context.clock() - LIVE)
    return {"replicas": live, "head": await in_thread(context.repository.head), "standing": context.replica.standing}


async def _audit(visit: Visit) -> Response:
    repository = visit.context.repository
    newest = await in_thread(repository.audit, 0, 1, newest_first=True)
    last = newest[0].sequence if newest else 0
    until = min(visit.query_number("until", last), last)
    after = max(0, until - _PAGE)
    found = await in_thread(repository.audit, after, until - after) if until > after else ()
    entries = [Entry(entry, lines(entry.before, entry.after)) for entry in reversed(found)]
    return visit.page("audit.html", entries=entries, older=after or None, total=last, first=until == last)


async def _verify(visit: Visit) -> Response:
    verdict = await in_thread(visit.context.repository.verify_audit)
    return visit.page("_verdict.html" if visit.request.headers.get("hx-request") else "verdict.html", verdict=verdict)


async def _export(visit: Visit) -> Response:
    repository = visit.context.repository

    async def entries() -> AsyncIterator[str]:
        after = 0
        while found := await in_thread(repository.audit, after, _ENTRIES_AT_ONCE):
            for entry in found:
                yield json.dumps({**asdict(entry), "at": entry.at.isoformat()}, ensure_ascii=False) + "\n"
            after = found[-1].sequence

    disposition = {"content-disposition": 'attachment; filename="sarsteer-audit.ndjson"'}
    return StreamingResponse(entries(), media_type="application/x-ndjson", headers=disposition)


def entries_of(repository: PolicyRepository, number: int) -> list[AuditEntry]:
    """The audit entries of one revision. Each revision has at least one, so its first lies at ``number`` or after."""
    entries: list[AuditEntry] = []
    after = number - 1
    while found := repository.audit(after, _ENTRIES_AT_ONCE):
        entries += (entry for entry in found if entry.revision == number)
        if found[-1].revision > number:
            break
        after = found[-1].sequence
    return entries


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
