from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from server.policy.errors import AlreadyThere, InvalidPolicy, RevisionConflict
from server.policy.repository import Change, Commit, PolicyRepository, ReplicaState, Version
from server.policy.store.repository import SqlPolicyRepository
from tests.server.policy.store.conftest import PEPPER, Opener, Time
from tests.server.policy.store.database import TABLES, Beneath

MAC = "f00d" * 16


def commit(*changes: Change, base: int | None = None, reason: str = "a test") -> Commit:
    return Commit("k2345672", "change", reason, changes, base)


def tenant(name: str, expected: int | None, **body: Any) -> Change:
    return Change("tenant", name, body, expected)


def gone(name: str, expected: int | None) -> Change:
    return Change("tenant", name, None, expected)


def test_is_the_repository_that_the_rest_builds_on(repository: SqlPolicyRepository) -> None:
    seam: PolicyRepository = repository
    assert seam.head() == 0
    assert seam.since(0) == (0, ())
    assert seam.revisions() == ()
    assert seam.audit() == ()


def test_numbers_revisions_from_one_and_remembers_them(repository: SqlPolicyRepository, clock: Time) -> None:
    first = repository.commit(commit(tenant("b", None), tenant("a", None), Change("service", "service", {}, None)))
    second = repository.commit(commit(tenant("a", 1, mode="shadow"), reason="Überlast 🎧"))
    assert (first.number, second.number, repository.head()) == (1, 2, 2)
    assert first.subjects == ("tenant/b", "tenant/a", "service/service")
    assert second.reason == "Überlast 🎧"
    assert repository.revisions() == (second, first)
    assert repository.revisions(before=2) == (first,)
    assert repository.revisions(limit=1) == (second,)


def test_times_come_back_in_utc_whatever_the_clock_zone(repository: SqlPolicyRepository) -> None:
    written = repository.commit(commit(tenant("a", None)))
    (read,) = repository.revisions()
    assert written.at == read.at == datetime(2026, 3, 1, 12, 0, 1, tzinfo=UTC)
    assert read.at.tzinfo is UTC
    assert repository.audit()[0].at.tzinfo is UTC


def test_since_tells_the_newest_of_what_changed_and_what_went(repository: SqlPolicyRepository) -> None:
    repository.commit(commit(tenant("a", None, strength=0.5), tenant("b", None), tenant("c", None)))
    repository.commit(commit(tenant("a", 1, strength=1.5)))
    repository.commit(commit(tenant("a", 2, strength=0.1), gone("b", 1)))
    head, versions = repository.since(1)
    assert head == 3
    assert set_of(versions) == {("a", 3, 0.1), ("b", 3, None)}
    assert repository.since(3) == (3, ())
    assert repository.since(9) == (3, ())


def test_since_zero_is_every_record_that_is_there(repository: SqlPolicyRepository) -> None:
    repository.commit(commit(tenant("a", None, strength=0.5), tenant("b", None, strength=1.0)))
    repository.commit(commit(gone("b", 1)))
    assert repository.since(0) == (2, (Version("tenant", "a", 1, {"strength": 0.5}),))


def test_at_is_every_record_as_it_was(repository: SqlPolicyRepository) -> None:
    repository.commit(commit(tenant("a", None, strength=0.5)))
    repository.commit(commit(tenant("a", 1, strength=1.5), tenant("b", None, strength=1.0)))
    repository.commit(commit(gone("a", 2)))
    assert repository.at(0) == ()
    assert set_of(repository.at(1)) == {("a", 1, 0.5)}
    assert set_of(repository.at(2)) == {("a", 2, 1.5), ("b", 2, 1.0)}
    assert set_of(repository.at(3)) == {("b", 2, 1.0)}


def set_of(versions: tuple[Version, ...]) -> set[tuple[str, int, float | None]]:
    return {(each.name, each.revision, None if each.body is None else each.body["strength"]) for each in versions}


def test_bodies_come_back_as_they_were(repository: SqlPolicyRepository) -> None:
    body = {"label": "Ωmega \u0000 🎧", "strength": 0.1 + 0.2, "models": ["a", "b"], "gate": False, "limit": 10**12}
    repository.commit(commit(tenant("a", None, **body)))
    (version,) = repository.at(1)
    assert version.body == body
    assert repository.audit()[0].after == body


@pytest.mark.parametrize(
    ("change", "refusal", "current"),
    [
        (tenant("a", None), AlreadyThere, None),
        (tenant("a", 1), RevisionConflict, 2),
        (tenant("a", 9), RevisionConflict, 2),
        (gone("a", 1), RevisionConflict, 2),
        (tenant("never", 1), RevisionConflict, 0),
        (tenant("deleted", 1), RevisionConflict, 0),
        (gone("deleted", 3), RevisionConflict, 0),
        (gone("never", None), RevisionConflict, 0),
    ],
)
def test_refuses_a_change_made_for_another_state_and_then_writes_nothing(
    repository: SqlPolicyRepository, beneath: Beneath, change: Change, refusal: type[Exception], current: int | None
) -> None:
    repository.commit(commit(tenant("a", None), tenant("deleted", None)))
    repository.commit(commit(tenant("a", 1, mode="shadow")))
    repository.commit(commit(gone("deleted", 1)))
    before = [beneath.run(f"SELECT * FROM {table}") for table in TABLES]
    with pytest.raises(refusal) as caught:
        repository.commit(commit(tenant("fine", None), change))
    if isinstance(caught.value, RevisionConflict):
        assert caught.value.current == current
    assert [beneath.run(f"SELECT * FROM {table}") for table in TABLES] == before
    assert repository.commit(commit(tenant("fine", None))).number == 4


def test_what_was_deleted_may_be_created_again(repository: SqlPolicyRepository) -> None:
    repository.commit(commit(tenant("a", None, strength=1.0)))
    repository.commit(commit(gone("a", 1)))
    repository.commit(commit(tenant("a", None, strength=2.0)))
    assert repository.at(3) == (Version("tenant", "a", 3, {"strength": 2.0}),)
    assert [(e.before, e.after) for e in repository.audit()] == [
        (None, {"strength": 1.0}),
        ({"strength": 1.0}, None),
        (None, {"strength": 2.0}),
    ]


def test_records_of_two_kinds_may_share_a_name(repository: SqlPolicyRepository) -> None:
    repository.commit(commit(tenant("same", None), Change("key", "same", {"tenant": "same"}, None)))
    assert {(each.kind, each.name) for each in repository.at(1)} == {("tenant", "same"), ("key", "same")}


def test_a_base_that_is_not_the_head_is_refused(repository: SqlPolicyRepository) -> None:
    repository.commit(commit(tenant("a", None), base=0))
    with pytest.raises(RevisionConflict) as caught:
        repository.commit(commit(tenant("b", None), base=0))
    assert caught.value.current == 1
    assert repository.commit(commit(tenant("b", None), base=1)).number == 2


@pytest.mark.parametrize("bad", ["a\0b", "half \ud83c"])
@pytest.mark.parametrize("field", ["reason", "name", "actor"])
def test_text_that_no_database_holds_is_refused_alike(repository: SqlPolicyRepository, field: str, bad: str) -> None:
    change = tenant(bad if field == "name" else "a", None)
    with pytest.raises(InvalidPolicy) as caught:
        repository.commit(Commit(bad if field == "actor" else "k", "c", bad if field == "reason" else "r", (change,)))
    assert caught.value.param == field
    assert repository.head() == 0


@pytest.mark.parametrize(
    "changes",
    [
        (),
        (tenant("a", None), tenant("a", None)),
        (tenant("a", None, strength=float("nan")),),
        (tenant("a", None, label="\udc00"),),
    ],
)
def test_what_one_revision_cannot_be_is_refused(repository: SqlPolicyRepository, changes: tuple[Change, ...]) -> None:
    with pytest.raises(InvalidPolicy):
        repository.commit(commit(*changes))
    assert repository.head() == 0


def test_a_commit_may_change_thousands_of_records(repository: SqlPolicyRepository) -> None:
    repository.commit(commit(*(tenant(f"t{n}", None, strength=1.0) for n in range(2500))))
    repository.commit(commit(*(tenant(f"t{n}", 1, strength=2.0) for n in range(2500))))
    head, versions = repository.since(0)
    assert head == 2
    assert {version.name for version in versions} == {f"t{n}" for n in range(2500)}
    assert {version.revision for version in versions} == {2}
    assert repository.verify_audit().fault is None


def test_audit_entries_say_who_did_what_to_what_and_why(repository: SqlPolicyRepository) -> None:
    repository.commit(commit(tenant("a", None, strength=1.0)))
    revision = repository.commit(Commit("k7", "change tenant", "calmer", (tenant("a", 1, strength=0.5),)))
    first, second = repository.audit()
    assert (second.sequence, second.revision, second.at) == (2, 2, revision.at)
    assert (second.actor, second.action, second.reason) == ("k7", "change tenant", "calmer")
    assert (second.kind, second.name) == ("tenant", "a")
    assert (second.before, second.after) == ({"strength": 1.0}, {"strength": 0.5})
    assert second.previous == first.digest


def test_audit_is_read_from_either_end(repository: SqlPolicyRepository) -> None:
    repository.commit(commit(*(tenant(f"t{n}", None) for n in range(5))))
    assert [e.sequence for e in repository.audit(after=2)] == [3, 4, 5]
    assert [e.sequence for e in repository.audit(after=1, limit=2)] == [2, 3]
    assert [e.sequence for e in repository.audit(limit=2, newest_first=True)] == [5, 4]
    assert [e.sequence for e in repository.audit(after=4, newest_first=True)] == [5]


def test_audit_of_a_revision_is_its_own_entries_in_order(repository: SqlPolicyRepository) -> None:
    repository.commit(commit(tenant("z", None)))
    repository.commit(commit(tenant("b", None), tenant("a", None)))
    repository.commit(commit(tenant("z", 1, mode="shadow")))
    assert [(e.sequence, e.name) for e in repository.audit_of(2)] == [(2, "b"), (3, "a")]
    assert repository.audit_of(4) == ()


def test_no_mac_reaches_the_audit(repository: SqlPolicyRepository, beneath: Beneath) -> None:
    repository.commit(commit(Change("key", "k", {"tenant": "a", "mac": MAC}, None)))
    repository.commit(commit(Change("key", "k", {"tenant": "a", "mac": MAC, "revoked": "2026-03-01T12:00:00Z"}, 1)))
    assert MAC not in str(beneath.run("SELECT * FROM audit"))
    assert MAC in str(beneath.run("SELECT * FROM versions"))
    assert repository.verify_audit().fault is None


def test_another_replica_reads_what_one_wrote(repository: SqlPolicyRepository, opened: Opener) -> None:
    other = opened()
    repository.commit(commit(tenant("a", None)))
    assert other.head() == 1
    other.commit(commit(tenant("a", 1, mode="shadow")))
    assert repository.since(1) == (2, (Version("tenant", "a", 2, {"mode": "shadow"}),))


NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def replica(id_: str, name: str, seen: datetime, revision: int = 1, problem: str | None = None) -> ReplicaState:
    return ReplicaState(id_, name, NOON, seen, revision, problem)


def test_replicas_are_those_seen_since_by_name(repository: SqlPolicyRepository) -> None:
    zoned = NOON.astimezone(Time()().tzinfo)
    late = replica("1", "b", zoned + timedelta(seconds=5), 7, "Revision 8 is held back.")
    for each in (late, replica("2", "a", NOON + timedelta(seconds=4)), replica("3", "c", NOON)):
        repository.beat(each)
    assert [each.name for each in repository.replicas(NOON)] == ["a", "b"]
    assert repository.replicas(zoned + timedelta(seconds=4)) == (late,)


def test_a_beat_replaces_the_last_one(repository: SqlPolicyRepository) -> None:
    repository.beat(replica("1", "a", NOON, 1, "held back"))
    newer = replica("1", "a", NOON + timedelta(seconds=1), 2)
    repository.beat(newer)
    assert repository.replicas(NOON - timedelta(days=1)) == (newer,)


def test_a_replica_that_leaves_is_forgotten_at_once(repository: SqlPolicyRepository) -> None:
    repository.beat(replica("1", "a", NOON))
    repository.forget("1")
    repository.forget("never")
    assert repository.replicas(NOON - timedelta(days=1)) == ()


def test_a_replica_unseen_for_a_day_is_dropped(repository: SqlPolicyRepository, clock: Time, beneath: Beneath) -> None:
    repository.beat(replica("old", "a", NOON))
    repository.beat(replica("new", "b", NOON + timedelta(hours=2)))
    clock.now += timedelta(hours=25)
    repository.beat(replica("own", "c", clock.now))
    assert sorted(beneath.run("SELECT id FROM replicas")) == [("new",), ("own",)]


def test_preparing_again_changes_nothing(repository: SqlPolicyRepository, opened: Opener) -> None:
    repository.commit(commit(tenant("a", None)))
    opened().prepare(PEPPER)
    assert repository.head() == 1
