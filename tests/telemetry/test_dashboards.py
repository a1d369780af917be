"""The dashboards: as their code makes them, and as an operator can read them."""

from typing import Any

import pytest
import yaml

from deploy.grafana.build import FOLDER, dashboards
from tests.telemetry.expressions import ROOT, of_dashboards, panels
from tests.telemetry.expressions import dashboards as written

GRAFANA = ROOT / "deploy" / "grafana"


def provisioned(path: str) -> Any:
    return yaml.safe_load((GRAFANA / "provisioning" / path).read_text())


def test_the_files_are_what_the_code_makes() -> None:
    assert {file.name: file.read_text() for file in FOLDER.iterdir()} == dict(dashboards())


@pytest.mark.parametrize("name", ["fleet.json", "tenant.json", "safety.json", "audio.json"])
def test_every_panel_asks_a_question_says_what_it_means_and_has_a_unit(name: str) -> None:
    found = panels(written()[name])
    assert len(found) >= 8
    for panel in found:
        assert panel["title"].endswith("?")
        assert len(panel["description"]) > 30, panel["title"]
        unit = panel["fieldConfig"]["defaults"].get("unit") or panel["options"]["yAxis"]["unit"]
        assert unit, panel["title"]
        assert panel["targets"], panel["title"]


def test_titles_and_ids_stand_once() -> None:
    for dashboard in written().values():
        titles = [panel["title"] for panel in panels(dashboard)]
        assert len(set(titles)) == len(titles)
    ids = [dashboard["uid"] for dashboard in written().values()]
    assert len(set(ids)) == len(ids)


def test_panels_stand_side_by_side() -> None:
    for name, dashboard in written().items():
        taken: set[tuple[int, int]] = set()
        for panel in dashboard["panels"]:
            at = panel["gridPos"]
            cells = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
            assert not cells & taken, (name, panel["title"])
            assert at["x"] + at["w"] <= 24, (name, panel["title"])
            taken |= cells


def test_every_panel_and_variable_reads_the_provisioned_source() -> None:
    (source,) = provisioned("datasources/prometheus.yml")["datasources"]
    named = {"type": source["type"], "uid": source["uid"]}
    for dashboard in written().values():
        asked = [*panels(dashboard), *dashboard.get("templating", {}).get("list", ())]
        asked += [target for panel in panels(dashboard) for target in panel["targets"]]
        assert all(each["datasource"] == named for each in asked)


def test_rates_are_taken_as_often_as_prometheus_scrapes() -> None:
    (source,) = provisioned("datasources/prometheus.yml")["datasources"]
    scraped = yaml.safe_load((ROOT / "deploy" / "prometheus" / "prometheus.yml").read_text())["global"]
    assert source["jsonData"]["timeInterval"] == scraped["scrape_interval"]


def test_no_variable_is_left_that_grafana_does_not_fill() -> None:
    assert not [expression for expression in of_dashboards() if "$" in expression.text]
