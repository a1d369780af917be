"""Counterfactual twins: the same request, answered the other way and unseen, to learn what the steering changes.

Of a request that is steered the twin is not, and of one that ``shadow`` leaves unsteered the twin is. Both are in the
engine at the same time; the twin waits for callers, and makes way where these are many. It shares the request's prompt
prefix in the cache. Nothing of it reaches the caller: no text, no token, no error, and no wait.
"""

import asyncio
from collections.abc import Callable
from copy import deepcopy
from typing import Literal

from server.chat.refusals import judged
from server.engine.protocol import ChatCall, ChatEngine
from server.telemetry.load import BUSY_REQUESTS, is_busy
from server.telemetry.logs import logger
from server.telemetry.metrics import Metrics
from steering.directive import Directive
from steering.refusal import Verdict

MOST_TWINS = BUSY_REQUESTS
"""At once: as many as the callers beside whom they may run, each of whom may want one."""
_LEFT_OUT = frozenset({"stream", "stream_options", "logprobs", "top_logprobs"})
"""What changes how an answer is told, and not what it says."""

Pair = Literal["both_answer", "both_refuse", "steered_only", "base_only"]


def pair_of(*, steered_refuses: bool, base_refuses: bool) -> Pair:
    """The name of the pair of a request answered steered and unsteered, by which of the two refuse."""
    if steered_refuses:
        return "both_refuse" if base_refuses else "steered_only"
    return "base_only" if base_refuses else "both_answer"


class Twin:
    """One twin, counted once: when both it and what the caller was told are known, or when it makes way."""

    def __init__(self, metrics: Metrics, tenant: str, directive: Directive, task: "asyncio.Task[bool]") -> None:
        self._metrics = metrics
        self._tenant = tenant
        self._steered = directive.alpha > 0
        self._task = task
        self._shed = False

    def compare(self, caller_refused: bool) -> None:
        """Count the pair, once the twin too has been answered."""
        self._task.add_done_callback(lambda task: self._count(task, caller_refused))

    def abandon(self) -> None:
        """The caller was told no whole answer that this one could be compared with."""
        self._task.cancel()
        self._task.add_done_callback(lambda task: self._count(task, None))

    def shed(self) -> None:
        """Make way, whatever the caller is told."""
        if not self._shed:
            self._shed = True
            self._task.cancel()
            self._metrics.twins.labels("shed").inc()

    def _count(self, task: "asyncio.Task[bool]", caller_refused: bool | None) -> None:
        if self._shed:
            return
        if caller_refused is None or task.cancelled() or task.exception() is not None:
            self._metrics.twins.labels("failed").inc()
            return
        refused = {self._steered: task.result(), not self._steered: caller_refused}
        pair = pair_of(steered_refuses=refused[True], base_refuses=refused[False])
        self._metrics.twins.labels("compared").inc()
        self._metrics.counterfactual.labels(self._tenant, pair).inc()


class Twins:
    """Begins twins of admitted requests. ``chance`` gives numbers from 0 to 1; none begins while ``draining``."""

    def __init__(
        self, engine: ChatEngine, metrics: Metrics, draining: Callable[[], bool], chance: Callable[[], float]
    ) -> None:
        self._engine = engine
        self._metrics = metrics
        self._draining = draining
        self._chance = chance
        self._running: dict[asyncio.Task[bool], Twin] = {}

    def begin(self, tenant: str, share: float, call: ChatCall, directive: Directive) -> Twin | None:
        """The twin of ``call``, steered by ``directive``, for a ``share`` of calls; None for the others.

        ``tenant`` is the tenant's label.
        """
        if self._chance() >= share:
            return None
        if self._draining() or len(self._running) >= MOST_TWINS or is_busy(self._metrics):
            self._metrics.twins.labels("shed").inc()
            return None
        # Copied: an engine may change what it is given, and this goes there twice.
        body = deepcopy({field: value for field, value in call.body.items() if field not in _LEFT_OUT})
        task = asyncio.create_task(self._refuses(ChatCall(body, call.clips, directive, background=True)))
        twin = self._running[task] = Twin(self._metrics, tenant, directive, task)
        task.add_done_callback(self._ended)
        return twin

    def make_room(self) -> None:
        """Give up the running twins if callers need the room, or the server drains."""
        if self._running and (self._draining() or is_busy(self._metrics)):
            for twin in self._running.values():
                twin.shed()

    async def close(self) -> None:
        """Give up the running twins, down to the engine."""
        running = dict(self._running)
        for twin in running.values():
            twin.shed()
        await asyncio.gather(*running, return_exceptions=True)

    async def _refuses(self, call: ChatCall) -> bool:
        try:
            completion = await self._engine.complete(call)
        finally:
            self._metrics.twin_tokens.inc(call.reading.tokens)
        texts = (choice["message"].get("content") or "" for choice in completion["choices"])
        return any(judged(text) is Verdict.REFUSAL for text in texts)

    def _ended(self, task: "asyncio.Task[bool]") -> None:
        del self._running[task]
        if not task.cancelled() and (fault := task.exception()) is not None:
            logger().warning("twin failed", exc_info=fault)
