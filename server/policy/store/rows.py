"""From rows to what they hold, and back. A row that nobody here can have written raises ValueError or TypeError."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Row, Select, and_, func, select

from server.policy.repository import AuditEntry, ReplicaState, Version
from server.policy.store.audit import canonical
from server.policy.store.tables import VERSIONS, written


def newest(*which: ColumnElement[bool]) -> Select[Any]:
    """The newest version of each record among those that ``which`` picks."""
    columns = VERSIONS.c
    last = (
        select(columns.kind, columns.name, func.max(columns.revision).label("revision"))
        .where(*which)
        .group_by(columns.kind, columns.name)
        .subquery()
    )
    return select(VERSIONS).join(last, and_(*(columns[name] == last.c[name] for name in ("kind", "name", "revision"))))


def text_of(body: Mapping[str, Any] | None) -> str | None:
    return None if body is None else canonical(body)


def body_of(text: str | None) -> Mapping[str, Any] | None:
    return None if text is None else cast(Mapping[str, Any], json.loads(text))


def version_of(row: Row[Any]) -> Version:
    return Version(row.kind, row.name, row.revision, body_of(row.body))


def entry_of(row: Row[Any]) -> AuditEntry:
    return AuditEntry(
        row.sequence,
        row.revision,
        datetime.fromisoformat(row.at),
        row.actor,
        row.action,
        row.reason,
        row.kind,
        row.name,
        body_of(row.before),
        body_of(row.after),
        row.previous,
        row.digest,
    )


def row_of_entry(entry: AuditEntry) -> dict[str, Any]:
    return {
        "sequence": entry.sequence,
        "revision": entry.revision,
        "at": written(entry.at),
        "actor": entry.actor,
        "action": entry.action,
        "reason": entry.reason,
        "kind": entry.kind,
        "name": entry.name,
        "before": text_of(entry.before),
        "after": text_of(entry.after),
        "previous": entry.previous,
        "digest": entry.digest,
    }


def replica_of(row: Row[Any]) -> ReplicaState:
    started, seen = datetime.fromisoformat(row.started), datetime.fromisoformat(row.seen)
    return ReplicaState(row.id, row.name, started, seen, row.revision, row.problem)


def row_of_replica(replica: ReplicaState) -> dict[str, Any]:
    return {
        "id": replica.id,
        "name": replica.name,
        "started": written(replica.started),
        "seen": written(replica.seen),
        "revision": replica.revision,
        "problem": replica.problem,
    }
