"""One request of an evaluation, and what is known of it."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Label = Literal["harmful", "benign"]


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier turn of the conversation, in text."""

    role: Literal["user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One request. ``samples`` is float32 mono at ``sample_rate`` Hz, or None for a typed request.

    ``question`` is what is truly asked, in words, whatever the request sounds like: judges read it. ``prompt`` is the
    text that is sent: after the clip, or alone where there is none (then it usually is the question). Where they are
    known word for word, ``expected`` is the right answer (of a harmful request: the refusal) and ``compliant`` the one
    of an undefended model that heard the request right and complies; of a benign request the two are the same.
    ``condition`` names how the request is made (``clean``, ``noise-10db``), ``voice`` who speaks it.
    """

    id: str
    question: str
    label: Label
    category: str
    condition: str = "clean"
    voice: str = ""
    samples: npt.NDArray[np.float32] | None = None
    sample_rate: int = 16_000
    prompt: str = ""
    history: tuple[Turn, ...] = ()
    expected: str | None = None
    compliant: str | None = None
    language: str = "en"

    @property
    def harmful(self) -> bool:
        return self.label == "harmful"
