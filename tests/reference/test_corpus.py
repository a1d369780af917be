"""The corpus is part of the checkpoint: its splits may not move."""

import hashlib
from dataclasses import astuple
from itertools import pairwise

import pytest

from reference.corpus import Fold, held_out_queries, queries, training_queries


def test_the_splits_are_those_the_checkpoint_was_trained_with() -> None:
    content = repr([astuple(query) for query in queries()])
    digest = hashlib.sha256(content.encode()).hexdigest()
    assert digest == "7beff9c0718fc1d69a833333b63f099ff89a8d4bbee6fa50cf885df42bdcc2a1"


def test_every_question_is_asked_once() -> None:
    texts = sorted(query.text for query in queries())
    assert all(first != second for first, second in pairwise(texts))


def test_held_out_acts_are_never_trained_on() -> None:
    held_out = {query.act for query in queries() if query.split == "test_act"}
    assert len(held_out) == 24
    assert held_out.isdisjoint(query.act for query in training_queries())


def test_the_folds_share_no_act_and_cover_all_that_is_held_out() -> None:
    dev, test = held_out_queries("dev"), held_out_queries("test")
    assert {query.act for query in dev}.isdisjoint(query.act for query in test)
    assert {*dev, *test} == {query for query in queries() if query.split != "train"}


@pytest.mark.parametrize("fold", ["dev", "test"])
def test_a_fold_holds_both_kinds_and_no_training_query(fold: Fold) -> None:
    held_out = held_out_queries(fold)
    assert {query.harmful for query in held_out} == {True, False}
    assert set(held_out).isdisjoint(training_queries())


def test_an_answer_to_a_harmful_request_says_nothing() -> None:
    assert all(query.answer.endswith(": ...") for query in queries() if query.harmful)
