from datetime import UTC, datetime, timedelta

import pytest

from server.admin_client import AdminError
from server.cli_fields import field_options, patch_of
from server.policy.records import InheritedFields, ServiceRecord, TenantRecord

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("model", [TenantRecord, ServiceRecord])
def test_every_field_but_the_state_has_an_option(model: type[InheritedFields]) -> None:
    options = {option.name for option in field_options(model)}
    assert options == (set(model.model_fields) - {"state"}) | {"off_for"}


def test_what_is_not_given_is_not_in_the_patch() -> None:
    assert patch_of({"strength": 0.0, "gate": False, "floor": None, "models": ""}) == {
        "strength": 0.0,
        "gate": False,
        "models": [],
    }


def test_off_has_an_end_and_another_mode_none() -> None:
    assert patch_of({"off_for": timedelta(hours=1)}, now=NOW) == {
        "mode": "off",
        "off_until": "2026-01-01T01:00:00+00:00",
    }
    assert patch_of({"mode": "enforce"}) == {"mode": "enforce", "off_until": None}
    assert patch_of({}, ["mode"]) == {"mode": None, "off_until": None}


def test_options_that_contradict_one_another_are_refused() -> None:
    with pytest.raises(AdminError, match="either --off-for or --off-until"):
        patch_of({"off_for": timedelta(hours=1), "off_until": "2026-01-01T00:00:00Z"}, now=NOW)
    with pytest.raises(AdminError, match="for --mode off, not shadow"):
        patch_of({"off_until": "2026-01-01T00:00:00Z", "mode": "shadow"})
    with pytest.raises(AdminError, match="requests_per_minute cannot be set and inherited"):
        patch_of({"requests_per_minute": 1}, ["requests-per-minute"])
