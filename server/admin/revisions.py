"""``/revisions``: every change there was, and the way back to how things were."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from pydantic import Field

from server.admin import schemas
from server.admin.context import AdminContext
from server.admin.openapi import CHANGES, STORE_READS, answers, etagged, lagging, link
from server.admin.preconditions import LARGEST, Expected, etag_of
from server.admin.strict_json import strict_router
from server.admin.writes import Writing
from server.policy.actor import Actor
from server.policy.errors import NotThere
from server.policy.repository import AuditEntry, Revision

Number = Annotated[int, Path(ge=1, le=LARGEST)]


class RevisionPage(schemas.Sent):
    before: int | None = Field(default=None, ge=1, le=LARGEST, description="Revisions below this one.")
    limit: int = Field(default=50, ge=1, le=1000)


def revision_routes(context: AdminContext) -> APIRouter:
    """The store's revisions, read from it each time."""
    routes = strict_router("/revisions", "revisions")
    repository = context.repository

    @routes.get(
        "",
        summary="List the revisions, the newest first",
        responses={
            **answers("invalid_value", *STORE_READS),
            200: {
                **etagged("The revisions; the ETag is the newest one's number."),
                "links": {
                    "read_revision": link("read_revision", {"number": "$response.body#/data/0/number"}),
                    "roll_back": link("roll_back", {"number": "$response.body#/data/1/number"}, if_match=True),
                },
            },
        },
    )
    async def list_revisions(page: Annotated[RevisionPage, Query()], response: Response) -> schemas.Revisions:
        def read() -> tuple[tuple[Revision, ...], int]:
            return repository.revisions(page.before, page.limit), repository.head()

        found, head = await asyncio.to_thread(read)
        response.headers["etag"] = etag_of(head)
        more = len(found) == page.limit and found[-1].number > 1
        return schemas.Revisions(
            data=[schemas.RevisionSummary.of(revision) for revision in found],
            head=head,
            next=found[-1].number if more else None,
        )

    @routes.get(
        "/{number}",
        summary="Read a revision and what it changed",
        responses=answers("invalid_value", *STORE_READS, "not_found"),
    )
    async def read_revision(number: Number) -> schemas.RevisionDetail:
        def read() -> tuple[tuple[Revision, ...], tuple[AuditEntry, ...]]:
            return repository.revisions(number + 1, 1), repository.audit_of(number)

        found, entries = await asyncio.to_thread(read)
        if not found or found[0].number != number:
            raise NotThere(f"There is no revision {number}; GET /admin/v1/revisions lists those that there are.")
        summary = schemas.RevisionSummary.of(found[0])
        return schemas.RevisionDetail(**dict(summary), entries=[schemas.Audited.of(entry) for entry in entries])

    @routes.post(
        "/{number}/rollback",
        summary="Make the service and every tenant what they were at a revision, in a new one",
        responses={**answers(*CHANGES, "not_found"), **lagging(schemas.Changed)},
    )
    async def roll_back(number: Number, expected: Expected, write: Writing) -> schemas.Changed:
        def make(actor: Actor) -> Revision:
            return context.administration.rollback(actor, number, expected, write.reason)

        written = await write.carry_out(context, "roll back", make, lambda made: made.number)
        return schemas.Changed(revision=written.revision, propagation=written.propagation)

    return routes
