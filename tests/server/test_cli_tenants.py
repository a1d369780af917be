import json
from datetime import datetime, timedelta
from typing import Any

import pytest
import typer

from server import cli_admin
from server.admin_client import AdminClient
from tests.server.commands import WHY, Commands


def test_a_tenant_is_created_with_its_fields_and_shown(commands: Commands) -> None:
    options = ("--strength", "1.5", "--floor", "0.5", "--vector", "refusal@3.0.1", "--no-gate", "--models", "a, b")
    limits = (
        "--requests-per-minute",
        "60",
        "--tokens-per-minute",
        "unlimited",
        "--refusal-style",
        "openai",
        "--twin-share",
        "0.1",
    )
    told = commands.done("tenants", "create", "acme", *options, *limits, "--required", *WHY)
    assert told.startswith("revision 4 on 1/1 replicas in 0.")
    assert told.endswith(" s\n")
    tenant = commands.printed("tenants", "show", "acme")
    assert tenant["fields"] == {
        "strength": 1.5,
        "floor": 0.5,
        "vector": "refusal@3.0.1",
        "gate": False,
        "models": ["a", "b"],
        "requests_per_minute": 60,
        "tokens_per_minute": "unlimited",
        "twin_share": 0.1,
        "refusal_style": "openai",
        "required": True,
    }
    shown = commands.done("tenants", "show", "acme")
    assert "acme, revision 4, mode now: enforce" in shown
    assert [line.split("│")[1:4] for line in shown.splitlines() if "strength" in line] == [
        [" strength                 ", " 1.5           ", " 1.5           "]
    ]


def test_the_list_holds_every_tenant_with_what_is_in_force(commands: Commands) -> None:
    for name in ("beta", "acme"):
        commands.done("tenants", "create", name, *WHY)
    listed = commands.printed("tenants", "list")
    assert [(each["name"], each["effective"]["strength"]) for each in listed] == [("acme", 1.0), ("beta", 1.0)]
    shown = commands.done("tenants", "list")
    assert [line.split()[1] for line in shown.splitlines() if "enforce" in line] == ["acme", "beta"]


def test_set_changes_what_is_named_and_inherit_takes_off(commands: Commands) -> None:
    commands.done("tenants", "create", "acme", "--strength", "1.5", "--refusal-style", "openai", *WHY)
    answer = commands.printed(
        "tenants", "set", "acme", "--strength", "1.2", "--inherit", "refusal-style", "--gate", *WHY
    )
    assert answer["fields"] == {"strength": 1.2, "gate": True}
    assert answer["propagation"]["complete"]
    assert commands.printed("tenants", "show", "acme")["fields"] == answer["fields"]


def test_explain_tells_where_a_value_comes_from(commands: Commands) -> None:
    commands.done("policy", "set", "--strength", "1.4", *WHY)
    commands.done("tenants", "create", "acme", "--floor", "1.5", *WHY)
    explained = commands.printed("tenants", "explain", "acme")["fields"]
    assert explained["strength"] == {"value": 1.5, "source": "tenant", "note": "raised from 1.4 to the floor"}
    assert "raised from 1.4 to the floor" in commands.done("tenants", "explain", "acme")


def test_off_ends_by_itself_and_the_mode_goes_back(commands: Commands) -> None:
    commands.done("tenants", "create", "acme", *WHY)
    off = commands.printed("tenants", "off", "acme", "--for", "30m", *WHY)
    assert off["mode_now"] == "off"
    left = datetime.fromisoformat(off["fields"]["off_until"]) - commands.plane.clock()
    assert timedelta(minutes=29) < left < timedelta(minutes=31)
    assert commands.printed("tenants", "shadow", "acme", *WHY)["fields"] == {"mode": "shadow"}
    assert commands.printed("tenants", "set", "acme", "--off-for", "1h30m", *WHY)["mode_now"] == "off"
    assert commands.printed("tenants", "set", "acme", "--inherit", "mode", *WHY)["fields"] == {}
    ends = (commands.plane.clock() + timedelta(hours=1)).isoformat()
    assert commands.printed("tenants", "set", "acme", "--off-until", ends, *WHY)["mode_now"] == "off"
    assert commands.printed("tenants", "enforce", "acme", *WHY)["fields"] == {"mode": "enforce"}


def test_a_tenant_is_suspended_activated_and_deleted(commands: Commands) -> None:
    commands.done("tenants", "create", "acme", *WHY)
    assert commands.printed("tenants", "suspend", "acme", *WHY)["effective"]["state"] == "suspended"
    assert commands.printed("tenants", "activate", "acme", *WHY)["effective"]["state"] == "active"
    assert commands.printed("tenants", "delete", "acme", *WHY)["revision"] == 7
    assert commands.printed("tenants", "list") == []


def test_a_refusal_is_one_line_and_changes_nothing(commands: Commands) -> None:
    commands.done("tenants", "create", "acme", "--ceiling", "2", *WHY)
    for arguments, words in (
        (("show", "nobody"), "no tenant 'nobody'"),
        (("show", "../policy"), "There is nothing at"),
        (("show", "\udcff"), "not UTF-8"),
        (("create", "beta", "--reason", "a \udcff test"), "not UTF-8"),
        (("create", "beta", "--models", "\udcff", *WHY), "not UTF-8"),
        (("delete", "nobody", *WHY), "no tenant 'nobody'"),
        (("create", "acme", *WHY), "acme"),
        (("create", "beta"), "--reason"),
        (("create", "beta", "--reason", ""), "--reason"),
        (("create", "Beta", *WHY), "name: "),
        (("set", "acme", *WHY), "There is nothing to set"),
        (("set", "acme", "--mode", "sleep", *WHY), "mode: Input should be 'enforce', 'shadow' or 'off'"),
        (("set", "acme", "--mode", "off", *WHY), "mode off and off_until go together"),
        (("set", "acme", "--mode", "shadow", "--off-for", "1h", *WHY), "are for --mode off, not shadow"),
        (("set", "acme", "--off-for", "1h", "--off-until", "2030-01-01T00:00:00Z", *WHY), "either --off-for or"),
        (("set", "acme", "--inherit", "colour", *WHY), "colour: there is no such field"),
        (("set", "acme", "--inherit", "strength", "--strength", "1", *WHY), "cannot be set and inherited at once"),
        (("set", "acme", "--strength", "3", *WHY), "strength 3 "),
        (("set", "acme", "--vector", "refusal@9.9.9", *WHY), "refusal@9.9.9 is not published"),
        (("off", "acme", "--for", "3d", *WHY), "within the next 24 hours"),
    ):
        assert words in commands.refused("tenants", *arguments)
    assert commands.plane.repository.head() == 4


@pytest.mark.parametrize(
    "options",
    [
        ("--strength", "nan"),
        ("--strength", "much"),
        ("--requests-per-minute", "-1"),
        ("--off-for", "soon"),
        ("--colour", "red"),
    ],
)
def test_an_option_of_a_wrong_form_is_wrong_usage(commands: Commands, options: tuple[str, str]) -> None:
    assert commands.run("tenants", "set", "acme", *options, *WHY).exit_code == 2


def test_a_scope_that_does_not_reach_is_told(commands: Commands) -> None:
    line = commands.refused("tenants", "create", "acme", "--floor", "1", *WHY, scope="operate")
    assert "needs an admin key of the scope security" in line
    assert commands.run("tenants", "create", "acme", *WHY, scope="operate").exit_code == 0


def test_a_replica_that_lags_is_named_and_exits_3(commands: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli_admin, "_WAIT_SECONDS", 0.05)
    commands.plane.beat("gpu-2", 2, "its vector set cannot be read")
    result = commands.run("tenants", "create", "acme", *WHY)
    assert result.exit_code == 3
    assert result.stdout == "revision 4 on 1/2 replicas; not yet: gpu-2 serves 2: its vector set cannot be read\n"
    result = commands.run("tenants", "suspend", "acme", "--json", *WHY)
    assert result.exit_code == 3
    assert [each["name"] for each in json.loads(result.stdout)["propagation"]["lagging"]] == ["gpu-2"]
    assert commands.done("tenants", "activate", "acme", "--no-wait", *WHY) == "revision 6 is written\n"


def test_set_comes_through_when_others_change_the_same_tenant(
    commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands.done("tenants", "create", "acme", *WHY)
    conflicts = 3
    get = AdminClient.get

    def get_and_be_overtaken(self: AdminClient, path: str, **query: Any) -> Any:
        nonlocal conflicts
        answer = get(self, path, **query)
        if conflicts:
            conflicts -= 1
            self.write("PATCH", path, {"tokens_per_minute": 10 + conflicts}, answer.etag, reason="another's")
        return answer

    monkeypatch.setattr(AdminClient, "get", get_and_be_overtaken)
    answer = commands.printed("tenants", "set", "acme", "--strength", "1.5", *WHY)
    assert answer["fields"] == {"tokens_per_minute": 10, "strength": 1.5}
    conflicts = 4
    assert "changed since revision" in commands.refused("tenants", "set", "acme", "--strength", "1.6", *WHY)


def test_the_reason_is_asked_for_on_a_terminal_only(commands: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli_admin, "is_terminal", lambda: True)
    monkeypatch.setattr(typer, "prompt", lambda text, err: f"{text} that was typed")
    commands.done("tenants", "create", "acme")
    assert commands.plane.repository.revisions()[0].reason == "Reason that was typed"
