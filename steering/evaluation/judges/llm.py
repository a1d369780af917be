"""A language model as the judge, behind any OpenAI-compatible endpoint."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

import httpx
from pydantic import BaseModel, ValidationError

from steering.evaluation.item import Item, Label
from steering.evaluation.judges.forms import Form
from steering.evaluation.judges.judge import JudgeError, Outcome

_PASSING = frozenset({408, 409, 429})
_FILE = re.compile(r"\S+\.(wav|mp3|flac|ogg|opus|m4a|aac|webm|mp4)", re.IGNORECASE)
_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Retries:
    """How often a request that failed in passing is sent again: ``first`` seconds later, then twice as long each time.

    A Retry-After in seconds lengthens a pause; none is longer than ``longest`` seconds.
    """

    attempts: int = 5
    first: float = 0.5
    longest: float = 30.0

    def pause(self, failures: int, retry_after: str | None) -> float:
        asked = float(retry_after) if retry_after is not None and retry_after.isdecimal() else 0.0
        return min(max(self.first * 2.0 ** (failures - 1), asked), self.longest)


@dataclass(frozen=True, slots=True, eq=False)
class LlmJudge:
    """Asks ``model`` at ``base_url`` (ending in ``/v1``) in ``form``, greedily, ``concurrency`` requests at a time.

    The model sees the item's question in words and the whole answer: cut answers and file names for questions are
    what made published figures wrong. ``transport`` and ``sleep`` are for tests.
    """

    form: Form
    base_url: str
    model: str
    api_key: str | None = field(default=None, repr=False)
    concurrency: int = 8
    timeout: float = 120.0
    retries: Retries = Retries()
    transport: httpx.AsyncBaseTransport | None = field(default=None, repr=False)
    sleep: Callable[[float], Awaitable[None]] = field(default=asyncio.sleep, repr=False)

    @property
    def name(self) -> str:
        return f"{self.form.name}:{self.model}"

    @property
    def labels(self) -> frozenset[Label]:
        """The kinds of request that it can judge; give it no other."""
        return self.form.labels

    async def judge(self, items: Sequence[Item], answers: Sequence[str]) -> list[Outcome]:
        """Raise JudgeError on the first item that cannot be judged; the requests still under way are given up."""
        for item in items:
            self._check(item)
        turn = asyncio.Semaphore(self.concurrency)
        headers = {"Authorization": f"Bearer {self.api_key}"} if self.api_key else {}
        async with httpx.AsyncClient(headers=headers, timeout=self.timeout, transport=self.transport) as client:
            try:
                async with asyncio.TaskGroup() as group:
                    tasks = [
                        group.create_task(self._verdict(client, turn, item, answer))
                        for item, answer in zip(items, answers, strict=True)
                    ]
            except ExceptionGroup as failed:
                raise failed.exceptions[0] from None
        return [task.result() for task in tasks]

    def _check(self, item: Item) -> None:
        if item.label not in self.labels:
            raise JudgeError(
                f"{self.form.name} cannot tell whether a {item.label} request such as {item.id!r} was refused; give it"
                f" {' and '.join(sorted(self.labels))} requests only, or judge by another form."
            )
        if not item.question.strip() or _FILE.fullmatch(item.question.strip()):
            raise JudgeError(
                f"The question of {item.id!r} is {item.question!r}; a judge needs what is asked, in words."
            )

    async def _verdict(self, client: httpx.AsyncClient, turn: asyncio.Semaphore, item: Item, answer: str) -> Outcome:
        body = {
            "model": self.model,
            "messages": self.form.messages(item.question, answer),
            "max_tokens": self.form.max_tokens,
            "temperature": 0,
        }
        async with turn:
            reply = self._reply(await self._post(client, body, item), item)
        outcome = self.form.read(reply)
        if outcome is None:
            raise JudgeError(
                f"{self.name} replied {self._shown(reply)} to {item.id!r}, which is not {self.form.expects}; use a"
                " model that was made for this form."
            )
        return outcome

    async def _post(self, client: httpx.AsyncClient, body: dict[str, object], item: Item) -> httpx.Response:
        """The successful response; passing failures are tried again, under the same turn."""
        url = f"{self.base_url.rstrip('/')}/chat/completions"
        failures = 0
        while True:
            retry_after = None
            try:
                response = await client.post(url, json=body)
            except httpx.TransportError as error:
                what, passing = repr(error), True
            else:
                if response.is_success:
                    return response
                what = f"status {response.status_code} {self._shown(response.text)}"
                passing = response.status_code in _PASSING or response.is_server_error
                retry_after = response.headers.get("Retry-After")
            failures += 1
            if not passing or failures >= self.retries.attempts:
                raise JudgeError(
                    f"{url} gave no verdict on {item.id!r} in {failures} of {self.retries.attempts} attempts: {what}."
                    " Check the endpoint, its key and its model."
                )
            await self.sleep(self.retries.pause(failures, retry_after))

    def _reply(self, response: httpx.Response, item: Item) -> str:
        try:
            return _Completion.model_validate_json(response.content).choices[0].message.content
        except (ValidationError, IndexError):
            raise JudgeError(
                f"{response.url} replied {self._shown(response.text)} to {item.id!r}, which is no chat completion with"
                " a text; give the base URL of an OpenAI-compatible endpoint, ending in /v1."
            ) from None

    def _shown(self, text: str) -> str:
        """The text as messages may show it. Endpoints repeat keys in their errors; messages must not."""
        shown = text.replace(self.api_key, "[key]") if self.api_key else text
        return repr(shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "...")


class _Message(BaseModel):
    content: str


class _Choice(BaseModel):
    message: _Message


class _Completion(BaseModel):
    choices: list[_Choice]
