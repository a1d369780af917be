"""The composition root: everything that serves a request, put together."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from fastapi import FastAPI
from prometheus_client import CollectorRegistry

from server.audio.fetch import AudioFetcher
from server.audio.limits import AudioLimits
from server.audio.pool import DecodePool
from server.chat.admission import Admission
from server.chat.route import chat_routes
from server.engine.protocol import ChatEngine
from server.errors import install_error_handlers
from server.health import health_routes
from server.middleware.access_log import AccessLogMiddleware
from server.middleware.body_limit import BodyLimitMiddleware
from server.middleware.drain import DrainMiddleware, DrainSwitch
from server.middleware.request_id import RequestIdMiddleware
from server.policy.limits import RateLimiter
from server.policy.model import Clock, PolicyStore
from server.settings import Settings
from server.telemetry.metrics import Metrics
from server.telemetry.recent import RecentTraffic
from steering.vector_set import VectorSetId


@dataclass(frozen=True, slots=True, eq=False)
class Service:
    """The application, and the switch that its process turns when it is told to stop."""

    app: FastAPI
    drain: DrainSwitch


def _closing(pool: DecodePool) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        pool.close()

    return lifespan


def _now() -> datetime:
    return datetime.now(UTC)


def create_service(
    settings: Settings,
    engine: ChatEngine,
    policy: PolicyStore,
    vector: VectorSetId,
    *,
    clock: Clock = _now,
    recent: RecentTraffic | None = None,
) -> Service:
    """The service over ``engine``; ``vector`` steers the tenants that name no set of their own."""
    metrics = Metrics(CollectorRegistry())
    for vector_set in engine.vector_sets:
        metrics.vector_info.labels(engine.model, str(vector_set.id), vector_set.digest).set(1)
    limits = AudioLimits(
        settings.max_clips,
        min(settings.max_clip_seconds, engine.hears_seconds),
        settings.max_audio_seconds,
        settings.max_decoded_bytes,
    )
    pool = DecodePool(settings.decode_workers, settings.decode_queue, limits)
    limiter = RateLimiter()
    admission = Admission(
        policy,
        engine,
        pool,
        AudioFetcher(settings.audio_url_hosts, settings.fetch_seconds, settings.fetch_max_bytes),
        metrics,
        vector,
        limiter,
        clock,
        salt_tenants=settings.salt_tenants,
    )
    drain = DrainSwitch(metrics)
    # Only what is documented is mounted: FastAPI's own pages would be routes that nobody guards.
    app = FastAPI(title="sarsteer", docs_url=None, redoc_url=None, openapi_url=None, lifespan=_closing(pool))
    app.include_router(chat_routes(admission, engine, metrics, limiter, recent or RecentTraffic()))
    app.include_router(health_routes(engine, lambda: drain.on, metrics.registry))
    install_error_handlers(app)
    # The last one added is the outermost.
    app.add_middleware(BodyLimitMiddleware, max_bytes=settings.max_body_bytes)
    app.add_middleware(DrainMiddleware, switch=drain, metrics=metrics)
    app.add_middleware(AccessLogMiddleware)
    app.add_middleware(RequestIdMiddleware)
    return Service(app, drain)
