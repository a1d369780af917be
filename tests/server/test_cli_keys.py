import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from server import cli_admin
from server.cli import app
from tests.server.commands import WHY, Commands


@pytest.fixture
def acme(commands: Commands) -> Commands:
    commands.done("tenants", "create", "acme", *WHY)
    return commands


def owner_of(commands: Commands, key: str) -> str | None:
    tenant = commands.plane.replica.tenant_of(key)
    return None if tenant is None else tenant.name


def test_a_new_key_stands_alone_on_stdout(acme: Commands) -> None:
    result = acme.run("keys", "create", "acme", "--label", "app", "--expires", "90d", *WHY)
    assert result.exit_code == 0
    (key,) = result.stdout.splitlines()
    assert owner_of(acme, key) == "acme"
    assert key not in result.stderr
    named, progress = result.stderr.splitlines()
    assert named.startswith(f"key {key[7:15]} of tenant acme, until ")
    assert progress.startswith("revision 5 on 1/1 replicas in ")
    (listed,) = acme.printed("keys", "list", "acme")
    assert (listed["id"], listed["label"], listed["live"]) == (key[7:15], "app", True)
    left = datetime.fromisoformat(listed["expires"]) - acme.plane.clock()
    assert timedelta(days=89) < left < timedelta(days=91)
    shown = acme.done("keys", "list", "acme")
    assert key[7:15] in shown
    assert key not in shown


def test_a_key_as_json_is_one_document(acme: Commands) -> None:
    issued = acme.printed("keys", "create", "acme", *WHY)
    assert owner_of(acme, issued["key"]) == "acme"
    assert issued["expires"] is None


def test_a_rotated_key_goes_on_for_the_overlap(acme: Commands) -> None:
    old = acme.printed("keys", "create", "acme", *WHY)
    new = acme.printed("keys", "rotate", old["id"], *WHY)
    assert [owner_of(acme, each["key"]) for each in (old, new)] == ["acme", "acme"]
    acme.plane.clock.pass_(hours=24)
    assert [owner_of(acme, each["key"]) for each in (old, new)] == [None, "acme"]
    newest = acme.printed("keys", "rotate", new["id"], "--overlap", "0s", *WHY)
    assert [owner_of(acme, each["key"]) for each in (new, newest)] == [None, "acme"]


def test_a_revoked_key_ends_at_once(acme: Commands) -> None:
    issued = acme.printed("keys", "create", "acme", *WHY)
    assert acme.done("keys", "revoke", issued["id"], *WHY).startswith("revision 6 on 1/1 replicas")
    assert owner_of(acme, issued["key"]) is None
    assert issued["id"] in acme.refused("keys", "revoke", issued["id"], *WHY)


def test_a_new_key_is_printed_even_where_a_replica_lags(acme: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli_admin, "_WAIT_SECONDS", 0.05)
    acme.plane.beat("gpu-2", 1)
    result = acme.run("keys", "create", "acme", *WHY)
    assert result.exit_code == 3
    assert owner_of(acme, result.stdout.strip()) == "acme"
    assert "not yet: gpu-2 serves 1" in result.stderr


def test_admin_keys_are_listed_created_and_revoked(commands: Commands) -> None:
    result = commands.run("keys", "admin", "create", "--scope", "read", "--label", "board", *WHY)
    assert result.exit_code == 0
    (key,) = result.stdout.splitlines()
    assert result.stderr.startswith(f"admin key {key[7:15]}, shown this once\n")
    assert commands.run("tenants", "list", env={"SARSTEER_ADMIN_KEY": key}).exit_code == 0
    listed = {each["id"]: each["scope"] for each in commands.printed("keys", "admin", "list")}
    assert listed[key[7:15]] == "read"
    assert "board" in commands.done("keys", "admin", "list")
    commands.done("keys", "admin", "revoke", key[7:15], *WHY)
    assert "unknown or spent" in commands.refused("tenants", "list", env={"SARSTEER_ADMIN_KEY": key})


def test_a_refusal_is_one_line_and_changes_nothing(acme: Commands) -> None:
    head = acme.plane.repository.head()
    for arguments, words in (
        (("list", "nobody"), "nobody"),
        (("create", "nobody", *WHY), "nobody"),
        (("create", "acme"), "--reason"),
        (("create", "acme", "--label", "a\x1b[31mb", *WHY), "label: "),
        (("rotate", "aaaaaaaa", *WHY), "no live key aaaaaaaa"),
        (("revoke", "aaaaaaaa", *WHY), "no live key aaaaaaaa"),
        (("admin", "create", "--scope", "root", *WHY), "scope: Input should be 'read', 'operate' or 'security'"),
        (("admin", "revoke", "aaaaaaaa", *WHY), "no live key aaaaaaaa"),
    ):
        assert words in acme.refused("keys", *arguments)
    assert acme.plane.repository.head() == head


def test_a_wrong_or_missing_admin_key_is_refused_and_never_shown(commands: Commands) -> None:
    wrong = "sk-adm-aaaaaaaa-not-the-right-one"
    for result in (
        commands.run("tenants", "list", env={"SARSTEER_ADMIN_KEY": wrong}),
        commands.run("tenants", "list", "--key", wrong),
        commands.run("audit", "export", "--key", wrong),
        commands.run("tenants", "list", "--key", f"{wrong}\nx"),
    ):
        assert result.exit_code == 1
        assert len(result.stderr.splitlines()) == 1
        assert wrong not in result.output
    assert wrong not in commands.run("tenants", "list", "--help", env={"SARSTEER_ADMIN_KEY": wrong}).output
    assert "set SARSTEER_ADMIN_KEY" in commands.refused("tenants", "list", env={"SARSTEER_ADMIN_KEY": ""})


def test_a_lost_admin_key_is_replaced_on_the_store_itself(commands_on_sqlite: Commands, tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'policy.db'}"
    # The pepper of the plane that the tests open.
    env = {"SARSTEER_KEY_PEPPER": "p" * 32, "SARSTEER_STATE_DIR": str(tmp_path / "state"), "SARSTEER_ADMIN_KEY": ""}
    result = commands_on_sqlite.run("keys", "recover", "--database", database, "--reason", "it was lost", env=env)
    assert result.exit_code == 0, result.output
    (key,) = result.stdout.splitlines()
    assert key not in result.stderr
    revision = commands_on_sqlite.plane.repository.revisions()[0]
    assert (revision.actor, revision.action, revision.reason) == ("local", "issue admin key", "it was lost")
    deadline = time.monotonic() + 10
    while commands_on_sqlite.plane.replica.admin_of(key) is None:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    created = commands_on_sqlite.run("tenants", "create", "acme", "--required", *WHY, env={"SARSTEER_ADMIN_KEY": key})
    assert created.exit_code == 0, created.output
    other = {**env, "SARSTEER_KEY_PEPPER": "q" * 32}
    assert "pepper" in commands_on_sqlite.refused("keys", "recover", "--database", database, env=other)


def test_a_store_that_nobody_started_on_is_told_so(tmp_path: Path) -> None:
    env = {"SARSTEER_STATE_DIR": str(tmp_path)}
    result = CliRunner().invoke(app, ["keys", "recover"], env=env)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "sarsteer: The store holds nothing yet; sarsteer serve makes its first admin key, and prints it.\n"
    )
    result = CliRunner().invoke(app, ["keys", "recover", "--database", "mysql://user:secret@host/x"], env=env)
    assert result.exit_code == 1
    assert "secret" not in result.output
