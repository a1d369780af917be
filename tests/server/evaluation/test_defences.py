from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from server.evaluation.asked import Size
from server.evaluation.defences import GATED, QUICK, UNDEFENDED, defences_of, fitted
from steering.store import VectorStore
from steering.vector_set import VectorSet, VectorSetId
from tests.steering.drafts import EVALUATION, MODEL, gated_draft


@pytest.fixture
def vectors(tmp_path: Path) -> VectorSet:
    store = VectorStore(tmp_path)
    store.publish(gated_draft(), EVALUATION)
    return store.load(VectorSetId("refusal", "1.0.0"), MODEL)


@pytest.mark.parametrize("size", get_args(Size))
def test_a_defence_is_reported_under_the_name_that_it_is_asked_for_by(vectors: VectorSet, size: Size) -> None:
    made = {name: make() for name, make in defences_of(vectors, size).items()}
    assert {name: defence.name for name, defence in made.items()} == {name: name for name in made}
    assert all(defence.source for defence in made.values())
    assert UNDEFENDED in made


def test_the_gated_defence_is_there_only_for_a_set_with_a_gate(vectors: VectorSet) -> None:
    assert set(QUICK) <= set(defences_of(vectors, "full"))
    ungated = defences_of(replace(vectors, gate=None), "full")
    assert set(defences_of(vectors, "full")) - set(ungated) == {GATED}


def test_words_and_published_vectors_are_not_fitted(vectors: VectorSet) -> None:
    defences = defences_of(vectors, "full")
    assert set(defences) - fitted(defences) == {*QUICK, "system-prompt"}
    assert fitted(defences_of(vectors, "ablations")) == set(defences_of(vectors, "ablations")) - {UNDEFENDED}
