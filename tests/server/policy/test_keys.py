"""Keys: what they look like, how they are found, and what is kept of them."""

import hashlib
import hmac
import re
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.policy.keys import KeyHasher, KeyKind, digest_of, id_of, id_of_digest, mint
from tests.server.policy.desk import PEPPER


@pytest.mark.parametrize("kind", ["sar", "adm"])
def test_a_key_has_256_random_bits_and_is_found_by_its_prefix(kind: KeyKind) -> None:
    asked: list[int] = []

    def entropy(size: int) -> bytes:
        asked.append(size)
        return secrets.token_bytes(size)

    minted = mint(kind, entropy)
    assert re.fullmatch(rf"sk-{kind}-[a-z2-7]{{8}}-[A-Za-z0-9_-]{{43}}", minted.text)
    assert id_of(minted.text) == minted.id == minted.text.split("-")[2]
    assert asked == [5, 32]
    assert minted.text not in repr(minted)


@given(st.text() | st.text("-_aZ0k", max_size=80))
def test_any_text_has_an_id_and_a_mac(text: str) -> None:
    assert id_of(text) == id_of_digest(digest_of(text))
    assert re.fullmatch("[0-9a-f]{64}", KeyHasher(PEPPER).mac_of(text))


def test_the_mac_is_of_the_digest_so_that_a_file_may_bring_the_digest_alone() -> None:
    hasher = KeyHasher(PEPPER)
    digest = hashlib.sha256(b"a key").hexdigest()
    assert digest_of("a key") == digest
    assert hasher.mac_of("a key") == hasher.mac_of_digest(digest)
    assert hasher.mac_of("a key") == hmac.new(PEPPER, digest.encode(), "sha256").hexdigest()


def test_a_key_matches_its_own_mac_and_no_other() -> None:
    hasher = KeyHasher(PEPPER)
    mac = hasher.mac_of("a key")
    assert hasher.matches("a key", mac)
    assert not hasher.matches("a kez", mac)
    assert not hasher.matches("a key", None)
    assert not KeyHasher(PEPPER[::-1]).matches("a key", mac)


def test_another_pepper_is_told_and_what_is_derived_reveals_none() -> None:
    one, other = KeyHasher(PEPPER), KeyHasher(PEPPER[::-1])
    assert one.check() == KeyHasher(PEPPER).check() != other.check()
    assert one.derive("sessions") != one.derive("others") != other.derive("sessions")
    assert PEPPER.decode() not in repr(one)


def test_a_short_pepper_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 32 bytes, not 31"):
        KeyHasher(b"x" * 31)
