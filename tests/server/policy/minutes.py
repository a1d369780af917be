"""A clock for rate limits, which the library behind them reads from the process."""

import pytest


class Minutes:
    """Stands in for the ``time`` module; starts at the beginning of a minute."""

    def __init__(self) -> None:
        self.now = 60.0 * 30_000_000

    def time(self) -> float:
        return self.now

    @classmethod
    def installed(cls, monkeypatch: pytest.MonkeyPatch) -> "Minutes":
        minutes = cls()
        monkeypatch.setattr("limits.aio.storage.memory.time", minutes)
        monkeypatch.setattr("server.policy.limits.time", minutes)
        return minutes
