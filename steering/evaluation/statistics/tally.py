"""What one judge said of a sequence of results, as columns to count in."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from steering.evaluation.judges.judge import Outcome
from steering.evaluation.result import Result

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Questions:
    """Which question each result answers, the harmful ones first, each kind in alphabetical order.

    ``of`` is [results] and indexes the questions; ``harmful`` is [questions].
    """

    of: npt.NDArray[np.intp]
    harmful: Mask

    @classmethod
    def of_results(cls, results: Sequence[Result]) -> "Questions":
        keys = [(not result.item.harmful, result.item.question) for result in results]
        places = {key: place for place, key in enumerate(sorted(set(keys)))}
        return cls(
            np.array([places[key] for key in keys], np.intp), np.array([not benign for benign, _ in places], bool)
        )

    def sums(self, columns: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Columns [results, k] summed over each question: [questions, k]."""
        sums = np.zeros((len(self.harmful), columns.shape[1]))
        np.add.at(sums, self.of, columns)
        return sums

    @property
    def fewest(self) -> int:
        """How many questions there are of the kind, harmful or benign, that has fewest but some."""
        counts = np.bincount(self.harmful)
        return int(counts[counts > 0].min())

    def among(self, mask: Mask) -> int:
        """How many questions the results of the mask [results] answer."""
        return len(np.unique(self.of[mask]))


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """Masks [results] over those results that the judge has judged."""

    results: tuple[Result, ...]
    questions: Questions
    harmful: Mask
    outcomes: npt.NDArray[np.object_]

    @classmethod
    def of(cls, results: Sequence[Result], judge: str) -> "Tally":
        """Leave out what the judge has not judged; raise ValueError if that is everything."""
        judged = tuple(result for result in results if judge in result.outcomes)
        if not judged:
            known = sorted({name for result in results for name in result.outcomes})
            raise ValueError(f"No result was judged by {judge!r}; there are {len(results)}, judged by {known}.")
        outcomes = np.array([result.outcomes[judge] for result in judged], object)
        harmful = np.array([result.item.harmful for result in judged], bool)
        return cls(judged, Questions.of_results(judged), harmful, outcomes)

    def mask(self, outcome: Outcome) -> Mask:
        found: Mask = self.outcomes == outcome
        return found
