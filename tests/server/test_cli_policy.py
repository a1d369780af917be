import json
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from server import cli_apply
from server.admin_client import AdminClient
from server.policy.keys import id_of
from tests.server.commands import WHY, Commands

FILE = """
service: {strength: 1.2}
tenants:
  - name: acme
    floor: 0.5
    keys: [{key: a-key-of-acme, label: gateway}]
  - name: beta
"""
ACME_KEY = id_of("a-key-of-acme")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "policy.yaml"
    path.write_text(FILE)
    return path


def apply(file: Path, *more: str) -> tuple[str, ...]:
    return ("policy", "apply", "-f", str(file), *WHY, *more)


def test_the_service_wide_policy_is_set_shown_and_inherited(commands: Commands) -> None:
    told = commands.done("policy", "set", "--strength", "1.4", "--stable", "refusal@3.0.1", *WHY)
    assert told.startswith("revision 4 on 1/1 replicas in ")
    shown = commands.printed("policy", "show")
    assert shown["fields"] == {"strength": 1.4, "stable": "refusal@3.0.1"}
    assert shown["effective"]["strength"] == 1.4
    assert "service, revision 4" in commands.done("policy", "show")
    assert commands.printed("policy", "set", "--inherit", "strength", *WHY)["fields"] == {"stable": "refusal@3.0.1"}
    assert "There is nothing to set" in commands.refused("policy", "set", *WHY)


def test_applying_a_file_shows_the_difference_and_makes_one_revision(commands: Commands, file: Path) -> None:
    commands.done("tenants", "create", "beta", "--strength", "1.5", "--models", "m", *WHY)
    *difference, progress = commands.done(*apply(file)).splitlines()
    assert difference == [
        "+ create service service",
        "    strength: - -> 1.2",
        "+ create tenant acme",
        "    floor: - -> 0.5",
        "~ change tenant beta",
        "    strength: 1.5 -> -",
        "    models: m -> -",
        f"+ add key {ACME_KEY}",
        "    tenant: - -> acme",
        "    label: - -> gateway",
        "changes: create 2, add key 1, change 1",
    ]
    assert progress.startswith("revision 5 on 1/1 replicas in ")
    tenant = commands.plane.replica.tenant_of("a-key-of-acme")
    assert tenant is not None
    assert (tenant.name, tenant.floor, tenant.strength, tenant.revision) == ("acme", 0.5, 1.2, 5)


def test_applying_again_changes_nothing(commands: Commands, file: Path) -> None:
    answer = commands.printed(*apply(file))
    assert (answer["revision"], len(answer["changes"])) == (4, 4)
    assert commands.done(*apply(file)) == "changes: none\n"
    assert commands.printed(*apply(file, "--prune")) == {"changes": [], "revision": None, "propagation": None}
    assert commands.plane.repository.head() == 4


def test_a_dry_run_needs_no_reason_and_changes_nothing(commands: Commands, file: Path) -> None:
    assert "+ create tenant acme" in commands.done("policy", "apply", "-f", str(file), "--dry-run")
    planned = commands.printed("policy", "apply", "-f", str(file), "--dry-run")
    assert [(each["action"], each["name"]) for each in planned["changes"]] == [
        ("create", "service"),
        ("create", "acme"),
        ("create", "beta"),
        ("add key", ACME_KEY),
    ]
    assert planned["revision"] is None
    assert commands.plane.repository.head() == 3


def test_prune_deletes_the_tenants_that_are_not_listed(commands: Commands, file: Path) -> None:
    commands.done("tenants", "create", "old", *WHY)
    commands.done(*apply(file))
    assert "- delete tenant old\n" in commands.done(*apply(file, "--prune"))
    assert [each["name"] for each in commands.printed("tenants", "list")] == ["acme", "beta"]


def test_a_terminal_is_asked_and_no_means_no(commands: Commands, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [False, True]
    asked: list[str] = []

    def confirm(text: str, err: bool) -> bool:
        asked.append(text)
        return answers.pop(0)

    monkeypatch.setattr(cli_apply, "is_terminal", lambda: True)
    monkeypatch.setattr(typer, "confirm", confirm)
    refused = commands.run(*apply(file))
    assert (refused.exit_code, refused.stderr) == (1, "sarsteer: Nothing was changed.\n")
    assert commands.plane.repository.head() == 3
    result = commands.run(*apply(file, "--json"))
    assert json.loads(result.stdout)["revision"] == 4
    assert "+ create tenant acme" in result.stderr
    commands.done(*apply(file))
    commands.done("tenants", "delete", "beta", *WHY)
    commands.done(*apply(file, "--yes"))
    assert len(asked) == 2


def test_what_was_shown_is_what_is_applied_or_nothing(
    commands: Commands, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def be_overtaken(text: str, err: bool) -> bool:
        commands.done("tenants", "create", "another", *WHY)
        return True

    monkeypatch.setattr(cli_apply, "is_terminal", lambda: True)
    monkeypatch.setattr(typer, "confirm", be_overtaken)
    result = commands.run(*apply(file))
    assert result.exit_code == 1
    assert "plan anew" in result.stderr
    assert [each["name"] for each in commands.printed("tenants", "list")] == ["another"]


def test_a_file_that_cannot_be_applied_is_told_in_one_line(commands: Commands, file: Path) -> None:
    for text, words in (
        ("tenants: [{name: acme, strength: high}]", "is wrong at tenant acme, field strength"),
        ("tenants: [{name: acme, vector: refusal@9.9.9}]", "In tenant acme: refusal@9.9.9 is not published"),
        ("tenants: [{name: acme, keys: [{key: sk-adm-aaaa}]}]", "an admin key names no tenant"),
    ):
        file.write_text(text)
        line = commands.refused(*apply(file))
        assert words in line
        assert "sk-adm-aaaa" not in line
    assert "cannot be read" in commands.refused(*apply(file.with_name("none.yaml")))
    file.write_text(FILE)
    assert "--reason" in commands.run("policy", "apply", "-f", str(file)).stderr
    assert "scope security" in commands.run(*apply(file), scope="operate").stderr
    assert "scope operate" in commands.run(*apply(file), scope="read").stderr
    assert commands.run("policy", "apply", "-f", str(file), "--dry-run", scope="read").exit_code == 0
    assert commands.plane.repository.head() == 3


def test_what_show_writes_as_yaml_apply_takes_back(commands: Commands, file: Path) -> None:
    commands.done(*apply(file))
    commands.done("tenants", "off", "beta", "--for", "1h", *WHY)
    written = commands.done("policy", "show", "--yaml")
    document: dict[str, Any] = yaml.safe_load(written)
    assert document["service"] == {"strength": 1.2}
    assert document["tenants"][0] == {"name": "acme", "floor": 0.5}
    assert document["tenants"][1]["mode"] == "off"
    assert "a-key-of-acme" not in written
    file.write_text(written)
    assert commands.done(*apply(file, "--prune")) == "changes: none\n"
    commands.done("tenants", "enforce", "beta", *WHY)
    commands.done(*apply(file))
    assert commands.done("policy", "show", "--yaml") == written


def test_show_yaml_reads_every_page_of_one_revision(commands: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b", "c"):
        commands.done("tenants", "create", name, *WHY)
    pages = AdminClient.pages
    monkeypatch.setattr(AdminClient, "pages", lambda self, path, cursor, limit: pages(self, path, cursor, limit=2))
    document = yaml.safe_load(commands.done("policy", "show", "--yaml"))
    assert document == {"service": {}, "tenants": [{"name": "a"}, {"name": "b"}, {"name": "c"}]}
    moving = ({"data": [], "revision": number} for number in range(6))
    monkeypatch.setattr(AdminClient, "pages", lambda self, path, cursor, limit: [next(moving), next(moving)])
    assert "change faster than they can be read" in commands.refused("policy", "show", "--yaml")


def test_revisions_are_listed_shown_and_rolled_back(commands: Commands) -> None:
    commands.done("tenants", "create", "acme", "--strength", "1.5", *WHY)
    commands.done("tenants", "set", "acme", "--strength", "0.5", "--reason", "a mistake [sic]")
    assert [each["number"] for each in commands.printed("policy", "revisions", "--limit", "2")] == [5, 4]
    assert [each["number"] for each in commands.printed("policy", "revisions", "--before", "3")] == [2, 1]
    assert "a mistake [sic]" in commands.done("policy", "revisions")
    (entry,) = commands.printed("policy", "show-revision", "5")["entries"]
    assert (entry["before"], entry["after"]) == ({"strength": 1.5}, {"strength": 0.5})
    shown = commands.done("policy", "show-revision", "5")
    assert "tenant/acme" in shown
    assert "change tenant: a mistake [sic]" in shown
    assert commands.done("policy", "rollback", "4", *WHY).startswith("revision 6 on 1/1 replicas")
    assert commands.printed("tenants", "show", "acme")["fields"] == {"strength": 1.5}
    assert "99" in commands.refused("policy", "rollback", "99", *WHY)
    assert "99" in commands.refused("policy", "show-revision", "99")


def test_replicas_and_the_standing_are_told(commands: Commands) -> None:
    commands.plane.beat("gpu-2", 1, "its vector set cannot be read")
    replicas = commands.printed("policy", "replicas")
    assert [(each["name"], each["revision"]) for each in replicas["data"]] == [("gpu-2", 1), ("this", 3)]
    shown = commands.done("policy", "replicas")
    assert "newest revision: 3" in shown
    assert "its vector set cannot be read" in shown
    status = commands.printed("policy", "status")
    assert (status["name"], status["serving"], status["store_problem"]) == ("this", 3, None)
    assert "serving" in commands.done("policy", "status")
