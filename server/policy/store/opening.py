"""From a URL to the store that it names."""

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from server.policy.errors import StoreUnusable
from server.policy.model import Clock
from server.policy.store.database import Database
from server.policy.store.postgres import PostgresDatabase
from server.policy.store.repository import SqlPolicyRepository
from server.policy.store.sqlite import SqliteDatabase

PATIENCE_SECONDS = 5.0
_FORMS = "give it as sqlite:////folder/policy.db, or as postgresql://user:password@host/database"


def open_repository(url: str, clock: Clock, patience: float = PATIENCE_SECONDS) -> SqlPolicyRepository:
    """The store at ``sqlite:////folder/policy.db`` or ``postgresql://…``; nothing is asked of it yet.

    A call waits ``patience`` seconds or so for its turn or an answer. Raise StoreUnusable for a URL of another kind, or
    if the file's folder does not exist.
    """
    return SqlPolicyRepository(_database(_parse(url), patience), clock)


def _parse(url: str) -> URL:
    try:
        return make_url(url)
    except (ArgumentError, ValueError):
        # The cause quotes parts of the URL, which may be a password.
        raise StoreUnusable(f"The policy store's URL cannot be read; {_FORMS}.") from None


def _database(url: URL, patience: float) -> Database:
    match url.drivername:
        case "sqlite" | "sqlite+pysqlite":
            return SqliteDatabase(url, patience)
        case "postgresql" | "postgres" | "postgresql+psycopg":
            return PostgresDatabase(url, patience)
    raise StoreUnusable(f"The policy store cannot be in {url.drivername}; {_FORMS}.")
