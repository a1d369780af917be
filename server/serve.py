"""Starting and stopping: verify the vectors, start the engine, serve, drain."""

import ipaddress
import signal
from collections.abc import Sequence
from contextlib import suppress
from math import inf
from pathlib import Path
from types import FrameType

import uvicorn

from server.app import Service, create_service
from server.policy.file import read_document
from server.policy.model import OpenPolicy, PolicyStore
from server.settings import REFERENCE, REFERENCE_HEARS_SECONDS, Settings
from server.telemetry.logs import configure_logs, logger
from steering.fingerprint import bind_model
from steering.hub import open_store, resolve_model
from steering.manifest import ModelBinding
from steering.store import VectorStore
from steering.store_errors import VectorStoreError
from steering.vector_set import VectorSet, VectorSetId
from steering.vllm import environment
from steering.vllm.config import SteeringConfig

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


def choose_policy(settings: Settings) -> PolicyStore:
    """The tenants file's policy, or one open tenant: that only where none but this machine can call."""
    if settings.tenants_file is not None:
        document = read_document(settings.tenants_file)
        raise CannotServe(f"The {len(document.tenants)} tenants of {settings.tenants_file} need a store.")
    if not _is_loopback(settings.host):
        raise CannotServe(
            f"Without a tenants file anyone who reaches {settings.host} may call; "
            "set SARSTEER_TENANTS_FILE (--tenants), or listen on 127.0.0.1."
        )
    return OpenPolicy()


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def choose_vectors(
    settings: Settings, policy: PolicyStore, binding: ModelBinding
) -> tuple[VectorSetId, tuple[VectorSet, ...]]:
    """The default set's id, and every set that the default or a tenant names, verified against the model.

    Raise CannotServe or VectorStoreError if one of them cannot be used: the server never starts undefended.
    """
    store = open_store(settings.vectors)
    default = settings.vector or _only_set(store, settings.vectors)
    return default, (store.load(default, binding),)


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
    policy = choose_policy(settings)
    # Once: it reads every weight of the model.
    binding = bind_model(resolve_model(settings.model))
    default, sets = choose_vectors(settings, policy, binding)
    from server.engine.vllm import start_engine

    is_reference = Path(settings.model) == REFERENCE
    flags = (*REFERENCE_FLAGS, *engine_flags) if is_reference else tuple(engine_flags)
    hears = REFERENCE_HEARS_SECONDS if is_reference else inf
    logger().info("starting", model=settings.model_name, vectors=[str(vector_set.id) for vector_set in sets])
    config = SteeringConfig(slots=max(8, len(sets) + 2), gate_layers=gate_layers(settings, binding))
    engine = await start_engine(settings.model, settings.model_name, config, flags, hears)
    try:
        for vector_set in sets:
            await engine.load(vector_set)
        service = create_service(settings, engine, policy, default)
        await DrainingServer(settings, service).serve()
    finally:
        engine.close()


def _exit(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


class DrainingServer(uvicorn.Server):
    """uvicorn, which tells the service the moment that it is asked to stop."""

    def __init__(self, settings: Settings, service: Service) -> None:
        super().__init__(
            uvicorn.Config(
                service.app,
                host=settings.host,
                port=settings.port,
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=max(1, round(settings.drain_seconds)),
            )
        )
        self._service = service

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        await super().startup()
        for server in self.servers:
            for socket in server.sockets:
                host, port = socket.getsockname()[:2]
                logger().info("ready", url=f"http://{host}:{port}/v1")

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        logger().info("draining")
        self._service.drain.turn_on()
        super().handle_exit(sig, frame)
