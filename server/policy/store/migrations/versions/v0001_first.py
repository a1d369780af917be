"""The first schema: versions, revisions and audit that only grow, the head, and the replicas."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# Each with its unique keys.
APPEND_ONLY: dict[str, list[tuple[str, ...]]] = {
    "revisions": [("number",)],
    "versions": [("kind", "name", "revision")],
    "audit": [("sequence",), ("revision", "kind", "name")],
}
GENESIS = "0" * 64


def upgrade() -> None:
    op.create_table(
        "revisions",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("at", "actor", "action", "reason")),
    )
    op.create_table(
        "versions",
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("revision", sa.BigInteger, sa.ForeignKey("revisions.number"), primary_key=True, autoincrement=False),
        sa.Column("body", sa.Text),
    )
    op.create_index("versions_by_revision", "versions", ["revision"])
    op.create_table(
        "audit",
        sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("revision", sa.BigInteger, sa.ForeignKey("revisions.number"), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("at", "actor", "action", "reason", "kind", "name")),
        sa.Column("before", sa.Text),
        sa.Column("after", sa.Text),
        sa.Column("previous", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.UniqueConstraint("revision", "kind", "name", name="audit_once_per_record"),
    )
    head = op.create_table(
        "head",
        sa.Column(
            "id",
            sa.BigInteger,
            sa.CheckConstraint("id = 1", name="head_is_one_row"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("sequence", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("pepper_check", sa.Text),
    )
    op.bulk_insert(head, [{"id": 1, "revision": 0, "sequence": 0, "digest": GENESIS}])
    op.create_table(
        "replicas",
        sa.Column("id", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("name", "started", "seen")),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("problem", sa.Text),
    )
    if op.get_bind().dialect.name == "postgresql":
        _append_only_on_postgresql()
    else:
        _append_only_on_sqlite()


def _append_only_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def _append_only_on_sqlite() -> None:
    for table, keys in APPEND_ONLY.items():
        refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for verb in ("UPDATE", "DELETE"):
            op.execute(f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} {refuse}")
        # INSERT OR REPLACE deletes without a DELETE trigger.
        same = " OR ".join(" AND ".join(f"{column} = NEW.{column}" for column in key) for key in keys)
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) {refuse}"
        )
