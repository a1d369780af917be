import logging
from collections.abc import Iterator

import pytest
import structlog


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
