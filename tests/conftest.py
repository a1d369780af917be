"""What every test runs under: no network, no usage reports, engines that share two cores politely."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests import postgres

os.environ.update(
    HF_HUB_OFFLINE="1",
    VLLM_NO_USAGE_STATS="1",
    VLLM_CPU_KVCACHE_SPACE="1",
    VLLM_CPU_OMP_THREADS_BIND="nobind",
    VLLM_LOGGING_LEVEL="WARNING",
    OMP_NUM_THREADS="1",
    TOKENIZERS_PARALLELISM="false",
)

# Two cores may be busy with an engine: how long an example takes says nothing.
settings.register_profile("sarsteer", deadline=None)
settings.load_profile("sarsteer")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.PostgresServer]:
    """One PostgreSQL for the whole session: leave it running (a test that stops one starts its own)."""
    with postgres.running() as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: postgres.PostgresServer) -> str:
    """The URL of a new, empty schema: nothing of another test is in its way."""
    return postgres_server.schema()
