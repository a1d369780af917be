"""Every PromQL expression that ships: of the rules, and of the dashboards with their variables filled in."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
RULES = tuple(ROOT / "deploy" / "prometheus" / name for name in ("recording.yml", "alerts.yml"))
DASHBOARDS = ROOT / "deploy" / "grafana" / "dashboards"
_FILLED = {"$__rate_interval": "1m", "$tenant": ".+"}


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression, and where it stands: (file, panel or rule)."""

    file: str
    name: str
    text: str


def rule_groups() -> Iterator[dict[str, Any]]:
    for file in RULES:
        yield from yaml.safe_load(file.read_text())["groups"]


def of_rules() -> Iterator[Expression]:
    for file in RULES:
        for group in yaml.safe_load(file.read_text())["groups"]:
            for rule in group["rules"]:
                yield Expression(file.name, rule.get("record") or rule["alert"], rule["expr"])


def panels(dashboard: dict[str, Any]) -> list[dict[str, Any]]:
    """The panels that ask something."""
    return [panel for panel in dashboard["panels"] if panel["type"] != "row"]


def dashboards() -> dict[str, dict[str, Any]]:
    return {file.name: json.loads(file.read_text()) for file in sorted(DASHBOARDS.glob("*.json"))}


def of_dashboards() -> Iterator[Expression]:
    for name, dashboard in dashboards().items():
        for panel in panels(dashboard):
            for target in panel["targets"]:
                text = target["expr"]
                for variable, value in _FILLED.items():
                    text = text.replace(variable, value)
                yield Expression(name, panel["title"], text)
