"""What a tenant may have in a minute: no more of it, all of it, and when it comes back."""

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.policy.limits import LimitReached, RateLimiter, Window
from server.policy.model import RateLimits, Tenant
from tests.server.policy.minutes import Minutes


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Minutes:
    return Minutes.installed(monkeypatch)


def tenant(name: str = "acme", **limits: int) -> Tenant:
    return Tenant(name, limits=RateLimits(**limits))


async def refused(taking: Any) -> LimitReached:
    with pytest.raises(LimitReached) as caught:
        await taking
    return caught.value


async def test_a_tenant_without_limits_is_never_refused_and_nothing_is_kept_of_it() -> None:
    limiter = RateLimiter()
    for _ in range(100):
        await limiter.take_request(tenant())
        await limiter.take_audio(tenant(), 1e6)
        await limiter.book_tokens(tenant(), 10**9)
    assert await limiter.windows(tenant()) == ()
    assert not limiter._storage.storage


async def test_requests_are_let_in_up_to_the_limit_and_the_refusal_says_what_and_when(clock: Minutes) -> None:
    limiter, acme = RateLimiter(), tenant(requests=3)
    clock.now += 48.5
    for _ in range(3):
        await limiter.take_request(acme)
    reached = await refused(limiter.take_request(acme))
    assert (reached.kind, reached.retry_after) == ("requests", 12)
    assert str(reached) == "Tenant acme may use 3 requests a minute, and they are spent; retry in 12 s."
    assert await limiter.windows(acme) == (Window("requests", 3, 0, 72),)
    await limiter.take_request(tenant("other", requests=1))


async def test_two_at_once_cannot_both_take_the_last_one(clock: Minutes) -> None:
    limiter, acme = RateLimiter(), tenant(requests=5)
    taken = await asyncio.gather(*(limiter.take_request(acme) for _ in range(50)), return_exceptions=True)
    assert taken.count(None) == 5


@given(
    st.integers(1, 50),
    st.lists(st.tuples(st.floats(0, 40), st.integers(1, 20)), min_size=1, max_size=40),
)
async def test_whoever_comes_back_when_told_is_let_in_and_not_a_second_and_a_half_before(
    limit: int, calls: list[tuple[float, int]]
) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        clock = Minutes.installed(monkeypatch)
        limiter, acme = RateLimiter(), tenant(audio_seconds=limit)
        for pause, amount in calls:
            clock.now += pause
            wait = await waiting_for(limiter.take_audio(acme, amount))
            if wait is None:
                assert amount > limit
            elif wait > 0:
                assert wait <= 120
                clock.now += wait - 1.5
                if wait > 1:
                    assert await waiting_for(limiter.take_audio(acme, amount))
                clock.now += 1.5
                assert await waiting_for(limiter.take_audio(acme, amount)) == 0


async def waiting_for(taking: Coroutine[Any, Any, None]) -> int | None:
    """The seconds to wait; 0 where it was let in, None where it never will be."""
    try:
        await taking
    except LimitReached as reached:
        return reached.retry_after
    return 0


async def test_a_refused_request_costs_nothing_and_a_spent_minute_comes_back(clock: Minutes) -> None:
    limiter, acme = RateLimiter(), tenant(requests=2)
    for _ in range(2):
        await limiter.take_request(acme)
    for _ in range(100):
        await refused(limiter.take_request(acme))
    clock.now += 120
    assert await limiter.windows(acme) == (Window("requests", 2, 2, 0),)
    await limiter.take_request(acme)


async def test_audio_is_counted_in_seconds_begun(clock: Minutes) -> None:
    limiter, acme = RateLimiter(), tenant(audio_seconds=10)
    await limiter.take_audio(acme, 2.1)
    await limiter.take_audio(acme, 4.000_01)
    assert (await limiter.windows(acme))[0].remaining == 3
    reached = await refused(limiter.take_audio(acme, 3.5))
    assert str(reached).startswith(
        "Tenant acme may use 10 seconds of audio a minute, and this request needs 4 and 3 are left; retry in "
    )
    await limiter.take_audio(acme, 3.0)


async def test_more_audio_than_a_whole_minutes_is_refused_for_good(clock: Minutes) -> None:
    limiter, acme = RateLimiter(), tenant(audio_seconds=10)
    reached = await refused(limiter.take_audio(acme, 11))
    assert reached.retry_after is None
    assert str(reached) == (
        "Tenant acme may use 10 seconds of audio a minute, and this request alone needs 11; send less in one request."
    )
    assert (await limiter.windows(acme))[0].remaining == 10


async def test_tokens_are_booked_whole_and_an_overdrawn_minute_stays_spent_for_longer(clock: Minutes) -> None:
    limiter, acme = RateLimiter(), tenant(tokens=100)
    await limiter.take_request(acme)
    await limiter.book_tokens(acme, 99)
    await limiter.take_request(acme)
    await limiter.book_tokens(acme, 301)
    assert await limiter.windows(acme) == (Window("tokens", 100, 0, 120),)
    reached = await refused(limiter.take_request(acme))
    # 400 of the last minute count for 100 in this one when three quarters of it have gone by.
    assert (reached.kind, reached.retry_after) == ("tokens", 106)
    clock.now += 104
    await refused(limiter.take_request(acme))
    clock.now += 2
    await limiter.take_request(acme)


async def test_a_request_that_is_refused_for_its_tokens_takes_no_request(clock: Minutes) -> None:
    limiter, acme = RateLimiter(), tenant(requests=5, tokens=10)
    await limiter.book_tokens(acme, 10)
    await refused(limiter.take_request(acme))
    assert [window.remaining for window in await limiter.windows(acme)] == [5, 0]


async def test_a_changed_limit_holds_from_the_next_request_and_what_was_used_counts(clock: Minutes) -> None:
    limiter, acme = RateLimiter(), tenant(requests=2)
    for _ in range(2):
        await limiter.take_request(acme)
    raised = replace(acme, limits=RateLimits(requests=3), revision=2)
    await limiter.take_request(raised)
    await refused(limiter.take_request(raised))
    await refused(limiter.take_request(replace(acme, limits=RateLimits(requests=1), revision=3)))
    await limiter.take_request(replace(acme, limits=RateLimits(), revision=4))


async def test_nothing_is_kept_of_tenants_seen_long_ago(clock: Minutes) -> None:
    limiter = RateLimiter()
    for number in range(1_000):
        await limiter.take_request(tenant(f"tenant-{number}", requests=1, tokens=5))
        await limiter.book_tokens(tenant(f"tenant-{number}", tokens=5), 3)
    clock.now += 121
    await limiter.take_request(tenant(requests=1))
    await asyncio.sleep(0)
    held = limiter._storage
    assert [len(each) for each in (held.storage, held.expirations, held.locks, held.events)] == [1, 1, 1, 0]
