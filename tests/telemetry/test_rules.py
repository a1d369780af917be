"""The recording rules and alerts, by Prometheus's own checker: when they fire, and when they must not."""

import re
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from server.errors import ERRORS
from tests.telemetry.rule_cases import CASES, Case, unit_tests

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "deploy" / "prometheus"
RULES = ("recording.yml", "alerts.yml")


def rules(file: str) -> list[dict[str, Any]]:
    return [rule for group in yaml.safe_load((FOLDER / file).read_text())["groups"] for rule in group["rules"]]


ALERTS = {rule["alert"]: rule for rule in rules("alerts.yml")}


def promtool(*arguments: str, folder: Path = FOLDER) -> str:
    """What it says; an assertion fails if it finds fault."""
    ran = subprocess.run(["promtool", *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def test_the_configuration_and_the_rules_are_valid() -> None:
    assert "2 rule files found" in promtool("check", "config", "prometheus.yml")
    assert f"{len(ALERTS)} rules found" in promtool("check", "rules", "--lint-fatal", *RULES)


def check(cases: tuple[Case, ...], folder: Path) -> None:
    file = folder / "cases.yml"
    file.write_text(yaml.safe_dump(unit_tests(cases, ALERTS, [str(FOLDER / name) for name in RULES])))
    promtool("test", "rules", str(file))


@pytest.mark.parametrize("alert", sorted(ALERTS))
def test_an_alert_fires_for_what_it_names_and_for_nothing_else(alert: str, tmp_path: Path) -> None:
    cases = tuple(case for case in CASES if case.alert == alert)
    assert Counter(bool(case.fires) for case in cases).keys() == {True, False}
    check(cases, tmp_path)


def test_the_cases_can_fail(tmp_path: Path) -> None:
    (quiet,) = (case for case in CASES if case.name == "alive")
    wrong = Case(quiet.alert, quiet.name, quiet.series, quiet.minute, ({"job": "sarsteer"},))
    with pytest.raises(AssertionError, match="FAILED"):
        check((wrong,), tmp_path)


@pytest.mark.parametrize("alert", sorted(ALERTS))
def test_an_alert_says_how_bad_it_is_and_where_to_read_on(alert: str) -> None:
    rule = ALERTS[alert]
    assert rule["labels"]["severity"] in {"critical", "warning"}
    assert rule["annotations"]["summary"].endswith((".", "}}."))
    page, anchor = rule["annotations"]["runbook"].split("#")
    assert anchor == alert.lower()
    assert alert in re.findall(r"^### (\w+)$", (ROOT / page).read_text(), re.MULTILINE)


def test_the_servers_own_faults_are_every_code_of_500_or_more() -> None:
    (rule,) = (rule for rule in rules("recording.yml") if rule["record"] == "job:sarsteer_errors:rate5m")
    (listed,) = re.findall(r'outcome=~"([^"]+)"', rule["expr"])
    assert set(listed.split("|")) == {code for code, spec in ERRORS.items() if spec.status >= 500}


def test_every_rule_reads_the_job_that_is_scraped() -> None:
    (scraped,) = yaml.safe_load((FOLDER / "prometheus.yml").read_text())["scrape_configs"]
    for rule in rules("recording.yml") + rules("alerts.yml"):
        selectors = re.findall(r"\bsarsteer_\w+(\{[^}]*\})?", re.sub(r"\w+:sarsteer_\S+", "", rule["expr"]))
        assert all(f'job="{scraped["job_name"]}"' in selector for selector in selectors)
