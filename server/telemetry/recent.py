"""What each tenant's last quarter of an hour was like on this replica, for a chart: too short and too fine for metrics.

Numbers to be kept, summed over replicas or alerted on are the metrics'; these are for the eye.
"""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

BIN_SECONDS = 15
BINS = 60


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers and refusals among them, in ``BIN_SECONDS``."""

    answers: int = 0
    refusals: int = 0


class RecentTraffic:
    """Counts answers by tenant in bins of time. ``now`` is a monotonic clock in seconds."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._bins: dict[str, deque[tuple[int, Bin]]] = {}

    def count(self, tenant: str, refused: bool) -> None:
        """One more whole answer of ``tenant``."""
        index = int(self._now() // BIN_SECONDS)
        bins = self._bins.setdefault(tenant, deque(maxlen=BINS))
        last = bins.pop()[1] if bins and bins[-1][0] == index else Bin()
        bins.append((index, Bin(last.answers + 1, last.refusals + refused)))

    def of(self, tenant: str) -> tuple[Bin, ...]:
        """The last ``BINS`` bins, oldest first, the present one last."""
        newest = int(self._now() // BIN_SECONDS)
        held = dict(self._bins.get(tenant, ()))
        return tuple(held.get(index, Bin()) for index in range(newest - BINS + 1, newest + 1))

    @property
    def total(self) -> tuple[Bin, ...]:
        """The bins of all tenants together."""
        each = [self.of(tenant) for tenant in self._bins]
        return tuple(
            Bin(sum(one.answers for one in bins), sum(one.refusals for one in bins))
            for bins in (zip(*each, strict=True) if each else [()] * BINS)
        )
