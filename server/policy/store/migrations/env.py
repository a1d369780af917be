"""What alembic runs: the migrations, in the transaction of the connection that it is given. Logging is left alone."""

from alembic import context

from server.policy.store.migration import VERSION_TABLE
from server.policy.store.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"], target_metadata=METADATA, version_table=VERSION_TABLE
)
with context.begin_transaction():
    context.run_migrations()
