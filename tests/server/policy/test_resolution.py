"""What holds: a tenant's word over the service's, over what is built in, within the bounds."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.policy.model import RateLimits
from server.policy.records import BUILT_IN, ServiceRecord, TenantRecord
from server.policy.resolution import explain, resolve, set_of
from steering.vector_set import VectorSetId
from tests.server.policy.desk import NOON
from tests.server.policy.written import MOMENTS, services, tenants

BOUNDED = ("floor", "strength", "ceiling")
FREE = [name for name in BUILT_IN if name not in (*BOUNDED, "mode", "off_until")]


@given(tenants(), services())
def test_any_two_records_lead_to_a_policy_within_its_bounds(tenant: TenantRecord, service: ServiceRecord) -> None:
    resolved = resolve("t", tenant, service, 7)
    assert 0 <= resolved.floor <= resolved.strength <= resolved.ceiling
    assert (resolved.name, resolved.revision) == ("t", 7)


@given(tenants("floor"), services())
def test_no_service_takes_a_tenant_below_its_own_floor(tenant: TenantRecord, service: ServiceRecord) -> None:
    resolved = resolve("t", tenant, service, 1)
    assert resolved.floor == tenant.floor
    assert resolved.strength >= resolved.floor


@given(tenants(), services(), st.sampled_from(FREE))
def test_a_tenants_own_value_wins(tenant: TenantRecord, service: ServiceRecord, field: str) -> None:
    own, explained = getattr(tenant, field), explain(tenant, service)[field]
    if own is not None:
        assert (explained.value, explained.source, explained.note) == (own, "tenant", None)
    elif (inherited := getattr(service, field)) is not None:
        assert (explained.value, explained.source) == (inherited, "service")
    else:
        assert (explained.value, explained.source) == (BUILT_IN[field], "built in")


@given(tenants("strength"), services())
def test_a_tenants_own_strength_wins_where_it_is_within_the_bounds(
    tenant: TenantRecord, service: ServiceRecord
) -> None:
    own, found = tenant.strength, explain(tenant, service)
    resolved = resolve("t", tenant, service, 1)
    assert resolved.strength == min(max(own or 0.0, resolved.floor), resolved.ceiling)
    assert (found["strength"].note is None) == (resolved.strength == own)


@given(tenants(), services(), services(), st.sampled_from(FREE))
def test_a_change_of_the_service_never_reaches_a_field_that_the_tenant_sets(
    tenant: TenantRecord, before: ServiceRecord, after: ServiceRecord, field: str
) -> None:
    if getattr(tenant, field) is not None:
        assert explain(tenant, before)[field] == explain(tenant, after)[field]


@given(tenants("floor", "strength", "ceiling"), services(), services())
def test_bounds_that_a_tenant_sets_all_itself_are_its_own_whatever_the_service_does(
    tenant: TenantRecord, before: ServiceRecord, after: ServiceRecord
) -> None:
    held, kept = resolve("t", tenant, before, 1), resolve("t", tenant, after, 1)
    own = (tenant.floor, tenant.strength, tenant.ceiling)
    assert (held.floor, held.strength, held.ceiling) == (kept.floor, kept.strength, kept.ceiling) == own


@given(tenants(required=True), services(), MOMENTS)
def test_a_required_tenant_is_enforced_at_any_time(tenant: TenantRecord, service: ServiceRecord, now: Any) -> None:
    resolved = resolve("t", tenant, service, 1)
    assert resolved.mode == resolved.mode_at(now) == "enforce"
    assert resolved.off_until is None


@given(tenants(), services(), MOMENTS)
def test_off_is_in_force_before_its_end_and_never_after(tenant: TenantRecord, service: ServiceRecord, now: Any) -> None:
    resolved = resolve("t", tenant, service, 1)
    if resolved.mode == "off":
        assert resolved.off_until is not None
        assert resolved.mode_at(now) == ("off" if now < resolved.off_until else "enforce")
        assert resolved.mode_at(resolved.off_until) == "enforce"
    else:
        assert (resolved.off_until, resolved.mode_at(now)) == (None, resolved.mode)


@given(tenants(), services())
def test_what_is_resolved_is_what_is_explained(tenant: TenantRecord, service: ServiceRecord) -> None:
    resolved, explained = resolve("t", tenant, service, 1), explain(tenant, service)
    assert explained.keys() == BUILT_IN.keys() | {"state", "required"}
    limits = ("requests", "tokens", "audio_seconds")
    for name in explained.keys() - {"vector", *(f"{limit}_per_minute" for limit in limits)}:
        assert getattr(resolved, name) == explained[name].value, name
    assert resolved.vector == set_of(explained["vector"].value, service)
    told = [explained[f"{limit}_per_minute"].value for limit in limits]
    assert resolved.limits == RateLimits(*(None if limit == "unlimited" else limit for limit in told))


def test_nothing_written_is_what_is_built_in() -> None:
    resolved = resolve("t", TenantRecord(), ServiceRecord(), 0)
    assert (resolved.floor, resolved.strength, resolved.ceiling) == (0.0, 1.0, 2.0)
    assert (resolved.mode, resolved.vector, resolved.gate, resolved.models) == ("enforce", None, None, ())


@pytest.mark.parametrize(
    ("tenant", "service", "bounds", "notes"),
    [
        ({"ceiling": 0.5}, {"floor": 0.8}, (0.8, 0.8, 0.8), {"ceiling": "raised from 0.5 to the floor"}),
        ({"floor": 1.5}, {"strength": 1.0}, (1.5, 1.5, 2.0), {"strength": "raised from 1 to the floor"}),
        ({}, {"ceiling": 0.7}, (0.0, 0.7, 0.7), {"strength": "lowered from 1 to the ceiling"}),
        ({"strength": 5.0}, {"ceiling": 3.0}, (0.0, 3.0, 3.0), {"strength": "lowered from 5 to the ceiling"}),
        ({"floor": 3.0}, {}, (3.0, 3.0, 3.0), {"ceiling": "raised from 2 to the floor"}),
    ],
)
def test_where_bounds_contradict_the_floor_wins_and_it_is_told(
    tenant: dict[str, float], service: dict[str, float], bounds: tuple[float, ...], notes: dict[str, str]
) -> None:
    records = TenantRecord.model_validate(tenant), ServiceRecord.model_validate(service)
    resolved = resolve("t", *records, 1)
    assert (resolved.floor, resolved.strength, resolved.ceiling) == bounds
    explained = explain(*records)
    for name, note in notes.items():
        assert explained[name].note == note


def test_an_inherited_off_ends_when_the_service_meant_it_to_and_required_ignores_it() -> None:
    service = ServiceRecord(mode="off", off_until=NOON)
    assert resolve("t", TenantRecord(), service, 1).off_until == NOON
    explained = explain(TenantRecord(required=True), service)
    assert explained["mode"].value == "enforce"
    assert explained["mode"].note == "required overrides the off of the service"
    assert resolve("t", TenantRecord(mode="enforce"), service, 1).mode_at(NOON - timedelta(hours=1)) == "enforce"


@pytest.mark.parametrize(
    ("vector", "service", "found"),
    [
        ("stable", {}, None),
        ("candidate", {}, None),
        ("stable", {"stable": "refusal@1.0.0"}, "refusal@1.0.0"),
        ("candidate", {"stable": "refusal@1.0.0"}, "refusal@1.0.0"),
        ("candidate", {"stable": "refusal@1.0.0", "candidate": "refusal@2.0.0"}, "refusal@2.0.0"),
        ("refusal@3.0.0", {"stable": "refusal@1.0.0"}, "refusal@3.0.0"),
    ],
)
def test_a_channel_is_what_the_service_says(vector: str, service: dict[str, str], found: str | None) -> None:
    named = set_of(vector, ServiceRecord.model_validate(service))
    assert named == (None if found is None else VectorSetId.parse(found))
