import secrets
from datetime import UTC, datetime

import pytest

from server.policy.errors import NotThere, StoreUnusable
from server.policy.keys import KeyHasher
from server.policy.recovery import recover
from server.policy.repository import Change, Commit
from server.policy.state import KeyRing
from tests.server.policy.memory_repository import MemoryRepository

NOW = datetime(2026, 1, 1, tzinfo=UTC)
HASHER = KeyHasher(b"p" * 32)


def test_the_new_key_opens_everything_and_is_audited() -> None:
    repository = MemoryRepository()
    repository.prepare(HASHER.check())
    repository.commit(Commit("local", "create tenant", "a test", (Change("tenant", "acme", {}, None),)))
    issued = recover(repository, HASHER, lambda: NOW, secrets.token_bytes, "it was lost", "recovered")
    found = KeyRing().after(*repository.since(0)).admin_named_by(issued.text, HASHER, NOW)
    assert found is not None
    assert (found[0], found[1].scope, found[1].label) == (issued.id, "security", "recovered")
    (entry,) = repository.audit(newest_first=True, limit=1)
    assert (entry.actor, entry.reason) == ("local", "it was lost")


def test_nothing_is_recovered_where_no_server_started_or_under_another_pepper() -> None:
    repository = MemoryRepository()
    with pytest.raises(NotThere, match="sarsteer serve makes its first admin key"):
        recover(repository, HASHER, lambda: NOW, secrets.token_bytes, "it was lost", "")
    with pytest.raises(StoreUnusable):
        recover(repository, KeyHasher(b"q" * 32), lambda: NOW, secrets.token_bytes, "it was lost", "")
    assert repository.head() == 0
