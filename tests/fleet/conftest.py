"""One fleet of three replicas for the tests that leave it whole."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fleet.replicas import Admin, Replica, first_admin_key, fleet_of
from tests.postgres import PostgresServer

Fleet = tuple[Replica, ...]


@pytest.fixture(scope="module")
def fleet(postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    folder: Path = tmp_path_factory.mktemp("fleet")
    with fleet_of(3, postgres_server.fresh(), folder) as replicas:
        yield replicas


@pytest.fixture(scope="module")
def admins(fleet: Fleet) -> Iterator[tuple[Admin, ...]]:
    """An administrator of each replica."""
    key = first_admin_key(fleet)
    together = tuple(Admin(replica, key) for replica in fleet)
    yield together
    for admin in together:
        admin.__exit__()
