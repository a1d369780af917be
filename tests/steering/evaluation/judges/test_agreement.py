"""Agreement between judges: the table, the raw share and Cohen's kappa."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from steering.evaluation.judges.agreement import agreement, cohens_kappa
from steering.evaluation.judges.judge import Outcome
from steering.evaluation.result import Result
from steering.evaluation.statistics.bootstrap import Bootstrap
from tests.steering.evaluation.verdicts import JUDGE, results

BOOTSTRAP = Bootstrap(seed=0, draws=200)
Letters = st.text("RAIB", min_size=4, max_size=12)


def judged_twice(first: str, second: str) -> list[Result]:
    other = results(second)
    return [
        replace(result, outcomes={**result.outcomes, "other": there.outcomes[JUDGE]})
        for result, there in zip(results(first), other, strict=True)
    ]


def test_the_worked_example_of_two_raters() -> None:
    """20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: raw .7, kappa .4."""
    found = agreement(
        judged_twice("R" * 25 + "A" * 25, "R" * 20 + "A" * 5 + "R" * 10 + "A" * 15), JUDGE, "other", BOOTSTRAP
    )
    assert (found.raw.rate, found.kappa.value, found.kappa_answered.value) == (0.7, 0.4, 0.4)
    assert found.kappa.low < 0.4 < found.kappa.high
    refused, answered = found.outcomes.index(Outcome.REFUSED), found.outcomes.index(Outcome.ANSWERED)
    assert (found.confusion[refused][answered], found.confusion[answered][refused]) == (5, 10)


def test_a_judge_that_knows_less_can_still_agree_on_what_was_answered() -> None:
    found = agreement(judged_twice("RBIA", "RRRA"), JUDGE, "other", BOOTSTRAP)
    assert found.kappa_answered.value == 1 > found.kappa.value


@given(Letters)
def test_a_judge_agrees_with_itself(letters: str) -> None:
    found = agreement(results(letters), JUDGE, JUDGE, Bootstrap(0, 20))
    assert (found.raw.rate, found.kappa.value) == (1, 1)


@given(st.lists(st.integers(0, 50), min_size=4, max_size=4).filter(any))
def test_kappa_is_symmetric_and_bounded(counts: list[int]) -> None:
    table = np.array(counts, np.float64).reshape(2, 2)
    kappa = cohens_kappa(table)
    assert kappa == pytest.approx(cohens_kappa(table.T))
    assert -1 - 1e-9 <= kappa <= 1


def test_only_what_both_have_judged_counts() -> None:
    both = judged_twice("RA", "RA")
    assert agreement([*both, *results("R")], JUDGE, "other", BOOTSTRAP).raw.n == 2
    with pytest.raises(ValueError, match="No result was judged by 'detector' and 'nobody'"):
        agreement(both, JUDGE, "nobody", BOOTSTRAP)
