"""Rate limits: how much of each a tenant may have in any minute.

They are each replica's own: behind a load balancer, n replicas give a tenant up to n times as much. A minute is that of
a sliding window counter: of the clock's last whole minute it counts the share that the past sixty seconds still cover.
What was used counts on when a limit is changed, and the new one holds from the next request.

Requests and audio are taken before the work is done. What an answer uses in tokens is known only when it ends: it is
let in while the minute has any left, and booked whole; a minute may so be overdrawn, and then stays spent for longer.
Nothing is kept of a tenant that was not seen for two minutes.
"""

import time
from dataclasses import dataclass
from math import ceil, floor
from typing import Literal

from limits.aio.storage import MemoryStorage

from server.policy.model import Tenant

Kind = Literal["requests", "tokens", "audio_seconds"]
KINDS: tuple[Kind, ...] = ("requests", "tokens", "audio_seconds")
_MINUTE = 60
_WORDS: dict[Kind, str] = {"requests": "requests", "tokens": "tokens", "audio_seconds": "seconds of audio"}


class LimitReached(Exception):
    """What was asked for is more than is left; the message says of what, and when to come back.

    ``retry_after`` is in whole seconds; None means never: it is more than a whole minute's.
    """

    def __init__(self, message: str, kind: Kind, retry_after: int | None) -> None:
        super().__init__(message)
        self.kind = kind
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Window:
    """What is left of a limit, and in how many whole seconds it is unused again if nothing more is used."""

    kind: Kind
    limit: int
    remaining: int
    reset_seconds: int


@dataclass(frozen=True, slots=True)
class _Use:
    """What was used in the clock's last minute, which counts for ``last_left`` seconds more, and in this one.

    ``turn`` is the seconds until this minute becomes the last.
    """

    last: int
    last_left: float
    current: int
    turn: float

    @property
    def counted(self) -> int:
        return floor(self.last * self.last_left / _MINUTE + self.current)

    @property
    def reset_seconds(self) -> int:
        return ceil(self.turn + _MINUTE if self.current else self.last_left)

    def room_in(self, limit: int, amount: int) -> int:
        """Whole seconds, at least 1, until ``amount`` fits under ``limit``."""
        below = limit - amount + 1
        if self.current < below:
            wait = self.last_left - _MINUTE * (below - self.current) / max(self.last, 1)
        else:
            wait = self.turn + _MINUTE * (1 - below / self.current)
        # At that very moment it just does not fit yet, and the clock is no exact one.
        return max(1, floor(wait + 0.001) + 1)


class RateLimiter:
    """Counts what tenants use on this replica. A limit that is not set costs nothing."""

    def __init__(self) -> None:
        # Nothing in the storage waits for anything, so that each call is one step: no other can come between.
        self._storage = MemoryStorage()

    async def take_request(self, tenant: Tenant) -> None:
        """Count one request; raise LimitReached, and count nothing, if none is left or the tokens are spent."""
        if (tokens := tenant.limits.tokens) is not None and (await self._use(tenant, "tokens")).counted >= tokens:
            raise await self._reached(tenant, "tokens", tokens, 1)
        await self._take(tenant, "requests", tenant.limits.requests, 1)

    async def take_audio(self, tenant: Tenant, seconds: float) -> None:
        """Count a request's decoded audio, a second begun as a whole one; raise LimitReached, and count nothing."""
        await self._take(tenant, "audio_seconds", tenant.limits.audio_seconds, ceil(round(seconds, 3)))

    async def book_tokens(self, tenant: Tenant, tokens: int) -> None:
        """Count what an answer used, whether or not it was left."""
        if tenant.limits.tokens is not None and tokens > 0:
            _, current = self._storage.sliding_window_keys(_key(tenant, "tokens"), _MINUTE, time.time())
            await self._storage.incr(current, 2 * _MINUTE, tokens)

    async def windows(self, tenant: Tenant) -> tuple[Window, ...]:
        """How the tenant stands with each limit that is set for it."""
        found = []
        for kind in KINDS:
            if (limit := getattr(tenant.limits, kind)) is not None:
                use = await self._use(tenant, kind)
                found.append(Window(kind, limit, max(0, limit - use.counted), use.reset_seconds))
        return tuple(found)

    async def _take(self, tenant: Tenant, kind: Kind, limit: int | None, amount: int) -> None:
        if limit is None or amount == 0:
            return
        if not await self._storage.acquire_sliding_window_entry(_key(tenant, kind), limit, _MINUTE, amount):
            raise await self._reached(tenant, kind, limit, amount)

    async def _use(self, tenant: Tenant, kind: Kind) -> _Use:
        last, last_left, current, current_left = await self._storage.get_sliding_window(_key(tenant, kind), _MINUTE)
        return _Use(last, last_left, current, current_left - _MINUTE)

    async def _reached(self, tenant: Tenant, kind: Kind, limit: int, amount: int) -> LimitReached:
        rule = f"Tenant {tenant.name} may use {limit} {_WORDS[kind]} a minute"
        if amount > limit:
            return LimitReached(f"{rule}, and this request alone needs {amount}; send less in one request.", kind, None)
        use = await self._use(tenant, kind)
        left, wait = max(0, limit - use.counted), use.room_in(limit, amount)
        needed = f"this request needs {amount} and {left} are left" if amount > 1 else "they are spent"
        return LimitReached(f"{rule}, and {needed}; retry in {wait} s.", kind, wait)


def _key(tenant: Tenant, kind: Kind) -> str:
    return f"{tenant.name}/{kind}"
