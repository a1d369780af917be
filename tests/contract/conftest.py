"""One server for all the tests of the contract, with a tenant for each thing that a tenant can be."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openai import OpenAI

from tests.contract.serving import Server, serving

TENANTS = """
tenants:
  - {name: undefended, keys: [{key: demo-undefended}], strength: 0.0, ceiling: 0.0}
  - {name: defended, keys: [{key: demo-defended}], strength: 1.0, ceiling: 1.5}
  - {name: asleep, keys: [{key: demo-suspended}], state: suspended}
  - {name: elsewhere, keys: [{key: demo-elsewhere}], models: [another-model]}
  - {name: shadowed, keys: [{key: demo-shadowed}], mode: shadow}
  - {name: broken-glass, keys: [{key: demo-broken-glass}], mode: off, off_until: {soon}}
  - {name: refused-by-openai, keys: [{key: demo-openai}], refusal_style: openai}
  - {name: refused-in-content, keys: [{key: demo-content}], refusal_style: content}
  - {name: two-a-minute, keys: [{key: demo-two-a-minute}], requests_per_minute: 2}
  - {name: little-audio, keys: [{key: demo-little-audio}], audio_seconds_per_minute: 3}
"""
LIMITED = [f"few-tokens-{number}" for number in range(9)]
"""Tenants with a limit of tokens, one for each test that counts them: what one used must not fade under another."""
TOKENS = 10_000


def _tenants() -> str:
    soon = datetime.now(UTC) + timedelta(hours=2)
    limited = (f"  - {{name: {name}, keys: [{{key: demo-{name}}}], tokens_per_minute: {TOKENS}}}\n" for name in LIMITED)
    return TENANTS.replace("{soon}", soon.isoformat()) + "".join(limited)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("server")
    (folder / "tenants.yaml").write_text(_tenants())
    with serving(
        folder / "server.log",
        *("--tenants", str(folder / "tenants.yaml")),
        SARSTEER_MAX_BODY_BYTES="3000000",
        SARSTEER_MAX_CLIPS="3",
        SARSTEER_MAX_CLIP_SECONDS="30",
    ) as running:
        yield running


def client_of(server: Server, key: str) -> OpenAI:
    """The official client with a tenant's key; it does not retry."""
    return OpenAI(base_url=server.url, api_key=key, max_retries=0, timeout=60)


@pytest.fixture(scope="session")
def unused_keys() -> Iterator[str]:
    return iter([f"demo-{name}" for name in LIMITED])


@pytest.fixture(scope="session")
def defended(server: Server) -> OpenAI:
    return client_of(server, "demo-defended")


@pytest.fixture(scope="session")
def undefended(server: Server) -> OpenAI:
    return client_of(server, "demo-undefended")


@pytest.fixture(scope="session")
def clips() -> dict[str, list[Path]]:
    folder = Path(__file__).parents[2] / "reference" / "clips"
    return {kind: sorted((folder / kind).glob("*.wav")) for kind in ("harmful", "benign")}
