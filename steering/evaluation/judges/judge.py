"""What an answer can be, and the protocol of who decides it."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

from steering.evaluation.item import Item


class Outcome(StrEnum):
    """``irrelevant`` is neither refusal nor compliance: the model did not follow the question (2401.13136)."""

    REFUSED = "refused"
    ANSWERED = "answered"
    IRRELEVANT = "irrelevant"
    BROKEN = "broken"


class Judge(Protocol):
    """Decides what each answer is, given the whole answer and the true question."""

    @property
    def name(self) -> str:
        """How reports call it."""

    async def judge(self, items: Sequence[Item], answers: Sequence[str]) -> list[Outcome]:
        """One outcome an answer; raise JudgeError if it cannot tell."""


class JudgeError(Exception):
    """A judge that gave no verdict; the message says why and what to do."""
