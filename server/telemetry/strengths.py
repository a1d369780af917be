"""The strengths in force, as a metric: what the policy gives each tenant, to the second in which a mode ends."""

from functools import partial
from itertools import chain, islice

from server.policy.model import Clock
from server.policy.state import Snapshot
from server.policy.strength import own_strength
from server.telemetry.metrics import MOST_TENANTS, Metrics


def follow_policy(metrics: Metrics, snapshot: Snapshot, clock: Clock) -> None:
    """Show the strengths by ``snapshot``, and no tenant's that is no longer in it.

    Tenants that have a label come first, then others by name as far as there is room. None is resolved before its
    value is asked for.
    """
    metrics.strength.clear()
    tenants = snapshot.state.tenants
    labelled = [name for name in metrics.labelled_tenants if name in tenants]
    others = (name for name in sorted(tenants) if name not in metrics.labelled_tenants)
    for name in islice(chain(labelled, others), MOST_TENANTS):
        metrics.strength.labels(name).set_function(partial(_strength, snapshot, name, clock))


def _strength(snapshot: Snapshot, name: str, clock: Clock) -> float:
    tenant = snapshot.tenant(name)
    return own_strength(tenant, tenant.mode_at(clock())) if tenant is not None else 0.0
