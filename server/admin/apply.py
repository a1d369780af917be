"""``/apply``: the service and tenants as a document says, in one revision, or what that would change."""

import asyncio
from typing import Annotated, Any, Self

from fastapi import APIRouter, Depends, Query, Response
from pydantic import Field
from starlette.requests import Request

from server.admin import schemas
from server.admin.access import Acting
from server.admin.context import AdminContext
from server.admin.openapi import WRITES, answers, etagged, lagging
from server.admin.preconditions import PlannedFor, etag_of
from server.admin.strict_json import strict_router
from server.admin.writes import Write, WriteQuery
from server.errors import InvalidValue
from server.policy.actor import Actor
from server.policy.document import PolicyDocument
from server.policy.errors import RevisionConflict
from server.policy.plan import Action, Plan, Step
from server.policy.records import Reason
from server.policy.repository import Kind, Revision


class ApplyQuery(WriteQuery):
    reason: Reason = Field(default="dry run", description="Why, on one line; only a dry run needs none.")
    dry_run: bool = Field(default=False, description="Only answer what would change.")
    prune: bool = Field(default=False, description="Delete the tenants that the document does not list.")


class ApplyWrite(Write):
    """The document's write, or its dry run."""

    def __init__(
        self, query: Annotated[ApplyQuery, Query()], actor: Acting, request: Request, response: Response
    ) -> None:
        super().__init__(query, actor, response)
        self.dry_run = query.dry_run
        self.prune = query.prune
        # FastAPI fills in defaults before the model is made, which so cannot tell what was sent.
        if not query.dry_run and "reason" not in request.query_params:
            raise InvalidValue("reason: a change needs to say why; it is audited.", param="reason")


class FieldChange(schemas.Answered):
    field: str
    before: Any = Field(description="null where it is not set.")
    after: Any


class PlannedChange(schemas.Answered):
    kind: Kind
    name: str
    action: Action
    fields: list[FieldChange]

    @classmethod
    def of(cls, step: Step) -> Self:
        fields = [FieldChange(field=each.field, before=each.before, after=each.after) for each in step.fields]
        return cls(kind=step.kind, name=step.name, action=step.action, fields=fields)


class Applied(schemas.Answered):
    changes: list[PlannedChange]
    revision: int | None = Field(description="The revision that was made; null for a dry run or where nothing changes.")
    propagation: schemas.Propagation | None = Field(description="null unless the write waited.")

    @classmethod
    def of(cls, plan: Plan, revision: int | None = None, propagation: schemas.Propagation | None = None) -> Self:
        changes = [PlannedChange.of(step) for step in plan.steps]
        return cls(changes=changes, revision=revision, propagation=propagation)


def apply_routes(context: AdminContext) -> APIRouter:
    """The route by which a policy file comes."""
    routes = strict_router("/apply", "policy")

    @routes.post(
        "",
        summary="Make the service and the tenants what a document says, in one revision",
        description="Declarative: applied twice, a document makes no second revision. What it leaves out stays as it "
        "is, tenants unless `prune`; what a tenant in it leaves out, that tenant inherits. A dry run's ETag, sent as "
        "`If-Match`, applies exactly what it showed.",
        responses={
            **answers(*WRITES, "revision_conflict", "body_too_large"),
            **lagging(Applied),
            200: etagged("What changed or, for a dry run, would; the ETag is the newest revision."),
        },
    )
    async def apply_document(
        document: PolicyDocument,
        planned_for: PlannedFor,
        write: Annotated[ApplyWrite, Depends(ApplyWrite)],
        response: Response,
    ) -> Applied:
        if not write.dry_run:
            write.actor.require("operate", "Applying a document")
        await context.look()
        plan = await asyncio.to_thread(context.administration.plan, document, write.prune)
        if planned_for not in (None, plan.base):
            raise RevisionConflict(f"The plan was made for revision {planned_for}; plan anew.", plan.base)
        response.headers["etag"] = etag_of(plan.base)
        if write.dry_run or not plan.changes:
            return Applied.of(plan)

        def make(actor: Actor) -> Revision | None:
            return context.administration.apply(actor, document, plan.base, write.reason, write.prune)

        written = await write.carry_out(
            context, "apply document", make, lambda made: plan.base if made is None else made.number
        )
        response.headers["etag"] = etag_of(written.revision)
        return Applied.of(plan, written.revision, written.propagation)

    return routes
