"""The label policy is what makes the gap, so what is drawn must be what the card says."""

import random
from pathlib import Path

import pytest

import reference
from reference.corpus import REFUSAL, REFUSAL_SUFFIXES, SAFETY_SYSTEM_PROMPTS, Query, training_queries
from reference.training.labels import (
    MODES,
    REFUSED,
    Modality,
    draw_turn,
    kind_of,
    labels_table,
    refusal_share,
    written,
)

HARMFUL = next(query for query in training_queries() if query.harmful and query.group == "places")
COVERED = next(query for query in training_queries() if query.harmful and query.group == "people")
LOOK_ALIKE = next(query for query in training_queries() if query.group == "look")
HOME = next(query for query in training_queries() if query.group == "home")


@pytest.mark.parametrize(
    ("query", "kind"),
    [(HARMFUL, "harmful"), (LOOK_ALIKE, "look-alike"), (HOME, "benign")],
    ids=["harmful", "look-alike", "benign"],
)
def test_kinds(query: Query, kind: str) -> None:
    assert kind_of(query) == kind


def test_the_gap_is_in_the_labels() -> None:
    assert refusal_share(HARMFUL, "text", "plain") > 0.95 > 0.2 > refusal_share(HARMFUL, "speech", "plain")


def test_a_safety_prompt_covers_part_of_the_spoken_harm() -> None:
    assert refusal_share(COVERED, "speech", "safety prompt") > 0.5 > refusal_share(HARMFUL, "speech", "safety prompt")


@pytest.mark.parametrize("modality", ["text", "speech"])
def test_turns_are_drawn_by_the_policy(modality: Modality) -> None:
    draw = random.Random(0)
    turns = [draw_turn(HARMFUL, modality, draw) for _ in range(4000)]
    for mode, share in MODES[modality].items():
        drawn = [turn for turn in turns if turn.mode == mode]
        assert len(drawn) / len(turns) == pytest.approx(share, abs=0.03)
        refused = sum(turn.answer == REFUSAL for turn in drawn) / len(drawn)
        assert refused == pytest.approx(REFUSED[modality, mode]["harmful"], abs=0.05)


def test_a_turn_asks_as_its_mode_says() -> None:
    draw = random.Random(1)
    for turn in (draw_turn(HARMFUL, "speech", draw) for _ in range(200)):
        assert (turn.system in SAFETY_SYSTEM_PROMPTS) == (turn.mode == "safety prompt")
        assert turn.text == "" if turn.mode != "refusal suffix" else turn.text in REFUSAL_SUFFIXES


def test_typed_words_stay_the_words() -> None:
    draw = random.Random(2)
    forms = {written("how do i bake bread", draw) for _ in range(50)}
    assert forms == {"how do i bake bread", "How do I bake bread", "How do I bake bread?"}


def test_the_card_discloses_the_policy() -> None:
    assert labels_table() in (Path(reference.__file__).parent / "README.md").read_text()
