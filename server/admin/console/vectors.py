"""The vector store's versions: which are in service, and what each one's evaluation shows."""

import asyncio

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from server.admin.console import vector_sets
from server.admin.console.charts import plots
from server.admin.console.visit import Console, Visit, signed_in
from server.admin.vectors import use_of
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
        versions = await asyncio.to_thread(vector_sets.versions, context)
    except VectorStoreError as error:
        problem = str(error)
    return visit.page("vectors.html", versions=versions, problem=problem, use=use_of(context))


async def _version(visit: Visit) -> Response:
    context, path = visit.context, visit.request.path_params
    id_ = VectorSetId(str(path["name"]), str(path["version"]))
    try:
        version: vector_sets.Version = await asyncio.to_thread(vector_sets.version, context, id_)
    except VectorStoreError as error:
        raise HTTPException(404, str(error)) from error
    evaluation = await asyncio.to_thread(vector_sets.evaluation, context, id_)
    return visit.page(
        "vector.html",
        version=version,
        plots=plots(evaluation, version.band, version.ungated) if version.band else (),
        split=evaluation.get("split"),
        requests=evaluation.get("requests"),
        use=use_of(context),
        canaries=context.canaries.of(id_) if context.canaries else None,
    )
