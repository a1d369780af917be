"""From a request to a call: who asks, how strongly it is steered, and its audio decoded. Or an error, and no call."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from server.audio.fetch import AudioFetcher
from server.audio.parts import CLIP_SCHEME, AudioPart, find_audio, replace_audio
from server.audio.pool import Clips, DecodePool
from server.chat.fields import requested_strength, take_fields
from server.chat.marking import Steering
from server.chat.rate_limits import rate_limited
from server.engine.protocol import ChatCall, ChatEngine, Waveform, in_service
from server.errors import (
    ApiError,
    InvalidApiKey,
    InvalidValue,
    ModelNotAllowed,
    ModelNotFound,
    NoPolicyYet,
    StoreUnverified,
    TenantSuspended,
)
from server.policy.limits import LimitReached, RateLimiter
from server.policy.model import Clock, Mode, PolicyStore, PolicyUnavailable, RefusalStyle, Tenant
from server.policy.strength import StrengthRefused, directive_for, effective_strength, unsteered, within_dose_cap
from server.telemetry.metrics import Metrics
from server.telemetry.tracing import NO_SPAN, Span, step
from steering.directive import Directive
from steering.vector_set import VectorSet, VectorSetId


@dataclass(frozen=True, slots=True, eq=False)
class Admitted:
    """A request that may be answered, by the policy and the vectors of this moment.

    ``counterfactual`` steers the other way: not at all what is steered, and as if enforced what ``shadow`` leaves
    unsteered. It is wanted for ``twin_share`` of such requests; None where there is no other way, or none is wanted.
    """

    call: ChatCall
    steering: Steering
    refusal_style: RefusalStyle
    twin_share: float = 0.0
    counterfactual: Directive | None = None


class Admission:
    """``default_vector`` steers the tenants that name no vector set of their own.

    A request's tenant is taken from the policy once, by ``authenticate``, and its mode once, by ``admit``: it is
    answered by these whatever the policy becomes meanwhile.
    """

    def __init__(
        self,
        policy: PolicyStore,
        engine: ChatEngine,
        pool: DecodePool,
        fetcher: AudioFetcher,
        metrics: Metrics,
        default_vector: VectorSetId,
        limiter: RateLimiter,
        clock: Clock,
        *,
        salt_tenants: bool,
    ) -> None:
        self._policy = policy
        self._engine = engine
        self._pool = pool
        self._fetcher = fetcher
        self._metrics = metrics
        self._default_vector = default_vector
        self._limiter = limiter
        self._clock = clock
        self._salt_tenants = salt_tenants

    def authenticate(self, authorization: str | None) -> Tenant:
        """The tenant of an ``Authorization`` header (RFC 6750); raise InvalidApiKey or TenantSuspended.

        Or NoPolicyYet, while no policy has been seen that could tell.
        """
        scheme, _, key = (authorization or "").partition(" ")
        try:
            tenant = self._policy.tenant_of(key.strip() if scheme.lower() == "bearer" else None)
        except PolicyUnavailable as unseen:
            raise NoPolicyYet("This replica has seen no policy yet; retry.") from unseen
        if tenant is None:
            raise InvalidApiKey("The API key is missing or unknown; send Authorization: Bearer <your key>.")
        if tenant.state == "suspended":
            raise TenantSuspended(f"Tenant {tenant.name} is suspended; ask the operator of this service.")
        return tenant

    def check_model(self, tenant: Tenant, name: object) -> None:
        """Raise InvalidValue, ModelNotFound or ModelNotAllowed unless the tenant may use the model ``name``."""
        if not isinstance(name, str) or not name:
            raise InvalidValue(f"model must name the model, {self._engine.model!r}.", param="model")
        if name != self._engine.model:
            raise ModelNotFound(f"The model {name!r} is not served here; use {self._engine.model!r}.", param="model")
        if tenant.models and name not in tenant.models:
            raise ModelNotAllowed(f"Tenant {tenant.name} may not use the model {name!r}.", param="model")

    async def count(self, tenant: Tenant) -> None:
        """Count a request against its tenant's limits; raise RateLimited if they have no room for it."""
        try:
            await self._limiter.take_request(tenant)
        except LimitReached as reached:
            raise rate_limited(reached) from reached

    async def admit(self, tenant: Tenant, body: Any, span: Span = NO_SPAN) -> Admitted:
        """Check ``body`` field by field and decode its audio; raise an ApiError for what cannot be answered.

        The decoding is a step of ``span``.
        """
        mode = tenant.mode_at(self._clock())
        taken, steering_field = take_fields(body)
        self.check_model(tenant, taken.get("model"))
        try:
            strength = effective_strength(tenant, mode, requested_strength(steering_field))
        except StrengthRefused as refused:
            raise InvalidValue(str(refused), param="steering.strength") from refused
        # Broken glass must not depend on the vectors, which may be why it was broken.
        vector_set = self._vector_set(tenant) if mode == "enforce" or strength else None
        if self._salt_tenants:
            taken["cache_salt"] = f"tenant:{tenant.name}"
        clips = await self._clips(tenant, taken, span)
        if vector_set is None:
            call = ChatCall(taken, clips, unsteered(self._wanted(tenant)))
            other = self._as_if_enforced(tenant, spoken=bool(clips)) if tenant.twin_share_in(mode) else None
            return _admitted(call, tenant, mode, 0.0, "", other)
        strength = within_dose_cap(strength, vector_set)
        call = ChatCall(taken, clips, directive_for(tenant, strength, vector_set, spoken=bool(clips)))
        other = unsteered(vector_set.id) if call.directive.alpha and tenant.twin_share_in(mode) else None
        return _admitted(call, tenant, mode, strength, vector_set.digest, other)

    def _as_if_enforced(self, tenant: Tenant, *, spoken: bool) -> Directive | None:
        """What would steer a request that ``shadow`` leaves unsteered; None if nothing would, or could here."""
        vector_set = in_service(self._engine, self._wanted(tenant))
        if not tenant.strength or vector_set is None:
            return None
        return directive_for(tenant, within_dose_cap(tenant.strength, vector_set), vector_set, spoken=spoken)

    def _wanted(self, tenant: Tenant) -> VectorSetId:
        return tenant.vector or self._default_vector

    def _vector_set(self, tenant: Tenant) -> VectorSet:
        wanted = self._wanted(tenant)
        if (vector_set := in_service(self._engine, wanted)) is None:
            # Never loaded, or unloaded since: the door would refuse its directive; this says so sooner.
            raise StoreUnverified(f"The vector set {wanted} of tenant {tenant.name} is not in service here; retry.")
        return vector_set

    async def _clips(self, tenant: Tenant, body: dict[str, Any], span: Span) -> Mapping[str, Waveform]:
        """Decode the audio of ``body`` and put, in place, clip URLs where it was."""
        if all(isinstance(message, dict) and isinstance(message.get("content"), str) for message in body["messages"]):
            find_audio(body["messages"], self._pool.limits)
            return {}
        start = time.perf_counter()
        try:
            with step(span, "decode") as decode:
                parts, clips = await self._pool.run(self._unpack, body["messages"])
                if clips is None:
                    files = [(part.param, await self._bytes_of(part)) for part in parts]
                    clips = await self._pool.decode(files, self._engine.sample_rate)
                waves, seconds = clips
                decode.note({"sarsteer.audio_clips": len(waves), "sarsteer.audio_seconds": seconds})
        except ApiError as error:
            self._metrics.audio_rejected.labels(error.code).inc()
            raise
        urls = [f"{CLIP_SCHEME}{index}" for index in range(len(parts))]
        body["messages"] = replace_audio(body["messages"], parts, urls)
        self._metrics.audio_decode.observe(time.perf_counter() - start)
        self._metrics.audio_seconds.labels(self._metrics.tenant_label(tenant.name)).inc(seconds)
        try:
            await self._limiter.take_audio(tenant, seconds)
        except LimitReached as reached:
            raise rate_limited(reached) from reached
        return dict(zip(urls, waves, strict=True))

    def _unpack(self, messages: list[Any]) -> tuple[tuple[AudioPart, ...], Clips | None]:
        """The audio parts, and their clips if none of them has to be fetched first. Done off the event loop."""
        parts = find_audio(messages, self._pool.limits)
        files = [(part.param, part.source) for part in parts if isinstance(part.source, bytes)]
        if len(files) < len(parts):
            return parts, None
        return parts, self._pool.decode_here(files, self._engine.sample_rate)

    async def _bytes_of(self, part: AudioPart) -> bytes:
        if isinstance(part.source, bytes):
            return part.source
        return await self._fetcher.fetch(part.source, part.param)


def _admitted(
    call: ChatCall, tenant: Tenant, mode: Mode, strength: float, digest: str, counterfactual: Directive | None
) -> Admitted:
    vector, gated = call.directive.vector, call.directive.gate
    steering = Steering(
        vector.name, vector.version, digest, strength, gated, call.reading, mode=mode, revision=tenant.revision
    )
    return Admitted(call, steering, tenant.refusal_style, tenant.twin_share_in(mode), counterfactual)
