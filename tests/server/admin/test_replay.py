"""A replay: the same request is answered the same, another one is refused, and so is what no receipt can say."""

from dataclasses import replace
from typing import Any

import httpx
import pytest
import structlog

from server.telemetry.receipts import SECRET_PURPOSE, Answers, Digester, Receipt
from steering.gate import Gate
from steering.vector_set import VectorSetId
from tests.server.admin.plane import REFUSAL, SERVED, Plane, refused
from tests.server.telemetry.test_receipts import RECEIPT

HELLO = {"messages": [{"role": "user", "content": "hello"}]}


@pytest.fixture
def receipt(plane: Plane) -> Receipt:
    """Of the request HELLO, as the plane's engine answers it."""
    digester, answer = Digester(plane.context.hasher.derive(SECRET_PURPOSE)), Answers()
    answer.whole({"choices": [{"index": 0, "message": {"content": REFUSAL}}]})
    return replace(
        RECEIPT,
        model=plane.engine.model,
        engine=plane.engine.fingerprint,
        vector=str(SERVED.id),
        digest=SERVED.digest,
        gate=False,
        gate_score=None,
        request=digester.request(HELLO, {}),
        answer=digester.answer(answer.choices),
    )


async def replay(client: httpx.AsyncClient, receipt: Receipt, request: Any = HELLO, **more: Any) -> httpx.Response:
    return await client.post("/replay", json={"receipt": receipt.to_json(), "request": request, **more})


async def test_the_same_request_is_answered_the_same(plane: Plane, client: httpx.AsyncClient, receipt: Receipt) -> None:
    with structlog.testing.capture_logs() as logs:
        found = (await replay(client, receipt)).json()
    assert (found["equal"], found["same_answer"], found["repeatable"], found["differences"]) == (True, True, True, [])
    assert (found["verdict_then"], found["verdict"]) == ("refusal", "refusal")
    (call,) = plane.engine.calls
    assert (call.directive.vector, call.directive.alpha, call.directive.gate) == (SERVED.id, 0.5, False)
    assert (call.body["temperature"], call.body["seed"], call.body["cache_salt"]) == (0, 3, "replay")
    (line,) = (each for each in logs if each["event"] == "receipt replayed")
    assert (line["admin"], line["replayed"]) == (plane.ids["security"], "r-1")
    assert "hello" not in str(logs)


async def test_another_answer_is_told(client: httpx.AsyncClient, receipt: Receipt) -> None:
    unsteered = replace(receipt, alpha=0.0, strength=0.0, digest="")
    found = (await replay(client, unsteered)).json()
    assert (found["equal"], found["same_answer"], found["verdict"]) == (False, False, "answer")


@pytest.mark.parametrize(
    ("change", "param"),
    [
        ({"model": "another"}, "receipt.model"),
        ({"engine": "another"}, "receipt.engine"),
        ({"digest": "e" * 64}, "receipt.digest"),
        ({"request": "e" * 64}, "request"),
    ],
)
async def test_another_model_engine_set_or_request_is_refused_unless_forced(
    plane: Plane, client: httpx.AsyncClient, receipt: Receipt, change: Any, param: str
) -> None:
    changed = replace(receipt, **change)
    message = refused(await replay(client, changed), 412, "receipt_differs", param)
    assert "force" in message
    assert not plane.engine.calls
    found = (await replay(client, changed, force=True)).json()
    assert (found["equal"], found["same_answer"]) == (False, True)
    assert [each["what"] for each in found["differences"]] == [param.removeprefix("receipt.")]


async def test_a_set_that_is_not_in_service_cannot_be_forced(client: httpx.AsyncClient, receipt: Receipt) -> None:
    gone = replace(receipt, vector=str(VectorSetId("refusal", "9.9.9")))
    for force in (False, True):
        refused(await replay(client, gone, force=force), 412, "receipt_differs", "receipt.vector")


@pytest.mark.parametrize(
    ("change", "param"),
    [
        ({"alpha": 0.76}, "receipt.alpha"),
        ({"gate": True}, "receipt.gate"),
        ({"vector": "nothing"}, "receipt.vector"),
        ({"outcome": "client_gone"}, "receipt.outcome"),
        ({"sampling": {"temperature": -1}}, "temperature"),
        ({"sampling": {"logit_bias": 1}}, "receipt.sampling"),
    ],
)
async def test_a_receipt_that_no_request_can_have_is_refused_before_the_engine(
    plane: Plane, client: httpx.AsyncClient, receipt: Receipt, change: Any, param: str
) -> None:
    plane.engine.vector_sets = (replace(SERVED, largest_alpha=0.75),)
    refused(await replay(client, replace(receipt, **change), force=True), 400, "invalid_value", param)
    assert not plane.engine.calls


async def test_a_negative_alpha_is_refused(client: httpx.AsyncClient, receipt: Receipt) -> None:
    sent = {"receipt": {**receipt.to_json(), "alpha": -1.0}, "request": HELLO, "force": True}
    assert "alpha" in refused(await client.post("/replay", json=sent), 400, "invalid_value", "receipt")


async def test_audio_is_not_fetched(client: httpx.AsyncClient, receipt: Receipt) -> None:
    part = {"type": "audio_url", "audio_url": {"url": "https://example.com/a.wav"}}
    answer = await replay(client, receipt, {"messages": [{"role": "user", "content": [part]}]})
    refused(answer, 400, "audio_url_unavailable", "request.messages[0].content[0].audio_url.url")


async def test_a_gate_that_is_not_read_is_no_equal(plane: Plane, client: httpx.AsyncClient, receipt: Receipt) -> None:
    plane.engine.vector_sets = (replace(SERVED, gate=Gate(0, SERVED.vectors[0], 0.0, 1.0)),)
    found = (await replay(client, replace(receipt, gate=True, gate_score=0.5))).json()
    assert (found["equal"], found["same_answer"]) == (False, True)  # This engine reads none.


async def test_it_takes_the_scope_operate(plane: Plane, receipt: Receipt) -> None:
    async with plane.client("read") as reader:
        refused(await replay(reader, receipt), 403, "scope_missing")
