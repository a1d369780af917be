"""Series that each alert must fire for, and series that it must not, as ``promtool test rules`` reads them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

_ONE, _TWO = 'job="sarsteer", instance="one"', 'job="sarsteer", instance="two"'


def _answers(tenant: str, values: str, steering: str = "on", outcome: str = "ok") -> tuple[str, str]:
    labels = f'{_ONE}, tenant="{tenant}", model="m", outcome="{outcome}", steering="{steering}"'
    return f"sarsteer_requests_total{{{labels}}}", values


def _refusals(tenant: str, values: str) -> tuple[str, str]:
    labels = f'{_ONE}, tenant="{tenant}", model="m", vector="refusal@1.0.0", cause="steered"'
    return f"sarsteer_refusals_total{{{labels}}}", values


def _beyond(kind: str, values: str) -> tuple[str, str]:
    labels = f'{_ONE}, model="m", vector="refusal@1.0.0", set="{kind}"'
    return f"sarsteer_canary_beyond_certificate{{{labels}}}", values


def _gauge(name: str, values: str, labels: str = _ONE) -> tuple[str, str]:
    return f"{name}{{{labels}}}", values


def _latency(name: str, quick: str, slow: str) -> tuple[tuple[str, str], ...]:
    buckets = (("2.5", quick), ("10.0", quick), ("30.0", slow), ("+Inf", slow))
    return tuple(_gauge(f"{name}_bucket", values, f'{_ONE}, le="{le}"') for le, values in buckets)


@dataclass(frozen=True, slots=True)
class Case:
    """Series, a minute a sample, and at ``minute`` what fires of ``alert``: the labels of each."""

    alert: str
    name: str
    series: tuple[tuple[str, str], ...]
    minute: int
    fires: tuple[Mapping[str, str], ...] = field(default=())


_SET = {"model": "m", "vector": "refusal@1.0.0"}
_SERVICE = {"job": "sarsteer"}
_REPLICA = {"job": "sarsteer", "instance": "one"}
_DAY = 1440
_BUSY = "0+10x2000"

CASES = (
    Case(
        "RefusalRatioOffBaseline",
        "a tenth for a day, then nearly all; another tenant stays as it is",
        (
            *(_answers("acme", _BUSY), _refusals("acme", f"0+1x{_DAY} {_DAY + 10}+9x200")),
            *(_answers("calm", _BUSY), _refusals("calm", "0+1x2000")),
        ),
        _DAY + 45,
        ({"tenant": "acme"},),
    ),
    Case(
        "RefusalRatioOffBaseline",
        "refusals that stop are off the baseline too",
        (_answers("acme", _BUSY), _refusals("acme", f"0+5x{_DAY} {5 * _DAY}x200")),
        _DAY + 60,
        ({"tenant": "acme"},),
    ),
    Case("RefusalRatioOffBaseline", "a tenant that never refuses", (_answers("acme", _BUSY),), _DAY + 45),
    Case(
        "RefusalRatioOffBaseline",
        "all of a few requests refused",
        (_answers("acme", f"0+10x{_DAY} {10 * _DAY}+1x200"), _refusals("acme", f"0+1x{_DAY} {_DAY}+1x200")),
        _DAY + 35,
    ),
    Case(
        "RefusalRatioOffBaseline",
        "no day to compare with",
        (_answers("acme", "0+10x100"), _refusals("acme", "0+9x100")),
        35,
    ),
    Case(
        "SteeringOff",
        "one tenant of two at strength 0, on one replica of two",
        (
            _gauge("sarsteer_steering_strength", "1x5 0x20", f'{_ONE}, tenant="acme"'),
            _gauge("sarsteer_steering_strength", "1x30", f'{_TWO}, tenant="acme"'),
            _gauge("sarsteer_steering_strength", "0.2x30", f'{_ONE}, tenant="mild"'),
        ),
        15,
        ({"tenant": "acme"},),
    ),
    Case(
        "SteeringOff",
        "off for a moment",
        (_gauge("sarsteer_steering_strength", "1x5 0 0 1x20", f'{_ONE}, tenant="acme"'),),
        12,
    ),
    Case(
        "UnsteeredTraffic",
        "a tenant in shadow",
        (_answers("acme", "0+5x30", "shadow"), _answers("safe", "0+5x30")),
        15,
        ({"tenant": "acme", "steering": "shadow"},),
    ),
    Case("UnsteeredTraffic", "errors are no answers", (_answers("acme", "0+5x30", "off", "invalid_value"),), 15),
    Case("UnsteeredTraffic", "unsteered yesterday", (_answers("acme", "7x30", "off"),), 15),
    Case("HarmfulCanariesAnswered", "beyond", (_beyond("harmful", "0 0 1x10"), _beyond("benign", "0x12")), 5, (_SET,)),
    Case("HarmfulCanariesAnswered", "only the benign are", (_beyond("harmful", "0x12"), _beyond("benign", "1x12")), 5),
    Case("BenignCanariesRefused", "beyond", (_beyond("benign", "0 0 1x10"), _beyond("harmful", "0x12")), 5, (_SET,)),
    Case("BenignCanariesRefused", "only the harmful are", (_beyond("benign", "0x12"), _beyond("harmful", "1x12")), 5),
    Case(
        "CanariesSilent",
        "none for over an hour",
        (_gauge("sarsteer_canary_last_run_timestamp_seconds", "60x120"),),
        70,
        (_REPLICA,),
    ),
    Case(
        "CanariesSilent",
        "every five minutes",
        (_gauge("sarsteer_canary_last_run_timestamp_seconds", "60+60x120"),),
        100,
    ),
    Case("CanariesSilent", "turned off", (_gauge("sarsteer_canary_last_run_timestamp_seconds", "0x120"),), 100),
    Case(
        "ReplicasOnDifferentRevisions",
        "one replica of two stays behind",
        (
            _gauge("sarsteer_policy_revision", "7x3 8x20"),
            _gauge("sarsteer_policy_revision", "7x23", _TWO),
        ),
        10,
        (_SERVICE,),
    ),
    Case(
        "ReplicasOnDifferentRevisions",
        "a change every minute, and every replica follows",
        (
            _gauge("sarsteer_policy_revision", "7+1x20"),
            _gauge("sarsteer_policy_revision", "6+1x20", _TWO),
        ),
        10,
    ),
    Case(
        "PolicyHeldBack",
        "a revision that cannot be served",
        (_gauge("sarsteer_policy_newest_revision", "7x3 8x20"), _gauge("sarsteer_policy_revision", "7x23")),
        10,
        (_REPLICA,),
    ),
    Case(
        "PolicyHeldBack",
        "served within the minute",
        (_gauge("sarsteer_policy_newest_revision", "7+1x20"), _gauge("sarsteer_policy_revision", "6+1x20")),
        10,
    ),
    Case("PolicyStoreStale", "no answer", (_gauge("sarsteer_policy_age_seconds", "0.4x3 60+60x20"),), 10, (_REPLICA,)),
    Case("PolicyStoreStale", "an answer now and then", (_gauge("sarsteer_policy_age_seconds", "50x20"),), 10),
    Case("EngineDown", "dead", (_gauge("sarsteer_engine_up", "1x3 0x20"),), 10, (_REPLICA,)),
    Case("EngineDown", "alive", (_gauge("sarsteer_engine_up", "1x20"),), 10),
    Case(
        "TargetDown",
        "one replica of two",
        (_gauge("up", "1x3 0x20"), _gauge("up", "1x23", _TWO)),
        10,
        (_REPLICA,),
    ),
    Case("TargetDown", "no replica is known", (_gauge("up", "1x20", 'job="another"'),), 10, (_SERVICE,)),
    Case("TargetDown", "up", (_gauge("up", "1x20"),), 10),
    Case(
        "HighErrorRatio",
        "a tenth fails",
        (_answers("acme", "0+90x30"), _answers("acme", "0+10x30", "unknown", "overloaded")),
        15,
        (_SERVICE,),
    ),
    Case(
        "HighErrorRatio",
        "callers' own errors",
        (_answers("acme", "0+90x30"), _answers("acme", "0+80x30", "unknown", "rate_limit_exceeded")),
        15,
    ),
    Case("HighErrorRatio", "one request, which fails", (_answers("a", "0x5 1x30", "on", "internal_error"),), 8),
    Case(
        "HighLatency",
        "a tenth is slow",
        (_answers("acme", "0+100x40"), *_latency("sarsteer_request_seconds", "0+90x40", "0+100x40")),
        25,
        (_SERVICE,),
    ),
    Case(
        "HighLatency",
        "one in a hundred is",
        (_answers("acme", "0+100x40"), *_latency("sarsteer_request_seconds", "0+99x40", "0+100x40")),
        25,
    ),
    Case(
        "SlowFirstToken",
        "a tenth is slow",
        (_answers("acme", "0+100x40"), *_latency("sarsteer_time_to_first_token_seconds", "0+90x40", "0+100x40")),
        25,
        (_SERVICE,),
    ),
    Case(
        "SlowFirstToken",
        "one in a hundred is",
        (_answers("acme", "0+100x40"), *_latency("sarsteer_time_to_first_token_seconds", "0+99x40", "0+100x40")),
        25,
    ),
)


def unit_tests(cases: tuple[Case, ...], alerts: Mapping[str, Mapping[str, Any]], rule_files: list[str]) -> Any:
    """What ``promtool test rules`` reads; ``alerts`` are the rules by name, for the labels that they add."""
    return {"rule_files": rule_files, "evaluation_interval": "1m", "tests": list(_groups(cases, alerts))}


def _groups(cases: tuple[Case, ...], alerts: Mapping[str, Mapping[str, Any]]) -> Iterator[Any]:
    for case in cases:
        added = alerts[case.alert]["labels"]
        yield {
            "name": f"{case.alert}: {case.name}",
            "interval": "1m",
            "input_series": [{"series": series, "values": values} for series, values in case.series],
            "promql_expr_test": [
                {
                    # What an alert says is tested by its template; which alerts fire, and on whom, by this.
                    "expr": f'count without () (ALERTS{{alertname="{case.alert}", alertstate="firing"}})',
                    "eval_time": f"{case.minute}m",
                    "exp_samples": [
                        {
                            "labels": _series({"alertname": case.alert, "alertstate": "firing", **added, **labels}),
                            "value": 1,
                        }
                        for labels in case.fires
                    ],
                }
            ],
        }


def _series(labels: Mapping[str, str]) -> str:
    return "{" + ", ".join(f'{name}="{value}"' for name, value in labels.items()) + "}"
