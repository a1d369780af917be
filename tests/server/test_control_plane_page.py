"""docs/control-plane.md and docs/admin-api.md: their commands and requests do what they say."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.server.commands import Commands

DOCS = Path(__file__).resolve().parents[2] / "docs"


def section(page: str, title: str) -> str:
    text = (DOCS / page).read_text()
    return re.split(r"^## ", text.split(f"## {title}\n")[1], flags=re.MULTILINE)[0]


def commands_of(text: str) -> list[list[str]]:
    """The ``sarsteer`` commands of the indented lines, as a shell splits them."""
    lines = re.findall(r"^    (sarsteer [^\n]+)", text, re.MULTILINE)
    return [shlex.split(line, comments=True)[1:] for line in lines]


def test_the_first_minutes_go_as_they_are_told(commands_on_sqlite: Commands) -> None:
    told = commands_of(section("control-plane.md", "The first minutes"))
    assert [command[:2] for command in told] == [
        ["tenants", "create"],
        ["keys", "create"],
        ["tenants", "set"],
        ["tenants", "explain"],
    ]
    for command in told:
        result = commands_on_sqlite.run(*command)
        assert result.exit_code == 0, result.output
    (tenant,) = commands_on_sqlite.printed("tenants", "list")
    assert tenant["fields"] == {"strength": 1.5, "floor": 0.5, "ceiling": 2.0}


def test_the_policy_file_of_the_page_is_applied(commands_on_sqlite: Commands, tmp_path: Path) -> None:
    text = section("control-plane.md", "In git")
    (document,) = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    (tmp_path / "policy.yaml").write_text(document.replace("8d5e…", "8d5e" * 16))
    (command,) = commands_of(text)
    command[command.index("policy.yaml")] = str(tmp_path / "policy.yaml")
    result = commands_on_sqlite.run(*command)
    assert result.exit_code == 0, result.output
    (tenant,) = commands_on_sqlite.printed("tenants", "list")
    assert tenant["fields"]["requests_per_minute"] == 600


def test_the_request_of_the_admin_apis_page_changes_a_tenant(commands_on_sqlite: Commands) -> None:
    commands = commands_on_sqlite
    commands.run("tenants", "create", "acme", "--reason", "a test")
    (found,) = commands.printed("tenants", "list")
    script = "".join(re.findall(r"^    ([^\n]+\n)", (DOCS / "admin-api.md").read_text(), re.MULTILINE))
    script = script.replace("http://127.0.0.1:8001", commands.url).replace('"41"', f'"{found["revision"]}"')
    ran = subprocess.run(
        ["bash", "-ec", script],
        env={"SARSTEER_ADMIN_KEY": commands.plane.keys["operate"], "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert f'etag: "{found["revision"]}"' in ran.stdout
    (tenant,) = commands.printed("tenants", "list")
    assert tenant["fields"] == {"strength": 1.5}


@pytest.mark.parametrize("page", ["control-plane.md", "admin-api.md"])
def test_every_link_of_the_page_leads_somewhere(page: str) -> None:
    for target in re.findall(r"\]\(([^)#]+\.md)", (DOCS / page).read_text()):
        assert (DOCS / target).is_file(), target
