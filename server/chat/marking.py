"""What the server adds to an answer: its refusal, its steering block, its fingerprint, its audio tokens."""

import hashlib
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field

from server.engine.protocol import Json
from steering.directive import Reading
from steering.refusal import RefusalDetector, Verdict, classify


@dataclass(frozen=True, slots=True)
class Steering:
    """How a request was steered, as its caller is told. ``strength`` is in multiples of the recommended alpha.

    ``reading`` fills while the request is answered.
    """

    vector: str
    version: str
    digest: str
    strength: float
    gated: bool = False
    reading: Reading = field(default_factory=Reading)

    def block(self, refused: bool) -> Json:
        return {
            "vector": self.vector,
            "version": self.version,
            "strength": self.strength,
            "gate_score": None if self.reading.gate is None else round(self.reading.gate, 4),
            "refused": refused,
        }

    def fingerprint(self, engine: str) -> str:
        """OpenAI's system_fingerprint: another for another model, engine, vector set, strength or use of the gate."""
        state = f"{engine}|{self.digest}|{self.strength!r}|{self.gated}"
        return "fp_" + hashlib.sha256(state.encode()).hexdigest()[:12]


def mark_completion(completion: Json, steering: Steering, engine_fingerprint: str) -> bool:
    """Add to a whole answer, in place, what the server knows of it; True if any choice is a refusal."""
    refused = False
    for choice in completion["choices"]:
        message = choice["message"]
        content = message.setdefault("content", None)
        is_refusal = bool(content) and classify(content) is Verdict.REFUSAL
        message["refusal"] = content if is_refusal else None
        refused |= is_refusal
    _mark(completion, steering, engine_fingerprint)
    completion["steering"] = steering.block(refused)
    return refused


@dataclass(slots=True)
class _Choice:
    """One choice of a stream, as far as it has come."""

    detector: RefusalDetector = field(default_factory=RefusalDetector)
    held: str = ""
    refusing: bool = False

    def refusal_of(self, content: str) -> str | None:
        """What this piece adds to ``delta.refusal``: all of the text so far when the refusal shows, then each piece."""
        if self.refusing:
            return content
        self.held += content
        if self.detector.feed(content) is not Verdict.REFUSAL:
            return None
        self.refusing = True
        return self.held


class StreamMarker:
    """Marks the chunks of one stream; ``refused`` is True once any choice has shown itself to be a refusal."""

    def __init__(self, steering: Steering, engine_fingerprint: str) -> None:
        self._steering = steering
        self._fingerprint = engine_fingerprint
        self._choices: dict[int, _Choice] = {}

    @property
    def refused(self) -> bool:
        return any(choice.refusing for choice in self._choices.values())

    async def mark(self, chunks: AsyncGenerator[Json, None]) -> AsyncGenerator[Json, None]:
        """The chunks, marked; the steering block goes with the chunk that ends a choice."""
        async with aclosing(chunks):
            async for chunk in chunks:
                for choice in chunk["choices"]:
                    self._mark_choice(choice)
                    if choice.get("finish_reason"):
                        chunk["steering"] = self._steering.block(self.refused)
                _mark(chunk, self._steering, self._fingerprint)
                yield chunk

    def _mark_choice(self, choice: Json) -> None:
        content = choice["delta"].get("content")
        if not content:
            return
        refusal = self._choices.setdefault(choice["index"], _Choice()).refusal_of(content)
        if refusal is not None:
            choice["delta"]["refusal"] = refusal


def _mark(answer: Json, steering: Steering, engine_fingerprint: str) -> None:
    answer["system_fingerprint"] = steering.fingerprint(engine_fingerprint)
    details = (answer.get("usage") or {}).get("prompt_tokens_details")
    if details is not None:
        # vLLM counts the tokens of each modality under a name of its own; OpenAI's is flat.
        details["audio_tokens"] = (details.pop("multimodal_tokens", None) or {}).get("audio", 0)
        details.setdefault("cached_tokens", 0)
