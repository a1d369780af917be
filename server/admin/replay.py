"""Replay: one request once more, by its receipt, to see whether it is answered as it was.

Like the playground it goes round every tenant's policy, so it needs an admin key of the scope operate, and each use is
logged: who and which receipt, never what.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BeforeValidator, Field

from server.admin import schemas
from server.admin.access import Acting
from server.admin.context import AdminContext
from server.admin.openapi import READS, answers
from server.admin.strict_json import strict_router
from server.audio.parts import CLIP_SCHEME, find_audio, replace_audio
from server.chat.fields import take_fields
from server.engine.protocol import ChatCall, Json, Waveform, in_service
from server.errors import AudioUrlUnavailable, InvalidValue, ReceiptDiffers
from server.policy.actor import Actor
from server.telemetry.logs import logger
from server.telemetry.receipts import CONTENT, SAMPLING, SECRET_PURPOSE, Answers, Digester, Receipt, Told
from steering.directive import Directive
from steering.vector_set import VectorSet, VectorSetId

_GATE_TOLERANCE = 1e-3
"""What is batched with a request may move its gate score in the last places."""
_ROUNDING = 1e-9


def _read(value: object) -> Receipt:
    # A log's line has a time and a level as well, which do not matter here; what is no receipt is told as a bad field.
    return Receipt.from_json(value)


SentReceipt = Annotated[Receipt, BeforeValidator(_read)]


class ReplayedRequest(schemas.Sent):
    """What of the request its receipt does not hold: its content, as it was sent."""

    messages: list[dict[str, Any]] = Field(min_length=1, description="Audio as input_audio, or as a data: URL.")
    stop: Any = None
    stop_token_ids: Any = None
    tools: Any = None
    tool_choice: Any = None
    response_format: Any = None


class NewReplay(schemas.Sent):
    receipt: SentReceipt = Field(description="The receipt, as the log's line holds it.")
    request: ReplayedRequest
    force: bool = Field(
        default=False, strict=True, description="Go on where the engine, the vector set or the request is another."
    )


class Difference(schemas.Answered):
    what: str
    receipt: str
    here: str


class Replayed(schemas.Answered):
    """Both answers side by side; the words of neither."""

    request_id: str
    vector: str
    strength: float
    alpha: float
    repeatable: bool = Field(description="false: it was sampled without a seed, so another answer says nothing.")
    equal: bool = Field(description="Whether verdict, gate score and answer are the same, and nothing differs.")
    differences: list[Difference] = Field(description="What is not as the receipt says; only with force.")
    same_answer: bool
    verdict_then: Told | None
    verdict: Told | None
    gate_score_then: float | None
    gate_score: float | None
    answer_tokens_then: int
    answer_tokens: int


@dataclass(frozen=True, slots=True, eq=False)
class Rerun:
    """A request that can be run: its call, and how it differs from what its receipt says."""

    call: ChatCall
    differences: tuple[Difference, ...]


def replay_routes(context: AdminContext) -> APIRouter:
    """``POST /replay``, which takes a receipt and the content of its request."""
    routes = strict_router("/replay", "replay")

    @routes.post(
        "",
        summary="Answer a request once more, by its receipt",
        responses=answers(
            *("invalid_value", "invalid_audio", "invalid_base64", "audio_url_unavailable", "too_many_clips"),
            *READS,
            *("scope_missing", "model_not_found", "receipt_differs", "audio_too_large", "body_too_large"),
            *("unsupported_audio", "overloaded"),
        ),
    )
    async def replay(actor: Acting, new: NewReplay) -> Replayed:
        return await repeat(context, actor, new)

    return routes


async def repeat(context: AdminContext, actor: Actor, new: NewReplay) -> Replayed:
    """Run the request of ``new`` on the engine, and compare.

    Raise NotPermitted, ReceiptDiffers, or another ApiError for content that cannot be taken.
    """
    actor.require("operate", "A replay")
    receipt, digester = new.receipt, Digester(context.hasher.derive(SECRET_PURPOSE))
    rerun = await _prepare(context, digester, receipt, new.request)
    if rerun.differences and not new.force:
        told = "; ".join(f"{each.what} is {each.here}, and was {each.receipt}" for each in rerun.differences)
        raise ReceiptDiffers(
            f"This would not be the receipt's request on the receipt's engine: {told}. Send force to go on all the "
            "same.",
            param="request" if rerun.differences[0].what == "request" else f"receipt.{rerun.differences[0].what}",
        )
    call = rerun.call
    logger().info("receipt replayed", admin=actor.id, vector=receipt.vector, replayed=receipt.request_id)
    read = Answers()
    read.whole(await context.engine.complete(call))
    gate = None if call.reading.gate is None else round(call.reading.gate, 4)
    same = digester.answer(read.choices) == receipt.answer
    verdict = read.verdict
    return Replayed(
        request_id=receipt.request_id,
        vector=receipt.vector,
        strength=receipt.strength,
        alpha=call.directive.alpha,
        repeatable=receipt.repeatable,
        equal=same and verdict == receipt.verdict and _close(gate, receipt.gate_score) and not rerun.differences,
        differences=list(rerun.differences),
        same_answer=same,
        verdict_then=receipt.verdict,
        verdict=verdict,
        gate_score_then=receipt.gate_score,
        gate_score=gate,
        answer_tokens_then=receipt.answer_tokens,
        answer_tokens=call.reading.answer_tokens,
    )


def _close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= _GATE_TOLERANCE


async def _prepare(context: AdminContext, digester: Digester, receipt: Receipt, request: ReplayedRequest) -> Rerun:
    if receipt.outcome != "ok":
        raise InvalidValue(
            f"The receipt is of a request that ended in {receipt.outcome[:60]!r}: there is no whole answer to compare.",
            param="receipt.outcome",
        )
    body = _body(context, receipt, request)
    clips = await _clips(context, body)
    vector_set = _vector_set(context, receipt)
    differences = (
        *_differing("model", receipt.model, context.engine.model),
        *_differing("engine", receipt.engine, context.engine.fingerprint),
        *(_differing("digest", receipt.digest, vector_set.digest) if vector_set else ()),
        *_differing("request", receipt.request, digester.request(body, clips)),
    )
    directive = Directive(VectorSetId.parse(receipt.vector), receipt.alpha, receipt.gate)
    return Rerun(ChatCall(body, clips, directive), differences)


def _body(context: AdminContext, receipt: Receipt, request: ReplayedRequest) -> Json:
    """The engine's body, within the bounds of every request's: a receipt is only a text that somebody sent."""
    content = {name: value for name in CONTENT if (value := getattr(request, name)) is not None}
    if unknown := receipt.sampling.keys() - SAMPLING:
        raise InvalidValue(f"receipt.sampling.{min(unknown)[:40]} decides no answer here.", param="receipt.sampling")
    body, _ = take_fields({**receipt.sampling, **content, "model": context.engine.model})
    # No tenant's prefix cache may tell of this, nor this of theirs.
    return {**body, "cache_salt": "replay"}


async def _clips(context: AdminContext, body: Json) -> Mapping[str, Waveform]:
    """Decode the audio of ``body`` and put, in place, clip URLs where it was."""
    parts = await context.pool.run(find_audio, body["messages"], context.pool.limits)
    files = []
    for part in parts:
        if isinstance(part.source, str):
            raise AudioUrlUnavailable(
                f"request.{part.param} is not fetched for a replay; send the audio itself.",
                param=f"request.{part.param}",
            )
        files.append((f"request.{part.param}", part.source))
    waves, _ = await context.pool.decode(files, context.engine.sample_rate)
    urls = [f"{CLIP_SCHEME}{index}" for index in range(len(parts))]
    body["messages"] = replace_audio(body["messages"], parts, urls)
    return dict(zip(urls, waves, strict=True))


def _vector_set(context: AdminContext, receipt: Receipt) -> VectorSet | None:
    """The set to steer by, None where nothing was steered; ReceiptDiffers where there is none, force or not."""
    try:
        wanted = VectorSetId.parse(receipt.vector)
    except ValueError as error:
        raise InvalidValue(str(error), param="receipt.vector") from error
    if receipt.alpha == 0:
        return None
    found = in_service(context.engine, wanted)
    if found is None:
        served = ", ".join(str(vector_set.id) for vector_set in context.engine.vector_sets) or "none"
        raise ReceiptDiffers(
            f"The receipt's vector set {wanted} is not in service here; in service: {served}. Ask a replica that "
            "serves it, or let a policy name it.",
            param="receipt.vector",
        )
    if receipt.alpha > found.largest_alpha * (1 + _ROUNDING):
        raise InvalidValue(
            f"receipt.alpha {receipt.alpha:g} is over the dose cap of {wanted}, {found.largest_alpha:g}; no request "
            "was steered so.",
            param="receipt.alpha",
        )
    if receipt.gate and found.gate is None:
        raise InvalidValue(f"receipt.gate is true, and {wanted} has no gate.", param="receipt.gate")
    return found


def _differing(what: str, receipt: str, here: str) -> Iterator[Difference]:
    if receipt != here:
        yield Difference(what=what, receipt=receipt[:80], here=here)
