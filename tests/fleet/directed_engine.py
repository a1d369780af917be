"""An engine without a model: it holds vector sets in the real bank, and answers with what it was directed to do."""

from collections.abc import AsyncGenerator
from typing import Any

from server.engine.protocol import ChatCall, Json
from steering.vector_set import VectorSet, VectorSetId
from steering.vllm.bank import VectorBank


class DirectedEngine:
    """Its workers do nothing; ``calls`` are the methods that the bank called of them."""

    model = "directed"
    sample_rate = 16_000
    hears_seconds = 2.0
    fingerprint = "engine"
    alive = True
    gate_layers: tuple[int, ...] = (3,)

    def __init__(self, slots: int = 8) -> None:
        self.calls: list[str] = []
        self.bank = VectorBank(slots, self._call)

    async def _call(self, method: str, _arguments: tuple[Any, ...]) -> None:
        self.calls.append(method)

    @property
    def vector_sets(self) -> tuple[VectorSet, ...]:
        return self.bank.loaded

    async def load(self, vector_set: VectorSet) -> None:
        await self.bank.load(vector_set)

    async def unload(self, id_: VectorSetId) -> None:
        await self.bank.unload(id_)

    async def complete(self, call: ChatCall) -> Json:
        """A completion whose content is ``name@version alpha``, as a real engine would have been steered."""
        with self.bank.lease(call.directive) as wire:
            content = f"{call.directive.vector} {wire.alpha!r}"
        message = {"role": "assistant", "content": content}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        return {"id": "x", "object": "chat.completion", "created": 0, "model": self.model, "choices": [choice]}

    async def stream(self, call: ChatCall) -> AsyncGenerator[Json, None]:
        completion = await self.complete(call)
        content = completion["choices"][0]["message"]["content"]
        yield {"id": "x", "choices": [{"index": 0, "delta": {"content": content}, "finish_reason": "stop"}]}
