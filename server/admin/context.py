"""What the admin API and the console are made of."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from server.audio.pool import DecodePool
from server.engine.protocol import ChatEngine
from server.policy.administration import Administration
from server.policy.errors import StoreUnavailable
from server.policy.keys import KeyHasher
from server.policy.model import Clock
from server.policy.replica import PolicyReplica
from server.policy.repository import PolicyRepository
from server.telemetry.canaries import Canaries
from server.telemetry.logs import logger
from server.telemetry.metrics import Metrics
from server.telemetry.recent import RecentTraffic
from steering.store import VectorStore
from steering.vector_set import VectorSetId

T = TypeVar("T")

LOOK_SECONDS = 10.0
"""For how long a change waits for this replica to read what is new, and to serve by it."""


@dataclass(frozen=True, slots=True, eq=False)
class AdminContext:
    """Everything an administrator's request may need. ``vectors`` is the store, ``default_vector`` the server's own.

    ``canaries`` is None where none are run.
    """

    administration: Administration
    replica: PolicyReplica
    repository: PolicyRepository
    hasher: KeyHasher
    clock: Clock
    engine: ChatEngine
    pool: DecodePool
    vectors: VectorStore
    default_vector: VectorSetId
    metrics: Metrics
    recent: RecentTraffic
    canaries: Canaries | None = None

    async def change(self, action: str, make: Callable[[], T]) -> T:
        """Carry out ``make``, a call of ``administration``, on the newest policy, and serve by it at once if it can be.

        ``action`` is its label in the metrics. Raises what the administration raises.
        """
        await self.look()
        made = await asyncio.to_thread(make)
        self.metrics.admin_changes.labels(action).inc()
        with suppress(StoreUnavailable):  # It is written; whether it is served, the replicas tell.
            await self.look()
        return made

    async def look(self) -> None:
        """Have the replica look; raise StoreUnavailable.

        An engine that fails, or takes its time over a vector set, keeps nobody from a change, which may be what mends
        it: by then the news has been read.
        """
        looking = asyncio.ensure_future(self.replica.look())
        await asyncio.wait({looking}, timeout=LOOK_SECONDS)
        if not looking.done():
            looking.add_done_callback(_tell)
        elif isinstance(fault := looking.exception(), StoreUnavailable):
            raise fault
        else:
            _tell(looking)


def _tell(looking: asyncio.Future[None]) -> None:
    """Log why a look failed, if it did."""
    if not looking.cancelled() and (fault := looking.exception()) is not None:
        logger().warning("policy not followed", exc_info=fault)
