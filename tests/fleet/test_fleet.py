"""Three server processes on one PostgreSQL: what is changed through one holds on all."""

import asyncio
import itertools
import re
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests import postgres
from tests.fleet.conftest import Fleet
from tests.fleet.replicas import ALPHAS, Admin, Replica, ask, first_admin_key, fleet_of, question, until, until_all

pytestmark = pytest.mark.slow

CHANGES = 50
names = (f"tenant-{number}" for number in itertools.count())


def served(replica: Replica, key: str) -> dict[str, Any]:
    """The steering block of an answer."""
    answer = ask(replica, key)
    answer.raise_for_status()
    block: dict[str, Any] = answer.json()["steering"]
    return block


def test_one_store_was_made_and_its_first_admin_key_shown_once(fleet: Fleet, admins: tuple[Admin, ...]) -> None:
    assert first_admin_key(fleet)
    for admin in admins:
        assert admin.get("me")["scope"] == "security"
        assert {each["name"] for each in admin.get("replicas")["data"]} == {replica.name for replica in fleet}


def test_a_change_made_through_one_is_served_by_all(fleet: Fleet, admins: tuple[Admin, ...]) -> None:
    name = next(names)
    admins[0].put_tenant(name, {"strength": 1.0})
    _, key = admins[1].issue_key(name, wait=True)
    for number, admin in enumerate(admins):
        strength = 1.1 + number / 10
        made = admin.write("PATCH", f"tenants/{name}", {"strength": strength}, True, f'"{_revision(admin, name)}"')
        assert made["propagation"]["complete"], made
        assert {each["name"] for each in made["propagation"]["applied"]} == {replica.name for replica in fleet}
        for replica in fleet:
            block = served(replica, key)
            assert (block["strength"], block["revision"]) == (strength, made["revision"])


def _revision(admin: Admin, name: str) -> int:
    return int(admin.get(f"tenants/{name}")["revision"])


async def test_no_request_is_served_by_a_mix_of_two_policies(fleet: Fleet, admins: tuple[Admin, ...]) -> None:
    """Each change moves strength, ceiling and vector together; at the ceiling, any mix of two would show."""
    name = next(names)
    sets = itertools.cycle(ALPHAS)

    def fields(number: int) -> dict[str, Any]:
        # Not rising: a mix of two neighbours is cut by a ceiling that is too low, or asks beyond it.
        strength = round(0.5 + (number * 37 % 101) / 40, 3)
        return {"strength": strength, "ceiling": strength, "vector": next(sets)}

    committed: dict[int, dict[str, Any]] = {}

    def commit(number: int) -> None:
        # Through another replica each time, which need not know yet what the one before has written.
        admin, made, last = admins[number % 3], fields(number), max(committed)
        committed[admin.write("PUT", f"tenants/{name}", made, match=f'"{last}"')["revision"]] = made

    first = fields(0)
    committed[admins[0].put_tenant(name, first)] = first
    _, key = await asyncio.to_thread(admins[0].issue_key, name, True)
    answers: list[dict[str, Any]] = []
    changing = True

    async def keep_asking(client: httpx.AsyncClient, replica: Replica) -> None:
        headers = {"authorization": f"Bearer {key}"}
        while changing:
            answer = await client.post(f"{replica.url}/chat/completions", json=question(), headers=headers)
            assert answer.status_code == 200, answer.text
            answers.append(answer.json())

    async with httpx.AsyncClient(timeout=60) as client:
        asking = [asyncio.create_task(keep_asking(client, replica)) for replica in fleet for _ in range(2)]
        try:
            for number in range(1, CHANGES + 1):
                await asyncio.to_thread(commit, number)
        finally:
            changing = False
            await asyncio.gather(*asking)

    by_revision = sorted(committed)
    seen = set()
    for answer in answers:
        block = answer["steering"]
        in_force = committed[max(revision for revision in by_revision if revision <= block["revision"])]
        vector = f"{block['vector']}@{block['version']}"
        assert (vector, block["strength"]) == (in_force["vector"], in_force["strength"])
        directed, alpha = answer["choices"][0]["message"]["content"].split()
        assert directed == vector
        assert float(alpha) == pytest.approx(in_force["strength"] * ALPHAS[vector])
        seen.add(block["revision"])
    assert len(seen) > 10, "the requests saw few of the changes"


def test_a_key_revoked_on_one_stops_on_all(fleet: Fleet, admins: tuple[Admin, ...]) -> None:
    """Within a second: a look every half second, and a notification sooner. The deadline is only for a busy machine."""
    name = next(names)
    admins[0].put_tenant(name, {})
    id_, key = admins[0].issue_key(name, wait=True)
    assert {ask(replica, key).status_code for replica in fleet} == {200}
    admins[1].write("DELETE", f"keys/{id_}")
    until_all(fleet, lambda replica: ask(replica, key).status_code == 401, 10, f"the key {id_} stopped")
    assert ask(fleet[0], key).json()["error"]["code"] == "invalid_api_key"


def test_two_that_change_one_tenant_at_once_do_not_both_succeed(fleet: Fleet, admins: tuple[Admin, ...]) -> None:
    name = next(names)
    admins[0].put_tenant(name, {"strength": 1.0})
    etag = f'"{_revision(admins[0], name)}"'
    admins[1].write("PATCH", f"tenants/{name}", {"strength": 1.2}, match=etag)
    with pytest.raises(httpx.HTTPStatusError) as refused:
        admins[2].write("PATCH", f"tenants/{name}", {"strength": 1.4}, match=etag)
    assert refused.value.response.status_code == 412
    assert admins[2].get(f"tenants/{name}")["fields"] == {"strength": 1.2}


def test_the_audit_of_all_of_it_holds(admins: tuple[Admin, ...]) -> None:
    verdicts = [admin.get("audit/verify") for admin in admins]
    assert all(verdict["ok"] for verdict in verdicts), verdicts


@pytest.fixture
def own_postgres() -> Any:
    with postgres.running() as server:
        yield server


def test_while_postgresql_is_down_all_keep_serving_steered_and_then_follow(
    own_postgres: postgres.PostgresServer, tmp_path: Path
) -> None:
    with fleet_of(3, own_postgres.fresh(), tmp_path) as fleet:
        admin_key = first_admin_key(fleet)
        with Admin(fleet[0], admin_key) as admin:
            admin.put_tenant("acme", {"strength": 1.3, "vector": "refusal@2.0.0"})
            id_, key = admin.issue_key("acme", wait=True)
            before = [served(replica, key) for replica in fleet]
            for stop in (own_postgres.stop, own_postgres.crash):
                stop()
                for _ in range(10):
                    assert [served(replica, key) for replica in fleet] == before
                assert [block["strength"] for block in before] == [1.3] * 3
                with pytest.raises(httpx.HTTPStatusError) as away:
                    admin.put_tenant("acme", {"strength": 0.1})
                assert away.value.response.status_code == 503
                until_all(fleet, lambda replica: _age(replica) > 1, 30, "the age grew")
                own_postgres.start()
                assert [served(replica, key) for replica in fleet] == before
            until(lambda: _put(admin, "acme", {"strength": 1.7}), 30, "a change was taken again")
            until_all(fleet, lambda replica: served(replica, key)["strength"] == 1.7, 30, "it followed")
            until_all(fleet, lambda replica: _age(replica) < 1.5, 30, "the age fell")
            admin.write("DELETE", f"keys/{id_}", wait=True)
            assert [ask(replica, key).status_code for replica in fleet] == [401] * 3


def _age(replica: Replica) -> float:
    metrics = httpx.get(replica.url.removesuffix("/v1") + "/metrics").text
    found = re.search(r"^sarsteer_policy_age_seconds (\S+)", metrics, re.MULTILINE)
    assert found, metrics
    return float(found.group(1))


def _put(admin: Admin, name: str, fields: dict[str, Any]) -> bool:
    try:
        admin.put_tenant(name, fields)
    except httpx.HTTPStatusError as refused:
        if refused.response.status_code != 503:
            raise
        return False
    return True


def test_nobody_waits_long_for_a_replica_that_was_killed(
    postgres_server: postgres.PostgresServer, tmp_path: Path
) -> None:
    with fleet_of(3, postgres_server.fresh(), tmp_path) as fleet, Admin(fleet[0], first_admin_key(fleet)) as admin:
        admin.put_tenant("acme", {}, wait=True)
        fleet[2].kill()
        start = time.monotonic()
        made = admin.write("POST", "tenants/acme/keys", {}, wait=True)
        assert time.monotonic() - start < 20
        assert made["propagation"]["complete"]
        assert {each["name"] for each in made["propagation"]["applied"]} == {"replica-0", "replica-1"}
        assert [ask(replica, made["key"]).status_code for replica in fleet[:2]] == [200, 200]
        made = admin.write("POST", "tenants/acme/keys", {}, wait=True)
        assert made["propagation"]["complete"]
