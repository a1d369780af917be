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
  - {name: few-tokens, keys: [{key: demo-few-tokens}], tokens_per_minute: 10000}
  - {name: little-audio, keys: [{key: demo-little-audio}], audio_seconds_per_minute: 3}
"""


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("server")
    (folder / "tenants.yaml").write_text(
        TENANTS.replace("{soon}", (datetime.now(UTC) + timedelta(hours=2)).isoformat())
    )
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
def defended(server: Server) -> OpenAI:
    return client_of(server, "demo-defended")


@pytest.fixture(scope="session")
def undefended(server: Server) -> OpenAI:
    return client_of(server, "demo-undefended")


@pytest.fixture(scope="session")
def clips() -> dict[str, list[Path]]:
    folder = Path(__file__).parents[2] / "reference" / "clips"
    return {kind: sorted((folder / kind).glob("*.wav")) for kind in ("harmful", "benign")}
