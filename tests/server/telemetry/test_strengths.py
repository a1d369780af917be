"""The gauge of strengths follows the policy in force, and the clock."""

from datetime import UTC, datetime, timedelta
from types import MappingProxyType

import pytest
from prometheus_client import CollectorRegistry

from server.policy.records import ServiceRecord, TenantRecord
from server.policy.state import PolicyState, Snapshot, Stored
from server.telemetry.metrics import MOST_TENANTS, Metrics
from server.telemetry.strengths import follow_policy

NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)


def snapshot(tenants: dict[str, TenantRecord], revision: int = 1) -> Snapshot:
    stored = MappingProxyType({name: Stored(record, revision) for name, record in tenants.items()})
    return Snapshot(PolicyState(revision, Stored(ServiceRecord(strength=0.75), revision), stored))


@pytest.fixture
def metrics() -> Metrics:
    return Metrics(CollectorRegistry())


def shown(metrics: Metrics) -> dict[str, float]:
    [family] = [family for family in metrics.registry.collect() if family.name == "sarsteer_steering_strength"]
    return {sample.labels["tenant"]: sample.value for sample in family.samples}


def test_each_tenants_strength_in_force_is_shown(metrics: Metrics) -> None:
    tenants = {
        "inherits": TenantRecord(),
        "own": TenantRecord(strength=1.5),
        "shadow": TenantRecord(mode="shadow"),
        "off": TenantRecord(mode="off", off_until=NOON + timedelta(minutes=1)),
    }
    now = NOON
    follow_policy(metrics, snapshot(tenants), lambda: now)
    assert shown(metrics) == {"inherits": 0.75, "own": 1.5, "shadow": 0.0, "off": 0.0}
    now += timedelta(minutes=1)
    assert shown(metrics)["off"] == 0.75, "without another revision"


def test_a_removed_tenant_disappears(metrics: Metrics) -> None:
    for names in (("one", "two"), ("two", "three")):
        follow_policy(metrics, snapshot({name: TenantRecord() for name in names}), lambda: NOON)
        assert sorted(shown(metrics)) == sorted(names)


def test_of_many_tenants_those_with_traffic_are_shown_and_the_rest_not_even_resolved(metrics: Metrics) -> None:
    for name in ("tenant-4999", "tenant-1", "gone"):
        metrics.tenant_label(name)
    held = snapshot({f"tenant-{number}": TenantRecord() for number in range(5_000)})
    follow_policy(metrics, held, lambda: NOON)
    assert not held._resolved
    assert len(shown(metrics)) == MOST_TENANTS == len(held._resolved)
    assert {"tenant-4999", "tenant-1"} <= shown(metrics).keys()
    assert "gone" not in shown(metrics)
    assert metrics.registry.get_sample_value("sarsteer_metrics_overflow_total") == 0
    assert len(metrics.labelled_tenants) == 3, "a policy takes no label from traffic"
