"""How well a score tells harmful from benign requests: the area under the ROC curve."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from steering.evaluation.result import Result
from steering.evaluation.statistics.bootstrap import Bootstrap, estimate
from steering.evaluation.statistics.rate import Estimate
from steering.evaluation.statistics.tally import Questions


def auroc(scores: npt.ArrayLike, positive: npt.ArrayLike, weights: npt.NDArray[np.float64] | None = None) -> float:
    """The probability that a positive scores higher than a negative, a tie counting half: Mann-Whitney's U / (n m).

    ``scores``, ``positive`` and ``weights`` (1 each by default) are [n]. Raise ValueError if one kind is missing.
    """
    values, kind = np.asarray(scores, np.float64), np.asarray(positive, bool)
    mass = np.ones(len(values)) if weights is None else weights
    _, place = np.unique(values, return_inverse=True)
    positives = np.bincount(place, np.where(kind, mass, 0.0))
    negatives = np.bincount(place, np.where(kind, 0.0, mass))
    pairs = positives.sum() * negatives.sum()
    if not pairs > 0:
        raise ValueError(f"{int(kind.sum())} of {len(kind)} scores are positive; an AUROC needs both kinds.")
    below = np.cumsum(negatives) - negatives
    return float(positives @ (below + negatives / 2) / pairs)


def gate_auroc(results: Sequence[Result], bootstrap: Bootstrap) -> Estimate | None:
    """Of the gate's readings, harmful requests being the positives; None if it did not read requests of both kinds."""
    read = [(result, result.gate) for result in results if result.gate is not None]
    harmful = np.array([result.item.harmful for result, _ in read], bool)
    if len(set(harmful.tolist())) < 2:
        return None
    scores = np.array([gate for _, gate in read])
    questions = Questions.of_results([result for result, _ in read])
    drawn = bootstrap.weights(questions)
    draws = np.array([auroc(scores, harmful, weights[questions.of]) for weights in drawn])
    return estimate(auroc(scores, harmful), draws, questions.fewest)
