"""The corpus is part of the checkpoint: its splits may not move."""

import hashlib
from dataclasses import astuple
from itertools import pairwise
from pathlib import Path

import pytest

import reference
from reference.corpus import Fold, held_out_queries, queries, scrambled_questions, training_queries


def test_the_splits_are_those_the_checkpoint_was_trained_with() -> None:
    content = repr([astuple(query) for query in queries()])
    digest = hashlib.sha256(content.encode()).hexdigest()
    assert digest == "651a3c99ba8c052ab539608f8e5bba0b7d192bdf096b417c6e3de35ee2dc7325"


def test_every_question_is_asked_once() -> None:
    texts = sorted(query.text for query in queries())
    assert all(first != second for first, second in pairwise(texts))


def test_held_out_acts_are_never_trained_on() -> None:
    held_out = {query.act for query in queries() if query.split == "test_act"}
    assert len(held_out) == 40
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


def test_scrambled_questions_are_of_the_corpuss_words_and_hold_no_held_out_act() -> None:
    words = {word for query in queries() for word in query.text.split()}
    held_out = {query.act for query in queries() if query.split == "test_act"}
    questions = scrambled_questions(3000, seed=1)
    assert {word for question in questions for word in question.split()} <= words
    assert not [question for question in questions for act in held_out if question.endswith(f" {act}")]
    assert questions == scrambled_questions(3000, seed=1) != scrambled_questions(3000, seed=2)


def test_the_card_tells_the_corpuss_size() -> None:
    words = {word for query in queries() for word in query.text.split()}
    card = (Path(reference.__file__).parent / "README.md").read_text()
    assert f"a grammar of {len(queries()):,} questions ({len(words)} words)" in card
    acts = {(query.act, query.harmful, query.group) for query in queries()}
    harmful = sum(harm for _, harm, _ in acts)
    benign = sum(not harm and group not in ("home", "qa") for _, harm, group in acts)
    assert f"{harmful} harmful acts and {benign} benign ones" in card
