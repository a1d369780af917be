"""A thousand tenants: the series stay few, and the sums are the truth."""

from collections import Counter
from types import MappingProxyType

import httpx
import pytest
from prometheus_client import CollectorRegistry

from server.app import create_service
from server.policy.model import Tenant
from server.policy.records import ServiceRecord, TenantRecord
from server.policy.state import PolicyState, Snapshot, Stored
from server.settings import Settings
from server.telemetry.metrics import MOST_TENANTS, OVERFLOW, Metrics
from server.telemetry.strengths import follow_policy
from tests.server.telemetry.test_strengths import NOON
from tests.server.test_app import SET, RecordingEngine, body, spoken

TENANTS = 1000
SECONDS = 0.5


class Many:
    """A policy in which a key is a tenant's name; each tenth is not steered."""

    def tenant_of(self, key: str | None) -> Tenant | None:
        return Tenant(key or "", strength=0.0 if (key or "").endswith("0") else 1.0)


@pytest.fixture
def metrics() -> Metrics:
    return Metrics(CollectorRegistry())


def labelled(metrics: Metrics) -> dict[str, dict[str, float]]:
    """The value of each tenant, over its other labels, of each metric that has tenants."""
    found: dict[str, Counter[str]] = {}
    for family in metrics.registry.collect():
        for sample in family.samples:
            if "tenant" in sample.labels and not sample.name.endswith("_created"):
                found.setdefault(sample.name, Counter())[sample.labels["tenant"]] += sample.value  # type: ignore[assignment]
    return {name: dict(values) for name, values in found.items()}


async def test_a_thousand_tenants_have_two_hundred_labels_and_exact_sums(metrics: Metrics) -> None:
    service = create_service(Settings(), RecordingEngine(), Many(), SET.id, metrics=metrics)
    clip, asked = spoken(SECONDS), Counter[str]()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(service.app), base_url="http://test") as client:
        for number in range(TENANTS):
            for _ in range(1 + number % 2):
                name = f"tenant-{number}"
                headers = {"authorization": f"Bearer {name}"}
                answer = await client.post("/v1/chat/completions", json=body(messages=clip), headers=headers)
                assert answer.status_code == 200
                asked[name] += 1
    for name in asked:
        metrics.counterfactual.labels(metrics.tenant_label(name), "both_answer").inc(asked[name])
    found = labelled(metrics)
    named = {name: asked[name] for name in list(asked)[:MOST_TENANTS]}
    truth: dict[str, float] = {**named, OVERFLOW: asked.total() - sum(named.values())}
    assert found == {
        "sarsteer_requests_total": truth,
        "sarsteer_refusals_total": truth,
        "sarsteer_audio_seconds_total": {name: count * SECONDS for name, count in truth.items()},
        "sarsteer_counterfactual_total": truth,
    }
    assert all(len(values) == MOST_TENANTS + 1 for values in found.values())


def test_a_policy_of_a_thousand_tenants_shows_the_strengths_of_two_hundred(metrics: Metrics) -> None:
    late = metrics.tenant_label("tenant-999")
    stored = MappingProxyType({f"tenant-{number}": Stored(TenantRecord(), 1) for number in range(TENANTS)})
    follow_policy(metrics, Snapshot(PolicyState(1, Stored(ServiceRecord(), 1), stored)), lambda: NOON)
    shown = labelled(metrics)["sarsteer_steering_strength"]
    assert len(shown) == MOST_TENANTS
    assert late in shown


def test_every_metric_with_tenants_is_held_to_this(metrics: Metrics) -> None:
    of_tenants = {metric._name for metric in vars(metrics).values() if "tenant" in getattr(metric, "_labelnames", ())}
    counted = {"sarsteer_requests", "sarsteer_refusals", "sarsteer_audio_seconds", "sarsteer_counterfactual"}
    assert of_tenants == counted | {"sarsteer_steering_strength"}
