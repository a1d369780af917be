import psycopg
import pytest

from tests import postgres


def test_survives_a_crash_with_what_was_committed_and_leaves_nothing_behind() -> None:
    with postgres.running() as server:
        url = server.fresh()
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE kept (n int)")
        server.crash()
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(url, connect_timeout=5)
        server.start()
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)
            assert connection.execute("SHOW fsync").fetchone() == ("on",)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url, connect_timeout=5)


@pytest.mark.parametrize("fresh", ["fresh", "schema"])
def test_fresh_ones_are_apart(postgres_server: postgres.PostgresServer, fresh: str) -> None:
    new = getattr(postgres_server, fresh)
    with psycopg.connect(new()) as one, psycopg.connect(new()) as other:
        one.execute("CREATE TABLE mine (n int)")
        assert other.execute("SELECT to_regclass('mine')").fetchone() == (None,)
