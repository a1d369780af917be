"""Is the process alive, is it ready for requests, and what do its metrics say."""

from collections.abc import Callable

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from starlette.responses import JSONResponse

from server.engine.protocol import ChatEngine


def health_routes(engine: ChatEngine, draining: Callable[[], bool], registry: CollectorRegistry) -> APIRouter:
    """``/livez``, ``/readyz`` and ``/metrics``: vLLM's metrics and, from ``registry``, ours."""
    routes = APIRouter()

    @routes.get("/livez")
    async def livez() -> Response:
        return _answer({"engine has stopped": not engine.alive})

    @routes.get("/readyz")
    async def readyz() -> Response:
        return _answer(
            {
                "engine has stopped": not engine.alive,
                "no vector set is verified": not engine.vector_sets,
                "draining": draining(),
            }
        )

    @routes.get("/metrics")
    async def metrics() -> Response:
        return Response(generate_latest(REGISTRY) + generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return routes


def _answer(failing: dict[str, bool]) -> Response:
    reasons = [reason for reason, fails in failing.items() if fails]
    return JSONResponse(
        {"status": "failing" if reasons else "ok", "reasons": reasons}, status_code=503 if reasons else 200
    )
