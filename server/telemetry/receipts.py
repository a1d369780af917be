"""Receipts: by what each request was answered, and with which verdict, as one line of the log that holds no content.

A receipt names its request and its answer by keyed digests: who has the pepper can tell equal ones apart from others,
and nobody else can try texts out on them.
"""

import hmac
import json
from collections import defaultdict
from collections.abc import AsyncGenerator, Iterable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Annotated, Literal

import numpy as np
import structlog
from pydantic import Field, TypeAdapter, ValidationError

from server.chat.marking import Steering
from server.chat.refusals import Judge, judged
from server.engine.protocol import ChatCall, Json, Waveform
from server.policy.model import Mode
from server.telemetry.logs import logger
from steering.refusal import LEXICON_VERSION, Verdict

EVENT = "receipt"
SECRET_PURPOSE = "receipts"
"""What the digests' secret is derived from the pepper for."""

SAMPLING = frozenset(
    {
        *("temperature", "top_p", "top_k", "min_p", "seed", "n", "max_tokens", "max_completion_tokens", "min_tokens"),
        *("frequency_penalty", "presence_penalty", "repetition_penalty"),
        *("ignore_eos", "include_stop_str_in_output", "skip_special_tokens", "parallel_tool_calls"),
    }
)
"""The fields of a request that decide its answer and hold no content. Their values are in the receipt."""
CONTENT = ("messages", "stop", "stop_token_ids", "tools", "tool_choice", "response_format")
"""Those that decide it and may hold content. The receipt says which there were, and digests their values."""

Told = Literal["refusal", "answer", "broken"]
Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
_Share = Annotated[float, Field(ge=0, le=1)]
_Amount = Annotated[float, Field(ge=0, allow_inf_nan=False)]
_Count = Annotated[int, Field(ge=0)]


class NoReceipt(ValueError):
    """What was to be read as a receipt is none, or one of another version; the message says which."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """One answered request.

    ``engine`` and ``digest`` are the fingerprints of the engine and of the vector set (empty: nothing steered).
    ``strength`` is in multiples of the recommended alpha, ``alpha`` what it came to. ``sampling`` holds what the caller
    sent of SAMPLING, ``content`` the names of what it sent of CONTENT, ``stops`` the number of its stop strings.
    ``outcome`` is ok or an error's code. ``verdict``, by the lexicon ``detector``, and ``answer`` are of what had come
    by then; None: no choice.
    """

    receipt: Literal[1]
    request_id: str
    tenant: str
    model: str
    engine: str
    revision: _Count
    mode: Mode
    vector: str
    digest: str
    strength: _Amount
    alpha: _Amount
    gate: bool
    gate_score: _Share | None
    verdict: Told | None
    detector: str
    outcome: str
    spoken: bool
    stream: bool
    seconds: _Amount
    prompt_tokens: _Count
    answer_tokens: _Count
    sampling: dict[str, bool | int | float]
    content: tuple[str, ...]
    stops: _Count
    request: Digest
    answer: Digest | None

    def to_json(self) -> Json:
        """As JSON holds it."""
        # Not asdict, which copies every value on the way of every request.
        found: Json = {name: getattr(self, name) for name in _FIELDS}
        found["content"] = list(self.content)
        return found

    @classmethod
    def from_json(cls, value: object) -> "Receipt":
        """Read what ``to_json`` made, also as a line of the log holds it, with a time; raise NoReceipt."""
        if not isinstance(value, Mapping) or "receipt" not in value:
            raise NoReceipt("This is no receipt: it has no field receipt.")
        if value["receipt"] != 1:
            raise NoReceipt(f"This receipt is of version {value['receipt']!r}; this sarsteer reads version 1.")
        try:
            return _RECEIPT.validate_python(dict(value))
        except ValidationError as error:
            first = error.errors(include_input=False)[0]
            where = ".".join(map(str, first["loc"]))
            raise NoReceipt(f"This receipt cannot be read at {where}: {first['msg']}.") from error

    @property
    def repeatable(self) -> bool:
        """Whether the same answer is to be expected again: it was decoded greedily, or sampled from a seed.

        Where the temperature was left to the model, it may have been sampled.
        """
        return self.sampling.get("temperature") == 0 or self.sampling.get("top_k") == 1 or "seed" in self.sampling


_RECEIPT = TypeAdapter(Receipt)
_FIELDS = tuple(each.name for each in fields(Receipt))


class Digester:
    """Digests requests and answers under one secret."""

    __slots__ = ("_secret",)

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def request(self, body: Json, clips: Mapping[str, Waveform]) -> str:
        """Of a request as an engine gets it: its content, and each clip's samples, however they were sent."""
        content = {name: body[name] for name in CONTENT if body.get(name) is not None}
        content["messages"] = [_normal(message) for message in content["messages"]]
        mac = hmac.new(self._secret, b"request", "sha256")
        mac.update(_canonical(content))
        for url in sorted(clips):
            mac.update(f"\n{url} {clips[url].sample_rate} {len(clips[url].samples)}\n".encode())
            mac.update(np.ascontiguousarray(clips[url].samples).data)  # Not copied: a minute is 4 MB.
        return mac.hexdigest()

    def answer(self, choices: Iterable["Choice"]) -> str:
        said = [[choice.text, [list(call) for call in choice.calls]] for choice in choices]
        return hmac.digest(self._secret, b"answer" + _canonical(said), "sha256").hex()


def _normal(message: Json) -> Json:
    """A message in the one form that stands for all that are the same to a chat template: a list of parts."""
    content = message.get("content")
    parts = [{"type": "text", "text": content}] if isinstance(content, str) else content
    return {name: value for name, value in {**message, "content": parts}.items() if value is not None}


def _canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


@dataclass(slots=True)
class Choice:
    """One answer as far as it has come: its words, and the tools that it calls, as (name, arguments)."""

    pieces: list[str] = field(default_factory=list)
    tools: dict[int, list[str]] = field(default_factory=dict)

    def add(self, part: Json) -> None:
        """The next piece of a stream, or the whole message."""
        if content := part.get("content"):
            self.pieces.append(content)
        for position, call in enumerate(part.get("tool_calls") or ()):
            function = call.get("function") or {}
            said = self.tools.setdefault(call.get("index", position), ["", ""])
            for at, name in enumerate(("name", "arguments")):
                said[at] += function.get(name) or ""

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    @property
    def calls(self) -> tuple[tuple[str, str], ...]:
        return tuple((said[0], said[1]) for _, said in sorted(self.tools.items()))


class Answers:
    """The choices of one answer, taken from the engine before anything is added to them or moved in them.

    ``judge`` reads a text once, however often it is asked.
    """

    __slots__ = ("_choices", "judge")

    def __init__(self) -> None:
        self.judge: Judge = cache(judged)
        self._choices: dict[int, Choice] = defaultdict(Choice)

    def whole(self, completion: Json) -> None:
        for choice in completion["choices"]:
            self._choices[choice.get("index", 0)].add(choice["message"])

    async def streamed(self, chunks: AsyncGenerator[Json, None]) -> AsyncGenerator[Json, None]:
        """The chunks as they are, read in passing."""
        async with aclosing(chunks):
            async for chunk in chunks:
                for choice in chunk["choices"]:
                    self._choices[choice["index"]].add(choice["delta"])
                yield chunk

    @property
    def choices(self) -> tuple[Choice, ...]:
        return tuple(choice for _, choice in sorted(self._choices.items()))

    @property
    def verdict(self) -> Told | None:
        """A refusal if any choice is one, else broken if any is; one that calls a tool is an answer."""
        found = {
            self.judge(choice.text) if choice.text or not choice.tools else Verdict.ANSWER for choice in self.choices
        }
        if Verdict.REFUSAL in found:
            return "refusal"
        if Verdict.BROKEN in found:
            return "broken"
        return "answer" if found else None


class OpenReceipt:
    """The receipt of a request that is being answered; ``answers`` is what it is given to read."""

    def __init__(
        self, digester: Digester, model: str, engine: str, tenant: str, call: ChatCall, steering: Steering
    ) -> None:
        self._digester = digester
        self._model = model
        self._engine = engine
        self._tenant = tenant
        self._call = call
        self._steering = steering
        self.answers = Answers()

    def close(self, outcome: str, seconds: float) -> Receipt:
        """What is known of the request at its end, ``seconds`` after it arrived."""
        call, steering, body = self._call, self._steering, self._call.body
        reading = call.reading
        stop = body.get("stop")
        choices = self.answers.choices
        return Receipt(
            receipt=1,
            request_id=structlog.contextvars.get_contextvars().get("request_id", ""),
            tenant=self._tenant,
            model=self._model,
            engine=self._engine,
            revision=steering.revision,
            mode=steering.mode,
            vector=str(call.directive.vector),
            digest=steering.digest,
            strength=steering.strength,
            alpha=call.directive.alpha,
            gate=call.directive.gate,
            gate_score=None if reading.gate is None else round(reading.gate, 4),
            verdict=self.answers.verdict,
            detector=LEXICON_VERSION,
            outcome=outcome,
            spoken=bool(call.clips),
            stream=bool(body.get("stream")),
            seconds=round(seconds, 4),
            prompt_tokens=reading.prompt_tokens,
            answer_tokens=reading.answer_tokens,
            sampling={name: body[name] for name in sorted(SAMPLING & body.keys())},
            content=tuple(name for name in CONTENT if body.get(name) is not None),
            stops=len(stop) if isinstance(stop, list) else int(stop is not None),
            request=self._digester.request(body, call.clips),
            answer=self._digester.answer(choices) if choices else None,
        )

    def log(self, outcome: str, seconds: float) -> Receipt:
        """Write the receipt as the request's one line, and give it back."""
        receipt = self.close(outcome, seconds)
        logger().info(EVENT, **receipt.to_json())
        return receipt


class Receipts:
    """Opens the receipts of one server's requests."""

    def __init__(self, secret: bytes, model: str, engine: str) -> None:
        self._digester = Digester(secret)
        self._model = model
        self._engine = engine

    def open(self, tenant: str, call: ChatCall, steering: Steering) -> OpenReceipt:
        return OpenReceipt(self._digester, self._model, self._engine, tenant, call, steering)


def find_receipts(lines: Iterable[str]) -> tuple[Json, ...]:
    """The JSON of every receipt among the lines of a log, whatever stands before a line's first brace."""
    found = []
    for line in lines:
        try:
            value = json.loads(line[line.find("{") :])
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict) and "receipt" in value:
            found.append(value)
    return tuple(found)
