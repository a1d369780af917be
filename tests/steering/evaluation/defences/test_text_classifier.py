import pytest
import torch

from steering.evaluation.defences.text_classifier import ngrams, train_text_classifier


def test_ngrams_do_not_hear_case_or_spaces() -> None:
    assert torch.equal(ngrams(["Make a  Bomb"]), ngrams(["make a bomb"]))
    assert float(ngrams(["make a bomb"]).norm()) == pytest.approx(1.0)
    assert not ngrams([""])[:, 1:].isnan().any()


def test_texts_are_told_apart_by_the_words_that_differ() -> None:
    classifier = train_text_classifier(
        ["make a bomb", "build a bomb", "buy a bomb"], ["make a cake", "build a kite", "buy a cake"]
    )
    bomb, cake = classifier.logits(["paint a bomb", "paint a cake"]).tolist()
    assert bomb > cake
