"""What may be written, and that it is read back as it was."""

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from server.policy.records import (
    AdminKeyRecord,
    InheritedFields,
    KeyRecord,
    ServiceRecord,
    TenantRecord,
    is_live,
    policy_fields_table,
)
from tests.server.policy.desk import NOON
from tests.server.policy.written import services, tenants

NUMBERS = [
    "strength", "floor", "ceiling", "requests_per_minute", "tokens_per_minute", "audio_seconds_per_minute",
]  # fmt: skip


@given(tenants() | services())
def test_what_is_stored_is_read_back_the_same(record: InheritedFields) -> None:
    stored = json.loads(json.dumps(record.stored(), allow_nan=False))
    assert type(record).model_validate(stored) == record
    assert None not in stored.values(), "what is inherited is left out"


@given(st.floats(max_value=0, exclude_max=True, allow_nan=False) | st.integers(max_value=-1), st.sampled_from(NUMBERS))
def test_nothing_negative_is_ever_accepted(number: float, field: str) -> None:
    for model in (TenantRecord, ServiceRecord):
        with pytest.raises(ValidationError):
            model.model_validate({field: number})
        with pytest.raises(ValidationError):
            model.model_validate_json(json.dumps({field: number}))


@pytest.mark.parametrize("field", NUMBERS)
@pytest.mark.parametrize("value", [float("nan"), float("inf"), True, "1", [1], 1001.5, 10**400, {}])
def test_what_is_no_number_within_bounds_is_refused(field: str, value: object) -> None:
    with pytest.raises(ValidationError):
        TenantRecord.model_validate({field: value})


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"floor": 1.0, "ceiling": 0.5}, "floor 1 must not be above the ceiling 0.5"),
        ({"floor": 1.0, "strength": 0.5}, "strength 0.5 must lie from the floor 1 to the ceiling that is inherited"),
        ({"ceiling": 1.0, "strength": 1.5}, "strength 1.5 must lie from the floor 0 to the ceiling 1"),
        ({"mode": "off"}, "mode off and off_until go together"),
        ({"mode": "shadow", "off_until": NOON}, "mode off and off_until go together"),
        ({"off_until": NOON}, "mode off and off_until go together"),
        ({"mode": "off", "off_until": "2026-05-01T12:00:00"}, "timezone"),
        ({"vector": "refusal"}, "name@version"),
        ({"vector": "Stable"}, "name@version"),
        ({"vector": "refusal@../../1"}, "version"),
        ({"colour": 1}, "Extra inputs"),
        ({"mode": "on"}, "enforce"),
        ({"gate": 1}, "bool"),
        ({"models": ["a\x00b"]}, "control characters"),
        ({"models": [""]}, "at least 1"),
    ],
)
def test_what_contradicts_itself_is_refused_with_the_reason(fields: dict[str, Any], why: str) -> None:
    for model in (TenantRecord, ServiceRecord):
        with pytest.raises(ValidationError, match=why):
            model.model_validate(fields)


@pytest.mark.parametrize("mode", ["shadow", "off"])
def test_a_required_tenant_cannot_be_written_out_of_enforcement(mode: str) -> None:
    fields = {"mode": mode, "off_until": NOON if mode == "off" else None, "required": True}
    with pytest.raises(ValidationError, match="always enforced"):
        TenantRecord.model_validate(fields)


def test_the_service_sets_nothing_that_is_a_tenants_alone() -> None:
    for field in ("required", "state"):
        with pytest.raises(ValidationError, match="Extra inputs"):
            ServiceRecord.model_validate({field: "active"})
    for field in ("stable", "candidate"):
        with pytest.raises(ValidationError, match="Extra inputs"):
            TenantRecord.model_validate({field: "refusal@1.0.0"})


def test_a_channel_names_a_version_and_no_channel() -> None:
    with pytest.raises(ValidationError, match="name@version"):
        ServiceRecord(stable="candidate")


def test_an_error_quotes_no_input_and_a_key_shows_no_mac() -> None:
    with pytest.raises(ValidationError) as refused:
        KeyRecord.model_validate({"tenant": "t", "mac": "sk-sar-secret", "created": NOON})
    assert "secret" not in str(refused.value)
    key = KeyRecord(tenant="t", mac="ab" * 32, created=NOON)
    assert "abab" not in repr(key)
    assert "abab" not in repr(AdminKeyRecord(scope="read", mac="ab" * 32, created=NOON))


@pytest.mark.parametrize("name", ["", "A", "a b", "a/b", "a\n", "-a", "ä", "a" * 64])
def test_a_tenants_name_is_fit_for_a_path_and_a_label(name: str) -> None:
    with pytest.raises(ValidationError):
        KeyRecord(tenant=name, mac="ab" * 32, created=NOON)


@pytest.mark.parametrize("end", ["expires", "revoked"])
def test_a_key_lives_until_it_ends_and_not_at_its_end(end: str) -> None:
    key = KeyRecord.model_validate({"tenant": "t", "mac": "ab" * 32, "created": NOON, end: NOON + timedelta(hours=1)})
    assert is_live(key, NOON)
    assert not is_live(key, NOON + timedelta(hours=1))
    assert not is_live(key, NOON + timedelta(days=1))


def test_every_field_is_in_the_table_with_what_is_built_in() -> None:
    table = policy_fields_table()
    for field in (*TenantRecord.model_fields, *ServiceRecord.model_fields):
        assert f"| `{field}` |" in table
    assert "| `strength` | both | `1.0` |" in table
    assert "| `required` | tenant |" in table
    assert "| `stable` | service |" in table
