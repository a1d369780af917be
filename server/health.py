"""Is the process alive, is it ready for requests, and what do its metrics say."""

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from starlette.responses import JSONResponse

from server.engine.protocol import ChatEngine
from server.policy.replica import PolicyReplica
from server.telemetry.canaries import Canaries


@dataclass(frozen=True, slots=True)
class Health:
    """What stands in the way of answering (empty: nothing), and what is worth a warning."""

    failing: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    def __add__(self, other: "Health") -> "Health":
        return Health(self.failing + other.failing, self.warnings + other.warnings)


def canary_health(canaries: Canaries | None, *, fails: bool) -> Health:
    """What the newest run of the server's own set says; unready for it only where it is told to be (``fails``)."""
    newest = canaries.of_default if canaries else None
    if newest is None or not newest.beyond:
        return Health()
    told = (f"the canaries of {newest.vector} are beyond its certificate: {newest.words}",)
    return Health(failing=told) if fails else Health(warnings=told)


def policy_health(replica: PolicyReplica, stale_seconds: float) -> Health:
    """Unready before the first snapshot, and once the store has been silent for ``stale_seconds``."""
    standing = replica.standing
    failing = []
    if replica.serving is None:
        failing.append("no policy has been seen yet")
    if standing.age_seconds > stale_seconds:
        failing.append(f"the policy store has not answered for {standing.age_seconds:.0f} s")
    warnings = [problem for problem in (standing.store_problem, standing.held_back) if problem]
    return Health(tuple(failing), tuple(warnings))


def health_routes(
    engine: ChatEngine,
    draining: Callable[[], bool],
    health: Callable[[], Health],
    registry: CollectorRegistry,
) -> APIRouter:
    """``/livez``, ``/readyz`` and ``/metrics``: vLLM's metrics and, from ``registry``, ours."""
    routes = APIRouter()

    @routes.get("/livez")
    async def livez() -> Response:
        return _answer({"engine has stopped": not engine.alive})

    @routes.get("/readyz")
    async def readyz() -> Response:
        found = health()
        failing = {
            "engine has stopped": not engine.alive,
            "no vector set is verified": not engine.vector_sets,
            "draining": draining(),
            **dict.fromkeys(found.failing, True),
        }
        return _answer(failing, found.warnings)

    @routes.get("/metrics")
    async def metrics() -> Response:
        return Response(generate_latest(REGISTRY) + generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return routes


def _answer(failing: dict[str, bool], warnings: tuple[str, ...] = ()) -> Response:
    reasons = [reason for reason, fails in failing.items() if fails]
    return JSONResponse(
        {"status": "failing" if reasons else "ok", "reasons": reasons, "warnings": warnings},
        status_code=503 if reasons else 200,
    )
