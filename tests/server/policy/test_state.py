"""Policies and keys in memory: what versions lead to, and who is known by them."""

import hmac
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.policy.errors import InvalidPolicy
from server.policy.keys import KeyHasher, Minted, digest_of, id_of_digest, mint
from server.policy.records import AdminKeyRecord, KeyRecord, TenantRecord
from server.policy.repository import Kind, Version
from server.policy.resolution import resolve
from server.policy.state import OPEN, KeyRing, PolicyState, Snapshot
from steering.vector_set import VectorSetId
from tests.server.policy.desk import NOON, PEPPER, counted_bytes

HASHER = KeyHasher(PEPPER)


def version(kind: Kind, name: str, revision: int, body: dict[str, Any] | None) -> Version:
    return Version(kind, name, revision, body)


def tenant(name: str, revision: int = 1, **body: Any) -> Version:
    return version("tenant", name, revision, body)


def test_versions_lead_from_one_state_to_the_next_and_leave_the_first_alone() -> None:
    first = PolicyState().after(2, [tenant("a", 1, strength=1.5), tenant("b", 2), version("key", "k", 2, {})])
    second = first.after(4, [version("tenant", "b", 4, None), version("service", "service", 3, {"floor": 0.5})])
    assert (first.revision, set(first.tenants), first.service.revision) == (2, {"a", "b"}, 0)
    assert (second.revision, set(second.tenants)) == (4, {"a"})
    assert (second.service.revision, second.service.record.floor) == (3, 0.5)
    assert (second.tenants["a"].revision, second.tenants["a"].record) == (1, TenantRecord(strength=1.5))


@pytest.mark.parametrize("kind", ["tenant", "service"])
def test_a_policy_that_cannot_be_read_is_refused_by_its_place(kind: Kind) -> None:
    with pytest.raises(InvalidPolicy, match=rf"Revision 7 holds a {kind} x .* at strength: .* Write it anew"):
        PolicyState().after(7, [version(kind, "x", 7, {"strength": -1})])
    with pytest.raises(InvalidPolicy, match="at aura: Extra"):
        PolicyState().after(7, [version(kind, "x", 7, {"aura": "of a newer version"})])


def test_every_set_that_anything_names_is_named() -> None:
    service = {"stable": "refusal@1.0.0", "candidate": "refusal@2.0.0", "vector": "refusal@3.0.0"}
    state = PolicyState().after(
        1, [version("service", "service", 1, service), tenant("a", vector="other@1.0.0"), tenant("b")]
    )
    named = {"refusal@1.0.0", "refusal@2.0.0", "refusal@3.0.0", "other@1.0.0"}
    assert state.named_sets == {VectorSetId.parse(text) for text in named}
    assert PolicyState().named_sets == frozenset(), "the server's own set needs no name"


def key(minted: Minted, revision: int = 1, **fields: Any) -> Version:
    record = KeyRecord.model_validate({"tenant": "t", "mac": HASHER.mac_of(minted.text), "created": NOON, **fields})
    return version("key", minted.id, revision, record.stored())


def test_a_key_is_its_tenants_until_it_ends() -> None:
    minted = mint("sar", counted_bytes())
    ring = KeyRing().after(1, [key(minted)])
    assert ring.tenant_named_by(minted.text, HASHER, NOON) == "t"
    assert ring.tenant_named_by(minted.text[:-1] + "!", HASHER, NOON) is None
    assert ring.after(2, [key(minted, 2, revoked=NOON)]).tenant_named_by(minted.text, HASHER, NOON) is None
    assert ring.after(2, [key(minted, 2, expires=NOON)]).tenant_named_by(minted.text, HASHER, NOON) is None
    assert ring.after(2, [version("key", minted.id, 2, None)]).tenant_named_by(minted.text, HASHER, NOON) is None


@given(st.text())
def test_no_other_text_is_anybodys_key(text: str) -> None:
    ring = KeyRing().after(1, [key(mint("sar", counted_bytes()))])
    assert ring.tenant_named_by(text, HASHER, NOON) is None
    assert ring.admin_named_by(text, HASHER, NOON) is None


@pytest.mark.parametrize("text", ["my own key", mint("sar", counted_bytes()).text])
def test_a_key_that_came_as_its_digest_is_found(text: str) -> None:
    digest = digest_of(text)
    record = KeyRecord(tenant="t", mac=HASHER.mac_of_digest(digest), created=NOON)
    ring = KeyRing().after(1, [version("key", id_of_digest(digest), 1, record.stored())])
    assert ring.tenant_named_by(text, HASHER, NOON) == "t"


def test_an_admin_key_is_no_tenants_and_a_tenants_no_admins() -> None:
    entropy = counted_bytes()
    mine, theirs = mint("adm", entropy), mint("sar", entropy)
    admin = AdminKeyRecord(scope="operate", mac=HASHER.mac_of(mine.text), created=NOON)
    ring = KeyRing().after(1, [version("admin_key", mine.id, 1, admin.stored()), key(theirs)])
    assert ring.admin_named_by(mine.text, HASHER, NOON) == (mine.id, admin)
    assert ring.tenant_named_by(mine.text, HASHER, NOON) is None
    assert ring.admin_named_by(theirs.text, HASHER, NOON) is None


def test_whatever_the_key_one_comparison_of_the_same_length_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    minted = mint("sar", counted_bytes())
    ring = KeyRing().after(1, [key(minted)])
    compared: list[tuple[int, int]] = []
    compare = hmac.compare_digest

    def counted(one: str, other: str) -> bool:
        compared.append((len(one), len(other)))
        return compare(one, other)

    monkeypatch.setattr(hmac, "compare_digest", counted)
    unknown = mint("sar", lambda size: b"\xff" * size)
    wrong = f"sk-sar-{minted.id}-{'A' * 43}"
    for text in ("", "x", unknown.text, wrong, minted.text):
        ring.tenant_named_by(text, HASHER, NOON)
        ring.admin_named_by(text, HASHER, NOON)
    assert compared == [(64, 64)] * 10


def test_a_key_that_cannot_be_read_is_nobodys_and_keeps_no_other_from_being_revoked() -> None:
    entropy = counted_bytes()
    one, other = mint("sar", entropy), mint("sar", entropy)
    ring = KeyRing().after(1, [key(one), key(other)])
    strange = key(one, 2, revoked=NOON)
    news = [version("key", other.id, 2, {**(strange.body or {}), "aura": 1}), strange]
    ring = ring.after(2, news)
    assert ring.tenant_named_by(one.text, HASHER, NOON) is None
    assert ring.tenant_named_by(other.text, HASHER, NOON) is None
    assert "Revision 2" in ring.unreadable[f"key/{other.id}"]
    ring = ring.after(3, [key(other, 3)])
    assert ring.tenant_named_by(other.text, HASHER, NOON) == "t"
    assert not ring.unreadable


def test_a_snapshot_resolves_a_tenant_once_and_at_its_revision() -> None:
    state = PolicyState().after(5, [tenant("a", 3, strength=1.5)])
    snapshot = Snapshot(state)
    found = snapshot.tenant("a")
    assert found == resolve("a", TenantRecord(strength=1.5), state.service.record, 5)
    assert snapshot.tenant("a") is found
    assert snapshot.tenant("b") is None
    assert snapshot.revision == 5


def test_a_snapshot_that_follows_another_resolves_anew_what_has_changed_and_nothing_else() -> None:
    """Whatever changes, a tenant is what it would be without the snapshot before."""
    first = PolicyState().after(1, [tenant("a", 1, strength=1.5), tenant("b", 1), tenant("c", 1)])
    service = version("service", "service", 3, {"strength": 1.25})
    states = [first]
    for number, news in enumerate(([tenant("b", 2, strength=0.5)], [service], [tenant("c", 4, state="suspended")]), 2):
        states.append(states[-1].after(number, news))
    before: Snapshot | None = None
    for state in states:
        snapshot = Snapshot(state, before)
        for name in ("a", "b", "c"):
            assert snapshot.tenant(name) == Snapshot(state).tenant(name)
        before = snapshot


def test_whoever_has_no_key_is_the_tenant_open_or_the_service_alone() -> None:
    service = version("service", "service", 1, {"strength": 1.2})
    assert Snapshot(PolicyState().after(1, [service])).anyone.strength == 1.2
    open_ = Snapshot(PolicyState().after(2, [service, tenant(OPEN, 2, strength=0.8)])).anyone
    assert (open_.name, open_.strength) == (OPEN, 0.8)
