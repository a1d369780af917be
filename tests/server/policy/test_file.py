import hashlib
from pathlib import Path

import pytest

from server.policy.document import PolicyDocument
from server.policy.file import PolicyFileError, read_document

ROOT = Path(__file__).resolve().parents[3]
SECRET = "sk-very-secret-key"
DIGEST = hashlib.sha256(SECRET.encode()).hexdigest()


def document(tmp_path: Path, text: str) -> PolicyDocument:
    file = tmp_path / "policy.yaml"
    file.write_text(text, encoding="utf-8")
    return read_document(file)


def complaint(tmp_path: Path, text: str) -> str:
    with pytest.raises(PolicyFileError) as caught:
        document(tmp_path, text)
    assert caught.value.__cause__ is None
    message = str(caught.value)
    assert str(tmp_path / "policy.yaml") in message
    assert "\n" not in message
    return message


def test_the_shipped_example_defends_one_tenant_and_not_the_other() -> None:
    example = read_document(ROOT / "deploy" / "examples" / "tenants.yaml")
    assert {tenant.name: tenant.strength for tenant in example.tenants} == {"undefended": 0.0, "defended": 1.0}
    for tenant in example.tenants:
        assert [key.key for key in tenant.keys or ()] == [f"demo-{tenant.name}"]


def test_every_field_is_read(tmp_path: Path) -> None:
    text = f"""
    service:
      stable: refusal@3.0.1
      mode: off
      off_until: 2030-01-02T03:04:05+01:00
    tenants:
      - name: a
        keys: [{{key: {SECRET}}}, {{sha256: {DIGEST[::-1]}, label: gateway}}]
        state: suspended
        vector: refusal@1.2.0
        strength: 1
        floor: 0.5
        ceiling: 1.5
        gate: true
        required: true
        models: [one, two]
        requests_per_minute: unlimited
        twin_share: 0.05
        refusal_style: openai
    """
    read = document(tmp_path, text)
    assert read.service is not None
    assert read.service.stored() == {
        "stable": "refusal@3.0.1",
        "mode": "off",
        "off_until": "2030-01-02T02:04:05Z",
    }
    (tenant,) = read.tenants
    assert tenant.record.stored() == {
        "state": "suspended",
        "vector": "refusal@1.2.0",
        "strength": 1.0,
        "floor": 0.5,
        "ceiling": 1.5,
        "gate": True,
        "required": True,
        "models": ["one", "two"],
        "requests_per_minute": "unlimited",
        "twin_share": 0.05,
        "refusal_style": "openai",
    }
    assert [(key.digest, key.label) for key in tenant.keys or ()] == [(DIGEST, None), (DIGEST[::-1], "gateway")]


@pytest.mark.parametrize(
    ("field", "gate"), [("", None), ("gate: null", None), ("gate:", None), ("gate: true", True), ("gate: false", False)]
)
def test_a_tenants_gate_is_on_off_or_inherited(tmp_path: Path, field: str, gate: bool | None) -> None:
    (tenant,) = document(tmp_path, f"tenants: [{{name: a, {field}}}]").tenants
    assert tenant.gate is gate


def test_only_true_and_false_are_booleans(tmp_path: Path) -> None:
    read = document(tmp_path, "tenants: [{name: no, models: [on, yes, off, trueish], required: True}]")
    (tenant,) = read.tenants
    assert (tenant.name, tenant.models, tenant.required) == ("no", ("on", "yes", "off", "trueish"), True)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ("gate: sometimes", "tenant acme, field gate: Input should be a valid boolean"),
        ("gate: 0.5", "tenant acme, field gate: Input should be a valid boolean"),
        ("strength: -1", "tenant acme, field strength: Input should be greater than or equal to 0"),
        ("strength: .nan", "tenant acme, field strength: Input should be a finite number"),
        ("strength: .inf", "tenant acme, field strength: Input should be a finite number"),
        ("strength: '1'", "tenant acme, field strength: Input should be a valid number"),
        ("strength: true", "tenant acme, field strength: Input should be a valid number"),
        ("floor: 2, ceiling: 1", "tenant acme: floor 2 must not be above the ceiling 1"),
        ("strength: 3, ceiling: 2", "strength 3 must lie from the floor 0 to the ceiling 2"),
        ("colour: red", "tenant acme, field colour: Extra inputs are not permitted"),
        ("mode: off", "tenant acme: mode off and off_until go together"),
        ("off_until: 2026-01-01T00:00:00, mode: off", "field off_until: Input should have timezone info"),
        ("mode: shadow, required: true", "tenant acme: mode shadow is not for a required tenant"),
        ("models: [one, 7]", "tenant acme, field models.1: Input should be a valid string"),
        (
            "requests_per_minute: 0",
            "field requests_per_minute: a limit is an integer from 1 to 1000000000, or 'unlimited'",
        ),
        ("stable: refusal@1.0.0", "tenant acme, field stable: Extra inputs are not permitted"),
        ("state: asleep", "tenant acme, field state: Input should be 'active' or 'suspended'"),
        (
            "vector: refusal",
            "tenant acme, field vector: 'refusal' does not name a vector set",
        ),
    ],
)
def test_a_bad_field_is_named_with_its_tenant(tmp_path: Path, fields: str, words: str) -> None:
    text = f"tenants: [{{name: good, keys: [{{key: first-key}}]}}, {{name: acme, keys: [{{key: {SECRET}}}], {fields}}}]"
    assert words in complaint(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the whole: "),
        ("[]", "the whole: "),
        ("{}", "the whole: give service, tenants or both"),
        ("service:", "the whole: give service, tenants or both"),
        ("service: [1]", "service: "),
        ("service: {required: true}", "service, field required: Extra inputs are not permitted"),
        ("service: {candidate: x}", "service, field candidate: 'x' does not name a vector set"),
        ("tenants: [{keys: [{key: some-key}]}]", "tenant number 1, field name: Field required"),
        ("tenants: [7]", "tenant number 1: "),
        ("tenants: [{name: a, keys: 7}]", "tenant a, field keys: "),
        ("tenants: [{name: a, keys: [{key: short}]}]", "tenant a, field keys.0.key: "),
        ("tenants: [{name: a, keys: [{key: k-of-a-ab}]}, {name: a, keys: [{key: k-of-b-ab}]}]", "a is listed twice"),
        ("tenants: [{name: a, keys: [{key: same-key}]}, {name: b, keys: [{key: same-key}]}]", "key is listed twice"),
        (
            "tenants: [{name: a, keys: [{key: some-key}], strength: 1, strength: 0}]",
            "line 1: the field strength stands",
        ),
        ("tenants: [{name: a, keys: [{key: some-key}]}]\ntenants: []", "line 2: the field tenants stands twice"),
        ("tenants: [", "is not YAML at line 1: "),
        ("tenants: !!python/object/apply:os.getcwd []", "is not YAML at line 1: "),
        ("? [a]\n: b", "is not YAML at line 1: "),
        ("\x00", "is not YAML."),
        ("[" * 5000, "nests too deep"),
        ("a: 2026-13-01", "holds what is no date or number"),
    ],
)
def test_a_file_that_cannot_be_used_says_where_in_one_line(tmp_path: Path, text: str, words: str) -> None:
    assert words in complaint(tmp_path, text)


def test_a_file_that_is_not_there_or_no_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(PolicyFileError, match="cannot be read: No such file"):
        read_document(tmp_path / "none.yaml")
    (tmp_path / "policy.yaml").write_bytes(b"tenants: \xff")
    with pytest.raises(PolicyFileError, match="not UTF-8 at byte 9"):
        read_document(tmp_path / "policy.yaml")


@pytest.mark.parametrize(
    "entry",
    [
        f"{{key: {SECRET}, sha256: {DIGEST}}}",
        f"{{key: {SECRET}, colour: red}}",
        f"{{sha256: {SECRET}}}",
        f"{{key: [{SECRET}]}}",
        f"{SECRET}",
        f"{{key: *{SECRET}}}",
        f"{{key: !{SECRET}}}",
        f"{{key: {SECRET}",
        f"{{key: '{SECRET}}}",
        f"{{key: {SECRET}: b}}",
    ],
)
def test_no_complaint_quotes_a_key(tmp_path: Path, entry: str) -> None:
    assert SECRET not in complaint(tmp_path, f"tenants:\n  - name: acme\n    keys:\n      - {entry}\n")


def test_no_key_shows_in_a_document(tmp_path: Path) -> None:
    read = document(tmp_path, f"tenants: [{{name: a, keys: [{{key: {SECRET}}}, {{sha256: {DIGEST[::-1]}}}]}}]")
    assert SECRET not in repr(read)
    assert DIGEST[::-1] not in repr(read)
