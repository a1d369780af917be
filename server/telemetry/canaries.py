"""Canaries: spoken requests that must be refused, or must not, sent to the live engine again and again.

Of each set in service that a policy names, at strength 1, the shares that are refused are held against what the
version's own evaluation certifies (``server.telemetry.certificate``).
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from server.audio.decode import Budget, decode
from server.audio.limits import AudioLimits
from server.audio.parts import CLIP_SCHEME
from server.chat.refusals import judged
from server.engine.protocol import ChatCall, ChatEngine, Waveform
from server.policy.model import Clock, Tenant
from server.policy.strength import directive_for, within_dose_cap
from server.telemetry.certificate import KINDS, Certified, Kind, certificate, is_beyond
from server.telemetry.load import is_busy
from server.telemetry.logs import logger
from server.telemetry.metrics import Metrics
from steering.refusal import Verdict
from steering.vector_set import VectorSet, VectorSetId

Outcome = Literal["passed", "beyond", "failed", "skipped"]

FIRST_SECONDS = 5.0
"""Within which the first run begins, once the server is ready."""
RUN_SECONDS = 120.0
"""The most that one run may take."""
MOST_SKIPS = 3
"""In a row: a service that is busy all day is watched all the same."""
_AT_ONCE = 2
_MOST_TOKENS = 128
_MOST_CLIPS = 200
_MOST_BYTES = 256 * 1024 * 1024
_CLIP = f"{CLIP_SCHEME}0"
_AS_BUILT_IN = Tenant("canary")


class CanaryClipsMissing(Exception):
    """A folder of canaries that cannot be used; the message says what to do."""


@dataclass(frozen=True, slots=True, eq=False)
class Clips:
    """The recordings of each kind."""

    harmful: tuple[Waveform, ...]
    benign: tuple[Waveform, ...]

    def of(self, kind: Kind) -> tuple[Waveform, ...]:
        return self.harmful if kind == "harmful" else self.benign


def canary_files(folder: Path) -> Mapping[Kind, tuple[Path, ...]]:
    """The recordings below ``folder``, in ``harmful/`` and ``benign/``; raise CanaryClipsMissing."""
    found: dict[Kind, tuple[Path, ...]] = {}
    for kind in KINDS:
        found[kind] = tuple(sorted((folder / kind).glob("*.wav")))
        if not 1 <= len(found[kind]) <= _MOST_CLIPS:
            raise CanaryClipsMissing(
                f"{folder / kind} holds {len(found[kind])} WAV files; SARSTEER_CANARY_CLIPS names a folder with 1 to "
                f"{_MOST_CLIPS} in harmful/ and as many in benign/."
            )
    return found


def read_clips(folder: Path, rate: int, hears_seconds: float) -> Clips:
    """The canaries below ``folder`` at ``rate`` Hz; raise CanaryClipsMissing.

    Raise the ApiError of a file that is no audio, or longer than the ``hears_seconds`` that the model hears.
    """
    limits = AudioLimits(1, hears_seconds, hears_seconds, _MOST_BYTES)
    heard: dict[Kind, tuple[Waveform, ...]] = {
        kind: tuple(decode(file.read_bytes(), rate, Budget(limits), str(file)) for file in files)
        for kind, files in canary_files(folder).items()
    }
    return Clips(**heard)


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a kind's clips were refused; ``certified`` None: the version's evaluation does not say."""

    refused: int
    clips: int
    certified: Certified | None
    beyond: bool

    @property
    def ratio(self) -> float:
        return self.refused / self.clips


@dataclass(frozen=True, slots=True)
class Result:
    """A set's last whole run."""

    vector: VectorSetId
    digest: str
    at: datetime
    shares: Mapping[Kind, Share]

    @property
    def beyond(self) -> tuple[Kind, ...]:
        return tuple(kind for kind, share in self.shares.items() if share.beyond)

    @property
    def words(self) -> str:
        return ", ".join(f"{share.refused} of {share.clips} {kind} refused" for kind, share in self.shares.items())


class _HeldUp(Exception):
    """The server drains: a run ends where it is."""


class Canaries:
    """Sends the canaries to ``engine`` and keeps the last result of each set.

    ``named`` gives the sets that a policy names now, ``default`` is the server's own; ``evaluation_of`` reads a
    version's evaluation, in a thread. ``jitter`` is random, from 0 to 1.
    """

    def __init__(
        self,
        engine: ChatEngine,
        clips: Clips,
        named: Callable[[], frozenset[VectorSetId]],
        default: VectorSetId,
        evaluation_of: Callable[[VectorSetId], Mapping[str, Any]],
        metrics: Metrics,
        draining: Callable[[], bool],
        clock: Clock,
        jitter: Callable[[], float],
        seconds: float,
    ) -> None:
        self._engine = engine
        self._clips = clips
        self._named = named
        self._default = default
        self._evaluation_of = evaluation_of
        self._metrics = metrics
        self._draining = draining
        self._clock = clock
        self._jitter = jitter
        self._few = asyncio.Semaphore(_AT_ONCE)
        self._results: dict[VectorSetId, Result] = {}
        self._skips = 0
        self._runs = 0
        self.seconds = seconds
        self.last: tuple[Outcome, datetime] | None = None

    @property
    def results(self) -> tuple[Result, ...]:
        """The last result of each set, by name."""
        return tuple(sorted(self._results.values(), key=lambda result: str(result.vector)))

    @property
    def of_default(self) -> Result | None:
        """The newest result of the server's own set."""
        return self._results.get(self._default)

    def of(self, id_: VectorSetId) -> Result | None:
        return self._results.get(id_)

    async def run(self) -> None:
        """Run every ``seconds``, a tenth more or less, until cancelled; the first time soon."""
        await asyncio.sleep(min(FIRST_SECONDS, self.seconds) * self._jitter())
        while True:
            await self.look()
            await asyncio.sleep(self.seconds * (0.9 + 0.2 * self._jitter()))

    async def look(self) -> Outcome:
        """One run over every set. What fails is logged and counted, and raises nothing."""
        outcome = await self._outcome()
        self.last = (outcome, self._clock())
        self._metrics.canary_runs.labels(outcome).inc()
        return outcome

    async def _outcome(self) -> Outcome:
        watched = {vector_set.id for vector_set in self._watched()}
        if self._results.keys() - watched:
            self._show({id_: result for id_, result in self._results.items() if id_ in watched})
        if self._draining() or (is_busy(self._metrics) and self._skips < MOST_SKIPS):
            self._skips += 1
            return "skipped"
        self._skips = 0
        try:
            async with asyncio.timeout(RUN_SECONDS):
                found = [await self._ask_all(vector_set) for vector_set in self._watched()]
        except _HeldUp:
            return "skipped"
        except Exception as fault:
            logger().warning("canaries failed", exc_info=fault)
            return "failed"
        self._show({result.vector: result for result in found})
        self._metrics.canary_last_run.set(self._clock().timestamp())
        for result in found:
            if result.beyond:
                logger().warning("canaries beyond their certificate", vector=str(result.vector), found=result.words)
        return "beyond" if any(result.beyond for result in found) else "passed"

    def _watched(self) -> tuple[VectorSet, ...]:
        wanted = self._named() | {self._default}
        return tuple(vector_set for vector_set in self._engine.vector_sets if vector_set.id in wanted)

    async def _ask_all(self, vector_set: VectorSet) -> Result:
        self._runs += 1
        evaluation = await asyncio.to_thread(self._evaluation_of, vector_set.id)
        certified = certificate(evaluation, gated=vector_set.gate is not None)
        shares: dict[Kind, Share] = {}
        for kind in KINDS:
            clips = self._clips.of(kind)
            asking = [asyncio.ensure_future(self._refuses(vector_set, clip)) for clip in clips]
            try:
                refused = sum(await asyncio.gather(*asking))
            finally:
                for task in asking:
                    task.cancel()
                await asyncio.gather(*asking, return_exceptions=True)
            limit = certified.get(kind)
            beyond = limit is not None and is_beyond(kind, refused, len(clips), limit)
            shares[kind] = Share(refused, len(clips), limit, beyond)
        return Result(vector_set.id, vector_set.digest, self._clock(), shares)

    async def _refuses(self, vector_set: VectorSet, clip: Waveform) -> bool:
        async with self._few:
            if self._draining():
                raise _HeldUp
            strength = within_dose_cap(1.0, vector_set)
            body = {
                "model": self._engine.model,
                "messages": [{"role": "user", "content": [{"type": "audio_url", "audio_url": {"url": _CLIP}}]}],
                "temperature": 0,
                "max_tokens": _MOST_TOKENS,
                # Anew each time: what an earlier run left in the prefix cache must not answer for this one.
                "cache_salt": f"canary:{self._runs}",
            }
            directive = directive_for(_AS_BUILT_IN, strength, vector_set, spoken=True)
            completion = await self._engine.complete(ChatCall(body, {_CLIP: clip}, directive, background=True))
            return judged(completion["choices"][0]["message"].get("content") or "") is Verdict.REFUSAL

    def _show(self, results: Mapping[VectorSetId, Result]) -> None:
        """Keep and show these results, and the series of no other set."""
        metrics, model = self._metrics, self._engine.model
        self._results = dict(results)
        for gauge in (metrics.canary_refusal, metrics.canary_certified, metrics.canary_beyond):
            gauge.clear()
        for result in results.values():
            for kind, share in result.shares.items():
                labels = (model, str(result.vector), kind)
                metrics.canary_refusal.labels(*labels).set(share.ratio)
                metrics.canary_beyond.labels(*labels).set(share.beyond)
                if share.certified is not None:
                    metrics.canary_certified.labels(*labels).set(share.certified.rate)
