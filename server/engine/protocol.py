"""What the server asks of an engine."""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from steering.directive import Directive, Reading
from steering.vector_set import VectorSet, VectorSetId

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Waveform:
    """Decoded audio: float32 mono [samples] at ``sample_rate`` Hz."""

    samples: npt.NDArray[np.float32]
    sample_rate: int


@dataclass(frozen=True, slots=True, eq=False)
class ChatCall:
    """One chat completion, checked and decoded: OpenAI's body, the clips that it names by URL, its directive.

    The engine puts what it reads of the request into ``reading`` as it answers. One in the ``background`` waits for
    those that are not.
    """

    body: Json
    clips: Mapping[str, Waveform]
    directive: Directive
    reading: Reading = field(default_factory=Reading)
    background: bool = False


class ChatEngine(Protocol):
    """An engine that answers chats, each steered by its directive."""

    @property
    def model(self) -> str:
        """The name that requests call the model by."""

    @property
    def sample_rate(self) -> int:
        """The rate, in Hz, at which the model hears; clips come at this rate."""

    @property
    def hears_seconds(self) -> float:
        """The longest clip that the model hears to its end; of a longer one it would miss the rest in silence."""

    @property
    def fingerprint(self) -> str:
        """Changes with the model, its configuration or the engine's version."""

    @property
    def alive(self) -> bool:
        """False once the engine has died and can answer nothing more."""

    @property
    def vector_sets(self) -> tuple[VectorSet, ...]:
        """The sets that directives may name."""

    @property
    def gate_layers(self) -> tuple[int, ...]:
        """After which decoder layers it reads gates; a set whose gate is read elsewhere cannot be loaded."""

    async def load(self, vector_set: VectorSet) -> None:
        """Make a set one that directives may name; raise ValueError if there is no room, or its content differs."""

    async def unload(self, id_: VectorSetId) -> None:
        """Let no new directive name the set; requests that are steered by it are steered to their end."""

    async def complete(self, call: ChatCall) -> Json:
        """The whole answer, as OpenAI's ``chat.completion``; ApiError for what cannot be answered."""

    def stream(self, call: ChatCall) -> AsyncGenerator[Json, None]:
        """The answer as OpenAI's ``chat.completion.chunk`` objects; ApiError, also midway."""


def in_service(engine: ChatEngine, wanted: VectorSetId) -> VectorSet | None:
    """The set of that id, None if directives may not name it."""
    return next((vector_set for vector_set in engine.vector_sets if vector_set.id == wanted), None)
