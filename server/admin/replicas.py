"""``/replicas`` and ``/status``: who serves which revision."""

import asyncio

from fastapi import APIRouter

from server.admin import schemas
from server.admin.context import AdminContext
from server.admin.openapi import READS, STORE_READS, answers
from server.admin.strict_json import strict_router
from server.policy.replica import LIVE
from server.policy.repository import ReplicaState


def replica_routes(context: AdminContext) -> APIRouter:
    """The live replicas as the store lists them, and this one as it stands."""
    routes = strict_router("", "replicas")

    @routes.get("/replicas", summary="List the live replicas", responses=answers(*STORE_READS))
    async def list_replicas() -> schemas.Replicas:
        def read() -> tuple[tuple[ReplicaState, ...], int]:
            return context.repository.replicas(context.clock() - LIVE), context.repository.head()

        found, head = await asyncio.to_thread(read)
        data = [
            schemas.Replica(
                id=each.id,
                name=each.name,
                started=each.started,
                seen=each.seen,
                revision=each.revision,
                problem=each.problem,
            )
            for each in found
        ]
        return schemas.Replicas(data=data, head=head)

    @routes.get("/status", summary="Tell how this replica stands", responses=answers(*READS))
    async def status() -> schemas.Standing:
        replica, standing = context.replica, context.replica.standing
        return schemas.Standing(
            id=replica.identity.id,
            name=replica.identity.name,
            started=replica.identity.started,
            serving=replica.serving.revision if replica.serving else None,
            newest=replica.latest[1].revision,
            age_seconds=round(standing.age_seconds, 3),
            store_problem=standing.store_problem,
            held_back=standing.held_back,
            model=context.engine.model,
            engine_alive=context.engine.alive,
        )

    return routes
