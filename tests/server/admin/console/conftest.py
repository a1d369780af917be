from collections.abc import AsyncIterator

import pytest

from server.policy.actor import LOCAL
from server.policy.records import TenantRecord
from tests.server.admin.console.visitor import Visitor
from tests.server.admin.plane import Plane


@pytest.fixture
async def visitor(plane: Plane) -> AsyncIterator[Visitor]:
    """Somebody who has not signed in."""
    visiting = Visitor(plane)
    yield visiting
    await visiting.client.aclose()


@pytest.fixture
async def security(visitor: Visitor) -> Visitor:
    """Somebody signed in with a key of the scope security."""
    assert (await visitor.sign_in()).status_code == 303
    return visitor


@pytest.fixture
async def acme(plane: Plane) -> None:
    """A tenant of that name, written at revision 4, that inherits everything."""
    plane.administration.put_tenant(LOCAL, "acme", TenantRecord(), None, "for the tests")
    await plane.replica.look()
