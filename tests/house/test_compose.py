"""The compose file: it names what exists, and shuts what a server does not need."""

from pathlib import Path, PurePosixPath
from typing import Any

import pytest
import yaml

from server.policy.file import read_document
from server.settings import Settings
from tests.house.dockerfile import Stage, read_dockerfile

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def service() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]["sarsteer"]
    return found


@pytest.fixture
def image(service: dict[str, Any]) -> Stage:
    return read_dockerfile(ROOT / "Dockerfile")[service["build"]["target"]]


def test_it_builds_an_image_that_checks_its_own_health(service: dict[str, Any], image: Stage) -> None:
    assert image.all("HEALTHCHECK")
    assert "healthcheck" not in service


def test_every_mounted_path_is_in_the_tree(service: dict[str, Any]) -> None:
    mounted = [mount.split(":")[0] for mount in service["volumes"] if mount.startswith(".")]
    assert mounted
    assert all((ROOT / path).is_file() for path in mounted)


def test_every_named_volume_is_declared(service: dict[str, Any]) -> None:
    declared = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["volumes"]
    assert {mount.split(":")[0] for mount in service["volumes"] if not mount.startswith(".")} == set(declared)


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


def test_it_holds_no_privileges(service: dict[str, Any]) -> None:
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert "privileged" not in service


def test_stopping_waits_for_running_answers(service: dict[str, Any]) -> None:
    assert float(service["stop_grace_period"].removesuffix("s")) > Settings().drain_seconds
