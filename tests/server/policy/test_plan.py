"""Planning and applying a document, over a repository in memory."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.policy.actor import LOCAL, Actor
from server.policy.administration import Administration
from server.policy.document import PolicyDocument
from server.policy.errors import InvalidPolicy, NotPermitted, RevisionConflict
from server.policy.keys import KeyHasher, id_of, mint
from server.policy.plan import Plan, Step
from server.policy.records import ServiceRecord, is_live
from server.policy.state import KeyRing, PolicyState
from steering.vector_set import VectorSetId
from tests.server.policy.memory_repository import MemoryRepository

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
OPERATOR = Actor("operator", "operate")


def only_version_one(id_: VectorSetId) -> None:
    if id_.version != "1.0.0":
        raise InvalidPolicy(f"There is no {id_} in the store.")


@dataclass
class House:
    """A repository and its administration at a moment that a test may move."""

    now: datetime = NOW
    repository: MemoryRepository = field(default_factory=MemoryRepository)
    hasher: KeyHasher = field(default_factory=lambda: KeyHasher(b"p" * 32))

    @property
    def administration(self) -> Administration:
        return Administration(
            self.repository, self.latest, self.hasher, lambda: self.now, secrets.token_bytes, only_version_one
        )

    def latest(self) -> tuple[PolicyState, KeyRing]:
        head, versions = self.repository.since(0)
        return PolicyState().after(head, versions), KeyRing().after(head, versions)

    def plan(self, document: dict[str, Any], prune: bool = False) -> Plan:
        return self.administration.plan(PolicyDocument.model_validate(document), prune)

    def apply(self, document: dict[str, Any], prune: bool = False, actor: Actor = LOCAL) -> int | None:
        read = PolicyDocument.model_validate(document)
        revision = self.administration.apply(actor, read, None, "as the file says", prune)
        return None if revision is None else revision.number

    def owner_of(self, key: str) -> str | None:
        return self.latest()[1].tenant_named_by(key, self.hasher, self.now)

    def tenants(self) -> dict[str, dict[str, Any]]:
        return {name: stored.record.stored() for name, stored in self.latest()[0].tenants.items()}


def digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def told(step: Step) -> tuple[str, str, dict[str, tuple[Any, Any]]]:
    return step.action, f"{step.kind}/{step.name}", {each.field: (each.before, each.after) for each in step.fields}


def test_a_document_makes_tenants_keys_and_the_service_in_one_revision() -> None:
    house = House()
    document = {
        "service": {"strength": 1.5},
        "tenants": [{"name": "acme", "keys": [{"key": "key-of-acme", "label": "gateway"}], "floor": 0.5}],
    }
    id_ = id_of("key-of-acme")
    assert [told(step) for step in house.plan(document).steps] == [
        ("create", "service/service", {"strength": (None, 1.5)}),
        ("create", "tenant/acme", {"floor": (None, 0.5)}),
        ("add key", f"key/{id_}", {"tenant": (None, "acme"), "label": (None, "gateway")}),
    ]
    assert house.repository.head() == 0
    assert house.apply(document) == 1
    assert house.tenants() == {"acme": {"floor": 0.5}}
    assert house.latest()[0].service.record == ServiceRecord(strength=1.5)
    assert house.owner_of("key-of-acme") == "acme"
    (revision,) = house.repository.revisions()
    assert revision.subjects == ("service/service", "tenant/acme", f"key/{id_}")


def test_a_document_that_was_applied_makes_no_second_revision() -> None:
    house = House()
    document = {"service": {}, "tenants": [{"name": "acme", "keys": [{"key": "key-of-acme"}], "strength": 1.0}]}
    assert house.apply(document) == 1
    house.now += timedelta(days=400)
    assert house.plan(document) == Plan(1, (), ())
    assert house.apply(document, prune=True) is None
    assert house.repository.head() == 1


def test_what_a_listed_tenant_leaves_out_it_inherits_again() -> None:
    house = House()
    house.apply({"tenants": [{"name": "acme", "strength": 1.5, "models": ["m"]}]})
    document = {"tenants": [{"name": "acme", "strength": 1.2}]}
    (step,) = house.plan(document).steps
    assert told(step) == ("change", "tenant/acme", {"strength": (1.5, 1.2), "models": (["m"], None)})
    house.apply(document)
    assert house.tenants() == {"acme": {"strength": 1.2}}


def test_what_a_document_does_not_speak_of_stays() -> None:
    house = House()
    house.apply({"service": {"strength": 1.5}, "tenants": [{"name": "old", "keys": [{"key": "key-of-old"}]}]})
    house.apply({"tenants": [{"name": "new"}]})
    house.apply({"tenants": [{"name": "old", "strength": 1.2}]})
    assert house.tenants() == {"old": {"strength": 1.2}, "new": {}}
    assert house.owner_of("key-of-old") == "old"
    assert house.latest()[0].service.record == ServiceRecord(strength=1.5)
    house.apply({"service": {}})
    assert house.latest()[0].service.record == ServiceRecord()
    assert set(house.tenants()) == {"old", "new"}


def test_prune_deletes_what_is_not_listed_and_ends_its_keys() -> None:
    house = House()
    house.apply({"tenants": [{"name": "old", "keys": [{"key": "key-of-old"}]}, {"name": "new"}]})
    issued = house.administration.issue_key(LOCAL, "old", "for the gateway")
    document = {"tenants": [{"name": "new"}]}
    assert {told(step)[:2] for step in house.plan(document, prune=True).steps} == {
        ("delete", "tenant/old"),
        ("revoke key", f"key/{id_of('key-of-old')}"),
        ("revoke key", f"key/{issued.id}"),
    }
    assert house.apply(document, prune=True) == 3
    assert set(house.tenants()) == {"new"}
    assert house.owner_of("key-of-old") is None
    assert house.owner_of(issued.text) is None


@pytest.mark.parametrize("document", [{"tenants": []}, {"service": {}}])
def test_prune_never_deletes_every_tenant(document: dict[str, Any]) -> None:
    house = House()
    house.apply({"tenants": [{"name": "acme"}]})
    with pytest.raises(InvalidPolicy, match="prune would delete every one"):
        house.apply(document, prune=True)
    assert set(house.tenants()) == {"acme"}


def test_keys_follow_the_list_and_issued_ones_stay() -> None:
    house = House()
    house.apply({"tenants": [{"name": "acme", "keys": [{"key": "first-key"}, {"key": "second-key"}]}]})
    issued = house.administration.issue_key(LOCAL, "acme", "for the gateway")
    document = {"tenants": [{"name": "acme", "keys": [{"sha256": digest("second-key")}, {"key": "third-key"}]}]}
    assert [told(step) for step in house.plan(document).steps] == [
        ("add key", f"key/{id_of('third-key')}", {"tenant": (None, "acme")}),
        ("revoke key", f"key/{id_of('first-key')}", {"tenant": ("acme", None)}),
    ]
    house.apply(document)
    owners = [house.owner_of(key) for key in ("first-key", "second-key", "third-key", issued.text)]
    assert owners == [None, "acme", "acme", "acme"]
    house.apply({"tenants": [{"name": "acme", "keys": []}]})
    owners = [house.owner_of(key) for key in ("second-key", "third-key", issued.text)]
    assert owners == [None, None, "acme"]


def test_an_issued_key_whose_id_begins_with_x_is_no_foreign_key() -> None:
    house = House()
    house.apply({"tenants": [{"name": "acme"}]})
    entropy = iter((b"\xb8" * 5, b"s" * 32))
    administration = Administration(
        house.repository, house.latest, house.hasher, lambda: NOW, lambda count: next(entropy), only_version_one
    )
    issued = administration.issue_key(LOCAL, "acme", "for the gateway")
    assert issued.id.startswith("x")
    assert house.apply({"tenants": [{"name": "acme", "keys": []}]}) is None


def test_an_issued_key_may_be_listed_by_its_digest() -> None:
    house = House()
    house.apply({"tenants": [{"name": "acme"}]})
    issued = house.administration.issue_key(LOCAL, "acme", "for the gateway")
    for entry in ({"sha256": digest(issued.text)}, {"key": issued.text}):
        assert house.apply({"tenants": [{"name": "acme", "keys": [entry]}]}) is None


def test_a_tenant_that_a_document_creates_has_no_keys_but_those_listed() -> None:
    house = House()
    house.apply({"tenants": [{"name": "other"}]})
    house.apply({"tenants": [{"name": "acme", "keys": [{"key": "first-key"}, {"key": "second-key"}]}]})
    issued = house.administration.issue_key(LOCAL, "acme", "for the gateway")
    house.administration.rollback(LOCAL, 1, 3, "a mistake")
    assert house.owner_of("first-key") == "acme"
    house.apply({"tenants": [{"name": "acme", "keys": [{"key": "first-key"}]}]})
    owners = [house.owner_of(key) for key in ("first-key", "second-key", issued.text)]
    assert owners == ["acme", None, None]


def test_a_key_of_the_issued_form_can_be_brought_in_clear() -> None:
    house = House()
    text = mint("sar", secrets.token_bytes).text
    house.apply({"tenants": [{"name": "acme", "keys": [{"key": text}]}]})
    assert house.owner_of(text) == "acme"
    other = text[:-1] + ("A" if text[-1] != "A" else "B")
    with pytest.raises(InvalidPolicy, match="known as another's"):
        house.apply({"tenants": [{"name": "beta", "keys": [{"key": other}]}]})


def test_a_label_is_written_anew_where_the_document_gives_one() -> None:
    house = House()
    house.apply({"tenants": [{"name": "acme", "keys": [{"key": "key-of-acme", "label": "old"}]}]})
    assert house.apply({"tenants": [{"name": "acme", "keys": [{"key": "key-of-acme"}]}]}) is None
    document = {"tenants": [{"name": "acme", "keys": [{"key": "key-of-acme", "label": "new"}]}]}
    (step,) = house.plan(document).steps
    assert told(step) == ("change", f"key/{id_of('key-of-acme')}", {"label": ("old", "new")})
    house.apply(document)
    assert house.owner_of("key-of-acme") == "acme"
    assert house.apply(document) is None


def test_a_key_known_for_another_tenant_is_refused() -> None:
    house = House()
    house.apply({"tenants": [{"name": "acme", "keys": [{"key": "key-of-acme"}]}]})
    with pytest.raises(InvalidPolicy, match=r"Tenant beta lists the key x\w+, which is known as another's"):
        house.apply({"tenants": [{"name": "beta", "keys": [{"key": "key-of-acme"}]}]})
    assert set(house.tenants()) == {"acme"}


def test_a_revoked_key_is_not_revived() -> None:
    house = House()
    document = {"tenants": [{"name": "acme", "keys": [{"key": "key-of-acme"}]}]}
    house.apply(document)
    house.administration.revoke_key(LOCAL, id_of("key-of-acme"), "it leaked")
    with pytest.raises(InvalidPolicy, match="was revoked; no document revives it"):
        house.apply(document)
    assert house.owner_of("key-of-acme") is None


def test_an_expired_key_is_not_revived() -> None:
    house = House()
    document = {"tenants": [{"name": "acme", "keys": [{"key": "key-of-acme"}]}]}
    house.apply(document)
    house.administration.rotate_key(LOCAL, id_of("key-of-acme"), timedelta(hours=1), "monthly")
    assert house.apply(document) is None
    house.now += timedelta(hours=2)
    with pytest.raises(InvalidPolicy, match="expired; no document revives it"):
        house.apply(document)


def test_no_key_or_mac_is_in_what_people_read_of_a_plan() -> None:
    house = House()
    shown = repr(house.plan({"tenants": [{"name": "acme", "keys": [{"key": "key-of-acme"}]}]}).steps)
    assert "key-of-acme" not in shown
    assert house.hasher.mac_of("key-of-acme") not in shown
    assert digest("key-of-acme") not in shown


@pytest.mark.parametrize(
    ("document", "prune"),
    [
        ({"service": {"ceiling": 3.0}}, False),
        ({"tenants": [{"name": "old", "floor": 0.2}]}, False),
        ({"tenants": [{"name": "new", "required": True}]}, False),
        ({"tenants": [{"name": "new"}]}, True),
    ],
)
def test_an_operator_may_not_move_bounds_or_delete(document: dict[str, Any], prune: bool) -> None:
    house = House()
    house.apply({"tenants": [{"name": "old"}]})
    with pytest.raises(NotPermitted, match="needs an admin key of the scope security"):
        house.apply(document, prune, OPERATOR)
    assert house.repository.head() == 1
    assert house.apply(document, prune) == 2
    assert house.apply(document, prune, OPERATOR) is None


def test_a_reader_may_apply_nothing() -> None:
    with pytest.raises(NotPermitted, match="Applying a document needs"):
        House().apply({"tenants": [{"name": "a"}]}, actor=Actor("reader", "read"))


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"vector": "refusal@2.0.0"}, "vector", r"There is no refusal@2\.0\.0"),
        ({"mode": "off", "off_until": "2026-03-03T00:00:00Z"}, "off_until", "within the next 24 hours"),
    ],
)
def test_rules_beyond_the_document_name_the_tenant_and_the_field(fields: Any, field: str, words: str) -> None:
    house = House()
    document = {"tenants": [{"name": "good", "vector": "refusal@1.0.0"}, {"name": "acme", **fields}]}
    with pytest.raises(InvalidPolicy, match=f"In tenant acme: .*{words}") as caught:
        house.plan(document)
    assert caught.value.param == f"tenants[1].{field}"
    with pytest.raises(InvalidPolicy, match=f"In the service-wide policy: .*{words}") as caught:
        house.apply({"service": fields})
    assert caught.value.param == f"service.{field}"
    assert house.repository.head() == 0


def test_a_document_is_applied_to_the_head_that_it_was_planned_for_or_not_at_all() -> None:
    house = House()
    document = PolicyDocument.model_validate({"tenants": [{"name": "acme"}]})
    base = house.administration.plan(document).base
    house.apply({"tenants": [{"name": "other"}]})
    with pytest.raises(RevisionConflict, match="plan anew") as caught:
        house.administration.apply(LOCAL, document, base, "as the file says")
    assert caught.value.current == 1
    house.administration.apply(LOCAL, document, 1, "as the file says")
    assert set(house.tenants()) == {"other", "acme"}


def test_a_change_that_comes_between_is_a_conflict() -> None:
    house = House()
    before = house.latest()
    house.apply({"tenants": [{"name": "other"}]})
    stale = Administration(
        house.repository, lambda: before, house.hasher, lambda: NOW, secrets.token_bytes, only_version_one
    )
    with pytest.raises(RevisionConflict):
        stale.apply(LOCAL, PolicyDocument.model_validate({"tenants": [{"name": "acme"}]}), None, "as the file says")


def test_a_reason_is_needed() -> None:
    with pytest.raises(InvalidPolicy, match="One line of 3 to 500"):
        House().administration.apply(LOCAL, PolicyDocument.model_validate({"tenants": [{"name": "a"}]}), None, " ")


strengths = st.sampled_from([0.0, 0.5, 1.0, 2.0])
fields = st.fixed_dictionaries(
    {},
    optional={
        "strength": strengths,
        "gate": st.booleans(),
        "mode": st.sampled_from(["enforce", "shadow"]),
        "models": st.lists(st.sampled_from(["one", "two"]), max_size=2),
        "tokens_per_minute": st.sampled_from([1, 1000, "unlimited"]),
        "twin_share": st.sampled_from([0.0, 0.25, 1.0]),
        "refusal_style": st.sampled_from(["both", "openai", "content"]),
    },
)
names = st.sampled_from(["a", "b", "c", "d"])


@st.composite
def documents(draw: st.DrawFn, generation: str) -> dict[str, Any]:
    """Documents whose keys carry their generation and tenant, so that none is another's or comes back from the dead."""
    document: dict[str, Any] = {}
    if draw(st.booleans()):
        document["service"] = draw(fields)
    document["tenants"] = [{"name": name, **draw(fields)} for name in draw(st.lists(names, min_size=1, unique=True))]
    for tenant in document["tenants"]:
        if draw(st.booleans()):
            numbers = draw(st.lists(st.integers(0, 3), unique=True, max_size=3))
            clear = [f"{generation}-key-{number}-of-{tenant['name']}" for number in numbers]
            tenant["keys"] = [
                {"key": key} if draw(st.booleans()) else {"sha256": digest(key), "label": "listed"} for key in clear
            ]
    return document


def keys_of(house: House, name: str) -> set[str]:
    return {
        id_
        for id_, stored in house.latest()[1].keys.items()
        if stored.record.tenant == name and is_live(stored.record, house.now)
    }


@given(documents("first"), documents("second"), st.booleans())
@settings(deadline=None)
def test_applying_leads_to_the_document_and_nothing_else(
    first: dict[str, Any], second: dict[str, Any], prune: bool
) -> None:
    house = House()
    house.apply(first)
    before, service = house.tenants(), house.latest()[0].service.record
    held = {name: keys_of(house, name) for name in "abcd"}
    house.apply(second, prune)
    read = PolicyDocument.model_validate(second)
    listed = {tenant.name: tenant for tenant in read.tenants}
    assert house.latest()[0].service.record == (read.service or service)
    kept = {} if prune else before
    assert house.tenants() == {**kept, **{name: tenant.record.stored() for name, tenant in listed.items()}}
    for name in "abcd":
        tenant = listed.get(name)
        if tenant is None:
            assert keys_of(house, name) == (set() if prune else held[name])
        elif tenant.keys is None:
            assert keys_of(house, name) == held[name]
        else:
            assert keys_of(house, name) == {key.id for key in tenant.keys}
    head = house.repository.head()
    assert house.plan(second, prune) == Plan(head, (), ())
    assert house.apply(second, prune) is None
    assert house.repository.head() == head
