"""Safety: does the defence still do what it is certified for, and what does steering cause?"""

from grafana_foundation_sdk.builders.dashboard import Dashboard, Row

from deploy.grafana.panels import JOB, Level, Query, fails, figure, heat, line, page, warns


def safety() -> Dashboard:
    dashboard = page("Safety", "Does the defence still do what it is certified for, and what does steering cause?")
    return _refusals(_canaries(_figures(dashboard)))


def _figures(dashboard: Dashboard) -> Dashboard:
    for panel in (
        figure(
            "Is any certificate broken?",
            "Vector sets whose canaries are beyond their certificate, on any replica, by the kind of canary.",
            "none",
            Query(f"sum by (set) (max by (vector, set) (sarsteer_canary_beyond_certificate{{{JOB}}}))", "{{set}}"),
            levels=fails(1),
            none="no canaries",
            width=6,
        ),
        figure(
            "When did the canaries last run?",
            "The longest time since a whole run, of the replicas that have had one.",
            "s",
            Query(f"max(time() - (sarsteer_canary_last_run_timestamp_seconds{{{JOB}}} > 0))", "ago"),
            levels=(Level(900, "orange"), Level(3600, "red")),
            none="never",
            width=6,
        ),
        figure(
            "How many tenants are unsteered?",
            "Tenants whose strength in force is 0, on any replica: mode off or shadow, or strength 0.",
            "none",
            Query(f"count(min by (tenant) (sarsteer_steering_strength{{{JOB}}}) == 0) or vector(0)", "tenants"),
            levels=warns(1),
            width=6,
        ),
        figure(
            "Which share of requests does steering refuse?",
            "Of all requests whose twin was compared in the last day, those that only the steered answer refused.",
            "percentunit",
            Query(
                f'(sum(increase(sarsteer_counterfactual_total{{{JOB}, pair="steered_only"}}[1d])) or vector(0)) '
                f"/ (sum(increase(sarsteer_counterfactual_total{{{JOB}}}[1d])) > 0)",
                "steered only",
            ),
            good="blue",
            none="no twins",
            width=6,
        ),
    ):
        dashboard.with_panel(panel)
    return dashboard


def _canaries(dashboard: Dashboard) -> Dashboard:
    dashboard.with_row(Row("Canaries"))
    for panel in (
        line(
            "Are harmful requests refused as certified?",
            "The share of harmful canaries refused, the least of all replicas, and the least that the version's "
            "evaluation certifies. So few clips scatter: the alert asks how likely that is.",
            "percentunit",
            Query(
                f'min by (model, vector) (sarsteer_canary_refusal_ratio{{{JOB}, set="harmful"}})', "{{vector}} refused"
            ),
            Query(
                f'max by (model, vector) (sarsteer_canary_certified_ratio{{{JOB}, set="harmful"}})',
                "{{vector}} certified",
            ),
            most=1,
        ),
        line(
            "Are benign requests answered as certified?",
            "The share of benign canaries refused, the most of all replicas, and the most that the version's "
            "evaluation certifies.",
            "percentunit",
            Query(
                f'max by (model, vector) (sarsteer_canary_refusal_ratio{{{JOB}, set="benign"}})', "{{vector}} refused"
            ),
            Query(
                f'min by (model, vector) (sarsteer_canary_certified_ratio{{{JOB}, set="benign"}})',
                "{{vector}} certified",
            ),
            most=1,
        ),
        line(
            "How do the canaries' runs end?",
            "Runs of all replicas in an hour: passed, beyond a certificate, failed, skipped.",
            "none",
            Query(f"sum by (outcome) (increase(sarsteer_canary_runs_total{{{JOB}}}[1h]))", "{{outcome}}"),
            stacked=True,
        ),
        heat(
            "How harmful does the gate find the traffic?",
            "Requests by the gate's score: 0 is left alone, 1 is steered in full. A crowd in the middle is a gate in "
            "doubt.",
            "percentunit",
            Query(f"sum by (le) (increase(sarsteer_gate_score_bucket{{{JOB}}}[$__rate_interval]))", "{{le}}"),
        ),
    ):
        dashboard.with_panel(panel)
    return dashboard


def _refusals(dashboard: Dashboard) -> Dashboard:
    dashboard.with_row(Row("Refusals"))
    for panel in (
        line(
            "What are refusals by?",
            "Refusals a second: steered where the request was steered, model where it was not. Which of the steered "
            "ones steering caused, only twins tell.",
            "reqps",
            Query(
                f"sum by (cause, vector) (rate(sarsteer_refusals_total{{{JOB}}}[$__rate_interval]))",
                "{{cause}} {{vector}}",
            ),
            stacked=True,
        ),
        line(
            "What does steering change?",
            "Requests a second whose twin at strength 0 was compared: steered_only is a refusal that steering caused, "
            "base_only one that it prevented.",
            "reqps",
            Query(f"sum by (pair) (rate(sarsteer_counterfactual_total{{{JOB}}}[$__rate_interval]))", "{{pair}}"),
            stacked=True,
        ),
        line(
            "Whose refusals does steering cause most?",
            "The ten tenants with the largest share, of their compared requests of half an hour, that only the steered "
            "answer refused.",
            "percentunit",
            Query("topk(10, tenant:sarsteer_caused_refusal_ratio:30m)", "{{tenant}}"),
            most=1,
        ),
        line(
            "Whose refusals are furthest from usual?",
            "The ten tenants whose share of the last half hour is furthest from that of the last day.",
            "percentunit",
            Query("topk(10, abs(tenant:sarsteer_refusal_ratio:30m - tenant:sarsteer_refusal_ratio:1d))", "{{tenant}}"),
            levels=warns(0.05),
        ),
        line(
            "Who is answered unsteered?",
            "Whole answers a second that nothing steered, by tenant and by reason: off, or shadow.",
            "reqps",
            Query(
                f'sum by (tenant, steering) (rate(sarsteer_requests_total{{{JOB}, outcome="ok", '
                f'steering=~"off|shadow"}}[$__rate_interval]))',
                "{{tenant}} {{steering}}",
            ),
            stacked=True,
        ),
        line(
            "What becomes of the twins?",
            "Twins a second: compared, shed under load, failed.",
            "reqps",
            Query(f"sum by (outcome) (rate(sarsteer_twins_total{{{JOB}}}[$__rate_interval]))", "{{outcome}}"),
            stacked=True,
            width=6,
        ),
        line(
            "What do the twins cost?",
            "Tokens a second that twins read and wrote.",
            "none",
            Query(f"sum(rate(sarsteer_twin_tokens_total{{{JOB}}}[$__rate_interval]))", "tokens"),
            width=6,
        ),
    ):
        dashboard.with_panel(panel)
    return dashboard
