"""The vector store's versions: which are in service, and what each one's evaluation shows."""

from collections import Counter

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from server.admin.console import vector_sets
from server.admin.console.charts import plots
from server.admin.console.tenant_list import newest
from server.admin.console.visit import Console, Visit, in_thread, signed_in
from steering.store_errors import VectorStoreError
from steering.vector_set import VectorSetId


def vector_routes(console: Console) -> list[Route]:
    return [
        Route("/vectors", signed_in(console, _list), methods=["GET"]),
        Route("/vectors/{name}/{version}", signed_in(console, _version), methods=["GET"]),
    ]


async def _list(visit: Visit) -> Response:
    context, problem = visit.context, None
    versions: tuple[vector_sets.Version, ...] = ()
    try:
        versions = await in_thread(vector_sets.versions, context)
    except VectorStoreError as error:
        problem = str(error)
    snapshot = newest(context)
    used = Counter(
        tenant.vector or context.default_vector
        for name in snapshot.state.tenants
        if (tenant := snapshot.tenant(name)) is not None
    )
    return visit.page(
        "vectors.html",
        versions=versions,
        problem=problem,
        used=used,
        channels=vector_sets.channels(context, snapshot.state.service.record),
        default=context.default_vector,
    )


async def _version(visit: Visit) -> Response:
    context, path = visit.context, visit.request.path_params
    id_ = VectorSetId(str(path["name"]), str(path["version"]))
    try:
        version: vector_sets.Version = await in_thread(vector_sets.version, context, id_)
    except VectorStoreError as error:
        raise HTTPException(404, str(error)) from error
    evaluation = await in_thread(vector_sets.evaluation, context, id_)
    service = newest(context).state.service.record
    return visit.page(
        "vector.html",
        version=version,
        plots=plots(evaluation, version.band) if version.band else (),
        split=evaluation.get("split"),
        requests=evaluation.get("requests"),
        channels=vector_sets.channels(context, service),
        default=context.default_vector,
    )
