"""Where a refusal's words go: in a whole answer, and in a stream, where they come piece by piece.

``both`` leaves them in ``content`` and repeats them in ``refusal``; ``content`` leaves them there alone; ``openai`` has
them, and their logprobs, in ``refusal`` alone. For that a stream holds an answer's first words back until they have
shown what it is.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from server.engine.protocol import Json
from server.policy.model import RefusalStyle
from steering.refusal import RefusalDetector, Verdict

Judge = Callable[[str], Verdict]
"""The verdict on a whole text."""


def style_whole(choice: Json, style: RefusalStyle, judge: Judge) -> bool:
    """Put the words of a whole choice where they belong, in place; True if ``judge`` finds it a refusal."""
    message = choice["message"]
    content = message.setdefault("content", None)
    refuses = bool(content) and judge(content) is Verdict.REFUSAL
    message["refusal"] = content if refuses and style != "content" else None
    if refuses and style == "openai":
        message["content"] = None
        if tokens := _take_logprobs(choice):
            choice["logprobs"] = _logprobs(tokens, refusing=True)
    return refuses


def judged(text: str) -> Verdict:
    """The verdict on a whole text, as a stream comes to it: what was once called a refusal is not taken back."""
    detector = RefusalDetector()
    verdict = detector.feed(text)
    return verdict if verdict is Verdict.REFUSAL else detector.finish()


@dataclass(slots=True)
class StreamedChoice:
    """One choice of a stream, as far as it has come. ``style_next`` changes its chunks, in order and in place."""

    style: RefusalStyle
    _detector: RefusalDetector = field(default_factory=RefusalDetector)
    _verdict: Verdict = Verdict.UNDECIDED
    _text: str | None = None
    _tokens: list[Any] = field(default_factory=list)

    @property
    def refuses(self) -> bool:
        return self._verdict is Verdict.REFUSAL

    def style_next(self, choice: Json) -> None:
        """Put this piece's words, and those that were held back for it, where they belong."""
        delta = choice["delta"]
        first = self._verdict is Verdict.UNDECIDED
        if first:
            # After a call of a tool, as after the end, no words come that could still decide.
            self._read(delta.get("content"), last=bool(choice.get("finish_reason") or delta.get("tool_calls")))
        if self.style == "openai":
            self._move(choice)
        elif self.style == "both" and self.refuses and (text := self._text if first else delta.get("content")):
            delta["refusal"] = text

    def rest(self) -> Json | None:
        """What is still held back when a stream breaks off, or None."""
        if not (self.style == "openai" and self._verdict is Verdict.UNDECIDED and (self._text or self._tokens)):
            return None
        choice: Json = {"delta": {}, "finish_reason": None}
        self._read(None, last=True)
        self._move(choice)
        return choice

    def _read(self, content: str | None, *, last: bool) -> None:
        if content is not None:
            self._text = (self._text or "") + content
            self._verdict = self._detector.feed(content)
        if last and self._verdict is Verdict.UNDECIDED:
            self._verdict = self._detector.finish()

    def _move(self, choice: Json) -> None:
        delta = choice["delta"]
        text: str | None = delta.pop("content", None)
        tokens = _take_logprobs(choice)
        if self._verdict is Verdict.UNDECIDED:
            self._tokens += tokens
            return
        if self._text is not None:
            text, self._text = self._text, None
        tokens, self._tokens = self._tokens + tokens, []
        if text is not None:
            delta["refusal" if self.refuses else "content"] = text
        if tokens:
            choice["logprobs"] = _logprobs(tokens, self.refuses)


def _take_logprobs(choice: Json) -> list[Any]:
    tokens: list[Any] = (choice.get("logprobs") or {}).get("content") or []
    if tokens:
        choice["logprobs"] = None
    return tokens


def _logprobs(tokens: list[Any], refusing: bool) -> Json:
    return {"content": None, "refusal": tokens} if refusing else {"content": tokens, "refusal": None}
