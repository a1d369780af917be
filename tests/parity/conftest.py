"""The engines that parity is measured on; each starts once, for all the tests that use it."""

from collections.abc import Iterator

import pytest

from tests.parity.engines import Engine, engine, random_set
from tests.parity.oracle import Oracle


@pytest.fixture(scope="session")
def oracle() -> Oracle:
    return Oracle()


@pytest.fixture(scope="session")
def eager() -> Iterator[Engine]:
    """Steering, eager, prefix cache off: what the others are compared with."""
    with engine() as running:
        running.load(random_set(1), random_set(2), random_set(3, "last-prompt", 120.0))
        yield running
