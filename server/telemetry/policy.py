"""What the metrics say of the policy in force."""

from collections.abc import Callable

from server.engine.protocol import ChatEngine
from server.policy.model import Clock
from server.policy.state import Snapshot
from server.telemetry.metrics import Metrics
from server.telemetry.strengths import follow_policy


def policy_metrics(metrics: Metrics, engine: ChatEngine, clock: Clock) -> Callable[[Snapshot, float], None]:
    """What to call with each snapshot that is applied, and the seconds that it took."""

    def applied(snapshot: Snapshot, seconds: float) -> None:
        metrics.policy_revision.set(snapshot.revision)
        metrics.policy_apply.observe(seconds)
        follow_policy(metrics, snapshot, clock)
        metrics.vector_info.clear()
        for vector_set in engine.vector_sets:
            metrics.vector_info.labels(engine.model, str(vector_set.id), vector_set.digest).set(1)

    return applied
