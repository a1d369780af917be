import hashlib
from pathlib import Path

import pytest

from server.policy.file import FilePolicy, PolicyFileError, read_policy
from steering.vector_set import VectorSetId

ROOT = Path(__file__).resolve().parents[3]
SECRET = "sk-very-secret-key"
DIGEST = hashlib.sha256(SECRET.encode()).hexdigest()


def policy(tmp_path: Path, text: str) -> FilePolicy:
    file = tmp_path / "tenants.yaml"
    file.write_text(text, encoding="utf-8")
    return read_policy(file)


def complaint(tmp_path: Path, text: str) -> str:
    with pytest.raises(PolicyFileError) as caught:
        policy(tmp_path, text)
    assert caught.value.__cause__ is None
    message = str(caught.value)
    assert str(tmp_path / "tenants.yaml") in message
    assert "\n" not in message
    return message


def test_the_shipped_example_defends_one_tenant_and_not_the_other() -> None:
    example = read_policy(ROOT / "deploy" / "examples" / "tenants.yaml")
    strengths = {tenant.name: tenant.strength for tenant in example.tenants}
    assert strengths == {"undefended": 0.0, "defended": 1.0}
    for name in strengths:
        tenant = example.tenant_of(f"demo-{name}")
        assert tenant is not None
        assert tenant.name == name


def test_a_key_is_known_in_clear_or_by_its_digest(tmp_path: Path) -> None:
    for entry in (f"key: {SECRET}", f"sha256: {DIGEST}"):
        read = policy(tmp_path, f"tenants: [{{name: a, keys: [{{{entry}}}]}}]")
        tenant = read.tenant_of(SECRET)
        assert tenant is not None
        assert tenant.name == "a"


@pytest.mark.parametrize("key", [None, "", "wrong-key", SECRET + " ", SECRET[:-1], SECRET.upper(), DIGEST])
def test_a_missing_or_unknown_key_names_no_tenant(tmp_path: Path, key: str | None) -> None:
    assert policy(tmp_path, f"tenants: [{{name: a, keys: [{{key: {SECRET}}}]}}]").tenant_of(key) is None


def test_every_field_of_a_tenant_is_read(tmp_path: Path) -> None:
    text = f"""
    tenants:
      - name: a
        keys: [{{key: {SECRET}}}, {{key: another-key}}]
        state: suspended
        vector: refusal@1.2.0
        strength: 1
        floor: 0.5
        ceiling: 1.5
        gate: true
        models: [one, two]
    """
    (tenant,) = policy(tmp_path, text).tenants
    assert tenant == policy(tmp_path, text).tenant_of("another-key")
    assert (tenant.state, tenant.vector, tenant.gate) == ("suspended", VectorSetId("refusal", "1.2.0"), True)
    assert (tenant.strength, tenant.floor, tenant.ceiling) == (1.0, 0.5, 1.5)
    assert tenant.models == ("one", "two")


@pytest.mark.parametrize(
    ("field", "gate"), [("", None), ("gate: null", None), ("gate:", None), ("gate: true", True), ("gate: false", False)]
)
def test_a_tenants_gate_is_on_off_or_the_sets_own_affair(tmp_path: Path, field: str, gate: bool | None) -> None:
    (tenant,) = policy(tmp_path, f"tenants: [{{name: a, keys: [{{key: {SECRET}}}], {field}}}]").tenants
    assert tenant.gate is gate


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
        ("floor: 2, ceiling: 1", "tenant acme: Value error, strength 1 must lie from the floor 2 to the ceiling 1"),
        ("strength: 3, ceiling: 2", "strength 3 must lie from the floor 0 to the ceiling 2"),
        ("colour: red", "tenant acme, field colour: Extra inputs are not permitted"),
        ("state: asleep", "tenant acme, field state: Input should be 'active' or 'suspended'"),
        ("vector: refusal", "tenant acme, field vector: Value error, 'refusal' does not name a vector set"),
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
        ("tenants: []", "tenants: Tuple should have at least 1 item"),
        ("tenants: [{name: a, keys: []}]", "tenant a, field keys: "),
        ("tenants: [{keys: [{key: some-key}]}]", "tenant number 1, field name: Field required"),
        ("tenants: [7]", "tenant number 1: "),
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
    ],
)
def test_a_file_that_cannot_be_used_says_where_in_one_line(tmp_path: Path, text: str, words: str) -> None:
    assert words in complaint(tmp_path, text)


def test_a_file_that_is_not_there_or_no_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(PolicyFileError, match="cannot be read: No such file"):
        read_policy(tmp_path / "none.yaml")
    (tmp_path / "tenants.yaml").write_bytes(b"tenants: \xff")
    with pytest.raises(PolicyFileError, match="not UTF-8 at byte 9"):
        read_policy(tmp_path / "tenants.yaml")


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


def test_no_key_shows_in_what_holds_the_policy(tmp_path: Path) -> None:
    read = policy(tmp_path, f"tenants: [{{name: a, keys: [{{key: {SECRET}}}]}}]")
    assert SECRET not in repr(read) + repr(vars(read)) + repr(read.tenants)
