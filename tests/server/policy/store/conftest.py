from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from server.policy.store import open_repository
from server.policy.store.repository import SqlPolicyRepository
from tests import postgres
from tests.server.policy.store.database import Beneath

PEPPER = "a" * 64
Opener = Callable[[], SqlPolicyRepository]


class Time:
    """A clock that goes on a second with every look; its zone is not UTC."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now.astimezone(timezone(timedelta(hours=2)))


@pytest.fixture
def clock() -> Time:
    return Time()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'policy.db'}"
    found: str = request.getfixturevalue("postgres_url")
    return found


@pytest.fixture
def opened(url: str, clock: Time) -> Iterator[Opener]:
    """Opens the store, as another replica would, as often as called."""
    repositories: list[SqlPolicyRepository] = []

    def another() -> SqlPolicyRepository:
        repositories.append(open_repository(url, clock))
        return repositories[-1]

    yield another
    for repository in repositories:
        repository.close()


@pytest.fixture
def repository(opened: Opener) -> SqlPolicyRepository:
    """A store that is prepared and empty."""
    repository = opened()
    repository.prepare(PEPPER)
    return repository


@pytest.fixture
def beneath(url: str) -> Beneath:
    return Beneath(url)


@pytest.fixture
def own_server() -> Iterator[postgres.PostgresServer]:
    """A PostgreSQL that the test may stop."""
    with postgres.running() as server:
        yield server
