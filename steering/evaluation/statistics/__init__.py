"""How sure one may be: shares with intervals, curves over the strength, and tests between defences.

Clips of one question are not independent, so every bootstrap resamples questions; the seed always comes from outside.
"""

from steering.evaluation.statistics.rate import Estimate, Rate

__all__ = ["Estimate", "Rate"]
