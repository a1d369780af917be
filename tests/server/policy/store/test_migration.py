import logging
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import NullPool, create_engine, make_url
from sqlalchemy.exc import DBAPIError

from server.policy.errors import StoreUnusable
from server.policy.repository import AuditVerdict, Change, Commit
from server.policy.store.migration import VERSION_TABLE
from server.policy.store.repository import SqlPolicyRepository
from server.policy.store.tables import METADATA
from tests.server.policy.store.conftest import PEPPER, Opener
from tests.server.policy.store.database import Beneath

PINNED = Path(__file__).parent
SCHEMA_OF_POSTGRESQL = {
    "columns": """
        SELECT table_name || '.' || column_name || ' ' || data_type ||
               CASE is_nullable WHEN 'NO' THEN ' NOT NULL' ELSE '' END
        FROM information_schema.columns WHERE table_schema = current_schema
        ORDER BY table_name, ordinal_position""",
    "constraints": """
        SELECT conrelid::regclass || '.' || conname || ' ' || pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = current_schema::regnamespace AND contype <> 'n' ORDER BY 1""",
    "indexes": """
        SELECT replace(indexdef, schemaname || '.', '')
        FROM pg_indexes WHERE schemaname = current_schema ORDER BY 1""",
    "functions": """
        SELECT proname || ' ' || prosrc
        FROM pg_proc WHERE pronamespace = current_schema::regnamespace ORDER BY 1""",
    "triggers": """
        SELECT replace(pg_get_triggerdef(pg_trigger.oid), current_schema || '.', '')
        FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
        WHERE NOT tgisinternal AND relnamespace = current_schema::regnamespace ORDER BY 1""",
}
SCHEMA_OF_SQLITE = {
    f"{kind} statements": f"SELECT sql FROM sqlite_master WHERE type = '{kind}' AND sql IS NOT NULL ORDER BY name"
    for kind in ("table", "index", "trigger")
}


def test_the_schema_is_the_pinned_one(repository: SqlPolicyRepository, beneath: Beneath) -> None:
    queries = SCHEMA_OF_SQLITE if beneath.is_sqlite else SCHEMA_OF_POSTGRESQL
    found = "".join(
        f"-- {what}\n" + "".join(f"{line.rstrip()}\n" for (text,) in beneath.run(query) for line in text.splitlines())
        for what, query in queries.items()
    )
    pinned = PINNED / f"schema.{'sqlite' if beneath.is_sqlite else 'postgresql'}.txt"
    assert found == pinned.read_text()


def test_migrating_from_nothing_makes_what_the_code_declares(repository: SqlPolicyRepository, url: str) -> None:
    parsed = make_url(url)
    driver = parsed if parsed.drivername == "sqlite" else parsed.set(drivername="postgresql+psycopg")
    with create_engine(driver, poolclass=NullPool).connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, METADATA) == []


@pytest.mark.parametrize("table", ["versions", "revisions", "audit"])
def test_history_refuses_to_change(repository: SqlPolicyRepository, beneath: Beneath, table: str) -> None:
    repository.commit(Commit("k", "create", "a test", (Change("tenant", "a", {}, None),)))
    own = f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}" if beneath.is_sqlite else f"TRUNCATE {table} CASCADE"
    column = "name" if table == "versions" else "reason"
    for change in (f"DELETE FROM {table}", f"UPDATE {table} SET {column} = 'other'", own):
        with pytest.raises(DBAPIError, match=f"{table} is append-only"):
            beneath.run(change)
    assert repository.verify_audit() == AuditVerdict(1, repository.audit()[0].digest, None)


def test_a_newer_schema_is_refused(repository: SqlPolicyRepository, opened: Opener, beneath: Beneath) -> None:
    beneath.run(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    with pytest.raises(StoreUnusable, match=r"schema 9999.* newer version"):
        opened().prepare(PEPPER)


def test_another_pepper_is_refused_and_told_apart_from_none(repository: SqlPolicyRepository, opened: Opener) -> None:
    with pytest.raises(StoreUnusable, match=r"another pepper.*Start with the pepper"):
        opened().prepare("b" * 64)
    opened().prepare(PEPPER)


def test_migrating_leaves_logging_alone(opened: Opener) -> None:
    def configuration() -> list[Any]:
        root = logging.getLogger()
        known = [root, *(logging.getLogger(name) for name in ("alembic", "sqlalchemy", "sqlalchemy.engine"))]
        return [(each.level, each.handlers[:], each.disabled, each.propagate) for each in known]

    before = configuration()
    opened().prepare(PEPPER)
    assert configuration() == before
