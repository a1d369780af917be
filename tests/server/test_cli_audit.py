import json
from pathlib import Path

import pytest

from server.policy.store.audit import GENESIS
from tests.server.commands import WHY, Commands


@pytest.fixture
def audited(commands_on_sqlite: Commands) -> Commands:
    commands = commands_on_sqlite
    commands.done("tenants", "create", "acme", *WHY)
    commands.done("tenants", "create", "beta", "--reason", "another [one]")
    commands.printed("keys", "create", "acme", *WHY)
    return commands


def test_the_list_is_newest_first_and_may_be_one_tenants(audited: Commands) -> None:
    listed = audited.printed("audit", "list")
    assert [each["sequence"] for each in listed] == [6, 5, 4, 3, 2, 1]
    assert [each["sequence"] for each in audited.printed("audit", "list", "--limit", "2")] == [6, 5]
    of_acme = audited.printed("audit", "list", "--tenant", "acme")
    assert [(each["sequence"], each["kind"]) for each in of_acme] == [(6, "key"), (4, "tenant")]
    assert [each["sequence"] for each in audited.printed("audit", "list", "--tenant", "acme", "--limit", "1")] == [6]
    shown = audited.done("audit", "list")
    assert "tenant/beta" in shown
    assert "another [one]" in shown


def test_a_chain_that_holds_is_told_with_its_digest(audited: Commands) -> None:
    verdict = audited.printed("audit", "verify")
    assert (verdict["ok"], verdict["entries"], verdict["fault"]) == (True, 6, None)
    assert audited.done("audit", "verify") == f"6 entries hold; digest {verdict['digest']}\n"
    audited.done("tenants", "suspend", "acme", *WHY)
    for noted in (verdict["digest"], audited.printed("audit", "verify")["digest"], GENESIS):
        assert audited.printed("audit", "verify", "--digest", noted)["ok"]


def test_a_digest_that_the_chain_does_not_hold_is_a_fault(audited: Commands) -> None:
    line = audited.refused("audit", "verify", "--digest", "a" * 64)
    assert "does not hold the digest that was noted" in line
    result = audited.run("audit", "verify", "--digest", "a" * 64, "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["ok"] is False
    assert "64 hex digits" in audited.refused("audit", "verify", "--digest", "abc")


def test_an_export_is_every_entry_and_verifies_without_a_server(audited: Commands, tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    assert audited.done("audit", "export", "-o", str(file)) == f"6 entries in {file}\n"
    assert audited.done("audit", "export") == file.read_text()
    assert audited.printed("audit", "export", "--output", str(file)) == {"file": str(file), "entries": 6}
    entries = [json.loads(line) for line in file.read_text().splitlines()]
    assert entries == audited.printed("audit", "list")[::-1]
    verdict = audited.printed("audit", "verify")
    nowhere = {"SARSTEER_ADMIN_KEY": "", "SARSTEER_ADMIN_URL": "http://127.0.0.1:1"}
    for digest in (entries[2]["digest"], verdict["digest"]):
        result = audited.run("audit", "verify", "--file", str(file), "--digest", digest, "--json", env=nowhere)
        assert (result.exit_code, json.loads(result.stdout)) == (0, verdict)
    assert "does not hold the digest" in audited.refused("audit", "verify", "--file", str(file), "--digest", "b" * 64)
    assert not file.with_name("audit.jsonl.part").exists()


def test_an_export_that_was_changed_is_found_out(audited: Commands, tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    audited.done("audit", "export", "-o", str(file))
    whole = file.read_text().splitlines()
    changed = json.loads(whole[3])
    for lines, words in (
        ([*whole[:3], json.dumps({**changed, "reason": "another"}), *whole[4:]], "Entry 4 was changed"),
        ([*whole[:3], json.dumps({**changed, "note": "more"}), *whole[4:]], "Line 4 is no audit entry"),
        ([*whole[:3], whole[3].replace('"acme"', "NaN", 1)], "Line 4 is no audit entry"),
        ([*whole[:3], whole[3].replace('"acme"', '"\\ud800"', 1)], "Line 4 is no audit entry"),
        ([*whole[:3], json.dumps({**changed, "after": {"x": "\ud800"}})], "Line 4 is no audit entry"),
        ([*whole[:3], "[" * 100_000], "Line 4 is no audit entry"),
        ([*whole[:3], "[]"], "Line 4 is no audit entry"),
        ([*whole[:2], *whole[3:]], "Entry 3 is missing"),
        ([*whole, whole[-1]], "An entry 6 was put before"),
    ):
        file.write_text("\n".join(lines))
        assert words in audited.refused("audit", "verify", "--file", str(file))
    noted = json.loads(whole[-1])["digest"]
    file.write_text("\n".join(whole[:-1]))
    assert audited.run("audit", "verify", "--file", str(file)).exit_code == 0
    assert "entries were cut" in audited.refused("audit", "verify", "--file", str(file), "--digest", noted)
    file.write_bytes(b"\xff")
    assert "is not UTF-8" in audited.refused("audit", "verify", "--file", str(file))
    assert "cannot be read" in audited.refused("audit", "verify", "--file", str(tmp_path / "none"))


def test_an_export_that_fails_leaves_the_last_one_whole(audited: Commands, tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    file.write_text("the last one")
    assert "unknown or spent" in audited.refused("audit", "export", "-o", str(file), "--key", "sk-adm-wrong")
    assert file.read_text() == "the last one"
    assert [path.name for path in tmp_path.glob("audit*")] == ["audit.jsonl"]
    assert "cannot be written" in audited.refused("audit", "export", "-o", str(tmp_path / "none" / "audit.jsonl"))
