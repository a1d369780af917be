"""One replica of the service: it follows the store's revisions, serves one of them, and writes back which.

Keys take effect with the newest revision that can be read. A policy takes effect once every vector set that it names is
in service here; one that cannot is held back, the last good one goes on serving, and both are told. While the store is
away, the last snapshot serves.
"""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from server.policy.actor import Actor
from server.policy.errors import InvalidPolicy, StoreUnavailable
from server.policy.keys import KeyHasher
from server.policy.model import Clock, PolicyUnavailable, Tenant
from server.policy.records import is_live
from server.policy.repository import PolicyRepository, ReplicaState, Revision
from server.policy.state import KeyRing, PolicyState, Snapshot
from server.telemetry.logs import logger
from steering.vector_set import VectorSetId

LIVE = timedelta(seconds=5)
"""A replica that was not seen for so long is gone; replicas' clocks must agree to within a second or two."""
BEAT_SECONDS = 1.0
_MOST_STEPS_BACK = 100
_SETTLE_STEP = 0.02


class SetsInService(Protocol):
    """The engine's vector sets, as a policy sees them."""

    async def ensure(self, wanted: frozenset[VectorSetId]) -> None:
        """Put every one of ``wanted`` into service, verified; raise InvalidPolicy naming one that cannot be."""

    async def release(self, wanted: frozenset[VectorSetId]) -> None:
        """Take sets out of service that were not ``wanted`` for a while."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Which replica this is: a random id, a name for people, when it started."""

    id: str
    name: str
    started: datetime


@dataclass(frozen=True, slots=True)
class Applied:
    """A replica that serves a revision, seen to do so this long after it was asked."""

    replica: ReplicaState
    seconds: float


@dataclass(frozen=True, slots=True)
class Propagation:
    """How far a revision has come: the live replicas that serve it, or a later one, and those that do not yet."""

    revision: int
    applied: tuple[Applied, ...]
    lagging: tuple[ReplicaState, ...]

    @property
    def complete(self) -> bool:
        return not self.lagging


@dataclass(frozen=True, slots=True)
class Standing:
    """How this replica stands: seconds since the store last answered, and what is wrong, if anything is.

    ``held_back`` says why a newer revision is not served, or which key of it is not.
    """

    age_seconds: float
    store_problem: str | None
    held_back: str | None


class PolicyReplica:
    """A PolicyStore that follows ``repository``; ``on_apply`` hears of each snapshot and of the seconds it took."""

    def __init__(
        self,
        repository: PolicyRepository,
        sets: SetsInService,
        hasher: KeyHasher,
        clock: Clock,
        identity: Identity,
        poll_seconds: float = 0.5,
        on_apply: Callable[[Snapshot, float], None] = lambda snapshot, seconds: None,
    ) -> None:
        self._repository = repository
        self._sets = sets
        self._hasher = hasher
        self._clock = clock
        self._identity = identity
        self._poll_seconds = poll_seconds
        self._on_apply = on_apply
        self._state = PolicyState()
        self._ring = KeyRing()
        self._read = 0
        self._mark: Revision | None = None
        self._serving: Snapshot | None = None
        self._held_back: str | None = None
        self._store_problem: str | None = None
        self._answered = time.monotonic()
        self._told: tuple[int, str | None] = (-1, None)
        self._beaten = 0.0
        self._looking = asyncio.Lock()
        self._woken = asyncio.Event()

    @property
    def identity(self) -> Identity:
        """Which replica this is."""
        return self._identity

    @property
    def serving(self) -> Snapshot | None:
        """The snapshot by which requests are answered; None before the first."""
        return self._serving

    @property
    def latest(self) -> tuple[PolicyState, KeyRing]:
        """What is known to be written, in force here or not."""
        return self._state, self._ring

    @property
    def standing(self) -> Standing:
        return Standing(time.monotonic() - self._answered, self._store_problem, self._held_back)

    def tenant_of(self, key: str | None) -> Tenant | None:
        if self._serving is None:
            raise PolicyUnavailable("This replica has seen no policy yet; retry.")
        name = self._ring.tenant_named_by(key or "", self._hasher, self._clock())
        return None if name is None else self._serving.tenant(name)

    def admin_of(self, key: str | None) -> Actor | None:
        """The actor whose live admin key this is."""
        found = self._ring.admin_named_by(key or "", self._hasher, self._clock())
        return None if found is None else Actor(found[0], found[1].scope)

    def admin_still(self, id_: str) -> Actor | None:
        """The actor of an admin key that was shown before, if it is still live."""
        stored = self._ring.admin_keys.get(id_)
        return Actor(id_, stored.record.scope) if stored and is_live(stored.record, self._clock()) else None

    async def run(self) -> None:
        """Follow the store until cancelled; whatever the store does, this goes on."""
        loop = asyncio.get_running_loop()
        with self._repository.watch(lambda: loop.call_soon_threadsafe(self._woken.set)):
            while True:
                try:
                    await self.look()
                except StoreUnavailable:
                    pass  # Told by ``standing``; the next look tries again.
                except Exception:
                    logger().exception("policy not followed")
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._woken.wait(), self._poll_seconds)
                self._woken.clear()

    async def look(self) -> None:
        """Look for a newer revision and apply it; raise StoreUnavailable, and keep what is held."""
        async with self._looking:
            try:
                await self._follow()
                await self._beat()
            except StoreUnavailable as away:
                self._store_problem = str(away)
                raise
            except Exception as fault:
                self._store_problem = f"A newer revision could not be followed ({type(fault).__name__}); see the log."
                raise
            self._store_problem = None
            self._answered = time.monotonic()

    async def settle(self, revision: int, seconds: float, since: float | None = None) -> Propagation:
        """How far ``revision`` has come after at most ``seconds``; returns as soon as every live replica serves it.

        Times count from ``since``, on the monotonic clock: when the change was begun. By default from now.
        """
        start = time.monotonic() if since is None else since
        seen: dict[str, Applied] = {}
        while True:
            live = await asyncio.to_thread(self._repository.replicas, self._clock() - LIVE)
            spent = time.monotonic() - start
            for replica in live:
                if replica.revision >= revision:
                    seen.setdefault(replica.id, Applied(replica, spent))
            lagging = tuple(replica for replica in live if replica.id not in seen)
            if not lagging or spent >= seconds:
                return Propagation(revision, tuple(seen.values()), lagging)
            await asyncio.sleep(_SETTLE_STEP)

    async def leave(self) -> None:
        """Say that this replica stops, so that nobody waits for it."""
        with suppress(StoreUnavailable):
            await asyncio.to_thread(self._repository.forget, self._identity.id)

    async def _follow(self) -> None:
        start = time.monotonic()
        try:
            await asyncio.to_thread(self._read_news)
            if self._state.revision and (self._serving is None or self._serving.state is not self._state):
                await self._serve(self._state, start)
            self._held_back = next(iter(self._ring.unreadable.values()), None)
        except InvalidPolicy as invalid:
            self._held_back = f"Revision {self._ring.revision} is held back: {invalid}"
            if self._serving is None:
                await self._step_back(self._ring.revision, start)
        in_force = self._serving.state.named_sets if self._serving else frozenset()
        await self._sets.release(in_force | self._state.named_sets)

    def _read_news(self) -> None:
        """Take in what was written since the last time; blocks.

        Raise InvalidPolicy for a policy that this code cannot read; the keys are taken in all the same.
        """
        head, versions = self._repository.since(self._read)
        state, ring = self._state, self._ring
        if self._was_put_back(head):
            state, ring = PolicyState(), KeyRing()
            head, versions = self._repository.since(0)
        elif head == self._read:
            return
        elif not self._read:
            state, ring = PolicyState(), KeyRing()  # What a start stepped back to is no base for what came after.
        mark = next(iter(self._repository.revisions(head + 1, 1)), None)
        self._ring = ring.after(head, versions)
        self._state = state.after(head, versions)
        self._read, self._mark = head, mark

    def _was_put_back(self, head: int) -> bool:
        """Whether the store was put back to an earlier day, and may have gone on from there: its word holds."""
        if head < self._read:
            return True
        if self._mark is None or (head == self._read and self._store_problem is None):
            return False
        return self._repository.revisions(self._read + 1, 1) != (self._mark,)

    async def _step_back(self, head: int, start: float) -> None:
        """At a start, serve the newest revision before ``head`` that can be served, if there is one."""
        for number in range(head - 1, max(0, head - 1 - _MOST_STEPS_BACK), -1):
            with suppress(InvalidPolicy):
                versions = await asyncio.to_thread(self._repository.at, number)
                state = PolicyState().after(number, versions)
                await self._serve(state, start)
                if not self._read:
                    self._state = state
                return

    async def _serve(self, state: PolicyState, start: float) -> None:
        await self._sets.ensure(state.named_sets)
        self._serving = Snapshot(state, self._serving)
        self._on_apply(self._serving, time.monotonic() - start)

    async def _beat(self) -> None:
        revision = self._serving.revision if self._serving else 0
        told = (revision, self._held_back)
        if told == self._told and time.monotonic() - self._beaten < BEAT_SECONDS:
            return
        identity = self._identity
        state = ReplicaState(identity.id, identity.name, identity.started, self._clock(), revision, self._held_back)
        await asyncio.to_thread(self._repository.beat, state)
        self._told, self._beaten = told, time.monotonic()
