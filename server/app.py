"""The composition root: everything that serves a request, put together."""

import random
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

from fastapi import FastAPI
from prometheus_client import CollectorRegistry

from server.admin.app import create_admin_app
from server.admin.context import AdminContext
from server.audio.fetch import AudioFetcher
from server.audio.limits import AudioLimits
from server.audio.pool import DecodePool
from server.chat.admission import Admission
from server.chat.route import chat_routes
from server.control import ControlPlane, now
from server.engine.protocol import ChatEngine
from server.errors import install_error_handlers
from server.health import Health, canary_health, health_routes, policy_health
from server.middleware.access_log import AccessLogMiddleware
from server.middleware.body_limit import BodyLimitMiddleware
from server.middleware.drain import DrainMiddleware, DrainSwitch
from server.middleware.request_id import RequestIdMiddleware
from server.policy.limits import RateLimiter
from server.policy.model import Clock, PolicyStore
from server.policy.open import OpenToAll
from server.policy.replica import PolicyReplica
from server.settings import Settings
from server.telemetry.canaries import Canaries, read_clips
from server.telemetry.metrics import Metrics
from server.telemetry.receipts import SECRET_PURPOSE, Receipts
from server.telemetry.recent import RecentTraffic
from server.telemetry.tracing import Tracer, TracingMiddleware
from server.telemetry.twins import Twins
from steering.refusal import LEXICON_VERSION
from steering.store import VectorStore
from steering.vector_set import VectorSetId


@dataclass(frozen=True, slots=True, eq=False)
class Service:
    """The application, and the switch that its process turns when it is told to stop."""

    app: FastAPI
    drain: DrainSwitch


@dataclass(frozen=True, slots=True, eq=False)
class Applications:
    """What a process serves: the API, and on a port of its own the control plane's. And what watches the engine."""

    service: Service
    admin: FastAPI
    canaries: Canaries | None


def create_applications(
    settings: Settings,
    engine: ChatEngine,
    control: ControlPlane,
    metrics: Metrics,
    vectors: VectorStore,
    default: VectorSetId,
    tracer: Tracer | None = None,
) -> Applications:
    """Both applications over one engine and one control plane; raise CanaryClipsMissing."""
    pool = decode_pool(settings, engine)
    recent = RecentTraffic()
    replica = control.replica
    metrics.policy_age.set_function(lambda: replica.standing.age_seconds)
    metrics.policy_newest.set_function(lambda: replica.latest[1].revision)
    drain = DrainSwitch(metrics)
    canaries = _canaries(settings, engine, replica, metrics, vectors, default, drain)
    service = create_service(
        settings,
        engine,
        OpenToAll(replica) if settings.open else replica,
        default,
        metrics=metrics,
        pool=pool,
        recent=recent,
        drain=drain,
        receipts=(
            Receipts(control.hasher.derive(SECRET_PURPOSE), engine.model, engine.fingerprint)
            if settings.receipts
            else None
        ),
        health=lambda: (
            policy_health(replica, settings.policy_stale_seconds)
            + canary_health(canaries, fails=settings.canary_readiness)
        ),
        tracer=tracer,
    )
    context = AdminContext(
        control.administration,
        replica,
        control.repository,
        control.hasher,
        now,
        engine,
        pool,
        vectors,
        default,
        metrics,
        recent,
        canaries,
    )
    return Applications(service, create_admin_app(context), canaries)


def _canaries(
    settings: Settings,
    engine: ChatEngine,
    replica: PolicyReplica,
    metrics: Metrics,
    vectors: VectorStore,
    default: VectorSetId,
    drain: DrainSwitch,
) -> Canaries | None:
    if settings.canary_folder is None:
        return None

    def named() -> frozenset[VectorSetId]:
        return replica.serving.state.named_sets if replica.serving else frozenset()

    return Canaries(
        engine,
        read_clips(settings.canary_folder, engine.sample_rate, engine.hears_seconds),
        named,
        default,
        vectors.evaluation,
        metrics,
        lambda: drain.on,
        now,
        random.random,
        settings.canary_seconds,
    )


def _closing(pool: DecodePool, twins: Twins) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        await twins.close()
        pool.close()

    return lifespan


def decode_pool(settings: Settings, engine: ChatEngine) -> DecodePool:
    """The threads that decode audio, within the settings' limits and what the model hears."""
    limits = AudioLimits(
        settings.max_clips,
        min(settings.max_clip_seconds, engine.hears_seconds),
        settings.max_audio_seconds,
        settings.max_decoded_bytes,
    )
    return DecodePool(settings.decode_workers, settings.decode_queue, limits)


def create_service(
    settings: Settings,
    engine: ChatEngine,
    policy: PolicyStore,
    vector: VectorSetId,
    *,
    clock: Clock = now,
    metrics: Metrics | None = None,
    pool: DecodePool | None = None,
    recent: RecentTraffic | None = None,
    drain: DrainSwitch | None = None,
    receipts: Receipts | None = None,
    chance: Callable[[], float] = random.random,
    health: Callable[[], Health] = Health,
    tracer: Tracer | None = None,
) -> Service:
    """The service over ``engine``; ``vector`` steers the tenants that name no set of their own.

    ``chance`` gives numbers from 0 to 1, by which requests are sampled.
    ``tracer`` None: no request is traced.
    """
    metrics = metrics or Metrics(CollectorRegistry())
    metrics.engine_up.set_function(lambda: engine.alive)
    metrics.detector_info.labels(LEXICON_VERSION).set(1)
    pool = pool or decode_pool(settings, engine)
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
    drain = drain or DrainSwitch(metrics)
    twins = Twins(engine, metrics, lambda: drain.on, chance)
    drain.then = twins.make_room
    # Only what is documented is mounted: FastAPI's own pages would be routes that nobody guards.
    app = FastAPI(title="sarsteer", docs_url=None, redoc_url=None, openapi_url=None, lifespan=_closing(pool, twins))
    app.include_router(chat_routes(admission, engine, metrics, limiter, recent or RecentTraffic(), twins, receipts))
    app.include_router(health_routes(engine, lambda: drain.on, health, metrics.registry))
    install_error_handlers(app)
    # The last one added is the outermost.
    app.add_middleware(BodyLimitMiddleware, max_bytes=settings.max_body_bytes)
    app.add_middleware(DrainMiddleware, switch=drain, metrics=metrics)
    app.add_middleware(AccessLogMiddleware)
    if tracer is not None:
        app.add_middleware(TracingMiddleware, tracer=tracer)
    app.add_middleware(RequestIdMiddleware)
    return Service(app, drain)
