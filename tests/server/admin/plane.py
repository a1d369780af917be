"""A control plane to ask: the admin's application over a repository, with a key of each scope."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import httpx
import torch
from fastapi import FastAPI
from prometheus_client import CollectorRegistry

from server.admin.app import create_admin_app
from server.admin.context import AdminContext
from server.audio.limits import AudioLimits
from server.audio.pool import DecodePool
from server.engine.protocol import ChatCall, Json
from server.errors import ApiError
from server.policy.actor import LOCAL
from server.policy.administration import Administration
from server.policy.errors import InvalidPolicy
from server.policy.keys import KeyHasher
from server.policy.records import Scope
from server.policy.replica import Identity, PolicyReplica
from server.policy.repository import PolicyRepository, ReplicaState
from server.telemetry.metrics import Metrics
from server.telemetry.recent import RecentTraffic
from steering.store import SHIPPED_ROOT, VectorStore
from steering.vector_set import StrengthBand, VectorSet, VectorSetId

SERVED = VectorSet(
    VectorSetId("refusal", "3.0.1"), "d" * 64, (0,), torch.zeros(1, 4), "last-prompt", 0.5, StrengthBand(0.9, 1.1)
)
BASE = "/admin/v1"
SOON = "2026-05-01T13:00:00Z"
"""An hour after the clock's start."""
REFUSAL = "I'm sorry, but I can't help with that."


class SetClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 5, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **time: float) -> None:
        self.now += timedelta(**time)


class Bytes:
    """Random bytes that are the same in every run."""

    def __init__(self) -> None:
        self._count = 0

    def __call__(self, length: int) -> bytes:
        self._count += 1
        return sha256(str(self._count).encode()).digest()[:length]


class IdleEngine:
    """Serves one vector set, and refuses what is steered at all."""

    model = "idle"
    sample_rate = 16_000
    hears_seconds = 2.0
    fingerprint = "engine"
    alive = True
    gate_layers = ()

    def __init__(self) -> None:
        self.vector_sets: tuple[VectorSet, ...] = (SERVED,)
        self.calls: list[ChatCall] = []
        self.fails: ApiError | None = None

    async def complete(self, call: ChatCall) -> Json:
        self.calls.append(call)
        if self.fails is not None and call.directive.alpha:
            raise self.fails
        text = REFUSAL if call.directive.alpha else "Sure, here it is."
        return {"choices": [{"message": {"role": "assistant", "content": text}}]}

    async def stream(self, call: ChatCall) -> AsyncGenerator[Json, None]:
        yield await self.complete(call)

    async def load(self, vector_set: VectorSet) -> None:
        self.vector_sets += (vector_set,)

    async def unload(self, id_: VectorSetId) -> None:
        self.vector_sets = tuple(each for each in self.vector_sets if each.id != id_)


class PublishedSets:
    """Puts every published version into service, and holds back what names another; ``lenient``: nothing."""

    def __init__(self, vectors: VectorStore) -> None:
        self.lenient = False
        self.stuck: asyncio.Event | None = None
        self.fault: Exception | None = None
        self._known = {entry.id for entry in vectors.entries()}

    async def ensure(self, wanted: frozenset[VectorSetId]) -> None:
        if self.stuck is not None:
            await self.stuck.wait()
        if self.fault is not None:
            raise self.fault
        for id_ in wanted:
            self.check(id_)

    async def release(self, wanted: frozenset[VectorSetId]) -> None:
        pass

    def check(self, id_: VectorSetId) -> None:
        if id_ not in self._known and not self.lenient:
            raise InvalidPolicy(f"{id_} is not published.")


@dataclass
class Plane:
    """One replica's admin port. ``keys`` holds a key of each scope, ``ids`` their ids."""

    repository: PolicyRepository
    clock: SetClock
    context: AdminContext
    app: FastAPI
    sets: PublishedSets
    engine: IdleEngine
    keys: dict[Scope, str] = field(default_factory=dict)
    ids: dict[Scope, str] = field(default_factory=dict)

    @property
    def administration(self) -> Administration:
        return self.context.administration

    @property
    def replica(self) -> PolicyReplica:
        return self.context.replica

    def client(self, scope: Scope | None = "security") -> httpx.AsyncClient:
        """A client with a key of ``scope``, or with none; a crash is seen as its caller would."""
        headers = {} if scope is None else self.bearer(scope)
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        return httpx.AsyncClient(transport=transport, base_url=f"http://test{BASE}", headers=headers)

    def bearer(self, scope: Scope) -> Mapping[str, str]:
        return {"authorization": f"Bearer {self.keys[scope]}"}

    def beat(self, name: str, revision: int, problem: str | None = None) -> None:
        """Another replica says which revision it serves."""
        now = self.clock()
        self.repository.beat(ReplicaState(f"id-{name}", name, now, now, revision, problem))

    def close(self) -> None:
        self.context.pool.close()


async def open_plane(
    repository: PolicyRepository, clock: SetClock, *, keyed: bool = True, vectors: VectorStore | None = None
) -> Plane:
    """A plane over ``repository``, which may be empty; ``keyed`` issues a key of each scope."""
    hasher = KeyHasher(b"p" * 32)
    vectors = vectors or VectorStore(SHIPPED_ROOT, read_only=True)
    sets = PublishedSets(vectors)
    identity = Identity("id-this", "this", clock())
    replica = PolicyReplica(repository, sets, hasher, clock, identity)
    administration = Administration(repository, lambda: replica.latest, hasher, clock, Bytes(), sets.check)
    engine = IdleEngine()
    context = AdminContext(
        administration,
        replica,
        repository,
        hasher,
        clock,
        engine,
        DecodePool(1, 1, AudioLimits(1, 1.0, 1.0, 100_000)),
        vectors,
        SERVED.id,
        Metrics(CollectorRegistry()),
        RecentTraffic(),
    )
    plane = Plane(repository, clock, context, create_admin_app(context), sets, engine)
    if keyed:
        repository.prepare(hasher.check())
        first = administration.bootstrap()
        assert first is not None
        plane.keys["security"], plane.ids["security"] = first.text, first.id
        await replica.look()
        scopes: tuple[Scope, ...] = ("read", "operate")
        for scope in scopes:
            issued = administration.issue_admin_key(LOCAL, scope, "for the tests")
            plane.keys[scope], plane.ids[scope] = issued.text, issued.id
        await replica.look()
    return plane


def write(reason: str = "a test", **more: Any) -> dict[str, Any]:
    """The query of a write."""
    return {"reason": reason, **more}


def match(answer: httpx.Response) -> dict[str, str]:
    """The If-Match that an answer's ETag asks for."""
    return {"if-match": answer.headers["etag"]}


def refused(answer: httpx.Response, status: int, code: str, param: str | None = None) -> str:
    """Assert that an answer is this error, in OpenAI's shape, and return its message."""
    assert answer.status_code == status, answer.text
    error = answer.json()["error"]
    assert error.keys() == {"message", "type", "param", "code"}
    assert (error["code"], error["param"]) == (code, param), error
    message: str = error["message"]
    assert message.endswith("."), message
    return message
