"""Tampering, by someone who owns the database and has dropped its triggers."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from server.policy.repository import Change, Commit
from server.policy.store.audit import GENESIS, digest_of
from server.policy.store.repository import SqlPolicyRepository
from server.policy.store.rows import row_of_entry
from tests.server.policy.store.database import Beneath


@pytest.fixture
def filled(repository: SqlPolicyRepository, beneath: Beneath) -> SqlPolicyRepository:
    """Six entries in four revisions; nothing guards them."""

    def commit(reason: str, *changes: Change) -> None:
        repository.commit(Commit("k", "change", reason, changes))

    commit("one", Change("tenant", "a", {"strength": 1.0}, None), Change("tenant", "b", {}, None))
    commit("two", Change("tenant", "a", {"strength": 0.5}, 1))
    commit("three", Change("key", "k", {"tenant": "a", "mac": "0" * 64}, None), Change("tenant", "b", None, 1))
    commit("four", Change("tenant", "a", {"strength": 2.0}, 2))
    beneath.drop_triggers()
    return repository


def test_an_empty_chain_holds(repository: SqlPolicyRepository) -> None:
    verdict = repository.verify_audit()
    assert (verdict.entries, verdict.digest, verdict.fault) == (0, GENESIS, None)


def test_a_whole_chain_holds(filled: SqlPolicyRepository) -> None:
    verdict = filled.verify_audit()
    assert (verdict.entries, verdict.fault) == (6, None)
    assert verdict.digest == filled.audit(limit=1, newest_first=True)[0].digest


def test_a_chain_of_several_pages_holds_and_its_last_page_is_read(
    repository: SqlPolicyRepository, beneath: Beneath
) -> None:
    repository.commit(Commit("k", "c", "r", tuple(Change("tenant", f"t{n}", {"n": n}, None) for n in range(2001))))
    assert repository.verify_audit().fault is None
    beneath.drop_triggers()
    beneath.run("UPDATE audit SET actor = 'other' WHERE sequence = 2001")
    verdict = repository.verify_audit()
    assert verdict.entries == 2000
    assert verdict.fault == "Entry 2001 was changed: its digest is not that of its content."


CHANGED = "Entry {} was changed: its digest is not that of its content."
UNREAD = "Entry {} was changed: it, or what it tells of, cannot be read."


@pytest.mark.parametrize(
    ("statements", "entries", "fault"),
    [
        (["UPDATE audit SET actor = 'x' WHERE sequence = 3"], 2, CHANGED.format(3)),
        (["UPDATE audit SET action = 'x' WHERE sequence = 1"], 0, CHANGED.format(1)),
        (["UPDATE audit SET reason = 'x' WHERE sequence = 6"], 5, CHANGED.format(6)),
        (["UPDATE audit SET name = 'x' WHERE sequence = 3"], 2, CHANGED.format(3)),
        (["UPDATE audit SET kind = 'key' WHERE sequence = 3"], 2, CHANGED.format(3)),
        (["UPDATE audit SET revision = 2 WHERE sequence = 2"], 1, CHANGED.format(2)),
        (["UPDATE audit SET at = '2020-01-01T00:00:00.000000+00:00' WHERE sequence = 2"], 1, CHANGED.format(2)),
        (["""UPDATE audit SET after = '{"strength":3.0}' WHERE sequence = 3"""], 2, CHANGED.format(3)),
        (["UPDATE audit SET before = NULL WHERE sequence = 3"], 2, CHANGED.format(3)),
        (["UPDATE audit SET after = '{' WHERE sequence = 4"], 3, UNREAD.format(4)),
        (["UPDATE audit SET at = 'noon' WHERE sequence = 4"], 3, UNREAD.format(4)),
        (["UPDATE audit SET digest = 'x' WHERE sequence = 4"], 3, CHANGED.format(4)),
        (["DELETE FROM audit WHERE sequence = 1"], 0, "Entry 1 is missing; the next one there is 2."),
        (["DELETE FROM audit WHERE sequence IN (3, 4)"], 2, "Entry 3 is missing; the next one there is 5."),
        (
            ["INSERT INTO audit SELECT 0, 4, at, actor, action, reason, kind, 'x', before, after, previous, digest "
             "FROM audit WHERE sequence = 1"],
            0,
            "An entry 0 was put before the first.",
        ),
        (
            ["UPDATE audit SET sequence = 99 WHERE sequence = 3", "UPDATE audit SET sequence = 3 WHERE sequence = 4",
             "UPDATE audit SET sequence = 4 WHERE sequence = 99"],
            2,
            "Entry 3 does not follow the one before it: its previous digest is another's.",
        ),
        (
            ["DELETE FROM audit WHERE sequence = 6"],
            5,
            "The chain ends with entry 5 of revision 3, but the head is at entry 6 of revision 4.",
        ),
        (
            ["DELETE FROM audit"],
            0,
            "The chain ends with entry 0 of revision 0, but the head is at entry 6 of revision 4.",
        ),
        (
            ["UPDATE head SET revision = 3"],
            6,
            "The chain ends with entry 6 of revision 4, but the head is at entry 6 of revision 3.",
        ),
        (
            ["UPDATE head SET digest = 'x'"],
            6,
            "The chain ends with entry 6 of revision 4, but the head is at entry 6 of revision 4, with another digest.",
        ),
        (
            ["UPDATE revisions SET reason = 'x' WHERE number = 2"],
            2,
            "Entry 3 and the row of revision 2 differ in when, who, what or why.",
        ),
        (
            ["""UPDATE versions SET body = '{"strength":3.0}' WHERE name = 'a' AND revision = 2"""],
            2,
            "Entry 3 and the stored tenant a of revision 2 differ.",
        ),
        (
            ["UPDATE versions SET body = '{}' WHERE name = 'b' AND revision = 3"],
            4,
            "Entry 5 and the stored tenant b of revision 3 differ.",
        ),
        (
            ["DELETE FROM versions WHERE name = 'b' AND revision = 3"],
            4,
            "Entry 5 and the stored tenant b of revision 3 differ.",
        ),
        (
            ["INSERT INTO versions VALUES ('tenant', 'sly', 4, '{}')"],
            6,
            "There are 7 versions, but the audit tells of 6.",
        ),
        (
            ["INSERT INTO revisions VALUES (5, '2026-03-01T12:00:00.000000+00:00', 'k', 'c', 'r')"],
            6,
            "There are 5 revisions, but the audit tells of 4.",
        ),
    ],
    ids=str,
)  # fmt: skip
def test_names_the_first_fault(
    filled: SqlPolicyRepository, beneath: Beneath, statements: list[str], entries: int, fault: str
) -> None:
    for statement in statements:
        beneath.run(statement)
    verdict = filled.verify_audit()
    assert (verdict.entries, verdict.fault) == (entries, fault)


def reforge(beneath: Beneath, repository: SqlPolicyRepository, change: Callable[[dict[str, object]], object]) -> None:
    """Rewrite the chain so that each digest and link is right again: by someone who knows how it is made."""
    previous = GENESIS
    for entry in repository.audit():
        forged = replace(entry, previous=previous)
        fields = row_of_entry(forged)
        change(fields)
        forged = replace(forged, revision=fields["revision"], reason=fields["reason"])
        previous = digest_of(forged)
        beneath.run(
            "UPDATE audit SET revision = :revision, reason = :reason, previous = :previous, digest = :digest "
            "WHERE sequence = :sequence",
            revision=forged.revision,
            reason=forged.reason,
            previous=forged.previous,
            digest=previous,
            sequence=forged.sequence,
        )
    beneath.run("UPDATE head SET digest = :digest", digest=previous)


def test_a_forged_chain_does_not_match_the_revisions(filled: SqlPolicyRepository, beneath: Beneath) -> None:
    reforge(beneath, filled, lambda row: row.update(reason="forged") if row["sequence"] == 3 else None)
    assert filled.verify_audit().fault == "Entry 3 and the row of revision 2 differ in when, who, what or why."


def test_a_forged_chain_cannot_take_a_revision_back(filled: SqlPolicyRepository, beneath: Beneath) -> None:
    reforge(beneath, filled, lambda row: row.update(revision=1) if row["sequence"] == 4 else None)
    assert filled.verify_audit().fault == "Entry 4 is of revision 1, which cannot come after revision 2."
