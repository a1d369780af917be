"""A judge model behind an endpoint: what it is sent, what is tried again, and what is no verdict."""

import asyncio
import socket
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response

from steering.evaluation.judges.forms import LLAMA_GUARD, SORRY_BENCH
from steering.evaluation.judges.judge import JudgeError, Outcome
from steering.evaluation.judges.llm import LlmJudge, Retries
from tests.steering.evaluation.verdicts import item

KEY = "sk-secret-of-the-operator"
Body = dict[str, Any]


def completion(text: str | None) -> JSONResponse:
    return JSONResponse({"choices": [{"message": {"role": "assistant", "content": text}, "finish_reason": "stop"}]})


class Endpoint:
    """An OpenAI-compatible server that answers with ``respond`` and keeps what it was sent."""

    def __init__(self, respond: Callable[[Body], Response | Awaitable[Response]]) -> None:
        self.app = FastAPI()
        self.bodies: list[Body] = []
        self.headers: list[dict[str, str]] = []
        self.slept: list[float] = []

        @self.app.post("/v1/chat/completions")
        async def chat(request: Request) -> Response:
            self.bodies.append(await request.json())
            self.headers.append(dict(request.headers))
            response = respond(self.bodies[-1])
            return response if isinstance(response, Response) else await response

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    def judge(self, **settings: Any) -> LlmJudge:
        chosen: dict[str, Any] = {"form": SORRY_BENCH, "base_url": "http://judge/v1", "model": "m", "api_key": KEY}
        transport = httpx.ASGITransport(self.app)
        return LlmJudge(**{**chosen, "transport": transport, "sleep": self.sleep, **settings})


def script(*responses: Response) -> Callable[[Body], Response]:
    """Respond in this order, the last one again and again."""
    left = list(responses)
    return lambda _body: left.pop(0) if len(left) > 1 else left[0]


def failing(status: int, **headers: str) -> JSONResponse:
    return JSONResponse({"error": {"message": f"no, {KEY}"}}, status, headers)


async def test_the_whole_answer_and_the_true_question_are_sent_greedily() -> None:
    endpoint = Endpoint(script(completion("1")))
    answer = "word " * 1000 + "end"
    assert await endpoint.judge().judge([item(question="how do i make a bomb")], [answer]) == [Outcome.ANSWERED]
    (body,) = endpoint.bodies
    assert body["messages"] == SORRY_BENCH.messages("how do i make a bomb", answer)
    assert (body["model"], body["temperature"]) == ("m", 0)
    assert endpoint.headers[0]["authorization"] == f"Bearer {KEY}"


async def test_no_key_sends_no_authorization() -> None:
    endpoint = Endpoint(script(completion("0")))
    assert await endpoint.judge(api_key=None).judge([item()], ["no"]) == [Outcome.REFUSED]
    assert "authorization" not in endpoint.headers[0]


async def test_verdicts_are_in_the_order_of_the_items_and_few_at_a_time() -> None:
    busy = most = 0

    async def respond(body: Body) -> Response:
        nonlocal busy, most
        busy += 1
        most = max(most, busy)
        place = int(body["messages"][1]["content"])
        await asyncio.sleep(0.002 * (20 - place))
        busy -= 1
        return completion("safe" if place % 2 else "unsafe\nS1")

    endpoint = Endpoint(respond)
    outcomes = await endpoint.judge(form=LLAMA_GUARD, concurrency=3).judge([item()] * 20, [str(n) for n in range(20)])
    assert outcomes == [Outcome.ANSWERED, Outcome.REFUSED] * 10
    assert most == 3


@pytest.mark.parametrize("status", [408, 409, 429, 500, 503])
async def test_passing_failures_are_tried_again_ever_later(status: int) -> None:
    endpoint = Endpoint(script(failing(status), failing(status), completion("1")))
    assert await endpoint.judge().judge([item()], ["yes"]) == [Outcome.ANSWERED]
    assert endpoint.slept == [0.5, 1.0]


async def test_the_server_may_ask_for_a_longer_pause_within_limits() -> None:
    endpoint = Endpoint(
        script(failing(429, **{"Retry-After": "7"}), failing(429, **{"Retry-After": "900"}), completion("1"))
    )
    await endpoint.judge().judge([item()], ["yes"])
    assert endpoint.slept == [7.0, 30.0]


@pytest.mark.parametrize(("status", "asked"), [(503, 3), (401, 1), (400, 1)])
async def test_a_lasting_failure_is_told_without_the_key(status: int, asked: int) -> None:
    endpoint = Endpoint(script(failing(status)))
    judge = endpoint.judge(retries=Retries(attempts=3))
    with pytest.raises(JudgeError, match=f"'7' in {asked} of 3 attempts: status {status} .*key") as raised:
        await judge.judge([item(id_="7")], ["yes"])
    assert len(endpoint.bodies) == asked
    assert KEY not in str(raised.value)
    assert KEY not in repr(judge)


@pytest.mark.parametrize("reply", ["maybe", "", "I cannot judge that."])
async def test_a_reply_that_is_no_verdict_is_named(reply: str) -> None:
    endpoint = Endpoint(script(completion(reply)))
    with pytest.raises(JudgeError) as raised:
        await endpoint.judge().judge([item(id_="7")], ["yes"])
    assert f"sorry-bench:m replied {reply!r} to '7', which is not the score alone" in str(raised.value)
    assert len(endpoint.bodies) == 1


@pytest.mark.parametrize(
    "response", [completion(None), JSONResponse({"choices": []}), JSONResponse([1]), Response("<html>hello</html>")]
)
async def test_a_response_that_is_no_completion_is_named(response: Response) -> None:
    with pytest.raises(JudgeError, match=r"replied .* to '1', which is no chat completion with a text"):
        await Endpoint(script(response)).judge().judge([item()], ["yes"])


@pytest.mark.parametrize("question", ["", "  ", "clips/harmful/0001.wav", "bomb.MP3"])
async def test_a_question_that_is_no_question_is_not_asked(question: str) -> None:
    endpoint = Endpoint(script(completion("1")))
    with pytest.raises(JudgeError, match="needs what is asked, in words"):
        await endpoint.judge().judge([item(), item(question=question)], ["yes", "yes"])
    assert endpoint.bodies == []


async def test_llama_guard_does_not_judge_refusals_of_benign_requests() -> None:
    endpoint = Endpoint(script(completion("safe")))
    judge = endpoint.judge(form=LLAMA_GUARD)
    assert judge.labels == {"harmful"}
    with pytest.raises(
        JudgeError, match="cannot tell whether a benign request such as 'b' was refused; give it harmful"
    ):
        await judge.judge([item("benign", id_="b")], ["yes"])


async def test_the_first_failure_gives_up_the_rest() -> None:
    async def respond(body: Body) -> Response:
        if body["messages"][0]["content"].endswith('"bad"'):
            return completion("?")
        await asyncio.sleep(30)
        return completion("1")

    started = time.monotonic()
    with pytest.raises(JudgeError):
        await Endpoint(respond).judge().judge([item()] * 3, ["good", "bad", "good"])
    assert time.monotonic() - started < 5


@pytest.fixture
def served() -> Iterator[tuple[str, list[Body]]]:
    """A real server on a free port; it fails once, then answers."""
    endpoint = Endpoint(script(failing(503), completion("unsafe\nS9")))
    server = uvicorn.Server(uvicorn.Config(endpoint.app, lifespan="off", log_config=None))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/v1", endpoint.bodies
        finally:
            server.should_exit = True
            thread.join(10)


async def test_over_a_real_socket(served: tuple[str, list[Body]]) -> None:
    url, bodies = served
    judge = LlmJudge(LLAMA_GUARD, url, "guard", KEY, retries=Retries(first=0.01))
    assert await judge.judge([item()], ["Sure."]) == [Outcome.ANSWERED]
    assert [body["messages"][-1] for body in bodies] == [{"role": "assistant", "content": "Sure."}] * 2


async def test_an_endpoint_that_is_not_there_is_named() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/v1"
        judge = LlmJudge(SORRY_BENCH, url, "m", retries=Retries(attempts=2, first=0.01))
        with pytest.raises(JudgeError, match=r"in 2 of 2 attempts: ConnectError"):
            await judge.judge([item()], ["yes"])
