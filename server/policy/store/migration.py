"""Bringing a database's schema to this code's, by alembic, without an alembic.ini."""

import threading
from importlib.resources import as_file, files

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from server.policy.errors import StoreUnusable

VERSION_TABLE = "schema_version"

# Alembic keeps the migration that runs in globals of its own; two databases of one process take turns.
_ALEMBIC = threading.Lock()


def migrate(connection: Connection) -> None:
    """Upgrade within the connection's transaction, which the caller lets only one replica have at a time.

    Raise StoreUnusable if the schema is newer than this code.
    """
    held = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).get_current_revision()
    with as_file(files("server.policy.store") / "migrations") as folder:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        scripts = ScriptDirectory.from_config(config)
        known = [script.revision for script in scripts.walk_revisions()]
        if held is not None and held not in known:
            raise StoreUnusable(
                f"The policy store has the schema {held}, which this version does not know; "
                "a newer version wrote it. Serve with that version."
            )
        if held != scripts.get_current_head():
            with _ALEMBIC:
                command.upgrade(config, "head")
