"""The database under a store, for tests that look beneath it or tamper with it."""

from typing import Any

from sqlalchemy import NullPool, create_engine, make_url, text

TABLES = ("audit", "head", "replicas", "revisions", "versions")


class Beneath:
    """Runs SQL on the database that ``url`` names, each statement in a transaction of its own."""

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        self.is_sqlite = parsed.drivername == "sqlite"
        driver = parsed if self.is_sqlite else parsed.set(drivername="postgresql+psycopg")
        self._engine = create_engine(driver, poolclass=NullPool)

    def run(self, statement: str, **values: Any) -> list[tuple[Any, ...]]:
        with self._engine.begin() as connection:
            result = connection.execute(text(statement), values) if values else connection.exec_driver_sql(statement)
            return [tuple(row) for row in result] if result.returns_rows else []

    def drop_triggers(self) -> None:
        """Let every table be changed, as someone who owns the database can."""
        if self.is_sqlite:
            for (name,) in self.run("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
                self.run(f"DROP TRIGGER {name}")
        else:
            for name, table in self.run(
                "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
                "WHERE NOT tgisinternal AND relnamespace = current_schema::regnamespace"
            ):
                self.run(f"DROP TRIGGER {name} ON {table}")
