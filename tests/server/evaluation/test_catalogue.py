from dataclasses import replace
from pathlib import Path

import pytest

from server.evaluation.asked import Asked, EngineOptions, EvaluationError, Target
from server.evaluation.catalogue import catalogue, nothing_to_fit, suite_of
from server.evaluation.defences import GATED, UNGATED
from server.settings import REFERENCE
from steering.evaluation.sets import write_set
from steering.store import VectorStore
from steering.vector_set import VectorSetId
from tests.steering.drafts import EVALUATION, MODEL, gated_draft
from tests.steering.evaluation.fakes import items


@pytest.fixture
def target(tmp_path: Path) -> Target:
    """Another model, with a gated version."""
    store = VectorStore(tmp_path / "store")
    store.publish(gated_draft(), EVALUATION)
    return Target(tmp_path, MODEL, store.load(VectorSetId("refusal", "1.0.0"), MODEL))


@pytest.fixture
def asked(tmp_path: Path) -> Asked:
    return Asked("full", "model", "store", set_=write_set(items("clean", 4), tmp_path / "set"))


def test_without_a_calibration_only_what_needs_none_is_asked(asked: Asked, target: Target) -> None:
    listed = catalogue(asked, target)
    suite = suite_of(asked, listed)
    assert [defence.name for defence in suite.defences] == [
        *("undefended", "system-prompt", "refusal-suffix", "sarsteer", "sarsteer-gated")
    ]
    assert list(suite.conditions) == ["clean"]
    assert listed.calibration is nothing_to_fit
    with pytest.raises(EvaluationError, match=r"sarsteer-paper is fitted .* --calibration"):
        catalogue(replace(asked, defences=("undefended", "sarsteer-paper")), target)


def test_with_a_calibration_all_are_asked_and_quick_asks_few(asked: Asked, target: Target) -> None:
    fitted = replace(asked, calibration=asked.set_)
    listed = catalogue(fitted, target)
    assert [defence.name for defence in suite_of(fitted, listed).defences] == list(listed.defences)
    quick = replace(fitted, size="quick")
    assert [defence.name for defence in suite_of(quick, catalogue(quick, target)).defences] == [
        *("undefended", "refusal-suffix", "sarsteer", "sarsteer-gated")
    ]


def test_others_are_tested_against_the_gated_version_where_there_is_one(asked: Asked, target: Target) -> None:
    ungated = replace(target, vectors=replace(target.vectors, gate=None))
    assert (catalogue(asked, target).against, catalogue(asked, ungated).against) == (GATED, UNGATED)


def test_names_are_taken_once_and_in_the_order_given(asked: Asked, target: Target) -> None:
    named = replace(asked, defences=("sarsteer", "undefended", "sarsteer"), conditions=("telephone", "clean"))
    suite = suite_of(named, catalogue(named, target))
    assert [defence.name for defence in suite.defences] == ["sarsteer", "undefended"]
    assert list(suite.conditions) == ["telephone", "clean"]


@pytest.mark.parametrize("names", [{"defences": ("prayer",)}, {"conditions": ("vacuum",)}])
def test_a_name_that_is_not_listed_is_refused_with_those_that_are(
    asked: Asked, target: Target, names: dict[str, tuple[str, ...]]
) -> None:
    wrong = replace(asked, **names)  # type: ignore[arg-type]
    with pytest.raises(EvaluationError, match=r"There is no \w+ '\w+'; choose from \w+"):
        suite_of(wrong, catalogue(wrong, target))


def test_shorter_answers_are_another_run(asked: Asked, target: Target) -> None:
    short = replace(asked, engine=EngineOptions(8))
    assert "engine" not in catalogue(asked, target).inputs
    assert catalogue(short, target).inputs["engine"] == '{"max_tokens": 8}'


def test_the_reference_has_its_own_questions_and_calibration(target: Target) -> None:
    own = Asked("quick", str(REFERENCE), "store")
    listed = catalogue(own, replace(target, folder=REFERENCE))
    assert listed.default_conditions == ("voice-known", "typed")
    assert listed.calibration is not nothing_to_fit
