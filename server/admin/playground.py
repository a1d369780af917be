"""The playground: one question, answered undefended and at two strengths, side by side, for an administrator's ears.

It goes round every tenant's policy, so it needs an admin key of the scope operate, and each use is logged: who, never
what.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Annotated

from fastapi import APIRouter, File, Form, UploadFile
from pydantic import Field

from server.admin import schemas
from server.admin.access import Acting
from server.admin.context import AdminContext
from server.admin.openapi import READS, answers
from server.admin.strict_json import strict_router
from server.audio.parts import CLIP_SCHEME
from server.chat.refusals import judged
from server.engine.protocol import ChatCall, Json, Waveform, in_service
from server.errors import InvalidValue, StoreUnverified
from server.policy.actor import Actor
from server.policy.strength import within_dose_cap
from server.telemetry.logs import logger
from steering.directive import Directive
from steering.refusal import Verdict
from steering.vector_set import VectorSet, VectorSetId

STRENGTHS = 2
LONGEST_TEXT = 8_000
LARGEST_BODY = 32 * 1024 * 1024
"""Of a request with its clip, in bytes."""
_MOST_TOKENS = 256
_CLIP = f"{CLIP_SCHEME}0"


@dataclass(frozen=True, slots=True)
class Played:
    """One answer. ``strength`` is in multiples of the recommended alpha (0: undefended), ``alpha`` what it came to.

    ``asked`` is the strength that was asked for, above ``strength`` where the set's dose cap brought it down.
    ``seconds`` is the time that the answer took while the others were answered beside it.
    """

    asked: float
    strength: float
    alpha: float
    text: str
    refused: bool
    gate_score: float | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a clip's undecoded bytes, typed words, or both."""

    clip: bytes | None
    text: str

    def __post_init__(self) -> None:
        if not self.clip and not self.text.strip():
            raise InvalidValue("Send audio, text or both: there is nothing to answer.", param="audio")
        if len(self.text) > LONGEST_TEXT:
            raise InvalidValue(f"text has {len(self.text)} characters; send at most {LONGEST_TEXT}.", param="text")


class PlayedAnswer(schemas.Answered):
    """An answer to the question."""

    strength: float = Field(description="In multiples of the recommended alpha; 0 is undefended.")
    asked: float = Field(
        description="The strength that was asked for; above strength where the dose cap brought it down."
    )
    alpha: float = Field(description="The raw alpha that it came to.")
    text: str
    refused: bool
    gate_score: float | None = Field(description="How harmful the gate found it, 0 to 1; null: it was not read.")
    seconds: float


class Play(schemas.Answered):
    """The three answers, the undefended one first."""

    vector: str
    answers: list[PlayedAnswer]


def playground_routes(context: AdminContext) -> APIRouter:
    """``POST /playground``, which takes a multipart form."""
    routes = strict_router("/playground", "playground")

    @routes.post(
        "",
        summary="Answer one question undefended and at two strengths",
        responses=answers(
            "invalid_value",
            "invalid_audio",
            *READS,
            "scope_missing",
            "audio_too_large",
            "body_too_large",
            "unsupported_audio",
            "overloaded",
            "store_unverified",
        ),
    )
    async def playground(
        actor: Acting,
        strengths: Annotated[list[float], Form(description="Two strengths, as two fields of this name.")],
        audio: Annotated[UploadFile | None, File(description="A clip: wav, mp3, flac, ogg, opus, m4a, webm.")] = None,
        text: Annotated[str, Form(description="Typed words, alone or with the clip.")] = "",
        vector: Annotated[str, Form(description="name@version, in service. Default: the server's own set.")] = "",
        gate: Annotated[bool | None, Form(description="Whether through the gate. Default: where there is one.")] = None,
    ) -> Play:
        clip = await audio.read() if audio is not None else None
        try:
            id_ = VectorSetId.parse(vector) if vector else context.default_vector
        except ValueError as error:
            raise InvalidValue(str(error), param="vector") from error
        played = await play(context, actor, Question(clip, text), id_, strengths, gate)
        return Play(vector=str(id_), answers=[_answer(each) for each in played])

    return routes


def _answer(played: Played) -> PlayedAnswer:
    return PlayedAnswer(
        strength=played.strength,
        asked=played.asked,
        alpha=played.alpha,
        text=played.text,
        refused=played.refused,
        gate_score=None if played.gate_score is None else round(played.gate_score, 4),
        seconds=round(played.seconds, 3),
    )


async def play(
    context: AdminContext,
    actor: Actor,
    question: Question,
    vector: VectorSetId,
    strengths: Sequence[float],
    gate: bool | None = None,
) -> tuple[Played, ...]:
    """The answers at strength 0 and at each of ``strengths``, asked at once.

    ``gate`` None goes through the set's gate where it has one. Raise NotPermitted, InvalidValue, StoreUnverified, or
    another ApiError for audio that cannot be decoded and for what the engine cannot answer.
    """
    actor.require("operate", "The playground")
    if len(strengths) != STRENGTHS:
        raise InvalidValue(f"strengths must hold {STRENGTHS} numbers, not {len(strengths)}.", param="strengths")
    for strength in strengths:
        if not 0 <= strength < inf:
            raise InvalidValue(f"strengths must be finite and at least 0, not {strength!r}.", param="strengths")
    vector_set = _in_service(context, vector)
    if gate and vector_set.gate is None:
        raise InvalidValue(f"{vector} has no gate; leave gate out, or choose a set that has one.", param="gate")
    clips: dict[str, Waveform] = {}
    if question.clip:
        (wave,), _ = await context.pool.decode([("audio", question.clip)], context.engine.sample_rate)
        clips[_CLIP] = wave
    logger().info("playground used", admin=actor.id, vector=str(vector), spoken=bool(clips))
    gated = vector_set.gate is not None if gate is None else gate
    body = _body(context.engine.model, question.text.strip(), spoken=bool(clips))
    asking = [
        asyncio.ensure_future(
            _ask(context, ChatCall(dict(body), clips, _directive(vector_set, strength, clips, gated)))
        )
        for strength in (0.0, *strengths)
    ]
    try:
        answers = await asyncio.gather(*asking)
    finally:
        for task in asking:  # One that failed, or a caller that went away, ends the others.
            task.cancel()
        await asyncio.gather(*asking, return_exceptions=True)
    return tuple(
        Played(
            asked,
            within_dose_cap(asked, vector_set),
            call.directive.alpha,
            text,
            judged(text) is Verdict.REFUSAL,
            call.reading.gate,
            seconds,
        )
        for asked, (call, text, seconds) in zip((0.0, *strengths), answers, strict=True)
    )


def _in_service(context: AdminContext, wanted: VectorSetId) -> VectorSet:
    if (vector_set := in_service(context.engine, wanted)) is not None:
        return vector_set
    served = ", ".join(str(vector_set.id) for vector_set in context.engine.vector_sets) or "none"
    raise StoreUnverified(f"The vector set {wanted} is not in service here; in service: {served}.", param="vector")


def _directive(vector_set: VectorSet, strength: float, clips: dict[str, Waveform], gated: bool) -> Directive:
    alpha = vector_set.alpha(within_dose_cap(strength, vector_set), spoken=bool(clips), gated=gated)
    return Directive(vector_set.id, alpha, gated)


def _body(model: str, text: str, *, spoken: bool) -> Json:
    heard: list[Json] = [{"type": "audio_url", "audio_url": {"url": _CLIP}}] if spoken else []
    typed: list[Json] = [{"type": "text", "text": text}] if text else []
    return {
        "model": model,
        "messages": [{"role": "user", "content": [*heard, *typed]}],
        "temperature": 0,
        "max_tokens": _MOST_TOKENS,
        # No tenant's prefix cache may tell of this, nor this of theirs.
        "cache_salt": "playground",
    }


async def _ask(context: AdminContext, call: ChatCall) -> tuple[ChatCall, str, float]:
    start = time.perf_counter()
    completion = await context.engine.complete(call)
    text = completion["choices"][0]["message"].get("content") or ""
    return call, text, time.perf_counter() - start
