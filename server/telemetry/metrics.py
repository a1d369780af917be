"""Our Prometheus metrics: base units, and labels that stay few however many tenants there are."""

from collections.abc import Set

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

MOST_TENANTS = 200
OVERFLOW = "other"

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
_SHARES = (0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0)


class Metrics:
    """Every metric of the server, declared here once, in ``registry``.

    Strength, key, user and request id are never labels. Tenants beyond ``MOST_TENANTS`` are counted together as
    ``other``, so sums stay exact.
    """

    def __init__(self, registry: CollectorRegistry) -> None:
        self.registry = registry
        self._tenants: set[str] = set()
        self.requests = Counter(
            "sarsteer_requests",
            "Chat requests by outcome (an error code, or ok) and by whether they were steered: on, off, shadow (off, "
            "by that mode), or unknown where they were refused before.",
            ["tenant", "model", "outcome", "steering"],
            registry=registry,
        )
        self.refusals = Counter(
            "sarsteer_refusals",
            "Answers that refuse. The cause is steered where the request was, model where it was not.",
            ["tenant", "model", "vector", "cause"],
            registry=registry,
        )
        self.audio_seconds = Counter(
            "sarsteer_audio_seconds", "Audio decoded for requests.", ["tenant"], registry=registry
        )
        self.audio_decode = Histogram(
            "sarsteer_audio_decode_seconds", "Time to decode a request's audio.", buckets=_SECONDS, registry=registry
        )
        self.audio_rejected = Counter(
            "sarsteer_audio_rejected", "Requests whose audio was refused, by error code.", ["reason"], registry=registry
        )
        self.first_token = Histogram(
            "sarsteer_time_to_first_token_seconds",
            "From a streamed request's arrival to its first chunk.",
            buckets=_SECONDS,
            registry=registry,
        )
        self.request_seconds = Histogram(
            "sarsteer_request_seconds",
            "From a chat request's arrival to the end of its answer.",
            buckets=_SECONDS,
            registry=registry,
        )
        self.inflight = Gauge("sarsteer_inflight_requests", "Requests being answered.", registry=registry)
        self.draining = Gauge("sarsteer_draining", "1 once the server takes no new requests.", registry=registry)
        self.strength = Gauge(
            "sarsteer_steering_strength",
            "A tenant's strength in force, in multiples of the recommended alpha: 0 in the modes off and shadow.",
            ["tenant"],
            registry=registry,
        )
        self.gate_score = Histogram(
            "sarsteer_gate_score",
            "How harmful the gate finds the requests that it reads: 0 leaves them alone, 1 steers them in full.",
            buckets=_SHARES,
            registry=registry,
        )
        self.vector_info = Gauge(
            "sarsteer_vector_info",
            "1 for each vector set in service.",
            ["model", "vector", "digest"],
            registry=registry,
        )
        self.counterfactual = Counter(
            "sarsteer_counterfactual",
            "Requests that were answered steered and unsteered (one of them unseen), by which of the two refused.",
            ["tenant", "pair"],
            registry=registry,
        )
        self.twins = Counter(
            "sarsteer_twins",
            "Counterfactual twins: compared, shed for want of room, or failed (also: the caller got no whole answer).",
            ["outcome"],
            registry=registry,
        )
        self.twin_tokens = Counter(
            "sarsteer_twin_tokens", "Tokens, in and out, that twins cost the engine.", registry=registry
        )
        self.policy_revision = Gauge(
            "sarsteer_policy_revision", "The policy revision that requests are answered by.", registry=registry
        )
        self.policy_age = Gauge(
            "sarsteer_policy_age_seconds", "Time since the policy store last answered.", registry=registry
        )
        self.policy_apply = Histogram(
            "sarsteer_policy_apply_seconds",
            "From reading a new policy revision to serving by it.",
            buckets=_SECONDS,
            registry=registry,
        )
        self.admin_changes = Counter(
            "sarsteer_admin_changes", "Changes made through this replica's admin port.", ["action"], registry=registry
        )
        self.canary_refusal = Gauge(
            "sarsteer_canary_refusal_ratio",
            "Share of the canaries, spoken requests that are harmful or benign, that a vector set's last run refused.",
            ["model", "vector", "set"],
            registry=registry,
        )
        self.canary_certified = Gauge(
            "sarsteer_canary_certified_ratio",
            "The share that the version's evaluation certifies at strength 1: of harmful requests the least, of benign "
            "ones the most.",
            ["model", "vector", "set"],
            registry=registry,
        )
        self.canary_beyond = Gauge(
            "sarsteer_canary_beyond_certificate",
            "1 where the canaries' share is one that the certificate makes less likely than 1 %, for so few clips.",
            ["model", "vector", "set"],
            registry=registry,
        )
        self.canary_runs = Counter(
            "sarsteer_canary_runs",
            "Runs of the canaries: passed, beyond (a certificate), failed (no whole result), skipped (draining, busy).",
            ["outcome"],
            registry=registry,
        )
        self.canary_last_run = Gauge(
            "sarsteer_canary_last_run_timestamp_seconds",
            "When the canaries' last whole run ended, in Unix time; 0 before the first.",
            registry=registry,
        )
        self.overflow = Counter(
            "sarsteer_metrics_overflow", "Observations counted under another label for want of room.", registry=registry
        )

    @property
    def labelled_tenants(self) -> Set[str]:
        """The tenants that are counted by name."""
        return self._tenants

    def tenant_label(self, tenant: str) -> str:
        """The tenant's label: its name, or ``other`` beyond the cap."""
        if tenant in self._tenants:
            return tenant
        if len(self._tenants) < MOST_TENANTS:
            self._tenants.add(tenant)
            return tenant
        self.overflow.inc()
        return OVERFLOW


def metrics_table() -> str:
    """The metrics as a markdown table, for the docs."""
    registry = CollectorRegistry()
    Metrics(registry)
    rows = []
    for family in registry.collect():
        name = f"{family.name}_total" if family.type == "counter" else family.name
        rows.append(f"| `{name}` | {family.type} | {family.documentation} |")
    return "\n".join(("| Metric | Type | Meaning |", "|---|---|---|", *rows))
