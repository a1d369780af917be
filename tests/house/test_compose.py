"""The compose file: it names what exists, and shuts what a server does not need."""

import re
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
import yaml

from server.policy.file import read_document
from server.settings import Settings
from tests.house.dockerfile import Stage, read_dockerfile

ROOT = Path(__file__).resolve().parents[2]


def composed() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return found


SERVICES: dict[str, dict[str, Any]] = composed()["services"]
WATCHERS = ("prometheus", "grafana")


@pytest.fixture
def service() -> dict[str, Any]:
    return SERVICES["sarsteer"]


@pytest.fixture
def image(service: dict[str, Any]) -> Stage:
    return read_dockerfile(ROOT / "Dockerfile")[service["build"]["target"]]


def test_it_builds_an_image_that_checks_its_own_health(service: dict[str, Any], image: Stage) -> None:
    assert image.all("HEALTHCHECK")
    assert "healthcheck" not in service


@pytest.mark.parametrize("name", SERVICES)
def test_every_mounted_path_is_in_the_tree_and_read_only(name: str) -> None:
    mounted = [mount.split(":") for mount in SERVICES[name]["volumes"] if mount.startswith(".")]
    assert mounted
    assert all((ROOT / source).exists() and mode == "ro" for source, _, mode in mounted)


def test_every_named_volume_is_declared_and_is_one_services_own() -> None:
    named = [
        mount.split(":")[0] for each in SERVICES.values() for mount in each["volumes"] if not mount.startswith(".")
    ]
    assert sorted(named) == sorted(composed()["volumes"])


def test_the_tenants_file_is_mounted_read_only_where_the_image_reads_it(service: dict[str, Any], image: Stage) -> None:
    source, target, mode = service["volumes"][0].split(":")
    assert (target, mode) == (image.environment["SARSTEER_TENANTS_FILE"], "ro")
    assert read_document(ROOT / source).tenants


def test_public_keys_are_served_to_this_machine_only(service: dict[str, Any], image: Stage) -> None:
    exposed = image.last("EXPOSE").split()
    assert service["ports"] == [f"127.0.0.1:{port}:{port}" for port in exposed]


def test_all_that_is_written_is_a_volume_or_memory(service: dict[str, Any], image: Stage) -> None:
    writable = {mount.split(":")[1] for mount in service["volumes"] if not mount.endswith(":ro")}
    writable |= {mount.split(":")[0] for mount in service["tmpfs"]}
    assert service["read_only"] is True
    assert PurePosixPath("/tmp").as_posix() in writable
    assert image.environment["HOME"] in writable


@pytest.mark.parametrize("name", SERVICES)
def test_it_holds_no_privileges(name: str) -> None:
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert "privileged" not in service
    assert service["read_only"] is True


@pytest.mark.parametrize("name", SERVICES)
def test_every_port_is_published_to_this_machine_only(name: str) -> None:
    assert SERVICES[name]["ports"]
    assert all(port.startswith("127.0.0.1:") for port in SERVICES[name]["ports"])


@pytest.mark.parametrize("name", WATCHERS)
def test_an_image_that_is_not_built_here_is_pinned(name: str) -> None:
    assert re.fullmatch(r"[\w./-]+:v?\d+\.\d+\.\d+", SERVICES[name]["image"])


def test_stopping_waits_for_running_answers(service: dict[str, Any]) -> None:
    assert float(service["stop_grace_period"].removesuffix("s")) > Settings().drain_seconds


def mounted_at(name: str, path: str) -> Path:
    """The tree's file that a service sees at ``path``."""
    mounts: list[str] = SERVICES[name]["volumes"]
    for source, target, *_ in (mount.split(":") for mount in mounts):
        if source.startswith(".") and PurePosixPath(path).is_relative_to(target):
            return ROOT / source / PurePosixPath(path).relative_to(target)
    raise AssertionError(f"{name} mounts nothing at {path}")


def read(name: str, path: str) -> Any:
    return yaml.safe_load(mounted_at(name, path).read_text())


def test_prometheus_scrapes_the_server_by_the_shipped_configuration() -> None:
    (file,) = (
        option.split("=")[1] for option in SERVICES["prometheus"]["command"] if option.startswith("--config.file=")
    )
    (job,) = read("prometheus", file)["scrape_configs"]
    assert job["static_configs"] == [{"targets": ["sarsteer:8000"]}]
    assert all(
        mounted_at("prometheus", f"/etc/prometheus/{rules}").is_file()
        for rules in read("prometheus", file)["rule_files"]
    )


def test_grafana_is_given_its_source_and_its_dashboards() -> None:
    provisioning = "/etc/grafana/provisioning"
    (source,) = read("grafana", f"{provisioning}/datasources/prometheus.yml")["datasources"]
    assert source["url"] == "http://prometheus:" + SERVICES["prometheus"]["ports"][0].split(":")[-1]
    (provider,) = read("grafana", f"{provisioning}/dashboards/sarsteer.yml")["providers"]
    assert len(list(mounted_at("grafana", provider["options"]["path"]).glob("*.json"))) == 4
    home = SERVICES["grafana"]["environment"]["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"]
    assert mounted_at("grafana", home).is_file()


def test_who_looks_at_grafana_without_an_account_can_change_nothing() -> None:
    environment = SERVICES["grafana"]["environment"]
    assert environment["GF_AUTH_ANONYMOUS_ORG_ROLE"] == "Viewer"
    assert environment["GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION"] == "true"
    assert not [name for name in environment if "PASSWORD" in name]
