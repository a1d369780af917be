"""The cluster bootstrap: questions are drawn with replacement, each with all of its answers."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from steering.evaluation.statistics.rate import Estimate
from steering.evaluation.statistics.tally import Mask, Questions

Draws = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """Harmful and benign questions are drawn apart, as many of each as there are (Davison & Hinkley 1997, 3.8).

    The same seed and questions give the same draws, so statistics of several defences on the same questions are
    paired by being computed from the same weights. Percentile intervals are too narrow under some twenty questions.
    """

    seed: int
    draws: int = 2000

    def weights(self, questions: Questions) -> Draws:
        """How often each question was drawn: [draws, questions]."""
        generator = np.random.default_rng(self.seed)
        weights = np.zeros((self.draws, len(questions.harmful)))
        for kind in (True, False):
            places = np.flatnonzero(questions.harmful == kind)
            if len(places):
                picks = generator.integers(len(places), size=(self.draws, len(places)))
                rows = np.arange(self.draws)[:, None] * len(places)
                counts = np.bincount((rows + picks).ravel(), minlength=self.draws * len(places))
                weights[:, places] = counts.reshape(self.draws, len(places))
        return weights

    def shares(self, questions: Questions, hits: Mask, among: Mask) -> Draws:
        """The share of ``hits`` in ``among``, both [results, k], in every draw: [draws, k]; nan where it is of none."""
        sums = questions.sums(np.hstack([hits & among, among]).astype(np.float64))
        drawn = self.weights(questions) @ sums
        k = hits.shape[1]
        with np.errstate(invalid="ignore"):
            shares: Draws = drawn[:, :k] / drawn[:, k:]
        return shares


def estimate(value: float, draws: Draws, questions: int, bounds: tuple[float, float] = (0.0, 1.0)) -> Estimate:
    """``value`` with the 95 % interval of ``draws`` [draws], or with ``bounds`` if there is but one question.

    ``questions`` counts those of the kind that has fewest: one alone shows nothing of how questions vary.
    """
    if questions < 2:
        return Estimate(round(float(value), 4), *bounds, questions)
    low, high = np.nanquantile(draws, [0.025, 0.975])
    return Estimate(round(float(value), 4), round(float(low), 4), round(float(high), 4), questions)
