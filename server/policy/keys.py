"""Keys: 256 random bits, shown once, kept as an HMAC-SHA-256 under the server's pepper, found by their prefix.

A key is ``sk-sar-<prefix>-<secret>`` (``sk-adm-`` for admins), its secret 32 bytes as base64url without padding. The
MAC is taken over the key's SHA-256, so that a policy file may bring a key as its digest alone. A key of another form
(brought by a file) is found by the first digits of that digest.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

Entropy = Callable[[int], bytes]
"""Random bytes, as ``secrets.token_bytes``."""
KeyKind = Literal["sar", "adm"]

_OURS = re.compile(r"sk-(?:sar|adm)-([a-z2-7]{8})-[A-Za-z0-9_-]{43}")
_FOREIGN = re.compile(r"x[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Minted:
    """A new key; ``text`` is shown once and kept nowhere."""

    id: str
    text: str = field(repr=False)


def mint(kind: KeyKind, entropy: Entropy) -> Minted:
    """A key of 256 random bits and a random prefix, which is its id."""
    prefix = base64.b32encode(entropy(5)).decode().lower()
    secret = base64.urlsafe_b64encode(entropy(32)).decode().rstrip("=")
    return Minted(prefix, f"sk-{kind}-{prefix}-{secret}")


def digest_of(key: str) -> str:
    """The SHA-256 of a key, in hex: what a policy file may hold in the key's stead."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def id_of(key: str) -> str:
    """The id under which ``key`` is looked up."""
    ours = _OURS.fullmatch(key)
    return ours.group(1) if ours else id_of_digest(digest_of(key))


def id_of_digest(digest: str) -> str:
    """The id of a key of another form, from its digest: longer than any of ours."""
    return f"x{digest[:16]}"


def is_foreign(id_: str) -> bool:
    """Whether this is the id of a key of another form, which only a policy document can have brought."""
    return _FOREIGN.fullmatch(id_) is not None


class KeyHasher:
    """Takes and compares the MACs of keys under one pepper (at least 32 bytes)."""

    __slots__ = ("_pepper",)

    def __init__(self, pepper: bytes) -> None:
        if len(pepper) < 32:
            raise ValueError(f"The pepper must have at least 32 bytes, not {len(pepper)}.")
        self._pepper = pepper

    def mac_of(self, key: str) -> str:
        return self.mac_of_digest(digest_of(key))

    def mac_of_digest(self, digest: str) -> str:
        return hmac.digest(self._pepper, digest.encode(), "sha256").hex()

    def matches(self, key: str, mac: str | None) -> bool:
        """Whether ``key`` has this MAC, in a time that tells nothing of either; None never matches, as slowly."""
        return hmac.compare_digest(self.mac_of(key), mac or "-" * 64) and mac is not None

    def check(self) -> str:
        """A value that differs for another pepper: a replica with a wrong one must not start."""
        return hmac.digest(self._pepper, b"sarsteer pepper", "sha256").hex()

    def derive(self, purpose: str) -> bytes:
        """A secret for another use, such as signing the console's sessions, that reveals nothing of the pepper."""
        return hmac.digest(self._pepper, f"sarsteer {purpose}".encode(), "sha256")
