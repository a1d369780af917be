"""Is the process alive, is it ready for requests, and what do its metrics say."""

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from starlette.responses import JSONResponse

from server.engine.protocol import ChatEngine
from server.policy.replica import PolicyReplica


@dataclass(frozen=True, slots=True)
class PolicyHealth:
    """What stands in the way of answering by a policy (empty: nothing), and what is worth a warning."""

    failing: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def policy_health(replica: PolicyReplica, stale_seconds: float) -> PolicyHealth:
    """Unready before the first snapshot, and once the store has been silent for ``stale_seconds``."""
    standing = replica.standing
    failing = []
    if replica.serving is None:
        failing.append("no policy has been seen yet")
    if standing.age_seconds > stale_seconds:
        failing.append(f"the policy store has not answered for {standing.age_seconds:.0f} s")
    warnings = [problem for problem in (standing.store_problem, standing.held_back) if problem]
    return PolicyHealth(tuple(failing), tuple(warnings))


def health_routes(
    engine: ChatEngine,
    draining: Callable[[], bool],
    policy: Callable[[], PolicyHealth],
    registry: CollectorRegistry,
) -> APIRouter:
    """``/livez``, ``/readyz`` and ``/metrics``: vLLM's metrics and, from ``registry``, ours."""
    routes = APIRouter()

    @routes.get("/livez")
    async def livez() -> Response:
        return _answer({"engine has stopped": not engine.alive})

    @routes.get("/readyz")
    async def readyz() -> Response:
        health = policy()
        failing = {
            "engine has stopped": not engine.alive,
            "no vector set is verified": not engine.vector_sets,
            "draining": draining(),
            **dict.fromkeys(health.failing, True),
        }
        return _answer(failing, health.warnings)

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
