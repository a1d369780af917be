"""What the metrics say of the policy in force, and of the vector sets."""

from collections.abc import Callable

from server.policy.model import Clock
from server.policy.state import Snapshot
from server.telemetry.metrics import Metrics
from server.telemetry.strengths import follow_policy
from steering.vector_set import VectorSet


def policy_metrics(metrics: Metrics, clock: Clock) -> Callable[[Snapshot, float], None]:
    """What to call with each snapshot that is applied, and the seconds that it took."""

    def applied(snapshot: Snapshot, seconds: float) -> None:
        metrics.policy_revision.set(snapshot.revision)
        metrics.policy_apply.observe(seconds)
        follow_policy(metrics, snapshot, clock)

    return applied


def vector_metrics(metrics: Metrics, model: str) -> Callable[[tuple[VectorSet, ...]], None]:
    """What to call with the sets in service of ``model``, whenever they change."""

    def changed(in_service: tuple[VectorSet, ...]) -> None:
        metrics.vector_info.clear()
        for vector_set in in_service:
            metrics.vector_info.labels(model, str(vector_set.id), vector_set.digest).set(1)

    return changed
