"""A running console: three replicas over one SQLite store, the admin's application of the first, a pretended engine."""

import asyncio
import random
import secrets
import socket
import threading
import time
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import uvicorn
from prometheus_client import CollectorRegistry

from server.admin.app import create_admin_app
from server.admin.context import AdminContext
from server.audio.limits import AudioLimits
from server.audio.pool import DecodePool
from server.engine.protocol import ChatCall, Json
from server.policy.actor import LOCAL
from server.policy.administration import Administration, Issued
from server.policy.errors import InvalidPolicy
from server.policy.keys import KeyHasher
from server.policy.records import ServiceRecord, TenantRecord
from server.policy.replica import Identity, PolicyReplica
from server.policy.repository import Revision
from server.policy.store import open_repository
from server.telemetry.metrics import Metrics
from server.telemetry.recent import BIN_SECONDS, BINS, RecentTraffic
from steering.store import SHIPPED_ROOT, VectorStore
from steering.vector_set import VectorSet, VectorSetId

REFUSAL = "I'm sorry, but I can't help with that."
WORDS_OF_HARM = ("virus", "steal", "break into", "forge")
PATIENCE_SECONDS = 15.0
T = TypeVar("T")


def now() -> datetime:
    return datetime.now(UTC)


class PretendingEngine:
    """Refuses what is steered and sounds harmful to it: typed words of harm, or any clip longer than a second."""

    model = "pretender"
    sample_rate = 16_000
    hears_seconds = 10.0
    fingerprint = "engine"
    alive = True
    gate_layers = (4,)

    def __init__(self, vectors: VectorStore) -> None:
        ids = [entry.id for entry in vectors.entries() if not entry.yanked]
        self.vector_sets: tuple[VectorSet, ...] = tuple(vectors.verify(id_) for id_ in ids)
        self.calls: list[ChatCall] = []

    async def complete(self, call: ChatCall) -> Json:
        self.calls.append(call)
        await asyncio.sleep(0.02)
        parts = call.body["messages"][0]["content"]
        words = " ".join(part.get("text", "") for part in parts).lower()
        seconds = sum(len(clip.samples) / clip.sample_rate for clip in call.clips.values())
        harmful = seconds > 1 or any(word in words for word in WORDS_OF_HARM)
        call.reading.gate = (0.991 if harmful else 0.012) if call.directive.gate else None
        refuses = harmful and call.directive.alpha > 0.5
        text = REFUSAL if refuses else f"Sure. Here is what you asked for: {words or 'what you said'} ..."
        return {"id": "x", "choices": [{"message": {"role": "assistant", "content": text}}]}

    async def stream(self, call: ChatCall) -> AsyncGenerator[Json, None]:
        yield await self.complete(call)

    async def load(self, vector_set: VectorSet) -> None:
        self.vector_sets += (vector_set,)

    async def unload(self, id_: VectorSetId) -> None:
        self.vector_sets = tuple(each for each in self.vector_sets if each.id != id_)


class PublishedSets:
    """Takes any version that may be used for one that is in service."""

    def __init__(self, engine: PretendingEngine) -> None:
        self._served = {vector_set.id for vector_set in engine.vector_sets}

    async def ensure(self, wanted: frozenset[VectorSetId]) -> None:
        for id_ in wanted:
            self.check(id_)

    async def release(self, wanted: frozenset[VectorSetId]) -> None:
        pass

    def check(self, id_: VectorSetId) -> None:
        if id_ not in self._served:
            raise InvalidPolicy(f"{id_} cannot be put into service.")


@dataclass(slots=True)
class PastTime:
    """A monotonic clock that can be set back, to tell of what was."""

    back: float = 0.0

    def __call__(self) -> float:
        return time.monotonic() - self.back


@dataclass(slots=True)
class Station:
    """What tests ask and change behind the browser's back."""

    url: str
    key: str
    context: AdminContext
    engine: PretendingEngine
    past: PastTime
    loop: asyncio.AbstractEventLoop
    following: dict[str, "asyncio.Task[None]"] = field(default_factory=dict)

    def change(self, make: Callable[[Administration], T]) -> T:
        """Carry out a change as somebody else would."""
        administration = self.context.administration
        return self._await(self.context.change("test", lambda: make(administration)))

    def tenant(self, name: str, reason: str = "as the test needs it", **fields: object) -> Revision:
        """Create a tenant, or write it anew."""
        stored = self.context.replica.latest[0].tenants.get(name)
        record = TenantRecord.model_validate(fields)
        expected = stored.revision if stored else None
        return self.change(lambda each: each.put_tenant(LOCAL, name, record, expected, reason))

    def issue(self, tenant: str, label: str) -> Issued:
        return self.change(lambda each: each.issue_key(LOCAL, tenant, "rollout", label))

    def halt(self, name: str) -> None:
        """Let a replica follow no longer, though it is not known to be gone yet. It has said what it serves before."""
        self._await(self.context.replica.settle(self.context.replica.latest[1].revision, PATIENCE_SECONDS))
        self.loop.call_soon_threadsafe(self.following[name].cancel)

    def traffic(self, name: str, a_minute: float, refused: float, seed: int = 0) -> None:
        """A quarter of an hour of answers, spread as chance would have it."""
        chance = random.Random(f"{name}{seed}")
        for index in range(BINS):
            self.past.back = (BINS - 1 - index) * BIN_SECONDS
            swell = 0.55 + 0.45 * chance.random() + 0.35 * (1 if 20 < index < 34 else 0)
            for _ in range(round(a_minute * BIN_SECONDS / 60 * swell)):
                self.context.recent.count(name, chance.random() < refused)
        self.past.back = 0.0

    def _await(self, coroutine: Coroutine[object, object, T]) -> T:
        future: Future[T] = asyncio.run_coroutine_threadsafe(coroutine, self.loop)
        return future.result(PATIENCE_SECONDS)


@contextmanager
def running(folder: Path) -> Iterator[Station]:
    """A station over a store in ``folder``, in a thread of its own, stopped at the end."""
    started: Future[Station] = Future()
    stop = threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(_serve(folder, started, stop)), name="station")
    thread.start()
    try:
        yield started.result(PATIENCE_SECONDS)
    finally:
        stop.set()
        thread.join(PATIENCE_SECONDS)
        assert not thread.is_alive()


async def _serve(folder: Path, started: "Future[Station]", stop: threading.Event) -> None:
    try:
        repository = open_repository(f"sqlite:///{folder / 'policy.db'}", now)
        vectors = VectorStore(SHIPPED_ROOT, read_only=True)
        engine = PretendingEngine(vectors)
        sets = PublishedSets(engine)
        hasher = KeyHasher(secrets.token_bytes(32))
        repository.prepare(hasher.check())
        replicas = {
            name: PolicyReplica(repository, sets, hasher, now, Identity(secrets.token_hex(8), name, now()))
            for name in ("north", "south", "west")
        }
        replica = replicas["north"]
        administration = Administration(
            repository, lambda: replica.latest, hasher, now, secrets.token_bytes, sets.check
        )
        first = administration.bootstrap()
        assert first is not None
        past = PastTime()
        context = AdminContext(
            administration,
            replica,
            repository,
            hasher,
            now,
            engine,
            DecodePool(2, 8, AudioLimits(4, 10.0, 10.0, 1 << 24)),
            vectors,
            VectorSetId("refusal", "3.0.1"),
            Metrics(CollectorRegistry()),
            RecentTraffic(past),
        )
        for each in replicas.values():
            await each.look()
        tasks = {name: asyncio.create_task(each.run()) for name, each in replicas.items()}
        listener = socket.create_server(("127.0.0.1", 0))
        config = uvicorn.Config(create_admin_app(context), log_config=None, server_header=False)
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve([listener]))
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        started.set_result(Station(url, first.text, context, engine, past, asyncio.get_running_loop(), tasks))
        while not stop.is_set():
            await asyncio.sleep(0.05)
        server.should_exit = True
        await serving
        for task in tasks.values():
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        context.pool.close()
        repository.close()
    except BaseException as error:
        if not started.done():
            started.set_exception(error)
        raise


def populate(station: Station) -> None:
    """A lively service: tenants of every kind, with traffic, and a history."""
    service = ServiceRecord(stable="refusal@3.0.1", candidate="refusal@2.0.0", requests_per_minute=600)
    station.change(lambda each: each.put_service(LOCAL, service, 0, "stable is what the evaluation favours"))
    hours = timedelta(hours=2)
    tenants: dict[str, tuple[dict[str, object], float, float, str]] = {
        "acme-voice": ({"strength": 1.2, "floor": 0.5, "ceiling": 1.8}, 44, 0.07, "contract 118: their own bounds"),
        "brightline-care": ({}, 26, 0.02, "onboarding"),
        "cedar-bank": (
            {"strength": 1.5, "required": True, "refusal_style": "openai"},
            61,
            0.11,
            "audit finding 7: always enforced",
        ),
        "delta-kiosk": ({"mode": "shadow"}, 12, 0.0, "two weeks in shadow before the launch"),
        "ember-games": ({"vector": "candidate", "strength": 0.9}, 35, 0.22, "tries the candidate"),
        "fjord-transit": (
            {"requests_per_minute": 1200, "audio_seconds_per_minute": 3600},
            88,
            0.01,
            "rush hour needs more",
        ),
        "glasshouse": (
            {"mode": "off", "off_until": (now() + hours).replace(microsecond=0).isoformat()},
            9,
            0.0,
            "incident 42: false refusals, vendor is looking",
        ),
        "harbour-help": ({"strength": 1.1}, 18, 0.05, "onboarding"),
        "ivy-labs": ({"state": "suspended"}, 0, 0.0, "unpaid since August"),
        "juniper-tutor": ({"ceiling": 1.4}, 22, 0.03, "callers raised it too far"),
        "kestrel-robotics": (
            {"vector": "refusal@3.0.1", "gate": False, "strength": 0.8},
            15,
            0.3,
            "research: steered in full",
        ),
        "lumen-reader": ({}, 0, 0.0, "onboarding"),
    }
    for name, (fields, a_minute, refused, reason) in tenants.items():
        station.tenant(name, reason, **fields)
        station.traffic(name, a_minute, refused)
    for label in ("app, production", "app, staging"):
        station.issue("acme-voice", label)
    station.change(lambda each: each.issue_admin_key(LOCAL, "operate", "on call needs to break the glass", "on call"))
