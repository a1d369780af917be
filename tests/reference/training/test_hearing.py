"""The CTC heads: what a word's phones are, and how tokens are read off the encoder."""

import shutil

import pytest
import torch

from reference.training.hearing import HearingHeads, lexicon
from reference.training.network import Heard
from reference.training.stages import Learner

pytestmark = pytest.mark.skipif(not shutil.which("espeak-ng"), reason="apt-get install espeak-ng")


@pytest.fixture
def heads(learner: Learner) -> HearingHeads:
    return HearingHeads(learner.model.get_input_embeddings().weight, learner.prompts)


def heard_as(learner: Learner, heads: HearingHeads, text: str) -> Heard:
    """A clip whose tokens are the very embeddings of ``text``, each held for two steps and followed by a blank."""
    ids = learner.prompts.ids(f" {text}")
    embeddings = learner.model.get_input_embeddings().weight.detach()
    blank = heads.blank.weight.detach()[0] * 1e4
    rows = [row for id_ in ids for row in (embeddings[id_], embeddings[id_], blank)]
    tokens = torch.stack(rows)[None]
    count = torch.tensor([len(rows)])
    return Heard(tokens.repeat_interleave(2, dim=1), 2 * count, tokens, count)


def test_words_have_phones() -> None:
    phones = lexicon(["bake", "bread"])
    assert phones["bake"][0] == phones["bread"][0] == "b"
    assert len(phones["bread"]) == 4


def test_embeddings_of_words_are_read_as_those_words(learner: Learner, heads: HearingHeads) -> None:
    heard = heard_as(learner, heads, "how do i bake bread")
    assert heads.transcripts(heard, learner.tokenizer) == ["how do i bake bread"]


def test_the_loss_prefers_the_words_that_were_said(learner: Learner, heads: HearingHeads) -> None:
    heard = heard_as(learner, heads, "how do i bake bread")
    right = heads.align(heard, ["how do i bake bread"]).tokens
    wrong = heads.align(heard, ["how do i rob a bank"]).tokens
    assert right < 0.1 * wrong
