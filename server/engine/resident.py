"""Which vector sets the engine holds: those that a policy names, verified, and no longer than they are wanted."""

import asyncio
import time
from collections.abc import Callable

from server.engine.protocol import ChatEngine
from server.policy.errors import InvalidPolicy
from steering.manifest import ModelBinding
from steering.store import VectorStore
from steering.store_errors import VectorStoreError
from steering.vector_set import VectorSet, VectorSetId

PAUSE_SECONDS = 60.0
"""How long a set stays that no policy wants: a request that was admitted just before has yet to reach the engine."""


class ResidentSets:
    """The engine's vector sets as a policy sees them, from ``store``, made for the model ``binding``.

    ``default`` is the server's own set, which stays. ``on_change`` hears of the sets in service whenever they change;
    ``now`` is a monotonic clock in seconds.
    """

    def __init__(
        self,
        engine: ChatEngine,
        store: VectorStore,
        binding: ModelBinding,
        default: VectorSetId,
        on_change: Callable[[tuple[VectorSet, ...]], None] = lambda in_service: None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._engine = engine
        self._store = store
        self._binding = binding
        self._default = default
        self._on_change = on_change
        self._now = now
        self._unwanted_since: dict[VectorSetId, float] = {}
        self._lock = asyncio.Lock()

    @property
    def in_service(self) -> tuple[VectorSet, ...]:
        """The sets that requests may be steered by."""
        return self._engine.vector_sets

    def check(self, id_: VectorSetId) -> None:
        """Raise InvalidPolicy unless this server could put the set into service. Reads its files."""
        self._verified(id_)

    async def ensure(self, wanted: frozenset[VectorSetId]) -> None:
        """Put every one of ``wanted`` into service, or none; raise InvalidPolicy naming the one that cannot be."""
        async with self._lock:
            for id_ in wanted:
                self._unwanted_since.pop(id_, None)
            missing = wanted - {vector_set.id for vector_set in self.in_service}
            verified = [await asyncio.to_thread(self._verified, id_) for id_ in sorted(missing, key=str)]
            loaded: list[VectorSetId] = []
            try:
                for vector_set in verified:
                    await self._load(vector_set)
                    loaded.append(vector_set.id)
            except BaseException:
                for id_ in loaded:  # No policy was in force that names them: nothing waits to be steered by them.
                    await self._engine.unload(id_)
                raise
            if loaded:
                self._on_change(self.in_service)

    async def release(self, wanted: frozenset[VectorSetId]) -> None:
        """Take out of service what was not ``wanted`` for PAUSE_SECONDS."""
        async with self._lock:
            now = self._now()
            unwanted = {vector_set.id for vector_set in self.in_service} - wanted - {self._default}
            self._unwanted_since = {id_: self._unwanted_since.get(id_, now) for id_ in unwanted}
            spent = [id_ for id_, since in self._unwanted_since.items() if now - since >= PAUSE_SECONDS]
            for id_ in spent:
                await self._engine.unload(id_)
            if spent:
                self._on_change(self.in_service)

    def _verified(self, id_: VectorSetId) -> VectorSet:
        try:
            vector_set = self._store.load(id_, self._binding)
        except VectorStoreError as error:
            raise InvalidPolicy(f"{id_} cannot be put into service: {error}") from error
        gate, read = vector_set.gate, self._engine.gate_layers
        if gate is not None and gate.layer not in read:
            raise InvalidPolicy(
                f"{id_} cannot be put into service: its gate reads after layer {gate.layer}, and this engine was "
                f"started to read gates after {', '.join(map(str, read)) or 'no layer'}. Restart the server, which "
                "looks for the gates of every version in its store, or choose another version."
            )
        return vector_set

    async def _load(self, vector_set: VectorSet) -> None:
        try:
            await self._engine.load(vector_set)
        except ValueError as refused:
            raise InvalidPolicy(
                f"{vector_set.id} cannot be put into service: {refused} In service are "
                f"{', '.join(sorted(str(held.id) for held in self.in_service))}; one that no policy names goes after "
                f"{PAUSE_SECONDS:g} seconds."
            ) from refused
