"""The bank: which vector sets an engine holds, who is using them, and when one may go."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch

from steering.vector_set import VectorSet, VectorSetId
from steering.vllm.directive import UNSTEERED, SteeredBy, WireDirective

CollectiveRpc = Callable[[str, tuple[Any, ...]], Awaitable[Any]]


class DirectiveRefused(ValueError):
    """A directive that this engine cannot carry out; refused before the request enters the engine."""


def wire_form(vector_set: VectorSet) -> tuple[Any, ...]:
    """A set as the workers' ``sarsteer_load`` takes it: plain values and float32 bytes."""
    vectors = vector_set.vectors.to(torch.float32).contiguous()
    gate = vector_set.gate
    return (
        vector_set.digest,
        list(vector_set.layers),
        vectors.shape[1],
        vectors.numpy().tobytes(),
        vector_set.positions,
        None if gate is None else (gate.layer, _bytes(gate.direction), gate.bias, gate.gain, gate.reread),
    )


def _bytes(vector: torch.Tensor) -> bytes:
    return bytes(vector.to(torch.float32).contiguous().numpy().tobytes())


@dataclass(slots=True, eq=False)
class _Held:
    vector_set: VectorSet
    users: int = 0
    retired: bool = False


class VectorBank:
    """The engine process's view of the sets that are resident in all of its workers.

    ``collective_rpc(method, args)`` calls a method of every worker and returns when all have answered.
    """

    def __init__(self, slots: int, collective_rpc: CollectiveRpc) -> None:
        self._slots = slots
        self._rpc = collective_rpc
        self._held: dict[VectorSetId, _Held] = {}
        self._leaving: set[asyncio.Task[None]] = set()
        self._lock = asyncio.Lock()

    @property
    def loaded(self) -> tuple[VectorSet, ...]:
        """The sets that new requests may name."""
        return tuple(held.vector_set for held in self._held.values() if not held.retired)

    async def load(self, vector_set: VectorSet) -> None:
        """Make ``vector_set`` resident in every worker. Its requests may come once this returns.

        A version is immutable, so loading it again does nothing; another content under the same name and
        version is refused, as is one set more than there are slots (both ValueError).
        """
        async with self._lock:
            held = self._held.get(vector_set.id)
            if held is not None and held.vector_set.digest != vector_set.digest:
                raise ValueError(
                    f"{vector_set.id} is loaded with digest {held.vector_set.digest[:12]}; a version never changes, "
                    f"so one with digest {vector_set.digest[:12]} needs a version of its own."
                )
            if held is not None:
                held.retired = False
                return
            if len(self._held) >= self._slots:
                raise ValueError(f"All {self._slots} slots hold a vector set; unload one or start with more slots.")
            await self._rpc("sarsteer_load", wire_form(vector_set))
            self._held[vector_set.id] = _Held(vector_set)

    async def unload(self, id_: VectorSetId) -> None:
        """Take a set out of service at once, and out of the workers when its last request has ended."""
        held = self._held.get(id_)
        if held is None:
            return
        held.retired = True
        if held.users == 0:
            await self._release(id_)

    @contextmanager
    def lease(self, directive: SteeredBy) -> Iterator[WireDirective]:
        """Hold the directive's set for one request's whole life. Raise DirectiveRefused if that cannot be.

        A strength beyond the set's dose cap, of either sign, is brought down to it: more would garble the answer, not
        refuse better.
        """
        if directive.alpha == 0:
            yield UNSTEERED
            return
        held = self._held.get(directive.vector)
        if held is None or held.retired:
            names = ", ".join(str(loaded.id) for loaded in self.loaded) or "none"
            raise DirectiveRefused(f"Vector set {directive.vector} is not loaded; loaded are: {names}.")
        if directive.gate and held.vector_set.gate is None:
            raise DirectiveRefused(f"Vector set {directive.vector} has no gate; ask for it with the gate off.")
        held.users += 1
        try:
            most = held.vector_set.largest_alpha
            yield WireDirective(held.vector_set.digest, max(-most, min(directive.alpha, most)), directive.gate)
        finally:
            self._leave(held)

    def _leave(self, held: _Held) -> None:
        held.users -= 1
        if held.retired and held.users == 0:
            leaving = asyncio.ensure_future(self._release(held.vector_set.id))
            self._leaving.add(leaving)
            leaving.add_done_callback(self._leaving.discard)

    async def _release(self, id_: VectorSetId) -> None:
        async with self._lock:
            held = self._held.get(id_)
            # It may have been loaded again, or leased again and retired again, while this waited.
            if held is None or not held.retired or held.users:
                return
            await self._rpc("sarsteer_unload", (held.vector_set.digest,))
            del self._held[id_]
