"""What is answered holds what it says, and no MAC."""

from datetime import UTC, datetime

from server.admin import schemas
from server.policy.records import AdminKeyRecord, KeyRecord, ServiceRecord, TenantRecord
from server.policy.repository import AuditEntry
from server.policy.resolution import explain


def test_every_field_in_force_is_answered() -> None:
    in_force = explain(TenantRecord(), ServiceRecord())
    assert schemas.EffectiveTenantFields.model_fields.keys() == in_force.keys()
    assert in_force.keys() - schemas.EffectiveFields.model_fields.keys() == {"state", "required"}


def test_every_part_of_an_audit_entry_is_answered() -> None:
    assert tuple(schemas.Audited.model_fields) == AuditEntry.__slots__


def test_a_key_is_answered_without_its_mac() -> None:
    now = datetime(2026, 5, 1, tzinfo=UTC)
    mac = "ab" * 32
    key = schemas.Key.of("i", KeyRecord(tenant="t", mac=mac, created=now), now)
    admin = schemas.AdminKey.of("i", AdminKeyRecord(scope="read", mac=mac, created=now), now)
    for shown in (key, admin):
        assert mac not in shown.model_dump_json()
        assert "mac" not in type(shown).model_fields
    assert key.live


def test_a_record_is_answered_without_what_it_inherits() -> None:
    service = schemas.Service(
        revision=1,
        fields=ServiceRecord(strength=1.5, models=()),
        effective=schemas.EffectiveFields(
            **{
                name: explain(TenantRecord(), ServiceRecord())[name].value
                for name in schemas.EffectiveFields.model_fields
            }
        ),
    )
    assert service.model_dump(mode="json")["fields"] == {"strength": 1.5, "models": []}
