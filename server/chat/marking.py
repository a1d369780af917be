"""What the server adds to an answer: its refusal, its steering block, its fingerprint, its audio tokens."""

import hashlib
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from dataclasses import dataclass, field

from server.chat.refusals import Judge, StreamedChoice, judged, style_whole
from server.engine.protocol import Json
from server.errors import ApiError
from server.policy.model import Mode, RefusalStyle
from steering.directive import Reading


@dataclass(frozen=True, slots=True)
class Steering:
    """How a request was steered, as its caller is told. ``strength`` is in multiples of the recommended alpha.

    ``reading`` fills while the request is answered. ``mode`` and ``revision`` are those of the tenant's policy that it
    was admitted by.
    """

    vector: str
    version: str
    digest: str
    strength: float
    gated: bool = False
    reading: Reading = field(default_factory=Reading)
    mode: Mode = "enforce"
    revision: int = 0

    def block(self, refused: bool) -> Json:
        return {
            "vector": self.vector,
            "version": self.version,
            "strength": self.strength,
            "mode": self.mode,
            "revision": self.revision,
            "gate_score": None if self.reading.gate is None else round(self.reading.gate, 4),
            "refused": refused,
        }

    def fingerprint(self, engine: str) -> str:
        """OpenAI's system_fingerprint: another for another model, engine, vector set, strength or use of the gate.

        Where nothing steers, neither the set nor the gate make a difference.
        """
        steers = f"{self.digest}|{self.strength!r}|{self.gated}" if self.strength else "unsteered"
        state = f"{engine}|{steers}"
        return "fp_" + hashlib.sha256(state.encode()).hexdigest()[:12]


def mark_completion(
    completion: Json,
    steering: Steering,
    engine_fingerprint: str,
    style: RefusalStyle = "both",
    judge: Judge = judged,
) -> bool:
    """Add to a whole answer, in place, what the server knows of it; True if any choice is a refusal."""
    refused = any([style_whole(choice, style, judge) for choice in completion["choices"]])
    _mark(completion, steering, engine_fingerprint)
    completion["steering"] = steering.block(refused)
    return refused


class StreamMarker:
    """Marks the chunks of one stream; ``refused`` is True once any choice has shown itself to be a refusal."""

    def __init__(self, steering: Steering, engine_fingerprint: str, style: RefusalStyle = "both") -> None:
        self._steering = steering
        self._fingerprint = engine_fingerprint
        self._style = style
        self._choices: dict[int, StreamedChoice] = {}

    @property
    def refused(self) -> bool:
        return any(choice.refuses for choice in self._choices.values())

    async def mark(self, chunks: AsyncGenerator[Json, None]) -> AsyncGenerator[Json, None]:
        """The chunks, marked; the steering block goes with the chunk that ends a choice.

        A stream that breaks off gives first what was held back of it.
        """
        last: Json = {}
        async with aclosing(chunks):
            try:
                async for chunk in chunks:
                    for choice in chunk["choices"]:
                        self._choice(choice["index"]).style_next(choice)
                        if choice.get("finish_reason"):
                            chunk["steering"] = self._steering.block(self.refused)
                    _mark(chunk, self._steering, self._fingerprint)
                    last = chunk
                    yield chunk
            except ApiError:
                for rest in self._rests(last):
                    yield rest
                raise
            for rest in self._rests(last):
                yield rest

    def _choice(self, index: int) -> StreamedChoice:
        return self._choices.setdefault(index, StreamedChoice(self._style))

    def _rests(self, last: Json) -> Iterator[Json]:
        """What is held back, in chunks like the ``last`` one."""
        kept = {field: last[field] for field in last.keys() - {"choices", "usage", "steering"}}
        for index, choice in self._choices.items():
            if (rest := choice.rest()) is not None:
                yield {**kept, "choices": [{"index": index, **rest}]}


def _mark(answer: Json, steering: Steering, engine_fingerprint: str) -> None:
    answer["system_fingerprint"] = steering.fingerprint(engine_fingerprint)
    details = (answer.get("usage") or {}).get("prompt_tokens_details")
    if details is not None:
        # vLLM counts the tokens of each modality under a name of its own; OpenAI's is flat.
        details["audio_tokens"] = (details.pop("multimodal_tokens", None) or {}).get("audio", 0)
        details.setdefault("cached_tokens", 0)
