"""What the pages of a tenant and of the service share: the form, the scale, what would be in force, and a conflict."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from pydantic import ValidationError

from server.admin.console.charts import Scale, scale
from server.admin.console.fields import LABELS, Groups, written
from server.admin.console.policy_form import OFF_FOR, PolicyForm, form_of
from server.admin.console.vector_sets import channels, effective_set, known_version, usable
from server.admin.console.visit import Visit
from server.admin.context import AdminContext
from server.policy.records import InheritedFields, ServiceRecord, TenantRecord
from server.policy.repository import Revision
from server.policy.resolution import Explained, explain
from server.policy.state import Stored
from steering.vector_set import VectorSetId

R = TypeVar("R", bound=InheritedFields)


@dataclass(frozen=True, slots=True)
class InForce:
    """What a record comes to: each field's value and where it is from, the set in service, and the scale."""

    explained: Mapping[str, Explained]
    vector: VectorSetId
    scale: Scale


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that somebody else changed: ``then`` is what the form was filled from, ``mine`` what it says."""

    name: str
    then: str
    theirs: str
    mine: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else's changes since the form was opened; ``last`` is the newest of them, if it is known."""

    differences: tuple[Difference, ...]
    last: Revision | None


@dataclass(frozen=True, slots=True)
class FormPage:
    """The form and all that is drawn beside it. ``expected`` is the revision that a save is meant to replace."""

    form: PolicyForm[TenantRecord] | PolicyForm[ServiceRecord]
    groups: Groups
    action: str
    preview: str
    expected: int | None
    in_force: InForce
    sets: Sequence[VectorSetId]
    channels: Mapping[str, VectorSetId]
    above: str
    reason: str = ""
    problem: str | None = None
    conflict: Conflict | None = None
    off_for: Mapping[str, str] = field(default_factory=lambda: OFF_FOR)


async def in_force(context: AdminContext, tenant: TenantRecord, service: ServiceRecord) -> InForce:
    explained = explain(tenant, service)
    vector = effective_set(context, explained["vector"].value, service)
    found = await asyncio.to_thread(known_version, context, vector)
    gated = found is not None and found.manifest is not None and found.manifest.gate is not None
    strength, least, ceiling = (explained[name].value for name in ("strength", "floor", "ceiling"))
    drawn = scale(
        strength,
        least,
        ceiling,
        found.band if found else None,
        found.largest if found else None,
        band_holds=not (gated and explained["gate"].value is False),
    )
    return InForce(explained, vector, drawn)


async def choices(
    context: AdminContext, service: ServiceRecord
) -> tuple[Sequence[VectorSetId], dict[str, VectorSetId]]:
    """The sets and the channels that a policy may name."""
    sets: Sequence[VectorSetId] = await asyncio.to_thread(usable, context)
    return sets, {str(channel): id_ for channel, id_ in channels(context, service).items()}


async def conflict_of(visit: Visit, then: R, current: Stored[R], mine: R) -> Conflict:
    """What changed between the record ``then``, which a form was filled from, and the ``current`` one."""
    newest = await asyncio.to_thread(visit.context.repository.revisions, current.revision + 1, 1)
    return Conflict(differences(then, current.record, mine), newest[0] if newest else None)


def differences(then: InheritedFields, theirs: InheritedFields, mine: InheritedFields | None) -> tuple[Difference, ...]:
    """The fields that differ between what a form was filled from and what is written now."""
    return tuple(
        Difference(
            LABELS[name],
            written(name, getattr(then, name)),
            written(name, getattr(theirs, name)),
            "unclear" if mine is None else written(name, getattr(mine, name)),
        )
        for name in type(theirs).model_fields
        if getattr(then, name) != getattr(theirs, name)
    )


def rebased(form: PolicyForm[R], then: R, theirs: R, groups: Groups, above: InheritedFields | None) -> PolicyForm[R]:
    """The form over what somebody else wrote since: fields that it changed stay, those that it left alone are theirs.

    Where the two cannot be in force together, the form stays as it is.
    """
    mine = form.record
    if mine is None:
        return form
    kept = {name for name in type(theirs).model_fields if getattr(mine, name) != getattr(then, name)}
    if kept & {"mode", "off_until"}:
        kept |= {"mode", "off_until"}  # One decision.
    try:
        both = type(theirs).model_validate({**theirs.model_dump(), **{name: getattr(mine, name) for name in kept}})
    except ValidationError:
        return form
    return replace(form_of(both, groups, above), off_for=form.off_for)
