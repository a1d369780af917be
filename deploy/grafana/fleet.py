"""Fleet: does every replica answer, by the same policy, fast enough and without faults of its own?"""

from grafana_foundation_sdk.builders.dashboard import Dashboard, Row

from deploy.grafana.panels import JOB, Level, Query, fails, figure, line, page, states, warns

_UP = (("1", "up", "green"), ("0", "down", "red"))
_REQUESTS = f"sarsteer_requests_total{{{JOB}}}"


def fleet() -> Dashboard:
    dashboard = page("Fleet", "Does every replica answer, by the same policy, fast enough and without faults?")
    for panel in (
        figure(
            "Do all replicas answer?",
            "Of the replicas that Prometheus knows of, those that it can read and whose engine is alive.",
            "none",
            Query(f"sum(up{{{JOB}}} * on (instance) sarsteer_engine_up{{{JOB}}}) or vector(0)", "answering"),
            Query(f"count(up{{{JOB}}})", "known"),
        ),
        figure(
            "Which alerts are firing?",
            "Each has a section of docs/telemetry.md that says what to do.",
            "none",
            Query('count by (alertname) (ALERTS{alertstate="firing"})', "{{alertname}}"),
            levels=fails(1),
            none="none",
            width=8,
        ),
        figure(
            "How many requests a second?",
            "Chat requests of known callers over five minutes, whatever became of them.",
            "reqps",
            Query("job:sarsteer_requests:rate5m", "requests"),
        ),
        figure(
            "What share fails by our own fault?",
            "Errors of a status of 500 or more, of all requests in five minutes.",
            "percentunit",
            Query("job:sarsteer_error_ratio:rate5m", "errors"),
            levels=(Level(0.01, "orange"), Level(0.05, "red")),
        ),
        figure(
            "How long does the slowest twentieth take?",
            "From a request's arrival to the end of its answer: the 95th percentile over five minutes.",
            "s",
            Query("job:sarsteer_request_seconds:p95_5m", "p95"),
            levels=(Level(5, "orange"), Level(10, "red")),
        ),
    ):
        dashboard.with_panel(panel)
    return _traffic(_policy(_replicas(dashboard)))


def _replicas(dashboard: Dashboard) -> Dashboard:
    dashboard.with_row(Row("Replicas"))
    for panel in (
        states(
            "When was which engine up?",
            "sarsteer_engine_up: 0 is an engine that has died, a gap a replica that Prometheus cannot read.",
            Query(f"sarsteer_engine_up{{{JOB}}}", "{{instance}}"),
            words=_UP,
        ),
        line(
            "How busy is each replica?",
            "Requests being answered, and how many of them the engine runs and lets wait.",
            "none",
            Query(f"sarsteer_inflight_requests{{{JOB}}}", "{{instance}} in flight"),
            Query(f"sum by (instance) (vllm:num_requests_running{{{JOB}}})", "{{instance}} running"),
            Query(f"sum by (instance) (vllm:num_requests_waiting{{{JOB}}})", "{{instance}} waiting"),
        ),
        line(
            "How full is each engine's cache?",
            "Share of the key-value cache in use: near 1, requests wait or are preempted.",
            "percentunit",
            Query(f"max by (instance) (vllm:kv_cache_usage_perc{{{JOB}}})", "{{instance}}"),
            levels=warns(0.9),
            most=1,
            width=8,
        ),
        states(
            "Which replicas are draining?",
            "A replica that was told to stop takes no new requests.",
            Query(f"sarsteer_draining{{{JOB}}}", "{{instance}}"),
            words=(("0", "serving", "green"), ("1", "draining", "orange")),
            width=8,
        ),
        line(
            "Do all replicas judge refusals alike?",
            "Replicas by the version of the refusal detector: more than one only while a release rolls out.",
            "none",
            Query(f"count by (version) (sarsteer_refusal_detector_info{{{JOB}}})", "lexicon {{version}}"),
            width=8,
        ),
    ):
        dashboard.with_panel(panel)
    return dashboard


def _policy(dashboard: Dashboard) -> Dashboard:
    dashboard.with_row(Row("Policy"))
    for panel in (
        line(
            "Does every replica serve the same revision?",
            "The revision that each serves, and the newest that any knows of. Lines that part are a fleet that does.",
            "none",
            Query(f"sarsteer_policy_revision{{{JOB}}}", "{{instance}}"),
            Query(f"max(sarsteer_policy_newest_revision{{{JOB}}})", "newest known"),
        ),
        line(
            "How old is what each replica knows?",
            "Time since the policy store last answered. After 300 s, by default, a replica is not ready.",
            "s",
            Query(f"sarsteer_policy_age_seconds{{{JOB}}}", "{{instance}}"),
            levels=(Level(60, "orange"), Level(300, "red")),
        ),
        line(
            "How long does a new revision take to apply?",
            "From reading a revision to serving by it, which may load vector sets: median and 95th percentile.",
            "s",
            Query(_quantile(0.5, "sarsteer_policy_apply_seconds"), "p50"),
            Query(_quantile(0.95, "sarsteer_policy_apply_seconds"), "p95"),
            width=8,
        ),
        line(
            "Which vector sets are in service?",
            "Replicas that hold each set. One name with two digests is a set whose content differs.",
            "none",
            Query(f"count by (vector, digest) (sarsteer_vector_info{{{JOB}}})", "{{vector}} {{digest}}"),
            width=8,
        ),
        line(
            "Who changes what?",
            "Changes made through the admin ports, by action. The audit log says by whom, and why.",
            "none",
            Query(f"sum by (action) (increase(sarsteer_admin_changes_total{{{JOB}}}[$__rate_interval]))", "{{action}}"),
            stacked=True,
            width=8,
        ),
    ):
        dashboard.with_panel(panel)
    return dashboard


def _traffic(dashboard: Dashboard) -> Dashboard:
    dashboard.with_row(Row("Traffic"))
    limited = f'{JOB}, outcome=~"rate_limit_exceeded|insufficient_quota"'
    for panel in (
        line(
            "How do requests end?",
            "Requests a second by outcome: ok, an error's code, or client_gone.",
            "reqps",
            Query(f"sum by (outcome) (rate({_REQUESTS}[$__rate_interval]))", "{{outcome}}"),
            stacked=True,
        ),
        line(
            "Who runs into limits?",
            "Requests a second that a tenant's rate limit or quota turned away.",
            "reqps",
            Query(
                f"sum by (tenant, outcome) (rate(sarsteer_requests_total{{{limited}}}[$__rate_interval]))",
                "{{tenant}} {{outcome}}",
            ),
        ),
        line(
            "How long do answers take?",
            "From arrival to the end of the answer, streamed or not.",
            "s",
            *(Query(_quantile(q, "sarsteer_request_seconds"), f"p{q * 100:.0f}") for q in (0.5, 0.95, 0.99)),
            levels=fails(10),
        ),
        line(
            "How long until the first token?",
            "From a streamed request's arrival to its first chunk.",
            "s",
            *(
                Query(_quantile(q, "sarsteer_time_to_first_token_seconds"), f"p{q * 100:.0f}")
                for q in (0.5, 0.95, 0.99)
            ),
            levels=fails(2.5),
        ),
        line(
            "Are there more tenants than labels?",
            "Observations a second counted under `other`, because 200 tenants have a label already. Sums stay exact.",
            "cps",
            Query(f"sum(rate(sarsteer_metrics_overflow_total{{{JOB}}}[$__rate_interval]))", "counted as other"),
            width=8,
        ),
    ):
        dashboard.with_panel(panel)
    return dashboard


def _quantile(share: float, histogram: str) -> str:
    return f"histogram_quantile({share}, sum by (le) (rate({histogram}_bucket{{{JOB}}}[$__rate_interval])))"
