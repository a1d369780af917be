"""A replica over a store in memory: what it serves, what it holds back, and what it says of itself."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import pytest

from server.policy.actor import LOCAL, Actor
from server.policy.errors import StoreUnavailable
from server.policy.model import PolicyUnavailable, Tenant
from server.policy.records import ServiceRecord, TenantRecord
from server.policy.replica import LIVE
from server.policy.repository import Change, Commit, Version
from server.policy.state import PolicyState
from steering.vector_set import VectorSetId
from tests.server.policy.desk import NOON, WHY, Desk
from tests.server.policy.memory_repository import MemoryRepository

STRANGE = {"aura": "of a newer version"}


@pytest.fixture
async def desk() -> Desk:
    """A replica that serves revision 2: the first admin key, and the tenant acme."""
    desk = Desk()
    desk.administration.bootstrap()
    desk.write("acme", TenantRecord(strength=1.2))
    await desk.replica.look()
    return desk


def serving(desk: Desk) -> int:
    return desk.replica.serving.revision if desk.replica.serving else 0


def strength(desk: Desk, key: str) -> float:
    tenant = desk.replica.tenant_of(key)
    assert tenant is not None
    return tenant.strength


def write_strange(desk: Desk, kind: Any, name: str) -> None:
    """A record as only a newer version of this code could write it."""
    held = {(version.kind, version.name): version for version in desk.repository.since(0)[1]}.get((kind, name))
    body = {**(held.body or {}), **STRANGE} if held else STRANGE
    change = Change(kind, name, body, held.revision if held else None)
    desk.repository.commit(Commit("local", "strange", WHY, (change,)))


async def until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.002)


async def test_nobody_is_anybody_before_the_first_policy() -> None:
    desk = Desk()
    with pytest.raises(PolicyUnavailable):
        desk.replica.tenant_of("any key")
    await desk.replica.look()  # The store is there and holds nothing, not even an admin key.
    with pytest.raises(PolicyUnavailable):
        desk.replica.tenant_of("any key")
    assert desk.replica.admin_of("any key") is None
    assert desk.applied == []


async def test_a_new_revision_is_served_whole_with_the_next_look(desk: Desk) -> None:
    key = desk.key("acme").text
    assert desk.replica.tenant_of(key) is None
    desk.write("acme", TenantRecord(strength=1.5, ceiling=1.6))
    assert serving(desk) == 2
    await desk.replica.look()
    assert desk.replica.tenant_of(key) == Tenant("acme", strength=1.5, ceiling=1.6, revision=4)
    assert [snapshot.revision for snapshot in desk.applied] == [2, 4]
    assert desk.replica.latest == desk.latest()


async def test_a_look_that_finds_nothing_new_leaves_the_snapshot_as_it_is(desk: Desk) -> None:
    before = desk.replica.serving
    for _ in range(3):
        await desk.replica.look()
    assert desk.replica.serving is before
    assert len(desk.applied) == len(desk.sets.wanted) == 1


async def test_it_follows_by_itself_and_is_woken_by_a_commit(desk: Desk) -> None:
    slow = Desk(desk.repository, "b", poll_seconds=3600.0)
    following = asyncio.create_task(slow.replica.run())
    await until(lambda: serving(slow) == 2)
    desk.write("other")
    await until(lambda: serving(slow) == 3)
    following.cancel()
    with pytest.raises(asyncio.CancelledError):
        await following


async def test_without_a_wake_it_polls(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk.repository, "watch", lambda wake: nullcontext())
    following = asyncio.create_task(desk.replica.run())
    desk.write("other")
    await until(lambda: serving(desk) == 3)
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)


async def test_while_the_store_is_away_the_last_policy_answers_and_the_age_tells(desk: Desk) -> None:
    key = desk.key("acme").text
    await desk.replica.look()
    desk.repository.away = True
    before = desk.replica.standing
    assert before.store_problem is None
    for _ in range(2):
        with pytest.raises(StoreUnavailable):
            await desk.replica.look()
    assert strength(desk, key) == 1.2
    standing = desk.replica.standing
    assert standing.store_problem == "The store does not answer; nothing was written."
    assert standing.age_seconds > before.age_seconds
    desk.repository.away = False
    desk.write("acme", TenantRecord(strength=1.4))
    await desk.replica.look()
    assert strength(desk, key) == 1.4
    assert desk.replica.standing.store_problem is None
    assert desk.replica.standing.age_seconds < standing.age_seconds + 1


async def test_it_goes_on_following_through_an_outage_and_through_a_fault(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    following = asyncio.create_task(desk.replica.run())
    desk.repository.away = True
    await until(lambda: desk.replica.standing.store_problem is not None)
    desk.repository.away = False
    await until(lambda: desk.replica.standing.store_problem is None)

    async def broken(wanted: frozenset[VectorSetId]) -> None:
        raise RuntimeError("The engine has died.")

    ensure = desk.sets.ensure
    monkeypatch.setattr(desk.sets, "ensure", broken)
    desk.write("acme", TenantRecord(strength=1.4))
    await until(lambda: "RuntimeError" in (desk.replica.standing.store_problem or ""))
    assert serving(desk) == 2
    monkeypatch.setattr(desk.sets, "ensure", ensure)
    await until(lambda: serving(desk) == 3 and desk.replica.standing.store_problem is None)
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)


async def test_a_revision_whose_set_cannot_be_loaded_is_held_back_until_it_can(desk: Desk) -> None:
    key = desk.key("acme").text
    await desk.replica.look()
    record = TenantRecord(strength=1.5, vector="refusal@9.0.0")
    desk.write("acme", record)
    desk.sets.missing.add("refusal@9.0.0")
    await desk.replica.look()
    assert strength(desk, key) == 1.2
    held_back = desk.replica.standing.held_back
    assert held_back == "Revision 4 is held back: refusal@9.0.0 cannot be put into service: it is missing."
    (told,) = desk.repository.replicas(NOON - LIVE)
    assert (told.revision, told.problem) == (3, held_back)
    assert desk.replica.latest[0].tenants["acme"].record == record, "what is written is known, if not in force"
    assert VectorSetId.parse("refusal@9.0.0") in desk.sets.released[-1], "what may yet be served is wanted"
    desk.sets.missing.clear()
    await desk.replica.look()
    assert strength(desk, key) == 1.5
    assert desk.replica.standing.held_back is None
    (told,) = desk.repository.replicas(NOON - LIVE)
    assert (told.revision, told.problem) == (4, None)


@pytest.mark.parametrize("why", ["set", "unreadable tenant", "unreadable service"])
async def test_keys_follow_though_the_policy_is_held_back(desk: Desk, why: str) -> None:
    old = desk.key("acme")
    await desk.replica.look()
    if why == "set":
        desk.write("other", TenantRecord(vector="refusal@9.0.0"))
        desk.sets.missing.add("refusal@9.0.0")
    elif why == "unreadable tenant":
        write_strange(desk, "tenant", "other")
    else:
        write_strange(desk, "service", "service")
    await desk.replica.look()
    assert serving(desk) == 3
    assert "Revision 4" in (desk.replica.standing.held_back or "")
    revoked = desk.repository.since(0)[1]
    body = next(version.body for version in revoked if version.name == old.id) or {}
    change = Change("key", old.id, {**body, "revoked": NOON.isoformat()}, 3)
    desk.repository.commit(Commit("local", "revoke", WHY, (change,)))
    await desk.replica.look()
    assert desk.replica.tenant_of(old.text) is None
    assert serving(desk) == 3


async def test_a_policy_that_is_written_anew_is_served_again(desk: Desk) -> None:
    write_strange(desk, "tenant", "other")
    await desk.replica.look()
    assert "holds a tenant other that this server cannot read" in (desk.replica.standing.held_back or "")
    desk.repository.commit(Commit("local", "mend", WHY, (Change("tenant", "other", {}, 3),)))
    await desk.replica.look()
    assert (serving(desk), desk.replica.standing.held_back) == (4, None)


async def test_a_key_that_cannot_be_read_is_told_and_holds_nothing_else_back(desk: Desk) -> None:
    one, other = desk.key("acme"), desk.key("acme")
    write_strange(desk, "key", one.id)
    await desk.replica.look()
    assert serving(desk) == 5
    assert desk.replica.tenant_of(one.text) is None
    assert strength(desk, other.text) == 1.2
    assert f"key {one.id} that this server cannot read" in (desk.replica.standing.held_back or "")
    applied = len(desk.applied)
    await desk.replica.look()
    assert len(desk.applied) == applied


@pytest.mark.parametrize("why", ["set", "unreadable"])
async def test_a_start_steps_back_to_the_last_revision_that_can_be_served_and_says_so(desk: Desk, why: str) -> None:
    key = desk.key("acme")
    for _ in range(2):
        if why == "set":
            desk.write("acme", TenantRecord(strength=0.1, vector="refusal@9.0.0"))
        else:
            write_strange(desk, "tenant", "acme")
    starting = Desk(desk.repository, "b")
    starting.sets.missing.add("refusal@9.0.0")
    for _ in range(2):
        await starting.replica.look()
        assert serving(starting) == 3
        assert strength(starting, key.text) == 1.2
        assert "Revision 5" in (starting.replica.standing.held_back or "")
        assert set(starting.replica.latest[0].tenants) == {"acme"}
    assert len(starting.applied) == 1
    held = max(version.revision for version in desk.repository.since(0)[1] if version.name == "acme")
    desk.repository.commit(Commit("local", "mend", WHY, (Change("tenant", "acme", {"strength": 1.7}, held),)))
    await starting.replica.look()
    assert (serving(starting), strength(starting, key.text)) == (6, 1.7)
    assert starting.replica.standing.held_back is None


async def test_a_start_without_any_revision_that_can_be_served_answers_nobody() -> None:
    desk = Desk()
    desk.repository.commit(Commit("local", "strange", WHY, (Change("tenant", "acme", STRANGE, None),)))
    await desk.replica.look()
    with pytest.raises(PolicyUnavailable):
        desk.replica.tenant_of("any key")
    assert "Revision 1 is held back" in (desk.replica.standing.held_back or "")


async def test_a_store_put_back_to_an_earlier_day_is_believed(desk: Desk) -> None:
    key = desk.key("acme")
    desk.write("acme", TenantRecord(strength=1.9))
    late = desk.key("acme")
    await desk.replica.look()
    assert strength(desk, late.text) == 1.9
    desk.repository.put_back(3)
    await desk.replica.look()
    assert (serving(desk), strength(desk, key.text)) == (3, 1.2)
    assert desk.replica.tenant_of(late.text) is None


async def test_a_store_put_back_that_went_on_meanwhile_is_believed_too(desk: Desk) -> None:
    key = desk.key("acme")
    desk.write("acme", TenantRecord(strength=1.9))
    desk.write("gone")
    await desk.replica.look()
    desk.repository.put_back(3)
    for number in range(5):
        desk.write(f"new-{number}")
    await desk.replica.look()
    assert (serving(desk), strength(desk, key.text)) == (8, 1.2)
    assert "gone" not in desk.replica.latest[0].tenants


async def test_a_store_that_comes_back_another_at_the_same_revision_is_noticed(desk: Desk) -> None:
    key = desk.key("acme")
    desk.write("acme", TenantRecord(strength=1.9))
    await desk.replica.look()
    desk.repository.away = True
    with pytest.raises(StoreUnavailable):
        await desk.replica.look()
    desk.repository.away = False
    desk.repository.put_back(3)
    desk.write("other")
    await desk.replica.look()
    assert (serving(desk), strength(desk, key.text)) == (4, 1.2)


async def test_a_store_that_goes_while_it_is_read_again_takes_no_key_away(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = desk.key("acme")
    desk.write("other")
    await desk.replica.look()
    desk.repository.put_back(3)
    since = desk.repository.since

    def then_away(revision: int) -> tuple[int, tuple[Version, ...]]:
        desk.repository.away = revision == 0
        return since(revision)

    monkeypatch.setattr(desk.repository, "since", then_away)
    with pytest.raises(StoreUnavailable):
        await desk.replica.look()
    assert strength(desk, key.text) == 1.2


async def test_keys_stop_at_their_end_without_another_look(desk: Desk) -> None:
    issued = desk.administration.issue_key(LOCAL, "acme", WHY, expires=NOON + timedelta(minutes=1))
    await desk.replica.look()
    desk.repository.away = True
    assert strength(desk, issued.text) == 1.2
    desk.clock.pass_(minutes=1)
    assert desk.replica.tenant_of(issued.text) is None


async def test_a_revoked_key_and_a_deleted_tenants_keys_stop(desk: Desk) -> None:
    one, other = desk.key("acme"), desk.key("acme")
    await desk.replica.look()
    desk.administration.revoke_key(LOCAL, one.id, WHY)
    await desk.replica.look()
    assert desk.replica.tenant_of(one.text) is None
    assert strength(desk, other.text) == 1.2
    desk.administration.delete_tenant(LOCAL, "acme", 2, WHY)
    await desk.replica.look()
    assert desk.replica.tenant_of(other.text) is None


@pytest.mark.parametrize("key", [None, "", "sk-sar-aaaaaaaa-x", "\ud800", "x" * 10_000])
async def test_what_is_no_key_is_nobodys(desk: Desk, key: str | None) -> None:
    assert desk.replica.tenant_of(key) is None
    assert desk.replica.admin_of(key) is None


async def test_an_admin_key_is_an_actor_as_long_as_it_lives(desk: Desk) -> None:
    issued = desk.administration.issue_admin_key(LOCAL, "operate", WHY, expires=NOON + timedelta(minutes=1))
    await desk.replica.look()
    assert desk.replica.admin_of(issued.text) == desk.replica.admin_still(issued.id) == Actor(issued.id, "operate")
    assert desk.replica.tenant_of(issued.text) is None
    desk.clock.pass_(minutes=1)
    assert desk.replica.admin_of(issued.text) is None
    assert desk.replica.admin_still(issued.id) is None


async def test_it_settles_when_every_live_replica_serves_the_revision(desk: Desk) -> None:
    other = Desk(desk.repository, "b")
    await other.replica.look()
    revision = desk.write("other")
    await desk.replica.look()
    slow = asyncio.create_task(desk.replica.settle(revision, 10.0))
    await asyncio.sleep(0)
    assert not slow.done()
    await other.replica.look()
    propagation = await slow
    assert propagation.complete
    assert propagation.revision == revision
    assert sorted(applied.replica.name for applied in propagation.applied) == ["a", "b"]
    assert all(0 <= applied.seconds < 10 for applied in propagation.applied)


async def test_who_lags_is_named_with_the_reason(desk: Desk) -> None:
    other = Desk(desk.repository, "b")
    await other.replica.look()
    revision = desk.write("acme", TenantRecord(vector="refusal@9.0.0"))
    other.sets.missing.add("refusal@9.0.0")
    await desk.replica.look()
    await other.replica.look()
    propagation = await desk.replica.settle(revision, 0.0)
    assert not propagation.complete
    assert [applied.replica.name for applied in propagation.applied] == ["a"]
    ((lagging,),) = (propagation.lagging,)
    assert (lagging.name, lagging.revision) == ("b", 2)
    assert "refusal@9.0.0" in (lagging.problem or "")


async def test_nobody_waits_for_a_replica_that_left_or_was_not_seen_for_long(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.policy.replica.BEAT_SECONDS", 0.0)
    leaving, dead = Desk(desk.repository, "b"), Desk(desk.repository, "c")
    await leaving.replica.look()
    await dead.replica.look()
    revision = desk.write("other")
    desk.clock.pass_(seconds=1)
    await desk.replica.look()
    await leaving.replica.leave()
    assert [lagging.name for lagging in (await desk.replica.settle(revision, 0.0)).lagging] == ["c"]
    desk.clock.pass_(seconds=LIVE.total_seconds() - 0.5)
    await desk.replica.look()
    assert (await desk.replica.settle(revision, 0.0)).complete


async def test_it_leaves_in_peace_while_the_store_is_away(desk: Desk) -> None:
    desk.repository.away = True
    await desk.replica.leave()


async def test_looks_are_made_one_at_a_time(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    inside, most = 0, 0
    ensure = desk.sets.ensure

    async def watched(wanted: frozenset[VectorSetId]) -> None:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        await asyncio.sleep(0.002)
        await ensure(wanted)
        inside -= 1

    monkeypatch.setattr(desk.sets, "ensure", watched)
    for number in range(5):
        desk.write(f"t-{number}")
        await asyncio.gather(*(desk.replica.look() for _ in range(4)))
    assert most == 1
    assert [snapshot.revision for snapshot in desk.applied] == [2, 3, 4, 5, 6, 7]


async def test_the_sets_of_the_policy_in_force_are_ensured_and_stay_wanted(desk: Desk) -> None:
    desk.write_service(ServiceRecord(stable="refusal@1.0.0"))
    desk.write("acme", TenantRecord(vector="refusal@2.0.0"))
    await desk.replica.look()
    wanted = {VectorSetId("refusal", "1.0.0"), VectorSetId("refusal", "2.0.0")}
    assert desk.sets.wanted[-1] == desk.sets.released[-1] == wanted
    desk.write("acme", TenantRecord())
    await desk.replica.look()
    await desk.replica.look()
    assert desk.sets.released[-1] == {VectorSetId("refusal", "1.0.0")}


async def test_many_versions_at_once_keep_no_request_waiting(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are read in a thread: the loop answers meanwhile."""
    threads: list[str] = []
    after = PolicyState.after

    def noted(self: PolicyState, *arguments: Any) -> PolicyState:
        threads.append(threading.current_thread().name)
        return after(self, *arguments)

    monkeypatch.setattr(PolicyState, "after", noted)
    desk.repository.commit(
        Commit("local", "many", WHY, tuple(Change("tenant", f"t{number}", {}, None) for number in range(100)))
    )
    await desk.replica.look()
    assert threads
    assert threading.main_thread().name not in threads


async def test_two_replicas_over_one_store_serve_the_same(desk: Desk) -> None:
    other = Desk(desk.repository, "b")
    key = desk.key("acme")
    for index in range(3):
        desk.write("acme", TenantRecord(strength=1.0 + index / 4))
        await asyncio.gather(desk.replica.look(), other.replica.look())
        assert desk.replica.tenant_of(key.text) == other.replica.tenant_of(key.text)
    assert isinstance(other.repository, MemoryRepository)
