"""How strongly a request is steered: its tenant's strength, which the caller may raise and never lower."""

from math import inf

from server.policy.model import Mode, Tenant
from steering.directive import Directive
from steering.vector_set import VectorSet, VectorSetId


class StrengthRefused(Exception):
    """A requested strength that the tenant's policy does not allow; the message says what it does."""


def own_strength(tenant: Tenant, mode: Mode) -> float:
    """What the tenant's requests get unasked: in ``shadow`` and ``off`` nothing, by the operator's decision."""
    return tenant.strength if mode == "enforce" else 0.0


def effective_strength(tenant: Tenant, mode: Mode, requested: object) -> float:
    """The strength, in the tenant's ``mode``, of a request that asks for ``requested``, or for nothing (None).

    Raise StrengthRefused for what is no number, is below the tenant's own strength, or is above its ceiling.
    """
    own = own_strength(tenant, mode)
    if requested is None:
        return own
    # Compared, not converted: an integer of JSON may be too large for a float.
    if isinstance(requested, bool) or not isinstance(requested, int | float) or not -inf < requested < inf:
        raise StrengthRefused(f"steering.strength must be a finite number, not {_shown(requested)}.")
    if requested < own:
        raise StrengthRefused(
            f"steering.strength {_shown(requested)} is below this tenant's {own:g}; a caller may only raise it."
        )
    if requested > tenant.ceiling:
        raise StrengthRefused(
            f"steering.strength {_shown(requested)} is above this tenant's ceiling; send at most {tenant.ceiling:g}."
        )
    return float(requested)


def _shown(requested: object) -> str:
    return f"{str(requested)[:20]!r}" if isinstance(requested, str) else str(requested)[:20]


def within_dose_cap(strength: float, vector_set: VectorSet) -> float:
    """``strength``, or the most that the set can carry before it garbles answers."""
    return min(strength, vector_set.largest_alpha / vector_set.recommended_alpha)


def unsteered(vector: VectorSetId) -> Directive:
    """The directive of a request that gets none of ``vector``, which need not be in service."""
    return Directive(vector, 0.0)


def directive_for(tenant: Tenant, strength: float, vector_set: VectorSet, *, spoken: bool) -> Directive:
    """The directive that carries ``strength`` out; typed and ungated requests get the shares that suit them."""
    gate = vector_set.gate is not None if tenant.gate is None else tenant.gate
    return Directive(vector_set.id, vector_set.alpha(strength, spoken=spoken, gated=gate), gate)
