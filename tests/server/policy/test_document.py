import hashlib

import pytest
from pydantic import ValidationError

from server.policy.document import KeyEntry, PolicyDocument, TenantEntry
from server.policy.keys import id_of, is_foreign, mint
from server.policy.records import TenantRecord

KEY = "a-key-of-our-own"
DIGEST = hashlib.sha256(KEY.encode()).hexdigest()
MINTED = mint("sar", lambda count: bytes(range(count)))


def refusal(content: object) -> str:
    with pytest.raises(ValidationError) as caught:
        PolicyDocument.model_validate(content)
    (error,) = caught.value.errors()
    return error["msg"]


def test_a_key_in_clear_and_its_digest_are_one_key() -> None:
    clear, digest = KeyEntry(key=KEY), KeyEntry(sha256=DIGEST)
    assert clear.digest == digest.digest == DIGEST
    assert clear.id == digest.id == id_of(KEY)
    assert is_foreign(clear.id)


def test_a_key_of_the_form_that_is_issued_here_is_looked_up_by_its_prefix() -> None:
    assert KeyEntry(key=MINTED.text).id == MINTED.id
    assert not is_foreign(MINTED.id)


@pytest.mark.parametrize("keys", [{}, {"key": KEY, "sha256": DIGEST}])
def test_a_key_is_given_in_one_way(keys: dict[str, str]) -> None:
    assert "give either key or sha256" in refusal({"tenants": [{"name": "a", "keys": [keys]}]})


def test_an_admin_key_names_no_tenant() -> None:
    admin = mint("adm", lambda count: bytes(count)).text
    assert "an admin key names no tenant" in refusal({"tenants": [{"name": "a", "keys": [{"key": admin}]}]})


@pytest.mark.parametrize("other", [{"key": KEY}, {"sha256": DIGEST}])
def test_one_key_is_listed_once(other: dict[str, str]) -> None:
    for tenants in (
        [{"name": "a", "keys": [{"key": KEY}]}, {"name": "b", "keys": [other]}],
        [{"name": "a", "keys": [{"key": KEY}, other]}],
    ):
        assert "one key is listed twice" in refusal({"tenants": tenants})


def test_two_keys_of_one_prefix_cannot_both_be_found() -> None:
    other = MINTED.text[:-1] + ("A" if MINTED.text[-1] != "A" else "B")
    keys = [{"key": MINTED.text}, {"key": other}]
    assert "one key is listed twice" in refusal({"tenants": [{"name": "a", "keys": keys}]})


def test_one_tenant_is_listed_once() -> None:
    assert "tenant a is listed twice" in refusal({"tenants": [{"name": "a"}, {"name": "b"}, {"name": "a"}]})


def test_a_document_says_something() -> None:
    assert "give service, tenants or both" in refusal({})
    assert PolicyDocument(tenants=()).tenants == ()
    assert PolicyDocument.model_validate({"service": {}}).service is not None


def test_an_entry_is_a_record_with_a_name_and_keys() -> None:
    record = TenantRecord(strength=1.5, models=("m",), required=True, state="suspended")
    entry = TenantEntry(name="a", keys=(KeyEntry(key=KEY),), **record.stored())
    assert entry.record == record
    assert type(entry.record) is TenantRecord
