import pytest
from prometheus_client import CollectorRegistry

from server.telemetry.metrics import MOST_TENANTS, OVERFLOW, Metrics, metrics_table

NAMES = [
    "sarsteer_requests_total",
    "sarsteer_refusals_total",
    "sarsteer_audio_seconds_total",
    "sarsteer_audio_decode_seconds",
    "sarsteer_audio_rejected_total",
    "sarsteer_time_to_first_token_seconds",
    "sarsteer_request_seconds",
    "sarsteer_inflight_requests",
    "sarsteer_draining",
    "sarsteer_vector_info",
    "sarsteer_steering_strength",
    "sarsteer_gate_score",
    "sarsteer_metrics_overflow_total",
    "sarsteer_counterfactual_total",
    "sarsteer_twins_total",
    "sarsteer_twin_tokens_total",
    "sarsteer_policy_revision",
    "sarsteer_policy_age_seconds",
    "sarsteer_policy_apply_seconds",
    "sarsteer_admin_changes_total",
    "sarsteer_canary_refusal_ratio",
    "sarsteer_canary_certified_ratio",
    "sarsteer_canary_beyond_certificate",
    "sarsteer_canary_runs_total",
    "sarsteer_canary_last_run_timestamp_seconds",
]


@pytest.fixture
def metrics() -> Metrics:
    return Metrics(CollectorRegistry())


def test_the_table_of_the_docs_names_every_metric() -> None:
    rows = metrics_table().splitlines()[2:]
    assert sorted(row.split("`")[1] for row in rows) == sorted(NAMES)
    assert all(len(row.split("|")[3].strip()) > 10 for row in rows)


def test_a_counted_request_is_exposed_under_its_labels(metrics: Metrics) -> None:
    metrics.requests.labels("acme", "m", "ok", "on").inc()
    labels = {"tenant": "acme", "model": "m", "outcome": "ok", "steering": "on"}
    assert metrics.registry.get_sample_value("sarsteer_requests_total", labels) == 1


def test_tenants_beyond_the_cap_are_counted_together_and_the_overflow_shows(metrics: Metrics) -> None:
    names = [f"tenant-{n}" for n in range(MOST_TENANTS)]
    assert [metrics.tenant_label(name) for name in names] == names
    assert metrics.registry.get_sample_value("sarsteer_metrics_overflow_total") == 0
    assert metrics.tenant_label("one-more") == OVERFLOW
    assert metrics.tenant_label("one-more") == OVERFLOW
    assert metrics.tenant_label("tenant-0") == "tenant-0"
    assert metrics.registry.get_sample_value("sarsteer_metrics_overflow_total") == 2


def test_no_label_is_a_strength_a_key_a_user_or_a_request(metrics: Metrics) -> None:
    labels = {label for metric in vars(metrics).values() for label in getattr(metric, "_labelnames", ())}
    assert labels == {
        "tenant",
        "model",
        "outcome",
        "steering",
        "vector",
        "cause",
        "reason",
        "digest",
        "action",
        "set",
        "pair",
    }


def test_two_services_in_one_process_do_not_meet() -> None:
    one, other = Metrics(CollectorRegistry()), Metrics(CollectorRegistry())
    one.draining.set(1)
    assert other.registry.get_sample_value("sarsteer_draining") == 0
