"""A vector set: one steering vector per decoder layer, published once under a name and a version."""

from dataclasses import dataclass
from math import inf
from typing import Literal

import torch

from steering.gate import Gate

Positions = Literal["last-prompt-and-decoded", "last-prompt"]
"""Which token positions a set steers. ``last-prompt-and-decoded`` is the paper's mode (arXiv 2510.17633,
eq. 2): the last prompt token and every decoded token. ``last-prompt`` steers the last prompt token alone."""


@dataclass(frozen=True, slots=True)
class VectorSetId:
    """A published version, written ``name@version``."""

    name: str
    version: str

    def __str__(self) -> str:
        return f"{self.name}@{self.version}"

    @classmethod
    def parse(cls, text: str) -> "VectorSetId":
        """Read ``name@version``; raise ValueError for any other form."""
        name, at, version = text.partition("@")
        if not (name and at and version) or "@" in version:
            raise ValueError(f"{text!r} does not name a vector set; write name@version, as in refusal@1.0.0.")
        return cls(name, version)


@dataclass(frozen=True, slots=True)
class StrengthBand:
    """The strengths, in multiples of the recommended alpha, at which a set's evaluation holds."""

    low: float
    high: float


@dataclass(frozen=True, slots=True, eq=False)
class VectorSet:
    """A verified set, ready for an engine.

    ``vectors`` is float32 [len(layers), hidden], one row per decoder layer index in ``layers`` (ascending).
    ``digest`` is the sha256 of the version's manifest, which holds the digests of all its files. ``largest_alpha``
    is the strength from which more would move some layer by more than the set's dose cap; no request exceeds it.
    ``text_strength`` is the share of the recommended alpha that suits a request without audio, ``ungated_strength`` the
    share that suits requests that are not to go through the set's gate.
    """

    id: VectorSetId
    digest: str
    layers: tuple[int, ...]
    vectors: torch.Tensor
    positions: Positions
    recommended_alpha: float
    certified_band: StrengthBand
    gate: Gate | None = None
    largest_alpha: float = inf
    text_strength: float = 1.0
    ungated_strength: float = 1.0

    def alpha(self, strength: float, *, spoken: bool, gated: bool) -> float:
        """The raw alpha of a request at ``strength``, in multiples of what is recommended for its kind."""
        share = (1.0 if spoken else self.text_strength) * (1.0 if gated or self.gate is None else self.ungated_strength)
        return strength * share * self.recommended_alpha
