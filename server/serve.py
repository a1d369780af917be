"""Starting and stopping: verify the vectors, start the engine, serve, drain."""

import asyncio
import signal
import socket
from collections.abc import Callable, Sequence
from contextlib import closing, nullcontext, suppress
from math import inf
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry

from server.app import Applications, create_applications
from server.control import ControlPlane, name_of, now, open_control_plane
from server.control import open_store as open_policy_store
from server.engine.resident import ResidentSets
from server.listen import AdminServer, ApiServer, bind, is_loopback
from server.settings import REFERENCE, REFERENCE_HEARS_SECONDS, Settings
from server.telemetry.canaries import Canaries, canary_files
from server.telemetry.logs import configure_logs, logger
from server.telemetry.metrics import Metrics
from server.telemetry.policy import policy_metrics, vector_metrics
from server.telemetry.tracing import Tracer
from steering.fingerprint import bind_model
from steering.hub import open_store, resolve_model
from steering.manifest import ModelBinding
from steering.store import VectorStore
from steering.store_errors import VectorStoreError
from steering.vector_set import VectorSet, VectorSetId
from steering.vllm import environment
from steering.vllm.config import SteeringConfig

if TYPE_CHECKING:
    from server.engine.vllm import VllmChatEngine

REFERENCE_FLAGS = (
    *("--dtype", "float32", "--enforce-eager", "--max-model-len", "512", "--max-num-batched-tokens", "1024"),
    *("--max-num-seqs", "32", "--block-size", "32", "--limit-mm-per-prompt", '{"audio": 8}'),
    *("--enable-auto-tool-choice", "--tool-call-parser", "hermes"),
    # So small a model, left to choose, fills its answer with blanks between two braces.
    *("--structured-outputs-config", '{"backend": "xgrammar", "disable_any_whitespace": true}'),
)
"""vLLM's flags for the reference LALM: its window is 512 tokens, and its vectors were made in float32."""


class CannotServe(Exception):
    """Why the server does not start; the message says what to do."""


def choose_vectors(settings: Settings, binding: ModelBinding) -> VectorSet:
    """The server's own vector set, verified against the model.

    Raise CannotServe or VectorStoreError if it cannot be used: the server never starts undefended.
    """
    store = open_store(settings.vectors)
    return store.load(settings.vector or _only_set(store, settings.vectors), binding)


def gate_layers(settings: Settings, binding: ModelBinding) -> tuple[int, ...]:
    """After which layers the engine must read gates: those of every version for this model that may be served later."""
    store = open_store(settings.vectors)
    layers = set()
    for entry in store.entries():
        # A version that cannot be read is told of when it is chosen; it must not stop those that can.
        with suppress(VectorStoreError):
            manifest = store.manifest(entry.id)
            if manifest.gate is not None and manifest.model == binding and not entry.yanked:
                layers.add(manifest.gate.layer)
    return tuple(sorted(layers))


def _only_set(store: VectorStore, location: str) -> VectorSetId:
    names = sorted({entry.id.name for entry in store.entries() if not entry.yanked})
    if len(names) != 1:
        listed = ", ".join(names) or "none"
        raise CannotServe(f"{location} holds the vector sets {listed}; choose one with --vector name@version.")
    return store.latest(names[0])


async def serve(settings: Settings, engine_flags: Sequence[str]) -> None:
    """Serve until SIGTERM or SIGINT, then let running requests end for up to ``drain_seconds``."""
    environment.prepare()
    # uvicorn raises the signal that stopped it once more when it has drained; the default action would end this
    # process there, and leave the engine's processes behind.
    signal.signal(signal.SIGTERM, _exit)
    configure_logs(settings.log_level)
    if settings.open and not is_loopback(settings.host):
        raise CannotServe(
            f"With --open anyone who reaches {settings.host} may call; leave it out, or listen on 127.0.0.1."
        )
    start_tracer = tracing() if settings.traces else None
    repository, hasher = open_policy_store(settings)
    with (
        closing(repository),
        closing(bind(settings.host, settings.port, "--port")) as address,
        closing(bind(settings.admin_host, settings.admin_port, "--admin-port")) as admin_address,
    ):
        # Once: it reads every weight of the model.
        binding = bind_model(resolve_model(settings.model))
        default = choose_vectors(settings, binding)
        if settings.canary_folder is not None:
            canary_files(settings.canary_folder)  # Told before an engine is started for nothing.
        logger().info("starting", model=settings.model_name, vectors=[str(default.id)])
        engine = await _start_engine(settings, engine_flags, binding)
        try:
            await engine.load(default)
            vectors = open_store(settings.vectors)
            metrics = Metrics(CollectorRegistry())
            show_sets = vector_metrics(metrics, engine.model)
            show_sets(engine.vector_sets)
            sets = ResidentSets(engine, vectors, binding, default.id, show_sets)
            control = open_control_plane(
                settings, repository, hasher, name_of(address), sets, policy_metrics(metrics, now)
            )
            # After the engine's processes: they are not to be forked beside a thread that exports.
            with closing(start_tracer()) if start_tracer else nullcontext() as tracer:
                apps = create_applications(settings, engine, control, metrics, vectors, default.id, tracer)
                await control.start()
                await serve_both(settings, apps, control, address, admin_address)
        finally:
            engine.close()


def tracing() -> Callable[[], Tracer]:
    """What starts the tracer; raise CannotServe where the extra is not installed."""
    try:
        # Only here: a server that traces nothing loads nothing of OpenTelemetry.
        from server.telemetry.otlp import otlp_tracer
    except ImportError as missing:
        raise CannotServe(
            f"SARSTEER_TRACES needs {missing.name}, which is not installed: pip install 'sarsteer[traces]'."
        ) from missing
    return otlp_tracer


async def _start_engine(settings: Settings, engine_flags: Sequence[str], binding: ModelBinding) -> "VllmChatEngine":
    from server.engine.vllm import start_engine

    is_reference = Path(settings.model) == REFERENCE
    flags = (*REFERENCE_FLAGS, *engine_flags) if is_reference else tuple(engine_flags)
    hears = REFERENCE_HEARS_SECONDS if is_reference else inf
    config = SteeringConfig(slots=settings.vector_slots, gate_layers=gate_layers(settings, binding))
    return await start_engine(settings.model, settings.model_name, config, flags, hears)


async def serve_both(
    settings: Settings, apps: Applications, control: ControlPlane, address: socket.socket, admin_address: socket.socket
) -> None:
    """Serve on both ports while the store is followed; the API's end, by a signal, is the end of all."""
    api = ApiServer(apps.service.app, settings.drain_seconds, apps.service.drain.turn_on)
    admin = AdminServer(apps.admin)
    following = asyncio.create_task(control.follow())
    administering = asyncio.create_task(admin.serve([admin_address]))
    watching = asyncio.create_task(_watch(apps.canaries, api.ready))
    try:
        # Whoever waits for the API to be ready finds the admin port open.
        while not (admin.started or administering.done()):
            await asyncio.sleep(0.01)
        await api.serve([address])
    finally:
        admin.should_exit = True
        following.cancel()
        watching.cancel()
        await asyncio.gather(following, administering, watching, return_exceptions=True)


async def _watch(canaries: Canaries | None, ready: asyncio.Event) -> None:
    """Run the canaries, if there are any, once the server answers."""
    if canaries is not None:
        await ready.wait()
        await canaries.run()


def _exit(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
