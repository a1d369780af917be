"""Verifying the audit: the chain beside the tables that it tells of, a page at a time."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, func, select

from server.policy.repository import AuditVerdict
from server.policy.store.audit import ChainWalk, Told
from server.policy.store.rows import body_of, entry_of
from server.policy.store.tables import AUDIT, HEAD, REVISIONS, VERSIONS

_PAGE = 1000


def verify(connection: Connection) -> AuditVerdict:
    """Walk from the first entry to the head, to the first fault; ``connection`` sees one moment."""
    walk = ChainWalk()
    fault = _chain_fault(connection, walk) or _end_fault(connection, walk)
    return AuditVerdict(walk.entries, walk.digest, fault)


def _chain_fault(connection: Connection, walk: ChainWalk) -> str | None:
    own_version = and_(*(VERSIONS.c[name] == AUDIT.c[name] for name in ("kind", "name", "revision")))
    query = (
        select(
            AUDIT,
            *(REVISIONS.c[name].label(f"told_{name}") for name in ("at", "actor", "action", "reason")),
            VERSIONS.c.revision.label("told_version"),
            VERSIONS.c.body.label("told_body"),
        )
        .outerjoin(REVISIONS, REVISIONS.c.number == AUDIT.c.revision)
        .outerjoin(VERSIONS, own_version)
        .order_by(AUDIT.c.sequence)
        .limit(_PAGE)
    )
    page = connection.execute(query).all()
    while page:
        for row in page:
            try:
                fault = walk.fault(entry_of(row), _told(row))
            except (ValueError, TypeError):
                fault = f"Entry {row.sequence} was changed: it, or what it tells of, cannot be read."
            if fault is not None:
                return fault
        page = connection.execute(query.where(AUDIT.c.sequence > page[-1].sequence)).all()
    return None


def _end_fault(connection: Connection, walk: ChainWalk) -> str | None:
    """What does not fit the chain's end: the head, or revisions and versions that no entry tells of."""
    head = connection.execute(select(HEAD)).one()
    ends, says = (walk.entries, walk.revision), (head.sequence, head.revision)
    if ends != says or walk.digest != head.digest:
        return (
            f"The chain ends with entry {walk.entries} of revision {walk.revision}, but the head is at entry "
            f"{head.sequence} of revision {head.revision}{', with another digest' if ends == says else ''}."
        )
    for table, told in ((REVISIONS, walk.revision), (VERSIONS, walk.entries)):
        there = connection.execute(select(func.count()).select_from(table)).scalar_one()
        if there != told:
            return f"There are {there} {table.name}, but the audit tells of {told}."
    return None


def _told(row: Row[Any]) -> Told:
    story = (row.told_actor, row.told_action, row.told_reason)
    revision = None if row.told_at is None else (datetime.fromisoformat(row.told_at), *story)
    return Told(revision, row.told_version is not None, body_of(row.told_body))
