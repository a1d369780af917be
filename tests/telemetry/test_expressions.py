"""Every expression that ships reads metrics that the server declares, by labels that they have."""

import pytest
import yaml
from prometheus_client import CollectorRegistry

from server.telemetry.metrics import Metrics
from tests.telemetry.expressions import RULES, Expression, of_dashboards, of_rules
from tests.telemetry.promql import reads

TARGET = frozenset({"job", "instance"})
PROMETHEUS = {"up": TARGET, "ALERTS": frozenset({"alertname", "alertstate", "severity"})}
VLLM = "vllm:"
EXPRESSIONS = [*of_rules(), *of_dashboards()]


def declared() -> dict[str, frozenset[str]]:
    """The labels of each series that our metrics can have, and Prometheus' own."""
    registry = CollectorRegistry()
    metrics = vars(Metrics(registry)).values()
    labels = {name: frozenset(m._labelnames) | TARGET for m in metrics if (name := getattr(m, "_name", None))}
    found = dict(PROMETHEUS)
    for family in registry.collect():
        own = labels[family.name]
        match family.type:
            case "counter":
                found[f"{family.name}_total"] = own
            case "histogram":
                found[f"{family.name}_bucket"] = own | {"le"}
                found |= {f"{family.name}_{part}": own for part in ("sum", "count")}
            case _:
                found[family.name] = own
    return found


def recorded() -> dict[str, frozenset[str]]:
    """The labels of each recorded series: those that its name begins with."""
    names = [
        rule.get("record") for file in RULES for g in yaml.safe_load(file.read_text())["groups"] for rule in g["rules"]
    ]
    return {name: frozenset({name.split(":")[0]}) for name in names if name}


@pytest.mark.parametrize("expression", EXPRESSIONS, ids=lambda each: f"{each.file}-{each.name}")
def test_it_reads_what_the_server_declares(expression: Expression) -> None:
    known = declared() | recorded()
    found = reads(expression.text)
    ours = {metric for metric in found.metrics if not metric.startswith(VLLM)}
    assert found.metrics
    assert ours <= known.keys()
    for metric, label in found.selected:
        assert label in known.get(metric, TARGET), metric
    reached = frozenset().union(*(known.get(metric, TARGET) for metric in found.metrics))
    assert found.grouped <= reached


def test_every_metric_is_on_a_dashboard_or_in_a_rule() -> None:
    read = {metric for expression in EXPRESSIONS for metric in reads(expression.text).metrics}
    families = {name.removesuffix("_bucket").removesuffix("_count").removesuffix("_sum") for name in read}
    ours = {
        n.removesuffix("_bucket").removesuffix("_count").removesuffix("_sum") for n in declared() if n not in PROMETHEUS
    }
    assert ours - families == set()


@pytest.mark.parametrize(
    ("text", "metrics", "grouped"),
    [
        ('sum by (tenant) (rate(a_total{x="by (no)", y!~"b{2}"}[5m]))', {"a_total"}, {"tenant"}),
        (
            "max by (job) (a offset 1m) > 3 * sqrt(b:c:d) and on (instance) e >= 50",
            {"a", "b:c:d", "e"},
            {"job", "instance"},
        ),
        ("histogram_quantile(0.95, sum by (le) (rate(h_bucket[1m]))) or vector(0)", {"h_bucket"}, {"le"}),
    ],
)
def test_what_an_expression_reads(text: str, metrics: set[str], grouped: set[str]) -> None:
    found = reads(text)
    assert found.metrics == metrics
    assert found.grouped == grouped
