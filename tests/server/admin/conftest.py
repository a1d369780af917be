from collections.abc import AsyncIterator

import httpx
import pytest

from tests.server.admin.plane import Plane, SetClock, open_plane
from tests.server.policy.memory_repository import MemoryRepository


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def repository(clock: SetClock) -> MemoryRepository:
    return MemoryRepository(clock)


@pytest.fixture
async def plane(repository: MemoryRepository, clock: SetClock) -> AsyncIterator[Plane]:
    opened = await open_plane(repository, clock)
    yield opened
    opened.close()


@pytest.fixture
async def client(plane: Plane) -> AsyncIterator[httpx.AsyncClient]:
    async with plane.client() as running:
        yield running
