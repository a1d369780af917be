"""What the metrics say as policies are applied and vector sets come and go."""

from dataclasses import replace

from prometheus_client import CollectorRegistry

from server.policy.state import Snapshot
from server.telemetry.metrics import Metrics
from server.telemetry.policy import policy_metrics, vector_metrics
from steering.vector_set import VectorSetId
from tests.server.policy.desk import Clock, Desk
from tests.server.test_app import SET


def test_the_revision_and_the_time_that_it_took_follow_what_is_applied() -> None:
    metrics, desk = Metrics(CollectorRegistry()), Desk()
    desk.write("acme")
    policy_metrics(metrics, Clock())(Snapshot(desk.latest()[0]), 0.25)
    value = metrics.registry.get_sample_value
    assert value("sarsteer_policy_revision") == 1
    assert value("sarsteer_policy_apply_seconds_sum") == 0.25
    assert value("sarsteer_steering_strength", {"tenant": "acme"}) == 1.0


def test_the_sets_in_service_are_shown_and_no_others() -> None:
    metrics = Metrics(CollectorRegistry())
    changed = vector_metrics(metrics, "m")
    other = replace(SET, id=VectorSetId("refusal", "2.0.0"), digest="e" * 64)
    for in_service in ((SET,), (SET, other), (other,)):
        changed(in_service)
        shown = {
            (sample.labels["vector"], sample.labels["digest"])
            for sample in next(iter(metrics.vector_info.collect())).samples
        }
        assert shown == {(str(held.id), held.digest) for held in in_service}
