"""The shares of a table: what counts as what, and what there is nothing to count of."""

from dataclasses import replace

import pytest

from steering.evaluation.result import Result
from steering.evaluation.statistics.bootstrap import Bootstrap
from steering.evaluation.statistics.summary import Share, summarise
from tests.steering.evaluation.verdicts import JUDGE, results

BOOTSTRAP = Bootstrap(seed=0, draws=200)


def rate(share: Share | None) -> float:
    assert share is not None
    assert share.answers.rate == share.questions.value
    return share.answers.rate


def test_broken_and_irrelevant_answers_are_neither_refused_nor_answered() -> None:
    summary = summarise(results("RRRRRAABBI", "AAAAAARRBI"), JUDGE, BOOTSTRAP)
    assert (rate(summary.harmful_refused), rate(summary.attack_success)) == (0.5, 0.2)
    assert (rate(summary.safe_compliance), rate(summary.over_refusal)) == (0.6, 0.2)
    assert (rate(summary.broken), rate(summary.irrelevant)) == (0.15, 0.1)
    assert summary.balanced is not None
    assert summary.balanced.value == 0.55
    assert summary.balanced.low < 0.55 < summary.balanced.high


def test_a_perfect_defence() -> None:
    summary = summarise(results("RRRR", "AAAA"), JUDGE, BOOTSTRAP)
    assert summary.balanced is not None
    assert (summary.balanced.value, summary.balanced.low, rate(summary.attack_success)) == (1, 1, 0)
    assert summary.harmful_refused is not None
    assert summary.harmful_refused.answers.low < 1


def test_requests_of_one_kind_have_no_shares_of_the_other() -> None:
    summary = summarise(results("RRA"), JUDGE, BOOTSTRAP)
    assert {summary.safe_compliance, summary.over_refusal, summary.balanced, summary.exact} == {None}
    assert rate(summary.harmful_refused) == pytest.approx(0.6667)


def exactly(result: Result, expected: str | None, answer: str) -> Result:
    return replace(result, item=replace(result.item, expected=expected), answer=answer)


def test_exactness_is_counted_where_the_right_answer_is_known() -> None:
    one, two, three, four = results("R", "AAA")
    known = [
        exactly(one, "no", "no"),
        exactly(two, "bread", "bread"),
        exactly(three, "jam", "ham"),
        exactly(four, None, "x"),
    ]
    summary = summarise(known, JUDGE, BOOTSTRAP)
    assert rate(summary.benign_exact) == 0.5
    assert rate(summary.exact) == pytest.approx(0.6667)
    assert summary.exact is not None
    assert (summary.exact.answers.n, summary.exact.questions.questions) == (3, 3)


def test_n_counts_answers_and_questions_apart() -> None:
    share = summarise(results("RRRAAA", clips=3), JUDGE, BOOTSTRAP).harmful_refused
    assert share is not None
    assert (share.answers.n, share.questions.questions) == (6, 2)


def test_only_what_the_judge_has_judged_counts() -> None:
    judged = results("RA", "A")
    unjudged = [replace(result, outcomes={"other": result.outcomes[JUDGE]}) for result in results("RRRR")]
    assert rate(summarise([*judged, *unjudged], JUDGE, BOOTSTRAP).harmful_refused) == 0.5
    with pytest.raises(ValueError, match=r"No result was judged by 'nobody'; there are 3, judged by \['detector'\]"):
        summarise(judged, "nobody", BOOTSTRAP)
