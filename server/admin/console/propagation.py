"""How far a change has come: which replicas serve a revision, and how soon each was seen to."""

import time
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field

from server.policy.errors import StoreUnavailable
from server.policy.replica import PolicyReplica
from server.policy.repository import ReplicaState

_MOST_FOLLOWED = 256
_FIRST_LOOK_SECONDS = 0.4
_NEXT_LOOK_SECONDS = 1.0
GIVE_UP_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Progress:
    """``seconds`` until the last of ``applied`` was seen; None for a revision that was not followed from its start."""

    revision: int
    applied: tuple[ReplicaState, ...]
    lagging: tuple[ReplicaState, ...]
    seconds: float | None
    given_up: bool

    @property
    def complete(self) -> bool:
        return not self.lagging

    @property
    def total(self) -> int:
        return len(self.applied) + len(self.lagging)


@dataclass(slots=True)
class _Followed:
    start: float
    seen: dict[str, float] = field(default_factory=dict)


class Followed:
    """The changes that were made through this console of late, each followed from the moment that it was made."""

    def __init__(self, replica: PolicyReplica) -> None:
        self._replica = replica
        self._changes: OrderedDict[int, _Followed] = OrderedDict()

    @staticmethod
    def now() -> float:
        """When a change begins, on the clock that ``begin`` counts by."""
        return time.monotonic()

    async def begin(self, revision: int, began: float) -> None:
        """Follow a revision that was begun at ``began``; it may be everywhere before this returns."""
        self._changes[revision] = _Followed(began)
        while len(self._changes) > _MOST_FOLLOWED:
            self._changes.popitem(last=False)
        with suppress(StoreUnavailable):  # It is written; the page will look again.
            await self.progress(revision, _FIRST_LOOK_SECONDS)

    async def progress(self, revision: int, seconds: float = _NEXT_LOOK_SECONDS) -> Progress:
        """How far ``revision`` has come, awaited for ``seconds`` at the most; raise StoreUnavailable."""
        change = self._changes.get(revision)
        since = self.now() if change is None else change.start
        reached = await self._replica.settle(revision, self.now() - since + seconds, since)
        applied = tuple(each.replica for each in reached.applied)
        if change is None:
            return Progress(revision, applied, reached.lagging, None, given_up=True)
        for each in reached.applied:
            change.seen.setdefault(each.replica.id, each.seconds)
        last = max((change.seen[each.id] for each in applied), default=0.0)
        given_up = self.now() - change.start > GIVE_UP_SECONDS
        return Progress(revision, applied, reached.lagging, last, given_up)
