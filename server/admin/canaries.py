"""``/canaries``: what the spoken canaries last found of each vector set that this replica watches."""

from datetime import datetime

from fastapi import APIRouter
from pydantic import Field

from server.admin import schemas
from server.admin.context import AdminContext
from server.admin.openapi import READS, answers
from server.admin.strict_json import strict_router
from server.telemetry.canaries import Outcome, Result, Share
from server.telemetry.certificate import Kind


class CanaryShare(schemas.Answered):
    refused: int
    clips: int
    certified: float | None = Field(
        description="What the evaluation certifies at strength 1: of harmful the least, of benign the most; null: none."
    )
    beyond: bool = Field(description="Whether the certificate makes this less likely than 1 %, for so few clips.")

    @classmethod
    def of(cls, share: Share) -> "CanaryShare":
        certified = share.certified.rate if share.certified else None
        return cls(refused=share.refused, clips=share.clips, certified=certified, beyond=share.beyond)


class CanaryResult(schemas.Answered):
    """A vector set's last whole run."""

    vector: str
    digest: str
    at: datetime
    sets: dict[Kind, CanaryShare]

    @classmethod
    def of(cls, result: Result) -> "CanaryResult":
        shares = {kind: CanaryShare.of(share) for kind, share in result.shares.items()}
        return cls(vector=str(result.vector), digest=result.digest, at=result.at, sets=shares)


class Canaries(schemas.Listed[CanaryResult]):
    every_seconds: float | None = Field(description="null: none are run.")
    last_outcome: Outcome | None
    last_at: datetime | None


def canary_routes(context: AdminContext) -> APIRouter:
    """The results of this replica's own engine."""
    routes = strict_router("/canaries", "canaries")

    @routes.get("", summary="Tell what the spoken canaries last found", responses=answers(*READS))
    async def read_canaries() -> Canaries:
        canaries = context.canaries
        if canaries is None:
            return Canaries(data=[], every_seconds=None, last_outcome=None, last_at=None)
        outcome, at = canaries.last or (None, None)
        data = [CanaryResult.of(result) for result in canaries.results]
        return Canaries(data=data, every_seconds=canaries.seconds, last_outcome=outcome, last_at=at)

    return routes
