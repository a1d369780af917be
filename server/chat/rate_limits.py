"""Rate limits as a caller sees them: OpenAI's headers, and its 429."""

from collections.abc import Iterable

from server.errors import RateLimited
from server.policy.limits import LimitReached, Window


def rate_limit_headers(windows: Iterable[Window]) -> dict[str, str]:
    """OpenAI's ``x-ratelimit-`` headers of the limits that are set, and by analogy those of ``audio-seconds``."""
    headers = {}
    for window in windows:
        what = window.kind.replace("_", "-")
        headers[f"x-ratelimit-limit-{what}"] = str(window.limit)
        headers[f"x-ratelimit-remaining-{what}"] = str(window.remaining)
        headers[f"x-ratelimit-reset-{what}"] = f"{window.reset_seconds}s"
    return headers


def rate_limited(reached: LimitReached) -> RateLimited:
    """The 429 of a limit.

    A request that no minute has room for gets one, too, as from OpenAI, and its client is told not to try again.
    """
    if reached.retry_after is not None:
        return RateLimited(str(reached), retry_after=reached.retry_after)
    error = RateLimited(str(reached), headers={"x-should-retry": "false"})
    del error.headers["retry-after"]
    return error
