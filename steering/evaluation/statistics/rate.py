"""A share and an estimate, each with its 95 % interval."""

import math
from dataclasses import dataclass

_Z = 1.959964


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of ``n``, with its 95 % interval."""

    rate: float
    low: float
    high: float
    n: int

    @classmethod
    def of(cls, hits: int, n: int) -> "Rate":
        """The Wilson interval (Wilson 1927): for ``n`` independent answers. Raise ValueError for a share of nothing."""
        if not 0 <= hits <= n or n == 0:
            raise ValueError(f"{hits} of {n} is no share; count at least one answer, and no more hits than answers.")
        share = hits / n
        centre = (share + _Z * _Z / (2 * n)) / (1 + _Z * _Z / n)
        half = _Z / (1 + _Z * _Z / n) * math.sqrt(share * (1 - share) / n + _Z * _Z / (4 * n * n))
        return cls(round(share, 4), round(max(0.0, centre - half), 4), round(min(1.0, centre + half), 4), n)


@dataclass(frozen=True, slots=True)
class Estimate:
    """Any statistic of ``questions`` questions, with the 95 % percentile interval of a bootstrap over them."""

    value: float
    low: float
    high: float
    questions: int
