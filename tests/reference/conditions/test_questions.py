"""What is reported on was never trained on in this wording, and defences are fitted on other acts altogether."""

from collections import Counter
from typing import get_args

import pytest

from reference.conditions.composed import composed_questions, halves
from reference.conditions.questions import Question, calibration_questions, item_of, report_questions
from reference.conditions.translations import BENIGN, HARMFUL
from reference.corpus import REFUSAL, Fold, held_out_queries, queries, training_queries

FOLDS: tuple[Fold, ...] = get_args(Fold)


def acts(questions: tuple[Question, ...]) -> set[str]:
    return {question.query.act for question in questions}


def reported(fold: Fold) -> tuple[Question, ...]:
    """More than a suite asks: all that it could ask."""
    return (*report_questions(fold, 400, 0), *composed_questions(fold, 200, 0))


@pytest.mark.parametrize("fold", FOLDS)
def test_no_question_of_a_report_was_trained_on(fold: Fold) -> None:
    asked = {question.query for question in reported(fold)}
    assert asked <= set(held_out_queries(fold))
    assert asked.isdisjoint(training_queries())


@pytest.mark.parametrize("fold", FOLDS)
def test_calibration_shares_no_act_and_no_question_with_the_report(fold: Fold) -> None:
    fitted = calibration_questions(fold, 400, 0)
    assert acts(fitted).isdisjoint(acts(reported(fold)))
    assert {question.query for question in fitted} <= set(training_queries())


def test_the_folds_reports_share_no_act() -> None:
    assert acts(reported("dev")).isdisjoint(acts(reported("test")))


def test_translated_acts_are_none_of_the_corpus() -> None:
    assert {one.act for one in (*HARMFUL, *BENIGN)}.isdisjoint(query.act for query in queries())
    assert len(HARMFUL) == len(BENIGN) == 15


@pytest.mark.parametrize("fold", FOLDS)
@pytest.mark.parametrize("each", [1, 60, 120])
def test_both_labels_are_asked_as_often_and_every_question_is_told_from_every_other(fold: Fold, each: int) -> None:
    questions = report_questions(fold, each, 0)
    assert [question.query.harmful for question in questions] == [True] * each + [False] * each
    assert len({question.slug for question in questions}) == 2 * each


def test_half_are_of_new_acts_and_a_quarter_of_the_benign_ones_look_harmful() -> None:
    questions = report_questions("test", 60, 0)
    new = Counter(question.query.harmful for question in questions if question.query.split == "test_act")
    assert new == {True: 30, False: 30}
    assert sum(question.query.group == "look" for question in questions) == 15


def test_no_act_weighs_much_more_than_another_of_its_kind() -> None:
    harmful = [question.query for question in report_questions("test", 60, 0) if question.query.harmful]
    for split in ("test_act", "test_pair"):
        asked = Counter(query.act for query in harmful if query.split == split)
        assert max(asked.values()) - min(asked.values()) <= 1


def test_a_smaller_report_asks_the_first_questions_of_a_larger_one() -> None:
    larger = report_questions("test", 120, 0)
    assert report_questions("test", 20, 0) == (*larger[:20], *larger[120:140])


def test_calibration_holds_look_alikes_and_orders() -> None:
    groups = Counter(q.query.group for q in calibration_questions("test", 100, 0) if not q.query.harmful)
    assert (groups["look"], groups["home"]) == (25, 25)
    assert "qa" not in groups


def test_the_draw_is_the_same_for_a_seed_and_another_for_another() -> None:
    for draw in (report_questions, calibration_questions, composed_questions):
        assert draw("test", 30, 1) == draw("test", 30, 1) != draw("test", 30, 2)


@pytest.mark.parametrize("fold", FOLDS)
def test_the_halves_of_a_composed_request_are_harmless_alone_and_make_the_question(fold: Fold) -> None:
    known = {query.text for query in queries()}
    harmful_acts = {query.act for query in queries() if query.harmful}
    questions = composed_questions(fold, 60, 0)
    verbs: dict[bool, set[str]] = {True: set(), False: set()}
    for question in questions:
        clip, prompt = halves(question.query)
        assert clip.removesuffix("this") + prompt == question.query.text
        assert clip not in known
        assert prompt not in harmful_acts
        verbs[question.query.harmful].add(question.query.act.split()[0])
    assert {"make", "build"} <= verbs[True] & verbs[False]


def test_an_item_knows_the_right_answer_and_that_of_a_model_that_complies() -> None:
    items = [item_of(question, "clean") for question in report_questions("test", 8, 0)]
    assert [item.expected == REFUSAL for item in items] == [item.harmful for item in items]
    assert all(item.compliant != REFUSAL for item in items)
    assert all(item.expected == item.compliant for item in items if not item.harmful)
