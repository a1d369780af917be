"""Decoding off the event loop, on a few threads, with a queue that has an end."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from server.audio.decode import Budget, decode
from server.audio.limits import AudioLimits
from server.engine.protocol import Waveform
from server.errors import Overloaded

P = ParamSpec("P")
R = TypeVar("R")
Clips = tuple[list[Waveform], float]


class DecodePool:
    """Unpacks and decodes whole requests, ``workers`` at a time; beyond ``queue`` waiting ones it is Overloaded."""

    def __init__(self, workers: int, queue: int, limits: AudioLimits) -> None:
        self.limits = limits
        self._most = workers + queue
        self._busy = 0
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="decode")

    async def decode(self, files: Sequence[tuple[str, bytes]], rate: int) -> Clips:
        """The clips of one request, given as (param, bytes), at ``rate`` Hz; and their seconds in all."""
        return await self.run(self.decode_here, files, rate)

    async def run(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """The result of ``work``, done on one of the threads."""
        if self._busy >= self._most:
            raise Overloaded("Too many requests wait for their audio to be decoded; retry.")
        self._busy += 1
        try:
            call = partial(work, *args, **kwargs)
            return await asyncio.get_running_loop().run_in_executor(self._threads, call)
        finally:
            self._busy -= 1

    def decode_here(self, files: Sequence[tuple[str, bytes]], rate: int) -> Clips:
        """As ``decode``, for work that is on one of the threads already."""
        budget = Budget(self.limits)
        return [decode(data, rate, budget, param) for param, data in files], budget.seconds

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
