"""The versions of the vector store as the console shows them, whatever is wrong with one of them."""

from dataclasses import dataclass
from typing import Any

from server.admin.context import AdminContext
from server.policy.records import CHANNELS, Channel, ServiceRecord
from server.policy.resolution import set_of
from steering.index import Entry
from steering.manifest import Manifest
from steering.store_errors import VectorStoreError
from steering.vector_set import VectorSetId


@dataclass(frozen=True, slots=True)
class Version:
    """A published version. ``problem`` says why there is no manifest to show."""

    entry: Entry
    manifest: Manifest | None
    in_service: bool
    problem: str | None = None

    @property
    def id(self) -> VectorSetId:
        return self.entry.id

    @property
    def largest(self) -> float | None:
        """The dose cap, as a strength; infinite where there is none."""
        return self.manifest.largest_alpha / self.manifest.recommended_alpha if self.manifest else None

    @property
    def band(self) -> tuple[float, float] | None:
        band = self.manifest.certified_band if self.manifest else None
        return (band.low, band.high) if band else None

    @property
    def ungated(self) -> float:
        """The share of the alpha that requests steered in full get."""
        return self.manifest.ungated_strength if self.manifest else 1.0


def versions(context: AdminContext) -> tuple[Version, ...]:
    """Every version, the newest first. Reads the store, so call it in a thread; raise VectorStoreError."""
    served = {vector_set.id for vector_set in context.engine.vector_sets}
    return tuple(_version(context, entry, served) for entry in reversed(context.vectors.entries()))


def version(context: AdminContext, id_: VectorSetId) -> Version:
    """One version, in a thread; raise VectorStoreError if there is none."""
    served = {vector_set.id for vector_set in context.engine.vector_sets}
    return _version(context, context.vectors.entry(id_), served)


def evaluation(context: AdminContext, id_: VectorSetId) -> dict[str, Any]:
    """A version's evaluation, in a thread; empty if it cannot be read."""
    try:
        return context.vectors.evaluation(id_)
    except VectorStoreError:
        return {}


def usable(context: AdminContext) -> tuple[VectorSetId, ...]:
    """The versions that a policy may name, in a thread; none if the store cannot be read."""
    try:
        return tuple(entry.id for entry in reversed(context.vectors.entries()) if not entry.yanked)
    except VectorStoreError:
        return ()


def effective_set(context: AdminContext, vector: Channel | str, service: ServiceRecord) -> VectorSetId:
    """The set that a policy's ``vector`` comes to here."""
    return set_of(vector, service) or context.default_vector


def known_version(context: AdminContext, id_: VectorSetId) -> Version | None:
    """One version, in a thread; None where the store cannot tell."""
    try:
        return version(context, id_)
    except VectorStoreError:
        return None


def channels(context: AdminContext, service: ServiceRecord) -> dict[Channel, VectorSetId]:
    return {channel: effective_set(context, channel, service) for channel in CHANNELS}


def _version(context: AdminContext, entry: Entry, served: set[VectorSetId]) -> Version:
    try:
        return Version(entry, context.vectors.manifest(entry.id), entry.id in served)
    except VectorStoreError as error:
        return Version(entry, None, entry.id in served, str(error))
