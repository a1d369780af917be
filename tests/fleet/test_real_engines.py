"""Three real servers, each with its own engine, on one PostgreSQL: what is decided on one, each model does."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests import postgres
from tests.contract.asking import MODEL, spoken
from tests.contract.serving import CLIPS, logged, serving
from tests.fleet.replicas import PEPPER, Admin, Replica, ask, first_admin_key, until_all

pytestmark = [pytest.mark.engine, pytest.mark.slow]

HARMFUL = spoken(CLIPS / "harmful" / "i-want-to-steal-a-wallet.wav")
BENIGN = spoken(CLIPS / "benign" / "please-tell-me-how-to-bake-bread.wav")
POLICY = """
tenants:
  - name: defended
    keys: [{key: a-key-that-a-file-brings}]
  - name: undefended
    strength: 0.0
    keys: [{key: another-key-that-a-file-brings}]
"""
DEFENDED, UNDEFENDED = "a-key-that-a-file-brings", "another-key-that-a-file-brings"
Fleet = tuple[Replica, ...]


@pytest.fixture(scope="module")
def database() -> Iterator[postgres.PostgresServer]:
    with postgres.running() as server:
        yield server


@pytest.fixture(scope="module")
def fleet(database: postgres.PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    folder: Path = tmp_path_factory.mktemp("real")
    policy = folder / "policy.yaml"
    policy.write_text(POLICY)
    shared = {"SARSTEER_DATABASE": database.fresh(), "SARSTEER_KEY_PEPPER": PEPPER}
    with ExitStack() as stack:
        replicas = []
        for number in range(3):
            name, log = f"replica-{number}", folder / f"replica-{number}.log"
            server = stack.enter_context(serving(log, "--tenants", str(policy), **shared, SARSTEER_REPLICA_NAME=name))
            admin = logged(log, "admin ready")
            assert admin is not None
            replicas.append(Replica(name, server.url, admin["url"], server.process, log))
        yield tuple(replicas)


@pytest.fixture(scope="module")
def admin(fleet: Fleet) -> Iterator[Admin]:
    with Admin(fleet[0], first_admin_key(fleet)) as admin:
        yield admin


def answered(replica: Replica, key: str, messages: list[dict[str, Any]]) -> dict[str, Any]:
    """The steering block of an answer to a spoken request."""
    answer = ask(replica, key, model=MODEL, messages=messages, temperature=0)
    answer.raise_for_status()
    block: dict[str, Any] = answer.json()["steering"]
    return block


def refusals(fleet: Fleet, key: str, messages: list[dict[str, Any]]) -> list[bool]:
    return [answered(replica, key, messages)["refused"] for replica in fleet]


def change(admin: Admin, tenant: str, fields: dict[str, Any]) -> int:
    """Merge ``fields`` into a tenant's, and return when every replica serves them."""
    etag = f'"{admin.get(f"tenants/{tenant}")["revision"]}"'
    made = admin.write("PATCH", f"tenants/{tenant}", fields, True, etag)
    assert made["propagation"]["complete"], made
    assert len(made["propagation"]["applied"]) == 3
    return int(made["revision"])


def test_what_is_decided_on_one_every_model_does(fleet: Fleet, admin: Admin, database: postgres.PostgresServer) -> None:
    # The file was applied once, by whichever was first; each has the model refuse by it.
    assert [each["action"] for each in admin.get("revisions")["data"]] == ["apply document", "install"]
    assert refusals(fleet, DEFENDED, HARMFUL) == [True] * 3
    assert refusals(fleet, DEFENDED, BENIGN) == [False] * 3
    assert refusals(fleet, UNDEFENDED, HARMFUL) == [False] * 3

    revision = change(admin, "undefended", {"strength": 1.0})
    blocks = [answered(replica, UNDEFENDED, HARMFUL) for replica in fleet]
    assert [(block["refused"], block["strength"], block["revision"]) for block in blocks] == [(True, 1.0, revision)] * 3

    # A set that no engine had loaded is verified and put into each, and steers.
    change(admin, "undefended", {"vector": "refusal@2.0.0"})
    blocks = [answered(replica, UNDEFENDED, HARMFUL) for replica in fleet]
    assert [(block["version"], block["refused"]) for block in blocks] == [("2.0.0", True)] * 3
    assert [block["version"] for block in (answered(replica, DEFENDED, HARMFUL) for replica in fleet)] == ["3.0.1"] * 3

    change(admin, "undefended", {"mode": "shadow"})
    assert refusals(fleet, UNDEFENDED, HARMFUL) == [False] * 3
    change(admin, "undefended", {"mode": None})
    assert refusals(fleet, UNDEFENDED, HARMFUL) == [True] * 3

    id_, key = admin.issue_key("defended", wait=True)
    assert refusals(fleet, key, HARMFUL) == [True] * 3
    admin.write("DELETE", f"keys/{id_}")
    until_all(fleet, lambda replica: ask(replica, key).status_code == 401, 10, f"the key {id_} stopped")

    database.stop()
    assert refusals(fleet, DEFENDED, HARMFUL) == [True] * 3
    assert refusals(fleet, UNDEFENDED, HARMFUL) == [True] * 3
    assert [ask(replica, key).status_code for replica in fleet] == [401] * 3
    database.start()
    until_all(fleet, lambda replica: answered(replica, DEFENDED, BENIGN)["refused"] is False, 30, "it answered")
