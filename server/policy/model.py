"""What a request is answered by: its tenant's policy, resolved; and the seam behind which policies are kept."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from steering.vector_set import VectorSetId

Mode = Literal["enforce", "shadow", "off"]
"""``enforce`` steers. ``shadow`` answers unsteered, to learn what steering would do. ``off`` breaks the glass."""
State = Literal["active", "suspended"]
RefusalStyle = Literal["both", "openai", "content"]
"""Where a refusal's words go: ``message.refusal`` and ``content``, ``refusal`` alone, or ``content`` alone."""

Clock = Callable[[], datetime]
"""Now, in UTC."""


@dataclass(frozen=True, slots=True)
class RateLimits:
    """The most of each in any minute; None is no limit."""

    requests: int | None = None
    tokens: int | None = None
    audio_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Tenant:
    """One caller of the service and its policy, at one revision.

    ``strength``, ``floor`` and ``ceiling`` are multiples of the recommended alpha of the tenant's vector set
    (None: the server's). ``gate`` None steers through the set's gate where it has one; False is the paper's
    mode, always in full. ``models`` lists the models that it may use; empty means every one. A mode of ``off`` holds
    until ``off_until`` and never longer; a ``required`` tenant is always enforced.
    """

    name: str
    strength: float = 1.0
    floor: float = 0.0
    ceiling: float = 2.0
    vector: VectorSetId | None = None
    gate: bool | None = None
    state: State = "active"
    models: tuple[str, ...] = ()
    mode: Mode = "enforce"
    off_until: datetime | None = None
    required: bool = False
    limits: RateLimits = RateLimits()
    twin_share: float | None = None
    refusal_style: RefusalStyle = "both"
    revision: int = 0

    def twin_share_in(self, mode: Mode) -> float:
        """The share of requests that get a counterfactual twin: by default none while enforced, and all in shadow.

        Broken glass has none: its vectors may be why it was broken.
        """
        if mode == "off":
            return 0.0
        if self.twin_share is not None:
            return self.twin_share
        return 1.0 if mode == "shadow" else 0.0

    def mode_at(self, now: datetime) -> Mode:
        """The mode in force: ``off`` turns itself back on, and one without an end never was."""
        if self.required or (self.mode == "off" and (self.off_until is None or now >= self.off_until)):
            return "enforce"
        return self.mode


class PolicyUnavailable(Exception):
    """No policy has been seen yet, so nothing may be answered."""


class PolicyStore(Protocol):
    """Where tenants come from."""

    def tenant_of(self, key: str | None) -> Tenant | None:
        """The tenant that ``key`` names, in constant time in the key; None for a missing, unknown or spent key.

        Raise PolicyUnavailable while no policy has been seen.
        """


@dataclass(frozen=True, slots=True)
class OpenPolicy:
    """One tenant for every caller, with any key or none: for a server that only its own machine can reach."""

    tenant: Tenant = Tenant("local")

    def tenant_of(self, key: str | None) -> Tenant | None:
        return self.tenant
