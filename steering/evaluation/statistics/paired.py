"""Two defences on the same items: exact tests of what they change, and how much."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from steering.evaluation.judges.judge import Outcome
from steering.evaluation.result import Result
from steering.evaluation.statistics.bootstrap import Bootstrap, Draws, estimate
from steering.evaluation.statistics.rate import Estimate
from steering.evaluation.statistics.tally import Mask, Tally


@dataclass(frozen=True, slots=True)
class McNemar:
    """On how many items only the first, or only the second, did it; ``p`` is two-sided and exact (binomial).

    It takes items for independent. Where a question has several clips ``p`` is too small: go by the differences.
    """

    only_first: int
    only_second: int
    p: float

    @classmethod
    def of(cls, only_first: int, only_second: int) -> "McNemar":
        n, fewer = only_first + only_second, min(only_first, only_second)
        tail = sum(math.comb(n, k) for k in range(fewer + 1))
        return cls(only_first, only_second, min(1.0, 2 * tail / 2**n))


@dataclass(frozen=True, slots=True)
class Comparison:
    """The second defence against the first. Differences are second minus first, with paired bootstrap intervals; what
    needs harmful or benign requests is None where there are none."""

    harmful_refused: McNemar | None
    benign_not_refused: McNemar | None
    harmful_refused_difference: Estimate | None
    benign_not_refused_difference: Estimate | None
    balanced_difference: Estimate | None


def compare(first: Sequence[Result], second: Sequence[Result], judge: str, bootstrap: Bootstrap) -> Comparison:
    """Pair the results by item id; raise ValueError unless both are of the same items, each of them once."""
    one = Tally.of(first, judge)
    two = Tally.of(_in_order_of(one, second), judge)
    _check(one, two)
    harmful, benign = one.harmful, ~one.harmful
    refused = np.stack([one.mask(Outcome.REFUSED), two.mask(Outcome.REFUSED)], axis=1)
    answered = np.stack([one.mask(Outcome.ANSWERED), two.mask(Outcome.ANSWERED)], axis=1)
    hits = np.hstack([refused, ~refused, answered])
    among = np.stack([harmful, harmful, benign, benign, benign, benign], axis=1)
    drawn = bootstrap.shares(one.questions, hits, among)
    with np.errstate(invalid="ignore"):
        shares = (hits & among).sum(axis=0) / among.sum(axis=0)
    values, draws = shares[1::2] - shares[::2], drawn[:, 1::2] - drawn[:, ::2]
    of_harmful, of_benign = one.questions.among(harmful), one.questions.among(benign)
    return Comparison(
        _mcnemar(refused[harmful]),
        _mcnemar(~refused[benign]),
        _difference(values[0], draws[:, 0], of_harmful),
        _difference(values[1], draws[:, 1], of_benign),
        _difference((values[0] + values[2]) / 2, (draws[:, 0] + draws[:, 2]) / 2, min(of_harmful, of_benign)),
    )


def _mcnemar(did: Mask) -> McNemar | None:
    """``did`` is [items, 2]: whether the first and the second did it."""
    if not len(did):
        return None
    return McNemar.of(int((did[:, 0] & ~did[:, 1]).sum()), int((did[:, 1] & ~did[:, 0]).sum()))


def _difference(value: float, draws: Draws, questions: int) -> Estimate | None:
    return estimate(value, draws, questions, (-1.0, 1.0)) if questions else None


def _in_order_of(one: Tally, results: Sequence[Result]) -> list[Result]:
    """The results in the order of the tally's items, with what it lacks at the end."""
    places = {result.item.id: place for place, result in enumerate(one.results)}
    return sorted(results, key=lambda result: places.get(result.item.id, len(places)))


def _check(one: Tally, two: Tally) -> None:
    ids = [[result.item.id for result in tally.results] for tally in (one, two)]
    if len(set(ids[0])) < len(ids[0]):
        twice = next(id_ for id_ in ids[0] if ids[0].count(id_) > 1)
        raise ValueError(f"Item {twice!r} has several results of one defence; compare one condition and one strength.")
    if ids[0] != ids[1]:
        odd = sorted(set(ids[0]) ^ set(ids[1])) or sorted(id_ for id_ in ids[1] if ids[1].count(id_) > 1)
        raise ValueError(f"Item {odd[0]!r} is not judged once of each defence; compare results of the same items.")
