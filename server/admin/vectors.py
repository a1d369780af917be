"""``/vectors``: every published version, which of them are in service here, and who is steered by which."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter

from server.admin import schemas
from server.admin.context import AdminContext
from server.admin.openapi import READS, answers
from server.admin.strict_json import strict_router
from server.errors import NotFound, StoreUnverified
from server.policy.records import CHANNELS, Channel
from server.policy.resolution import set_of
from steering.index import Entry
from steering.manifest import Manifest
from steering.store_errors import InvalidIdError, UnknownNameError, UnknownVersionError, VectorStoreError
from steering.vector_set import VectorSetId


@dataclass(frozen=True, slots=True)
class Use:
    """What the policy makes of the vector sets: where the channels lead, and how many tenants each set steers."""

    default: VectorSetId
    channels: Mapping[Channel, VectorSetId]
    tenants: Counter[VectorSetId]
    in_service: frozenset[VectorSetId]


def vector_routes(context: AdminContext) -> APIRouter:
    """The vector store's versions, read from the store anew each time."""
    routes = strict_router("/vectors", "vectors")

    @routes.get("", summary="List the published vector sets", responses=answers(*READS, "store_unverified"))
    async def list_vectors() -> schemas.Listed[schemas.VectorVersion]:
        return schemas.Listed(data=await asyncio.to_thread(read_all, use_of(context)))

    @routes.get(
        "/{name}/{version}",
        summary="Read a version's manifest and evaluation",
        responses=answers(*READS, "not_found", "store_unverified"),
    )
    async def read_vector(name: str, version: str) -> schemas.VectorDetail:
        return await asyncio.to_thread(read_one, VectorSetId(name, version), use_of(context))

    def read_all(use: Use) -> list[schemas.VectorVersion]:
        try:
            entries = context.vectors.entries()
        except VectorStoreError as error:
            raise StoreUnverified(str(error)) from error
        found = []
        for entry in entries:
            try:
                found.append(_shown(entry, context.vectors.manifest(entry.id), use))
            except VectorStoreError as error:  # Told with the version: the others can be read.
                found.append(_shown(entry, None, use, str(error)))
        return found

    def read_one(id_: VectorSetId, use: Use) -> schemas.VectorDetail:
        try:
            entry = context.vectors.entry(id_)
            manifest = context.vectors.manifest(id_)
            evaluation = context.vectors.evaluation(id_)
        except (InvalidIdError, UnknownNameError, UnknownVersionError) as error:
            raise NotFound(str(error)) from error
        except VectorStoreError as error:
            raise StoreUnverified(str(error)) from error
        return schemas.VectorDetail(
            **dict(_shown(entry, manifest, use)),
            manifest=manifest.model_dump(mode="json", by_alias=True),
            evaluation=evaluation,
        )

    return routes


def use_of(context: AdminContext) -> Use:
    """What the newest policy that is known here makes of the vector sets."""
    state, _ = context.replica.latest
    service, default = state.service.record, context.default_vector

    def resolved(vector: Channel | str | None) -> VectorSetId:
        return set_of(vector or service.vector or "stable", service) or default

    return Use(
        default,
        {channel: resolved(channel) for channel in CHANNELS},
        Counter(resolved(stored.record.vector) for stored in state.tenants.values()),
        frozenset(vector_set.id for vector_set in context.engine.vector_sets),
    )


def _shown(entry: Entry, manifest: Manifest | None, use: Use, problem: str | None = None) -> schemas.VectorVersion:
    gate = manifest.gate if manifest else None
    band = manifest.certified_band if manifest else None
    return schemas.VectorVersion(
        id=str(entry.id),
        name=entry.name,
        version=entry.version,
        digest=entry.digest,
        status="yanked" if entry.yanked else "published",
        reason=entry.reason,
        problem=problem,
        layers=list(manifest.layers) if manifest else None,
        band=schemas.Band(low=band.low, high=band.high) if band else None,
        alpha=manifest.recommended_alpha if manifest else None,
        gate=schemas.Gate(layer=gate.layer, auroc=gate.auroc) if gate else None,
        in_service=entry.id in use.in_service,
        channels=[channel for channel, id_ in use.channels.items() if id_ == entry.id],
        default=entry.id == use.default,
        tenants=use.tenants[entry.id],
    )
