"""A real Prometheus reads a real server under load: every rule is evaluated, and every panel's query answers."""

import asyncio
import time
from collections.abc import Iterator

import httpx
import pytest

from tests.contract.asking import MODEL, spoken
from tests.contract.serving import CLIPS, Server, serving
from tests.telemetry.expressions import Expression, of_dashboards, of_rules
from tests.telemetry.prometheus import Prometheus, scraping
from tests.telemetry.promql import reads

pytestmark = pytest.mark.engine

TENANTS = """
tenants:
  - {name: defended, keys: [{key: demo-defended}], twin_share: 1.0}
  - {name: undefended, keys: [{key: demo-undefended}], strength: 0.0}
  - {name: shadowed, keys: [{key: demo-shadowed}], mode: shadow}
  - {name: limited, keys: [{key: demo-limited}], requests_per_minute: 1}
"""
DEADLINE_SECONDS = 60.0
NOT_IN_THIS_TRAFFIC = {
    "Which alerts are firing?",  # What is wrong here is not yet wrong for minutes.
    "Who changes what?",
}
"""The panels that may be empty."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("scraped")
    (folder / "tenants.yaml").write_text(TENANTS)
    with serving(
        folder / "server.log", "--tenants", str(folder / "tenants.yaml"), SARSTEER_CANARY_SECONDS="5"
    ) as running:
        yield running


@pytest.fixture(scope="module")
def prometheus(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prometheus]:
    target = server.root.removeprefix("http://")
    with scraping(target, tmp_path_factory.mktemp("prometheus")) as running:
        yield running


async def load(server: Server, stop: asyncio.Event) -> None:
    """Requests of every kind that the dashboards tell apart, four at a time, until told to stop."""
    clips = sorted(CLIPS.glob("*/*.wav"))
    broken = [{"role": "user", "content": [{"type": "input_audio", "input_audio": {"data": "AAAA", "format": "wav"}}]}]

    async def ask(client: httpx.AsyncClient, turn: int) -> None:
        tenant = ("defended", "undefended", "shadowed", "limited")[turn % 4]
        messages = broken if turn % 9 == 8 else spoken(clips[turn % len(clips)])
        body = {"model": MODEL, "messages": messages, "temperature": 0, "stream": turn % 3 == 0}
        headers = {"authorization": f"Bearer demo-{tenant}"}
        await client.post(f"{server.url}/chat/completions", json=body, headers=headers)

    async def worker(client: httpx.AsyncClient, first: int) -> None:
        turn = first
        while not stop.is_set():
            await ask(client, turn)
            turn += 5

    async with httpx.AsyncClient(timeout=60) as client:
        await asyncio.gather(*(worker(client, first) for first in range(4)))


async def empty_after_a_while(prometheus: Prometheus) -> list[Expression]:
    """The panels' queries that have no answer yet when they should."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    waiting = [each for each in of_dashboards() if each.name not in NOT_IN_THIS_TRAFFIC]
    while waiting and time.monotonic() < deadline:
        await asyncio.sleep(1)
        waiting = [each for each in waiting if not await asyncio.to_thread(prometheus.query, each.text)]
    return waiting


async def test_every_panel_answers_while_the_server_is_under_load(server: Server, prometheus: Prometheus) -> None:
    stop = asyncio.Event()
    loading = asyncio.create_task(load(server, stop))
    try:
        assert await empty_after_a_while(prometheus) == []
    finally:
        stop.set()
        await loading
    for expression in of_rules():
        prometheus.query(expression.text)
    for expression in of_dashboards():
        prometheus.query(expression.text)
    check_rules(prometheus)
    check_series(prometheus)


def check_rules(prometheus: Prometheus) -> None:
    """Every rule was evaluated, and recorded what the dashboards read."""
    rules = [rule for group in prometheus.get("rules")["groups"] for rule in group["rules"]]
    assert len(rules) == len(list(of_rules()))
    assert {(rule["name"], rule["health"], rule.get("lastError", "")) for rule in rules} == {
        (expression.name, "ok", "") for expression in of_rules()
    }


def check_series(prometheus: Prometheus) -> None:
    """Every metric that an expression names is in the server's answer, by the labels that the expression names."""
    exposed = {entry["metric"] for entry in prometheus.get("targets/metadata")}
    for expression in (*of_rules(), *of_dashboards()):
        found = reads(expression.text)
        for metric in found.metrics:
            if metric in ("up", "ALERTS") or (":" in metric and not metric.startswith("vllm:")):
                continue
            families = {
                metric,
                metric.removesuffix("_total"),
                metric.removesuffix("_bucket"),
                metric.removesuffix("_count"),
            }
            assert families & exposed, (expression, metric)
        for metric, label in found.selected:
            series = prometheus.query(f'{{__name__="{metric}"}}')
            assert all(label in each["metric"] for each in series), (expression, metric, label)
