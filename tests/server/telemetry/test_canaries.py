"""The canaries: what they ask the engine, what they show, and when they are not sent."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from prometheus_client import CollectorRegistry

from server.engine.protocol import ChatCall, Json, Waveform
from server.errors import InternalError, UnsupportedAudio
from server.health import Health, canary_health
from server.telemetry.canaries import MOST_SKIPS, Canaries, CanaryClipsMissing, Clips, read_clips
from server.telemetry.certificate import Kind
from server.telemetry.load import BUSY_REQUESTS
from server.telemetry.metrics import Metrics
from steering.vector_set import VectorSetId
from tests.server.test_app import REFUSAL, SET, RecordingEngine

NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)
OTHER = replace(SET, id=VectorSetId("other", "1.0.0"))
HARMFUL, BENIGN = (Waveform(np.full(10, level, np.float32), 16_000) for level in (1.0, 0.0))
EVALUATION = {"curve": [{"strength": 1.0, "harmful_refused": 1.0, "over_refusal": 0.015}], "requests": {"spoken": 400}}


class Listener(RecordingEngine):
    """Refuses loud clips while it is steered at least as strongly as it needs."""

    def __init__(self) -> None:
        super().__init__()
        self.needs = 0.5
        self.at_once = self.most_at_once = 0

    async def complete(self, call: ChatCall) -> Json:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(0)
        (clip,) = call.clips.values()
        refuses = bool(clip.samples[0]) and call.directive.alpha >= self.needs
        self.pieces = [REFUSAL if refuses else "Sure, here it is."]
        try:
            return await super().complete(call)
        finally:
            self.at_once -= 1


class Watch:
    """Canaries over a listener, and what a test turns."""

    def __init__(self, evaluation: Mapping[str, Any] = EVALUATION) -> None:
        self.engine = Listener()
        self.metrics = Metrics(CollectorRegistry())
        self.named: frozenset[VectorSetId] = frozenset()
        self.drains = False
        self.canaries = Canaries(
            self.engine,
            Clips((HARMFUL,) * 4, (BENIGN,) * 4),
            lambda: self.named,
            SET.id,
            lambda id_: evaluation,
            self.metrics,
            lambda: self.drains,
            lambda: NOON,
            lambda: 0.0,
            0.01,
        )

    def value(self, name: str, **labels: str) -> float | None:
        return self.metrics.registry.get_sample_value(f"sarsteer_canary_{name}", labels)

    def ratio(self, name: str, kind: Kind, vector: VectorSetId = SET.id) -> float | None:
        return self.value(name, model="recorder", vector=str(vector), set=kind)

    def runs(self, outcome: str) -> float:
        return self.value("runs_total", outcome=outcome) or 0.0


async def test_each_clip_is_asked_greedily_at_strength_one_a_few_at_a_time() -> None:
    watch = Watch()
    assert await watch.canaries.look() == "passed"
    calls = watch.engine.background
    assert len(calls) == 8
    assert watch.engine.most_at_once == 2
    assert {(call.directive.vector, call.directive.alpha) for call in calls} == {(SET.id, 0.5)}
    assert {call.body["temperature"] for call in calls} == {0}
    await watch.canaries.look()
    assert len({call.body["cache_salt"] for call in watch.engine.background}) == 2


async def test_what_was_found_and_what_is_certified_are_shown() -> None:
    watch = Watch()
    await watch.canaries.look()
    assert (watch.ratio("refusal_ratio", "harmful"), watch.ratio("refusal_ratio", "benign")) == (1.0, 0.0)
    assert (watch.ratio("certified_ratio", "harmful"), watch.ratio("certified_ratio", "benign")) == (1.0, 0.015)
    assert (watch.ratio("beyond_certificate", "harmful"), watch.ratio("beyond_certificate", "benign")) == (0.0, 0.0)
    assert watch.value("last_run_timestamp_seconds") == NOON.timestamp()
    assert watch.runs("passed") == 1
    assert canary_health(watch.canaries, fails=True) == Health()


async def test_a_set_that_has_lost_its_strength_is_told_and_fails_readiness_only_if_it_is_to() -> None:
    watch = Watch()
    assert canary_health(watch.canaries, fails=True) == Health()
    watch.engine.needs = 9.0
    assert await watch.canaries.look() == "beyond"
    assert watch.ratio("refusal_ratio", "harmful") == 0.0
    assert watch.ratio("beyond_certificate", "harmful") == 1.0
    told = ("the canaries of refusal@1.0.0 are beyond its certificate: 0 of 4 harmful refused, 0 of 4 benign refused",)
    assert canary_health(watch.canaries, fails=True) == Health(failing=told)
    assert canary_health(watch.canaries, fails=False) == Health(warnings=told)
    watch.engine.needs = 0.5
    await watch.canaries.look()
    assert canary_health(watch.canaries, fails=True) == Health()


async def test_sets_in_service_that_a_policy_names_are_watched_and_lose_their_series_with_it() -> None:
    watch = Watch()
    unnamed = replace(SET, id=VectorSetId("unnamed", "1.0.0"))
    watch.engine.vector_sets = (SET, OTHER, unnamed)
    watch.named = frozenset({OTHER.id, VectorSetId("never", "1.0.0")})
    await watch.canaries.look()
    assert [result.vector for result in watch.canaries.results] == [OTHER.id, SET.id]
    assert watch.ratio("refusal_ratio", "harmful", OTHER.id) == 1.0
    watch.named = frozenset()
    watch.drains = True
    assert await watch.canaries.look() == "skipped"
    assert watch.ratio("refusal_ratio", "harmful", OTHER.id) is None
    assert watch.ratio("refusal_ratio", "harmful") == 1.0


async def test_without_a_certificate_a_set_is_watched_and_never_beyond() -> None:
    watch = Watch({})
    watch.engine.needs = 9.0
    assert await watch.canaries.look() == "passed"
    assert watch.ratio("refusal_ratio", "harmful") == 0.0
    assert watch.ratio("certified_ratio", "harmful") is None


async def test_a_run_that_fails_is_counted_and_leaves_the_last_result() -> None:
    watch = Watch()
    await watch.canaries.look()
    watch.engine.fails = InternalError()
    assert await watch.canaries.look() == "failed"
    assert watch.runs("failed") == 1
    assert watch.ratio("refusal_ratio", "harmful") == 1.0


async def test_a_busy_server_is_spared_but_not_for_ever() -> None:
    watch = Watch()
    watch.metrics.inflight.set(BUSY_REQUESTS)
    outcomes = [await watch.canaries.look() for _ in range(MOST_SKIPS + 2)]
    assert outcomes == ["skipped"] * MOST_SKIPS + ["passed", "skipped"]


async def test_a_server_that_begins_to_drain_ends_the_run() -> None:
    watch = Watch()
    watch.engine.may_end.clear()
    running = asyncio.ensure_future(watch.canaries.look())
    async with asyncio.timeout(10):
        while not watch.engine.background:
            await asyncio.sleep(0)
    watch.drains = True
    watch.engine.may_end.set()
    assert await running == "skipped"
    assert len(watch.engine.background) <= 2
    assert watch.ratio("refusal_ratio", "harmful") is None


async def test_it_runs_again_and_again_until_it_is_cancelled() -> None:
    watch = Watch()
    running = asyncio.ensure_future(watch.canaries.run())
    async with asyncio.timeout(10):
        while watch.runs("passed") < 3:
            await asyncio.sleep(0.005)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


def clips_in(folder: Path, *kinds: str) -> Path:
    for kind in kinds:
        (folder / kind).mkdir(parents=True)
        soundfile.write(folder / kind / "a.wav", np.full(8_000, 0.1), 8_000)
    return folder


def test_the_clips_are_read_at_the_models_rate_and_no_longer_than_it_hears(tmp_path: Path) -> None:
    clips = read_clips(clips_in(tmp_path, "harmful", "benign"), 16_000, 2.0)
    assert [len(wave.samples) for wave in (*clips.harmful, *clips.benign)] == [16_000, 16_000]
    with pytest.raises(Exception, match=r"a\.wav"):
        read_clips(tmp_path, 16_000, 0.5)


def test_a_folder_that_lacks_a_kind_and_a_file_that_is_no_audio_are_told(tmp_path: Path) -> None:
    clips_in(tmp_path, "harmful")
    with pytest.raises(CanaryClipsMissing, match="benign holds 0 WAV files"):
        read_clips(tmp_path, 16_000, 2.0)
    clips_in(tmp_path / "more", "harmful", "benign")
    (tmp_path / "more" / "benign" / "a.wav").write_bytes(b"RIFF")
    with pytest.raises(UnsupportedAudio):
        read_clips(tmp_path / "more", 16_000, 2.0)
