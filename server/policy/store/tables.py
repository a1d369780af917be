"""The store's tables, the same on SQLite and PostgreSQL.

``versions``, ``revisions`` and ``audit`` are append-only: triggers (in the migrations) refuse all but INSERT. Times are
ISO 8601 text in UTC to the microsecond, so that they sort as text; bodies are canonical JSON as text, so that what is
read back is byte for byte what was digested.
"""

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

METADATA = MetaData()

REVISIONS = Table(
    "revisions",
    METADATA,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("reason", Text, nullable=False),
)

VERSIONS = Table(
    "versions",
    METADATA,
    Column("kind", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("revision", BigInteger, ForeignKey("revisions.number"), primary_key=True, autoincrement=False),
    Column("body", Text),
    Index("versions_by_revision", "revision"),
)

AUDIT = Table(
    "audit",
    METADATA,
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("revision", BigInteger, ForeignKey("revisions.number"), nullable=False),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("before", Text),
    Column("after", Text),
    Column("previous", Text, nullable=False),
    Column("digest", Text, nullable=False),
    UniqueConstraint("revision", "kind", "name", name="audit_once_per_record"),
)

HEAD = Table(
    "head",
    METADATA,
    Column("id", BigInteger, CheckConstraint("id = 1", name="head_is_one_row"), primary_key=True, autoincrement=False),
    Column("revision", BigInteger, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("digest", Text, nullable=False),
    Column("pepper_check", Text),
)
"""One row: the newest revision, the end of the audit chain, and what the keys' pepper must match.

Writers queue on it.
"""

REPLICAS = Table(
    "replicas",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("started", Text, nullable=False),
    Column("seen", Text, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("problem", Text),
)


def written(moment: datetime) -> str:
    """An aware ``moment`` as the tables hold it."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
