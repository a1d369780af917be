"""The rules that a record alone cannot know: who may change what, until when, and whether its vector sets exist."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol

from server.policy.actor import Actor
from server.policy.errors import InvalidPolicy
from server.policy.records import CHANNELS, InheritedFields
from steering.vector_set import VectorSetId

LONGEST_OFF = timedelta(hours=24)
"""For how long a glass may stay broken at once."""
SECURITY_FIELDS = frozenset({"floor", "ceiling", "required"})
"""Fields that bound what an operator may do, and so are not an operator's to change."""
_SETS = ("vector", "stable", "candidate")


class SetCheck(Protocol):
    """Can a vector set be put into service here?"""

    def __call__(self, id_: VectorSetId) -> None:
        """Raise InvalidPolicy if not, saying why."""


def check_record(
    actor: Actor, record: InheritedFields, held: InheritedFields, what: str, now: datetime, check_set: SetCheck
) -> None:
    """Check what ``record`` changes of ``held``, the policy ``what``; raise NotPermitted or InvalidPolicy."""
    changed = {name for name in type(record).model_fields if getattr(record, name) != getattr(held, name)}
    if bounds := sorted(changed & SECURITY_FIELDS):
        actor.require("security", f"Changing {' and '.join(bounds)} of {what}")
    if "off_until" in changed and record.off_until is not None and not now < record.off_until <= now + LONGEST_OFF:
        hours = LONGEST_OFF.total_seconds() / 3600
        raise InvalidPolicy(
            f"off_until must lie within the next {hours:g} hours, not at {record.off_until.isoformat()}.", "off_until"
        )
    check_sets(record, check_set, changed)


def check_sets(record: InheritedFields, check_set: SetCheck, changed: Iterable[str] = _SETS) -> None:
    """Check every set that a changed field of ``record`` names; raise InvalidPolicy with the field."""
    for name in _SETS:
        value = getattr(record, name, None)
        if name in changed and value is not None and value not in CHANNELS:
            try:
                check_set(VectorSetId.parse(value))
            except InvalidPolicy as invalid:
                raise InvalidPolicy(str(invalid), name) from invalid
