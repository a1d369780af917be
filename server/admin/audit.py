"""``/audit``: what was done, by whom and why, as a chain of digests."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import StreamingResponse

from server.admin import schemas
from server.admin.context import AdminContext
from server.admin.openapi import STORE_READS, answers
from server.admin.preconditions import LARGEST
from server.admin.strict_json import strict_router
from server.policy.repository import AuditEntry, PolicyRepository

_BATCH = 500
NDJSON = "application/x-ndjson"


class EntryPage(schemas.Sent):
    after: int = Field(default=0, ge=0, le=LARGEST, description="Entries of a sequence above this one.")
    limit: int = Field(default=100, ge=1, le=1000)
    order: Literal["oldest", "newest"] = Field(default="oldest", description="Which come first.")


def audit_routes(context: AdminContext) -> APIRouter:
    """The audit, read from the store each time."""
    routes = strict_router("/audit", "audit")
    repository = context.repository

    @routes.get("", summary="List the audit's entries", responses=answers("invalid_value", *STORE_READS))
    async def list_entries(page: Annotated[EntryPage, Query()]) -> schemas.AuditPage:
        newest_first = page.order == "newest"
        found = await asyncio.to_thread(repository.audit, page.after, page.limit, newest_first=newest_first)
        more = len(found) == page.limit and not newest_first
        return schemas.AuditPage(
            data=[schemas.Audited.of(entry) for entry in found], next=found[-1].sequence if more else None
        )

    @routes.get("/verify", summary="Walk the whole chain", responses=answers(*STORE_READS))
    async def verify() -> schemas.Verdict:
        verdict = await asyncio.to_thread(repository.verify_audit)
        return schemas.Verdict(
            ok=verdict.fault is None, entries=verdict.entries, digest=verdict.digest, fault=verdict.fault
        )

    @routes.get(
        "/export",
        summary="Export every entry, one JSON object a line, the oldest first",
        description="Breaks off, without its last chunk, if the store goes away: then it is not everything.",
        response_class=StreamingResponse,
        responses={
            **answers(*STORE_READS),
            200: {
                "description": "The entries, each as in the list of them.",
                "content": {NDJSON: {"schema": {"type": "string"}}},
            },
        },
    )
    async def export() -> StreamingResponse:
        return StreamingResponse(await exported(repository), media_type=NDJSON)

    return routes


async def exported(repository: PolicyRepository) -> AsyncIterator[str]:
    """Every entry, one JSON object a line; raise StoreUnavailable before the first line if the store is away."""
    first = await asyncio.to_thread(repository.audit, 0, _BATCH)

    async def lines(batch: tuple[AuditEntry, ...]) -> AsyncIterator[str]:
        while batch:
            yield "".join(f"{schemas.Audited.of(entry).model_dump_json()}\n" for entry in batch)
            batch = await asyncio.to_thread(repository.audit, batch[-1].sequence, _BATCH)

    return lines(first)
