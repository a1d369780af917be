"""Questions are drawn, not answers; harmful and benign ones apart."""

import numpy as np
import pytest

from steering.evaluation.statistics.bootstrap import Bootstrap, estimate
from steering.evaluation.statistics.summary import summarise
from steering.evaluation.statistics.tally import Questions
from tests.steering.evaluation.verdicts import JUDGE, results


def test_every_draw_has_as_many_questions_of_each_kind_as_there_are() -> None:
    questions = Questions.of_results(results("R" * 6, "A" * 10, clips=2))
    weights = Bootstrap(seed=1, draws=50).weights(questions)
    assert weights.shape == (50, 8)
    assert set(weights[:, questions.harmful].sum(axis=1)) == {3}
    assert set(weights[:, ~questions.harmful].sum(axis=1)) == {5}
    assert len(np.unique(weights, axis=0)) > 10


def test_draws_depend_on_the_seed_and_not_on_the_order_of_results() -> None:
    mixed = results("RARAABRR", "AAARAIAA", clips=2)
    one = summarise(mixed, JUDGE, Bootstrap(seed=1, draws=200))
    assert one == summarise(mixed[::-1], JUDGE, Bootstrap(seed=1, draws=200))
    assert one != summarise(mixed, JUDGE, Bootstrap(seed=2, draws=200))


def test_clips_of_one_question_that_agree_widen_the_interval() -> None:
    def width(clips: int) -> float:
        share = summarise(results("R" * 40 + "A" * 40, clips=clips), JUDGE, Bootstrap(seed=0)).harmful_refused
        assert share is not None
        return share.questions.high - share.questions.low

    assert width(1) == pytest.approx(0.215, abs=0.03)
    assert width(4) == pytest.approx(2 * width(1), rel=0.15)


def test_intervals_cover_what_they_estimate() -> None:
    """100 experiments of 40 questions of 3 clips, whose questions are refused with chances 0 to 1."""
    generator = np.random.default_rng(0)
    covered = 0
    for seed in range(100):
        chances = np.repeat(generator.random(40), 3)
        letters = "".join(np.where(generator.random(120) < chances, "R", "A"))
        share = summarise(results(letters, clips=3), JUDGE, Bootstrap(seed, draws=200)).harmful_refused
        assert share is not None
        covered += share.questions.low <= 0.5 <= share.questions.high
    assert 88 <= covered <= 100


def test_one_question_alone_tells_nothing_of_questions() -> None:
    alone = estimate(0.5, np.full(10, 0.5), questions=1, bounds=(-1.0, 1.0))
    assert (alone.low, alone.high) == (-1, 1)
