"""Where two judges differ on the same answers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from steering.evaluation.judges.judge import Outcome
from steering.evaluation.result import Result
from steering.evaluation.statistics.bootstrap import Bootstrap, Draws, estimate
from steering.evaluation.statistics.rate import Estimate, Rate
from steering.evaluation.statistics.tally import Questions

_KINDS = tuple(Outcome)


@dataclass(frozen=True, slots=True)
class Agreement:
    """``confusion[i][j]`` counts answers that are ``outcomes[i]`` by the first judge and ``outcomes[j]`` by the second.

    ``raw`` is the share on which they agree, ``kappa`` Cohen's (1960). Judges that know only refused and answered must
    differ from those that know more; ``kappa_answered`` is of what all know, answered or not.
    """

    first: str
    second: str
    outcomes: tuple[Outcome, ...]
    confusion: tuple[tuple[int, ...], ...]
    raw: Rate
    kappa: Estimate
    kappa_answered: Estimate


def agreement(results: Sequence[Result], first: str, second: str, bootstrap: Bootstrap) -> Agreement:
    """On the results that both have judged; raise ValueError if there is none."""
    both = [result for result in results if first in result.outcomes and second in result.outcomes]
    if not both:
        raise ValueError(f"No result was judged by {first!r} and {second!r}; judge the same answers by both.")
    questions = Questions.of_results(both)
    cells = np.zeros((len(both), len(_KINDS), len(_KINDS)))
    for place, result in enumerate(both):
        cells[place, _KINDS.index(result.outcomes[first]), _KINDS.index(result.outcomes[second])] = 1
    table = cells.sum(axis=0)
    sums = questions.sums(cells.reshape(len(both), -1))
    drawn = (bootstrap.weights(questions) @ sums).reshape(-1, *table.shape)

    def of(narrow: npt.NDArray[np.float64]) -> Estimate:
        # narrow [4, k] maps outcomes to the kinds that are told apart.
        draws: Draws = cohens_kappa(narrow.T @ drawn @ narrow)
        return estimate(float(cohens_kappa(narrow.T @ table @ narrow)), draws, questions.fewest, (-1.0, 1.0))

    answered = np.array([[kind is Outcome.ANSWERED, kind is not Outcome.ANSWERED] for kind in _KINDS], np.float64)
    return Agreement(
        first,
        second,
        _KINDS,
        tuple(tuple(int(count) for count in row) for row in table),
        Rate.of(int(np.trace(table)), len(both)),
        of(np.eye(len(_KINDS))),
        of(answered),
    )


def cohens_kappa(tables: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Of confusion tables [..., k, k]: [...]. Judges who always say the same one thing agree, so theirs is 1."""
    n = tables.sum(axis=(-2, -1))
    observed = np.trace(tables, axis1=-2, axis2=-1) / n
    chance = (tables.sum(axis=-1) * tables.sum(axis=-2)).sum(axis=-1) / n**2
    spread = 1 - chance
    certain = spread < 1e-12
    kappa: npt.NDArray[np.float64] = np.where(certain, 1.0, (observed - chance) / np.where(certain, 1.0, spread))
    return kappa
