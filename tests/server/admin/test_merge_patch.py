"""Merge patches of records (RFC 7396)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.admin.merge_patch import patch_schema, patched
from server.policy.errors import InvalidPolicy
from server.policy.records import ServiceRecord, TenantRecord

FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "strength": st.none() | st.floats(1, 2),
        "gate": st.none() | st.booleans(),
        "models": st.none() | st.lists(st.sampled_from(["a", "b"]), max_size=2),
        "state": st.none() | st.sampled_from(["active", "suspended"]),
        "requests_per_minute": st.none() | st.integers(1, 9) | st.just("unlimited"),
    },
)


@given(FIELDS, FIELDS)
def test_what_is_named_is_set_null_is_taken_off_and_the_rest_stays(held: dict[str, Any], patch: dict[str, Any]) -> None:
    before = TenantRecord.model_validate({name: value for name, value in held.items() if value is not None})
    after = patched(before, patch)
    for name in TenantRecord.model_fields:
        if patch.get(name) is not None:
            expected = patch[name]
        elif name in patch:
            expected = getattr(TenantRecord(), name)
        else:
            expected = getattr(before, name)
        assert getattr(after, name) == (tuple(expected) if isinstance(expected, list) else expected)


@given(FIELDS, FIELDS)
def test_a_patch_applied_twice_changes_nothing_more(held: dict[str, Any], patch: dict[str, Any]) -> None:
    once = patched(patched(TenantRecord(), held), patch)
    assert patched(once, patch) == once


@pytest.mark.parametrize(
    ("patch", "param"), [({"nme": None}, "nme"), ({"mode": "off"}, None), ({"models": [None]}, "models[0]")]
)
def test_a_patch_that_leads_nowhere_is_refused(patch: dict[str, Any], param: str | None) -> None:
    with pytest.raises(InvalidPolicy) as refusal:
        patched(TenantRecord(), patch)
    assert refusal.value.param == param


@pytest.mark.parametrize("model", [TenantRecord, ServiceRecord])
def test_the_schema_lets_every_field_be_null(model: type[TenantRecord] | type[ServiceRecord]) -> None:
    schema = patch_schema(model)
    assert schema["properties"].keys() == model.model_fields.keys()
    for field in schema["properties"].values():
        assert {"type": "null"} in field["anyOf"]
        assert len(field["anyOf"]) > 1
        assert "type" not in field
    assert not schema["additionalProperties"]
