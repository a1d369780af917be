"""One commit, inside its transaction: what it may change, and the rows that it becomes."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from server.policy.errors import AlreadyThere, InvalidPolicy, RevisionConflict
from server.policy.repository import AuditEntry, Change, Commit, Kind, Revision, Version
from server.policy.store.audit import canonical, sealed, without_mac
from server.policy.store.rows import newest, row_of_entry, text_of, version_of
from server.policy.store.tables import AUDIT, HEAD, REVISIONS, VERSIONS, written

Held = Mapping[tuple[Kind, str], Version]
_CHUNK = 500


def check_writable(commit: Commit) -> None:
    """Raise InvalidPolicy for what no database could hold, or what one revision cannot be."""
    if not commit.changes:
        raise InvalidPolicy("A commit changes at least one record.")
    seen = set()
    for change in commit.changes:
        if (change.kind, change.name) in seen:
            raise InvalidPolicy(f"The {_what(change)} is changed twice in one commit; once is enough.")
        seen.add((change.kind, change.name))
        _check_text(change.name, "name")
        try:
            canonical(change.body)
        except ValueError as error:
            raise InvalidPolicy(f"The {_what(change)} holds what is no JSON text or number: {error}.") from error
    _check_text(commit.actor, "actor")
    _check_text(commit.action, "action")
    _check_text(commit.reason, "reason")


def write(connection: Connection, commit: Commit, at: datetime) -> Revision:
    """Write ``commit`` as the next revision; raise RevisionConflict or AlreadyThere, and leave undoing to the caller.

    Writers queue on the head's row, so what is read here stays true until the transaction ends.
    """
    head = connection.execute(select(HEAD).with_for_update()).one()
    if commit.base not in (None, head.revision):
        raise RevisionConflict(
            f"The newest revision is {head.revision}, not {commit.base}; look at it, and try again.", head.revision
        )
    held = _held(connection, commit.changes)
    for change in commit.changes:
        _check_expected(change, held.get((change.kind, change.name)))
    subjects = tuple(f"{change.kind}/{change.name}" for change in commit.changes)
    revision = Revision(head.revision + 1, at, commit.actor, commit.action, commit.reason, subjects)
    _insert(connection, revision, commit.changes, tuple(_entries(revision, commit.changes, held, head)))
    return revision


def _what(change: Change) -> str:
    return f"{change.kind.replace('_', ' ')} {change.name}"


def _check_text(text: str, field: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        whole = False
    else:
        whole = "\0" not in text
    if not whole:
        raise InvalidPolicy(f"The {field} must be text, without NULs and halves of characters.", field)


def _held(connection: Connection, changes: Sequence[Change]) -> Held:
    """The records, of those that are to change, that are there."""
    names: dict[Kind, list[str]] = defaultdict(list)
    for change in changes:
        names[change.kind].append(change.name)
    held = {}
    for kind, of_kind in names.items():
        for start in range(0, len(of_kind), _CHUNK):
            some = VERSIONS.c.name.in_(of_kind[start : start + _CHUNK])
            for row in connection.execute(newest(VERSIONS.c.kind == kind, some)):
                if row.body is not None:
                    held[kind, row.name] = version_of(row)
    return held


def _check_expected(change: Change, held: Version | None) -> None:
    if held is None:
        if change.expected is not None or change.body is None:
            raise RevisionConflict(f"The {_what(change)} is gone; look again.", 0)
    elif change.expected is None:
        raise AlreadyThere(f"There is a {_what(change)} already, of revision {held.revision}; change that one.")
    elif held.revision != change.expected:
        raise RevisionConflict(
            f"The {_what(change)} is at revision {held.revision}, not {change.expected}; look at it, and try again.",
            held.revision,
        )


def _entries(revision: Revision, changes: Sequence[Change], held: Held, head: Row[Any]) -> Iterator[AuditEntry]:
    """The audit entries of a revision, each sealed to the one before it and the first to the head."""
    previous: str = head.digest
    for sequence, change in enumerate(changes, head.sequence + 1):
        before = held.get((change.kind, change.name))
        entry = sealed(
            AuditEntry(
                sequence,
                revision.number,
                revision.at,
                revision.actor,
                revision.action,
                revision.reason,
                change.kind,
                change.name,
                without_mac(before.body if before else None),
                without_mac(change.body),
                previous,
                "",
            )
        )
        previous = entry.digest
        yield entry


def _insert(
    connection: Connection, revision: Revision, changes: Sequence[Change], entries: Sequence[AuditEntry]
) -> None:
    connection.execute(
        insert(REVISIONS).values(
            number=revision.number,
            at=written(revision.at),
            actor=revision.actor,
            action=revision.action,
            reason=revision.reason,
        )
    )
    connection.execute(
        insert(VERSIONS),
        [
            {"kind": change.kind, "name": change.name, "revision": revision.number, "body": text_of(change.body)}
            for change in changes
        ],
    )
    connection.execute(insert(AUDIT), [row_of_entry(entry) for entry in entries])
    last = entries[-1]
    connection.execute(update(HEAD).values(revision=revision.number, sequence=last.sequence, digest=last.digest))
