"""Tenant: what does one tenant send, what is refused, and because of what?"""

from grafana_foundation_sdk.builders import stat, timeseries
from grafana_foundation_sdk.builders.dashboard import Dashboard

from deploy.grafana.panels import JOB, Level, Query, figure, line, page, tenant_variable

_TENANT = 'tenant=~"$tenant"'
_OF = f"{JOB}, {_TENANT}"


def tenant() -> Dashboard:
    dashboard = page("Tenant", "What does a tenant send, what is refused, and because of what?")
    dashboard.with_variable(tenant_variable())
    for number in _figures():
        dashboard.with_panel(number)
    for chart in (*_refusals(), *_traffic()):
        dashboard.with_panel(chart)
    return dashboard


def _figures() -> tuple[stat.Panel, ...]:
    return (
        figure(
            "How strongly is it steered?",
            "The strength in force, in multiples of the recommended alpha: 0 in the modes off and shadow. The least of "
            "all replicas.",
            "none",
            Query(f"min by (tenant) (sarsteer_steering_strength{{{_OF}}})", "{{tenant}}"),
            good="red",
            levels=(Level(0.001, "green"),),
            width=6,
        ),
        figure(
            "What share does it see refused?",
            "Refusals among its whole answers of the last half hour.",
            "percentunit",
            Query(f"tenant:sarsteer_refusal_ratio:30m{{{_TENANT}}}", "{{tenant}}"),
            good="blue",
            width=6,
        ),
        figure(
            "What share is refused because of steering?",
            "Of the requests whose unsteered twin was compared in the last half hour, those that only the steered "
            "answer refused. Without twins (policy field twin_share) there is none.",
            "percentunit",
            Query(f"tenant:sarsteer_caused_refusal_ratio:30m{{{_TENANT}}}", "{{tenant}}"),
            good="blue",
            none="no twins",
            width=6,
        ),
        figure(
            "How many answers did it get in a day?",
            "Whole answers of the last 24 hours.",
            "short",
            Query(f"tenant:sarsteer_answers:increase1d{{{_TENANT}}}", "{{tenant}}"),
            good="blue",
            width=6,
        ),
    )


def _refusals() -> tuple[timeseries.Panel, ...]:
    return (
        line(
            "Is its share of refusals what it usually is?",
            "The last half hour against the last day: what the alert RefusalRatioOffBaseline compares.",
            "percentunit",
            Query(f"tenant:sarsteer_refusal_ratio:30m{{{_TENANT}}}", "{{tenant}} half an hour"),
            Query(f"tenant:sarsteer_refusal_ratio:1d{{{_TENANT}}}", "{{tenant}} a day"),
            most=1,
        ),
        line(
            "What are its refusals by?",
            "Refusals a second by whether the request was steered, and by vector set. `steered` says that steering was "
            "on, not that it was the cause: that is what twins measure.",
            "reqps",
            Query(
                f"sum by (cause, vector) (rate(sarsteer_refusals_total{{{_OF}}}[$__rate_interval]))",
                "{{cause}} {{vector}}",
            ),
            stacked=True,
        ),
        line(
            "What would have been answered without steering?",
            "Requests a second whose twin at strength 0 was compared, by which of both answers refuse: steered_only is "
            "what steering causes, base_only what it prevents.",
            "reqps",
            Query(
                f"sum by (pair) (rate(sarsteer_counterfactual_total{{{_OF}}}[$__rate_interval]))",
                "{{pair}}",
            ),
            stacked=True,
        ),
        line(
            "Which share does steering cause?",
            "Of the compared requests of half an hour, those that only the steered answer refused.",
            "percentunit",
            Query(f"tenant:sarsteer_caused_refusal_ratio:30m{{{_TENANT}}}", "{{tenant}}"),
            most=1,
        ),
    )


def _traffic() -> tuple[timeseries.Panel, ...]:
    limited = f'{_OF}, outcome=~"rate_limit_exceeded|insufficient_quota"'
    return (
        line(
            "How do its requests end?",
            "Requests a second by outcome: ok, an error's code, or client_gone.",
            "reqps",
            Query(f"sum by (outcome) (rate(sarsteer_requests_total{{{_OF}}}[$__rate_interval]))", "{{outcome}}"),
            stacked=True,
        ),
        line(
            "Is it steered at all?",
            "Whole answers a second: steered (on), unsteered (off), unsteered in shadow.",
            "reqps",
            Query(
                f'sum by (steering) (rate(sarsteer_requests_total{{{_OF}, outcome="ok"}}[$__rate_interval]))',
                "{{steering}}",
            ),
            stacked=True,
        ),
        line(
            "Does it run into its limits?",
            "Requests a second that its rate limits or its quota turned away.",
            "reqps",
            Query(
                f"sum by (tenant, outcome) (rate(sarsteer_requests_total{{{limited}}}[$__rate_interval]))",
                "{{outcome}}",
            ),
        ),
        line(
            "How much audio does it send?",
            "Seconds of decoded audio for each second of time.",
            "none",
            Query(f"sum by (tenant) (rate(sarsteer_audio_seconds_total{{{_OF}}}[$__rate_interval]))", "{{tenant}}"),
            stacked=True,
        ),
    )
