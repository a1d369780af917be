"""The rules by which policies and keys change, whoever asks for it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, get_args

import pytest

from server.policy.actor import LOCAL, Actor
from server.policy.administration import LONGEST_OVERLAP, Administration
from server.policy.errors import AlreadyThere, InvalidPolicy, NotPermitted, NotThere, RevisionConflict, StoreUnavailable
from server.policy.records import AdminKeyRecord, Scope, ServiceRecord, TenantRecord
from server.policy.repository import Change, Commit
from server.policy.rules import LONGEST_OFF
from tests.server.policy.desk import NOON, WHY, Desk

READ, OPERATE, SECURITY = (Actor(scope, scope) for scope in get_args(Scope))
Act = Callable[[Administration, Actor, dict[str, Any]], object]


@pytest.fixture
def desk() -> Desk:
    """Revision 1: an admin key. 2: the tenant acme. 3: a key of it."""
    desk = Desk()
    desk.administration.bootstrap()
    desk.write("acme", TenantRecord(strength=1.2))
    desk.key("acme")
    return desk


def the_key(desk: Desk) -> str:
    """The one that was issued first."""
    return next(iter(desk.latest()[1].keys))


def admin_keys(desk: Desk) -> list[str]:
    return list(desk.latest()[1].admin_keys)


OPERATIONS: list[tuple[str, Act]] = [
    ("operate", lambda admin, actor, at: admin.put_tenant(actor, "new", TenantRecord(), None, WHY)),
    ("operate", lambda admin, actor, at: admin.put_tenant(actor, "acme", TenantRecord(), 2, WHY)),
    ("operate", lambda admin, actor, at: admin.put_service(actor, ServiceRecord(), 0, WHY)),
    ("operate", lambda admin, actor, at: admin.issue_key(actor, "acme", WHY)),
    ("operate", lambda admin, actor, at: admin.rotate_key(actor, at["key"], timedelta(), WHY)),
    ("operate", lambda admin, actor, at: admin.revoke_key(actor, at["key"], WHY)),
    ("security", lambda admin, actor, at: admin.put_tenant(actor, "acme", TenantRecord(floor=0.1), 2, WHY)),
    ("security", lambda admin, actor, at: admin.put_tenant(actor, "acme", TenantRecord(ceiling=1.5), 2, WHY)),
    ("security", lambda admin, actor, at: admin.put_tenant(actor, "acme", TenantRecord(required=True), 2, WHY)),
    ("security", lambda admin, actor, at: admin.put_tenant(actor, "new", TenantRecord(floor=0.1), None, WHY)),
    ("security", lambda admin, actor, at: admin.put_service(actor, ServiceRecord(ceiling=3.0), 0, WHY)),
    ("security", lambda admin, actor, at: admin.delete_tenant(actor, "acme", 2, WHY)),
    ("security", lambda admin, actor, at: admin.rollback(actor, 1, at["head"], WHY)),
    ("security", lambda admin, actor, at: admin.issue_admin_key(actor, "read", WHY)),
    ("security", lambda admin, actor, at: admin.revoke_admin_key(actor, at["admin"], WHY)),
]


@pytest.mark.parametrize(("scope", "act"), OPERATIONS)
def test_each_change_needs_its_scope_and_no_more(desk: Desk, scope: Scope, act: Act) -> None:
    spare = desk.administration.issue_admin_key(LOCAL, "security", WHY)
    before = desk.repository.head()
    at = {"key": the_key(desk), "admin": spare.id, "head": before}
    for actor in (READ, OPERATE, SECURITY):
        if actor.scope == scope:
            break
        with pytest.raises(NotPermitted, match=f"this one's scope is {actor.scope}"):
            act(desk.administration, actor, at)
    assert desk.repository.head() == before, "who may not has changed nothing"
    act(desk.administration, actor, at)
    assert desk.repository.head() == before + 1
    assert desk.repository.revisions()[0].actor == actor.id


def test_an_operator_may_change_what_the_bounds_leave_and_not_loosen_them(desk: Desk) -> None:
    admin = desk.administration
    bounded = TenantRecord(floor=0.5, ceiling=1.5, required=True)
    at = admin.put_tenant(SECURITY, "acme", bounded, 2, WHY).number
    at = admin.put_tenant(OPERATE, "acme", bounded.model_copy(update={"strength": 0.5}), at, WHY).number
    for loosened in ({"floor": None}, {"ceiling": None}, {"required": False}, {"floor": 0.4}, {"ceiling": 1.6}):
        with pytest.raises(NotPermitted, match=f"Changing {next(iter(loosened))} of tenant acme"):
            admin.put_tenant(OPERATE, "acme", bounded.model_copy(update=loosened), at, WHY)


def test_an_operator_who_edits_what_changed_since_is_refused_by_the_new_bounds(desk: Desk) -> None:
    """The replica may not have seen yet what the caller's precondition names; the bounds there are not known."""
    seen = desk.latest()
    tightened = desk.administration.put_tenant(SECURITY, "acme", TenantRecord(floor=0.9), 2, WHY).number
    stale = Administration(
        desk.repository, lambda: seen, desk.hasher, desk.clock, lambda size: b"\0" * size, desk.sets.check
    )
    with pytest.raises(RevisionConflict) as conflict:
        stale.put_tenant(OPERATE, "acme", TenantRecord(), tightened, WHY)
    assert conflict.value.current == 2
    assert desk.latest()[0].tenants["acme"].record.floor == 0.9


@pytest.mark.parametrize("record", [TenantRecord, ServiceRecord])
def test_a_glass_stays_broken_for_a_day_at_most(desk: Desk, record: type[TenantRecord] | type[ServiceRecord]) -> None:
    def put(until: Any) -> None:
        body = record(mode="off", off_until=until)
        if isinstance(body, TenantRecord):
            held = desk.latest()[0].tenants["acme"].revision
            desk.administration.put_tenant(OPERATE, "acme", body, held, WHY)
        else:
            held = desk.latest()[0].service.revision
            desk.administration.put_service(OPERATE, body, held, WHY)

    for until in (NOON, NOON - timedelta(seconds=1), NOON + LONGEST_OFF + timedelta(seconds=1)):
        with pytest.raises(InvalidPolicy, match="within the next 24 hours") as refused:
            put(until)
        assert refused.value.param == "off_until"
    put(NOON + LONGEST_OFF)
    desk.clock.pass_(hours=30)
    put(NOON + LONGEST_OFF)  # It is over, and nothing of it is changed.


def test_a_tenant_that_is_there_is_not_created_and_one_that_is_not_is_not_changed(desk: Desk) -> None:
    with pytest.raises(AlreadyThere):
        desk.administration.put_tenant(OPERATE, "acme", TenantRecord(), None, WHY)
    with pytest.raises(NotThere, match="There is no tenant nobody; create it first"):
        desk.administration.put_tenant(OPERATE, "nobody", TenantRecord(), 2, WHY)
    with pytest.raises(NotThere):
        desk.administration.delete_tenant(SECURITY, "nobody", 2, WHY)
    with pytest.raises(NotThere):
        desk.administration.issue_key(OPERATE, "nobody", WHY)


@pytest.mark.parametrize("name", ["", "Acme", "a/b", "a\n", "a" * 64])
def test_a_tenants_name_is_fit_for_a_path_and_a_label(desk: Desk, name: str) -> None:
    with pytest.raises(InvalidPolicy) as refused:
        desk.administration.put_tenant(OPERATE, name, TenantRecord(), None, WHY)
    assert refused.value.param == "name"


def test_an_edit_of_what_changed_since_is_refused_and_says_what_to_look_at(desk: Desk) -> None:
    desk.write("acme", TenantRecord(strength=1.3))
    desk.write_service(ServiceRecord(strength=1.1))
    edits: tuple[Callable[[], object], ...] = (
        lambda: desk.administration.put_tenant(OPERATE, "acme", TenantRecord(), 2, WHY),
        lambda: desk.administration.delete_tenant(SECURITY, "acme", 2, WHY),
    )
    for edit in edits:
        with pytest.raises(RevisionConflict) as conflict:
            edit()
        assert conflict.value.current == 4
    with pytest.raises(RevisionConflict) as conflict:
        desk.administration.put_service(OPERATE, ServiceRecord(), 0, WHY)
    assert conflict.value.current == 5
    assert desk.repository.head() == 5


def test_two_that_write_the_first_service_policy_at_once_do_not_overwrite_each_other(desk: Desk) -> None:
    seen = desk.latest()
    late = Administration(
        desk.repository, lambda: seen, desk.hasher, desk.clock, lambda size: b"\0" * size, desk.sets.check
    )
    desk.write_service(ServiceRecord(strength=1.1))
    with pytest.raises(RevisionConflict):
        late.put_service(OPERATE, ServiceRecord(strength=0.9), 0, WHY)


@pytest.mark.parametrize("reason", ["", "no", " " * 10 + "a ", "x" * 501, "two\nlines", "a\x00b", "\ud800 there"])
def test_a_change_needs_a_reason(desk: Desk, reason: str) -> None:
    with pytest.raises(InvalidPolicy) as refused:
        desk.administration.put_tenant(OPERATE, "acme", TenantRecord(), 2, reason)
    assert refused.value.param == "reason"
    assert desk.repository.head() == 3


def test_a_reason_is_kept_without_its_margins(desk: Desk) -> None:
    desk.administration.put_tenant(OPERATE, "acme", TenantRecord(), 2, "  because  ")
    assert desk.repository.audit(newest_first=True)[0].reason == "because"


@pytest.mark.parametrize("field", ["vector", "stable", "candidate"])
def test_a_set_that_cannot_serve_is_refused_by_its_field(desk: Desk, field: str) -> None:
    desk.sets.missing.add("refusal@9.0.0")
    with pytest.raises(InvalidPolicy, match="is missing") as refused:
        desk.administration.put_service(OPERATE, ServiceRecord.model_validate({field: "refusal@9.0.0"}), 0, WHY)
    assert refused.value.param == field
    desk.administration.put_service(OPERATE, ServiceRecord.model_validate({field: "refusal@1.0.0"}), 0, WHY)


def test_a_set_that_was_yanked_since_does_not_keep_other_fields_from_being_changed(desk: Desk) -> None:
    at = desk.administration.put_tenant(OPERATE, "acme", TenantRecord(vector="refusal@1.0.0"), 2, WHY).number
    desk.sets.missing.add("refusal@1.0.0")
    desk.administration.put_tenant(OPERATE, "acme", TenantRecord(vector="refusal@1.0.0", strength=1.5), at, WHY)


def test_deleting_a_tenant_ends_its_keys_with_it_and_no_others(desk: Desk) -> None:
    desk.write("other")
    other = desk.key("other")
    desk.administration.delete_tenant(SECURITY, "acme", 2, WHY)
    state, ring = desk.latest()
    assert set(state.tenants) == {"other"}
    assert {id_: stored.record.revoked for id_, stored in ring.keys.items()} == {
        **dict.fromkeys(ring.keys, NOON),
        other.id: None,
    }
    assert desk.repository.revisions()[0].subjects[0] == "tenant/acme"


def test_a_new_tenant_gets_no_key_of_an_earlier_one_of_its_name(desk: Desk) -> None:
    desk.administration.rollback(SECURITY, 1, 3, WHY)  # To before there was an acme, and its key stays as it is.
    id_ = the_key(desk)
    assert desk.latest()[1].keys[id_].record.revoked is None
    desk.write("acme")
    assert desk.latest()[1].keys[id_].record.revoked == NOON


def test_a_new_key_is_shown_once_and_kept_as_a_mac(desk: Desk) -> None:
    until = NOON + timedelta(days=1)
    issued = desk.administration.issue_key(OPERATE, "acme", WHY, label="phone", expires=until)
    record = desk.latest()[1].keys[issued.id].record
    assert (record.tenant, record.label, record.expires, record.created) == ("acme", "phone", until, NOON)
    assert desk.hasher.matches(issued.text, record.mac)
    secret = issued.text.rpartition("-")[2]
    assert secret not in repr(issued)
    for kept in (desk.repository.since(0), desk.repository.audit(), desk.repository.revisions()):
        assert secret not in repr(kept)
    assert record.mac not in repr(desk.repository.audit())


@pytest.mark.parametrize(
    ("fields", "param"),
    [({"expires": NOON}, "expires"), ({"label": "x" * 201}, "label"), ({"label": "a\nb"}, "label")],
)
def test_a_key_that_cannot_be_is_refused_by_its_field(desk: Desk, fields: dict[str, Any], param: str) -> None:
    issues: tuple[Callable[[], object], ...] = (
        lambda: desk.administration.issue_key(OPERATE, "acme", WHY, **fields),
        lambda: desk.administration.issue_admin_key(SECURITY, "read", WHY, **fields),
    )
    for issue in issues:
        with pytest.raises(InvalidPolicy) as refused:
            issue()
        assert refused.value.param == param
    assert desk.repository.head() == 3


def test_a_rotated_key_lives_beside_its_successor_for_the_overlap(desk: Desk) -> None:
    old = the_key(desk)
    new = desk.administration.rotate_key(OPERATE, old, timedelta(hours=1), WHY)
    ring = desk.latest()[1]
    assert ring.keys[old].record.expires == NOON + timedelta(hours=1)
    assert ring.keys[new.id].record.expires is None
    assert ring.tenant_named_by(new.text, desk.hasher, NOON) == "acme"
    assert ring.keys[old].revision == ring.keys[new.id].revision, "both in one revision"


def test_a_rotation_prolongs_no_key_and_has_an_end(desk: Desk) -> None:
    soon = NOON + timedelta(minutes=5)
    issued = desk.administration.issue_key(OPERATE, "acme", WHY, expires=soon)
    desk.administration.rotate_key(OPERATE, issued.id, timedelta(hours=1), WHY)
    assert desk.latest()[1].keys[issued.id].record.expires == soon
    for overlap in (timedelta(seconds=-1), LONGEST_OVERLAP + timedelta(seconds=1), timedelta.max):
        with pytest.raises(InvalidPolicy) as refused:
            desk.administration.rotate_key(OPERATE, the_key(desk), overlap, WHY)
        assert refused.value.param == "overlap_seconds"


def test_a_key_that_ended_or_whose_tenant_is_gone_is_neither_rotated_nor_revoked_twice(desk: Desk) -> None:
    old = the_key(desk)
    desk.administration.rollback(SECURITY, 1, 3, WHY)
    with pytest.raises(NotThere, match="There is no tenant acme"):
        desk.administration.rotate_key(OPERATE, old, timedelta(), WHY)
    desk.administration.revoke_key(OPERATE, old, WHY)
    acts: tuple[Callable[[], object], ...] = (
        lambda: desk.administration.revoke_key(OPERATE, old, WHY),
        lambda: desk.administration.rotate_key(OPERATE, old, timedelta(), WHY),
        lambda: desk.administration.revoke_key(OPERATE, "unknown", WHY),
        lambda: desk.administration.revoke_admin_key(SECURITY, "unknown", WHY),
    )
    for act in acts:
        with pytest.raises(NotThere):
            act()


def test_the_last_security_key_stays(desk: Desk) -> None:
    (first,) = admin_keys(desk)
    reader = desk.administration.issue_admin_key(SECURITY, "read", WHY)
    short = desk.administration.issue_admin_key(SECURITY, "security", WHY, expires=NOON + timedelta(hours=1))
    desk.clock.pass_(hours=2)
    with pytest.raises(InvalidPolicy, match=f"{first} is the last admin key of the scope security"):
        desk.administration.revoke_admin_key(SECURITY, first, WHY)
    desk.administration.revoke_admin_key(SECURITY, reader.id, WHY)
    second = desk.administration.issue_admin_key(SECURITY, "security", WHY)
    desk.administration.revoke_admin_key(SECURITY, first, WHY)
    with pytest.raises(InvalidPolicy):
        desk.administration.revoke_admin_key(SECURITY, second.id, WHY)
    assert short.id not in (first, second.id)


def test_a_lesser_key_may_go_where_no_security_key_is_left(desk: Desk) -> None:
    (first,) = admin_keys(desk)
    reader = desk.administration.issue_admin_key(SECURITY, "read", WHY)
    held = desk.latest()[1].admin_keys[first]
    ended = AdminKeyRecord.model_validate({**dict(held.record), "expires": NOON}).stored()
    desk.repository.commit(Commit("local", "x", WHY, (Change("admin_key", first, ended, held.revision),)))
    desk.administration.revoke_admin_key(LOCAL, reader.id, WHY)


def test_two_security_keys_that_revoke_each_other_at_once_do_not_both_succeed(desk: Desk) -> None:
    (first,) = admin_keys(desk)
    second = desk.administration.issue_admin_key(SECURITY, "security", WHY)
    seen = desk.latest()
    both = Administration(
        desk.repository, lambda: seen, desk.hasher, desk.clock, lambda size: b"\0" * size, desk.sets.check
    )
    both.revoke_admin_key(Actor(second.id, "security"), first, WHY)
    with pytest.raises(RevisionConflict):
        both.revoke_admin_key(Actor(first, "security"), second.id, WHY)


def test_the_first_key_is_made_once_however_many_start() -> None:
    desk = Desk()
    first = desk.administration.bootstrap()
    assert first is not None
    assert desk.latest()[1].admin_keys[first.id].record.scope == "security"
    assert desk.administration.bootstrap() is None
    assert desk.repository.head() == 1


def test_a_rollback_brings_the_policies_back_and_leaves_the_keys(desk: Desk) -> None:
    desk.write_service(ServiceRecord(strength=1.5))
    desk.write("acme", TenantRecord(strength=0.3))
    desk.write("later")
    desk.administration.revoke_key(OPERATE, the_key(desk), WHY)
    head = desk.repository.head()
    made = desk.administration.rollback(SECURITY, 3, head, WHY)
    state, ring = desk.latest()
    assert made.number == head + 1
    assert made.action == "roll back to 3"
    assert set(state.tenants) == {"acme"}
    assert state.tenants["acme"].record == TenantRecord(strength=1.2)
    assert state.service.record == ServiceRecord()
    assert all(stored.record.revoked for stored in ring.keys.values()), "a revoked key stays revoked"
    with pytest.raises(InvalidPolicy, match="nothing to do"):
        desk.administration.rollback(SECURITY, 3, head + 1, WHY)


def test_a_rollback_is_to_a_revision_that_is_and_from_the_head_that_was_seen(desk: Desk) -> None:
    for number in (0, -1, 4):
        with pytest.raises(NotThere, match=f"There is no revision {number}"):
            desk.administration.rollback(SECURITY, number, 3, WHY)
    desk.write("acme", TenantRecord(strength=0.3))
    with pytest.raises(RevisionConflict) as conflict:
        desk.administration.rollback(SECURITY, 1, 3, WHY)
    assert conflict.value.current == 4


def test_a_rollback_to_a_set_that_cannot_serve_any_more_is_refused(desk: Desk) -> None:
    at = desk.write("acme", TenantRecord(vector="refusal@1.0.0"))
    head = desk.write("acme", TenantRecord())
    desk.sets.missing.add("refusal@1.0.0")
    with pytest.raises(InvalidPolicy, match="is missing"):
        desk.administration.rollback(SECURITY, at, head, WHY)


def test_while_the_store_is_away_nothing_changes_and_it_is_said(desk: Desk) -> None:
    seen = desk.latest()
    desk.repository.away = True
    admin = Administration(
        desk.repository, lambda: seen, desk.hasher, desk.clock, lambda size: b"\0" * size, desk.sets.check
    )
    acts: tuple[Callable[[], object], ...] = (
        lambda: admin.put_tenant(OPERATE, "acme", TenantRecord(), 2, WHY),
        lambda: admin.issue_key(OPERATE, "acme", WHY),
        lambda: admin.rollback(SECURITY, 1, 3, WHY),
        lambda: admin.bootstrap(),
    )
    for act in acts:
        with pytest.raises(StoreUnavailable):
            act()
    desk.repository.away = False
    assert desk.repository.head() == 3


def test_every_change_is_audited_with_what_was_before_and_after(desk: Desk) -> None:
    desk.write("acme", TenantRecord(strength=1.4))
    entry = desk.repository.audit(newest_first=True)[0]
    assert (entry.kind, entry.name, entry.before, entry.after) == (
        "tenant",
        "acme",
        {"strength": 1.2},
        {"strength": 1.4},
    )
    verdict = desk.repository.verify_audit()
    assert (verdict.entries, verdict.fault) == (4, None)
