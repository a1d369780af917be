"""A write: why it is made, by whom, and whether its answer waits until every replica serves it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from fastapi import Depends, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from server.admin.access import Acting
from server.admin.context import AdminContext
from server.admin.schemas import Propagation
from server.errors import InvalidApiKey
from server.policy.actor import Actor
from server.policy.errors import StoreUnavailable
from server.policy.records import Reason

LONGEST_WAIT_SECONDS = 30.0

Made = TypeVar("Made")


class WriteQuery(BaseModel):
    """The query of every write. A route that takes more derives from it: FastAPI reads one model a route."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    reason: Reason = Field(description="Why, on one line; it is audited.", examples=["ticket 1234"])
    wait: bool = Field(default=False, description="Answer once every live replica serves the change.")
    wait_seconds: float = Field(
        default=5.0, ge=0, le=LONGEST_WAIT_SECONDS, allow_inf_nan=False, description="For how long to wait at the most."
    )


@dataclass(frozen=True, slots=True)
class Written(Generic[Made]):
    """What a write made, and how far it has come; ``propagation`` is None where nobody waited."""

    made: Made
    revision: int
    propagation: Propagation | None


class Write:
    """A write that was asked for, and not yet made: the dependency of every route that changes something."""

    def __init__(self, query: Annotated[WriteQuery, Query()], actor: Acting, response: Response) -> None:
        self.actor = actor
        self.reason = query.reason
        self._query = query
        self._response = response

    async def carry_out(
        self, context: AdminContext, action: str, make: Callable[[Actor], Made], number_of: Callable[[Made], int]
    ) -> Written[Made]:
        """Carry out ``make`` for the actor, as ``context.change``; the answer is a 202 if a replica lags in the end.

        ``make`` runs in a thread, on the newest policy; ``number_of`` tells the revision of what it made. Raise
        InvalidApiKey if the newest policy has ended the actor's key.
        """

        def make_if_still_allowed() -> Made:
            actor = context.replica.admin_still(self.actor.id)
            if actor is None:
                raise InvalidApiKey("The admin key was revoked or has expired.")
            return make(actor)

        began = time.monotonic()
        made = await context.change(action, make_if_still_allowed)
        revision = number_of(made)
        propagation = await self._settled(context, revision, began) if self._query.wait else None
        if propagation is not None and not propagation.complete:
            self._response.status_code = 202
        return Written(made, revision, propagation)

    async def _settled(self, context: AdminContext, revision: int, began: float) -> Propagation:
        try:
            return Propagation.of(await context.replica.settle(revision, self._query.wait_seconds, began))
        except StoreUnavailable:  # It is written: that nobody can tell who serves it is no failure of the write.
            return Propagation(revision=revision, complete=False, applied=[], lagging=[])


Writing = Annotated[Write, Depends(Write)]
"""The parameter of a route that changes something."""
