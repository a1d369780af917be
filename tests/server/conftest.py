import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import structlog

from server.policy.repository import PolicyRepository
from server.policy.store.opening import open_repository
from tests.server.admin.plane import SetClock
from tests.server.commands import Commands, real_time, serving_commands
from tests.server.policy.memory_repository import MemoryRepository


@pytest.fixture
def keep_logging() -> Iterator[None]:
    """Puts the process's logging back as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    # Not by basicConfig: closing the handlers that pytest captures with would break it.
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture
def commands() -> Iterator[Commands]:
    """Commands against a control plane in memory."""
    clock = real_time()
    with _serving(MemoryRepository(clock), clock) as served:
        yield served


@pytest.fixture
def commands_on_sqlite(tmp_path: Path) -> Iterator[Commands]:
    """Commands against a control plane over ``policy.db`` in the temporary folder."""
    clock = real_time()
    with (
        closing(open_repository(f"sqlite:///{tmp_path / 'policy.db'}", clock)) as repository,
        _serving(repository, clock) as served,
    ):
        yield served


@contextmanager
def _serving(repository: PolicyRepository, clock: SetClock) -> Iterator[Commands]:
    # The server is of this process, and its log would be in what a command prints.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    with serving_commands(repository, clock) as served:
        yield served
    structlog.reset_defaults()
