import asyncio
import threading
import time
from collections.abc import Iterator

import pytest

from server.audio import pool as pool_module
from server.audio.decode import Budget
from server.audio.limits import AudioLimits
from server.audio.pool import DecodePool
from server.engine.protocol import Waveform
from server.errors import AudioTooLarge, InvalidAudio, Overloaded
from tests.server.audio.encoded import by_sndfile, encode, tone

LIMITS = AudioLimits(max_clips=8, max_clip_seconds=60, max_audio_seconds=60, max_decoded_bytes=256 * 2**20)


@pytest.fixture
def pool() -> Iterator[DecodePool]:
    pool = DecodePool(1, 1, LIMITS)
    yield pool
    pool.close()


async def test_the_clips_of_a_request_come_in_order_with_their_seconds_in_all(pool: DecodePool) -> None:
    files = [(f"clip {n}", by_sndfile(tone(n / 4, 8_000), 8_000, "WAV", "PCM_16")) for n in (1, 3, 2)]
    waves, seconds = await pool.decode(files, 16_000)
    assert [len(wave.samples) for wave in waves] == [4_000, 12_000, 8_000]
    assert seconds == pytest.approx(1.5)


async def test_the_event_loop_goes_on_while_a_minute_is_decoded(pool: DecodePool) -> None:
    file = encode("mp3", tone(59.9, 44_100), 44_100)
    decoding = asyncio.ensure_future(pool.decode([("clip", file)], 16_000))
    longest, ticks, last = 0.0, 0, time.perf_counter()
    while not decoding.done():
        await asyncio.sleep(0.005)
        now = time.perf_counter()
        longest, ticks, last = max(longest, now - last), ticks + 1, now
    assert decoding.result()[1] == pytest.approx(59.9, abs=0.1)
    assert ticks > 3
    assert longest < 0.1


async def test_an_error_comes_out_as_it_is_and_leaves_the_pool_usable(pool: DecodePool) -> None:
    wav = by_sndfile(tone(1, 8_000), 8_000, "WAV", "PCM_16")
    for _ in range(3):
        with pytest.raises(InvalidAudio, match="second is cut short"):
            await pool.decode([("first", wav), ("second", wav[:999])], 16_000)
    with pytest.raises(AudioTooLarge):
        await pool.decode([("long", by_sndfile(tone(61, 8_000), 8_000, "WAV", "PCM_U8"))], 16_000)


async def test_beyond_its_queue_the_pool_is_overloaded_and_says_when_to_retry(
    pool: DecodePool, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = threading.Event()

    def wait(data: bytes, rate: int, budget: Budget, param: str) -> Waveform:
        assert held.wait(10)
        raise InvalidAudio("done", param=param)

    monkeypatch.setattr(pool_module, "decode", wait)
    waiting = [asyncio.ensure_future(pool.decode([("clip", b"")], 16_000)) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(Overloaded) as caught:
        await pool.decode([("clip", b"")], 16_000)
    assert caught.value.headers["retry-after"]
    held.set()
    assert [type(error) for error in await asyncio.gather(*waiting, return_exceptions=True)] == [InvalidAudio] * 2
    with pytest.raises(InvalidAudio):
        await pool.decode([("clip", b"")], 16_000)
