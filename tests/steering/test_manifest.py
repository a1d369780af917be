import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from steering.manifest import Manifest, canonical_json, check_name, check_version, record_bytes, sha256
from steering.publication import Draft, assemble
from tests.steering.drafts import EVALUATION, STATISTICS, draft, gated_draft


def stored(made: Draft) -> dict[str, object]:
    manifest, _ = assemble(made, EVALUATION)
    record: dict[str, object] = json.loads(record_bytes(manifest))
    return record


def changed(made: Draft | None = None, /, **fields: object) -> bytes:
    """A draft's stored manifest with some fields replaced; a double underscore goes one level down."""
    record: dict[str, object] = stored(made or draft())
    for path, value in fields.items():
        target: dict[str, object] = record
        *parents, last = path.split("__")
        for key in parents:
            nested = target[key]
            assert isinstance(nested, dict)
            target = nested
        target[last] = value
    return json.dumps(record).encode()


@pytest.mark.parametrize("made", [draft, gated_draft])
def test_a_manifest_survives_its_own_bytes(made: Callable[[], Draft]) -> None:
    manifest, _ = assemble(made(), EVALUATION)
    again = Manifest.model_validate_json(record_bytes(manifest))
    assert again == manifest
    assert record_bytes(again) == record_bytes(manifest)


def test_the_unchanged_record_is_accepted() -> None:
    assert Manifest.model_validate_json(changed()).name == "refusal"


def test_bytes_are_sorted_utf8_and_the_digest_is_theirs() -> None:
    data = canonical_json({"b": 1, "a": "é"})
    assert data == '{\n  "a": "é",\n  "b": 1\n}\n'.encode()
    assert sha256(data) == hashlib.sha256(data).hexdigest()


def test_lambda_is_called_by_its_own_name_in_the_file() -> None:
    provenance = stored(draft())["provenance"]
    assert isinstance(provenance, dict)
    assert provenance["lambda"] == 1.0
    assert "lambda_" not in provenance


def test_created_is_stored_in_utc() -> None:
    local = datetime(2026, 1, 2, 5, 0, tzinfo=timezone(timedelta(hours=2))).isoformat()
    manifest = Manifest.model_validate_json(changed(created=local))
    assert manifest.created == datetime(2026, 1, 2, 3, 0, tzinfo=UTC)
    assert json.loads(record_bytes(manifest))["created"] == "2026-01-02T03:00:00Z"


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"surprise": 1}, "surprise"),
        ({"schema_version": 2}, "schema_version"),
        ({"name": "../up"}, "not a vector set's name"),
        ({"version": "1.0"}, "not a version"),
        ({"created": "2026-01-02T03:04:05"}, "timezone"),
        ({"layers": []}, "layers"),
        ({"layers": [3, 2, 5]}, "do not ascend"),
        ({"layers": [2, 2, 5]}, "do not ascend"),
        ({"layers": [-1, 2, 5]}, "greater than or equal to 0"),
        ({"layers": [2, 3, 6]}, "does not exist"),
        ({"positions": "everywhere"}, "positions"),
        ({"recommended_alpha": 0}, "greater than 0"),
        ({"recommended_alpha": float("inf")}, "finite"),
        ({"recommended_alpha": float("nan")}, "recommended_alpha"),
        ({"certified_band": {"low": 2.0, "high": 1.0}}, "is empty"),
        ({"certified_band__high": float("inf")}, "finite"),
        ({"model__fingerprint": "a" * 64}, "fingerprint"),
        ({"model__hidden_size": 0}, "hidden_size"),
        ({"provenance__method": "magic"}, "method"),
        ({"provenance__contrast": "harmful-safe-text"}, "give a refusal prompt"),
        ({"provenance__refusal_prompt": None}, "give a refusal prompt"),
        ({"provenance__n_safe": 0}, "0 safe queries"),
        ({"provenance__statistics": {"norm": [1.0]}}, "1 values for 3 layers"),
        ({"provenance__data_sha256": "B" * 64}, "data_sha256"),
        ({"files": {}}, "are not a version's"),
        ({"files__../x": {"sha256": "b" * 64, "bytes": 1}}, "are not a version's"),
    ],
)
def test_what_does_not_fit_is_refused(fields: dict[str, object], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        Manifest.model_validate_json(changed(**fields))


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"gate__layer": 5}, "no layer is left for it to open in time"),
        ({"gate__layer": -1}, "greater than or equal to 0"),
        ({"gate__gain": 0.0}, "greater than 0"),
        ({"gate__gain": float("inf")}, "finite"),
        ({"gate__bias": float("nan")}, "bias"),
        ({"gate__fitted_on": "guesses"}, "fitted_on"),
        ({"gate__auroc": 1.5}, "less than or equal to 1"),
        ({"gate__n_safe": 0}, "n_safe"),
        ({"gate__threshold": 0.5}, "threshold"),
        ({"gate": {"layer": 3}}, "bias"),
        ({"dose_cap": 0}, "greater than 0"),
        ({"dose_cap": float("inf")}, "finite"),
        ({"provenance__statistics": {}}, "needs the statistics norm and stream_norm"),
        ({"provenance__statistics": {"norm": [1.0, 2.0, 3.0]}}, "needs the statistics norm and stream_norm"),
        ({"provenance__statistics__stream_norm": [10.0, 0.0, 30.0]}, "each above 0"),
        ({"provenance__statistics__stream_norm": [10.0, -4.0, 30.0]}, "each above 0"),
        ({"provenance__statistics__norm": [0.0, 0.0, 0.0]}, "each above 0"),
        ({"text_strength": -0.1}, "greater than 0"),
        ({"text_strength": 0}, "greater than 0"),
        ({"ungated_strength": 0}, "greater than 0"),
        ({"text_strength": float("nan")}, "text_strength"),
    ],
)
def test_a_gate_or_a_dose_that_cannot_be_kept_is_refused(fields: dict[str, object], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        Manifest.model_validate_json(changed(gated_draft(), **fields))


def test_a_gate_may_read_before_or_between_the_steered_layers() -> None:
    for layer in (0, 2, 4):
        record = Manifest.model_validate_json(changed(gated_draft(), gate__layer=layer))
        assert record.gate is not None
        assert record.gate.layer == layer


def test_the_largest_alpha_is_the_one_at_which_the_first_layer_reaches_the_cap() -> None:
    manifest, _ = assemble(gated_draft(), EVALUATION)
    assert manifest.largest_alpha == 0.5
    doses = [
        manifest.largest_alpha * norm / stream
        for norm, stream in zip(STATISTICS["norm"], STATISTICS["stream_norm"], strict=True)
    ]
    assert max(doses) == pytest.approx(0.25)
    assert assemble(draft(), EVALUATION)[0].largest_alpha == inf


def test_a_manifest_from_before_the_gate_still_reads() -> None:
    record = {key: value for key, value in stored(draft()).items() if key not in ("gate", "dose_cap", "text_strength")}
    manifest = Manifest.model_validate_json(json.dumps(record))
    assert (manifest.gate, manifest.dose_cap, manifest.text_strength) == (None, None, 1.0)
    assert manifest.largest_alpha == inf


@pytest.mark.parametrize("name", ["a", "refusal", "refusal-en_2", "0", "a" * 64])
def test_names_that_are_safe_folders_are_accepted(name: str) -> None:
    assert check_name(name) == name


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "a.b", "A", "-a", "a-", "a--b", "a\n", "é", "a" * 65, "a\0"])
def test_other_names_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="is not a vector set's name"):
        check_name(name)


@given(st.text())
def test_an_accepted_name_cannot_leave_its_folder(name: str) -> None:
    try:
        check_name(name)
    except ValueError:
        return
    assert name.isascii()
    assert not set(name) & set("./\\ \0\n")


@pytest.mark.parametrize("version", ["0.0.0", "1.2.3", "1.0.0-rc.1", "10.20.30-alpha-7.x"])
def test_semantic_versions_are_accepted(version: str) -> None:
    assert check_version(version) == version


@pytest.mark.parametrize(
    "version", ["", "1", "1.0", "01.0.0", "1.0.0-01", "1.0.0+build", "v1.0.0", "1.0.0\n", "1.0.٣", "1.0.0-../x"]
)
def test_other_versions_are_refused(version: str) -> None:
    with pytest.raises(ValueError, match="is not a version"):
        check_version(version)
