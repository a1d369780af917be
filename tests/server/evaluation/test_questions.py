from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from server.evaluation.asked import Asked, EvaluationError, Size
from server.evaluation.questions import CURVE, questions_of
from server.settings import REFERENCE
from steering.evaluation.conditions.changes import CHANGES
from steering.evaluation.item import Item
from steering.evaluation.sets import SetError, write_set
from steering.extraction import PAPER_INSTRUCTION
from tests.steering.evaluation.fakes import items


def spoken(seconds: float, *conditions: str) -> list[Item]:
    draw, length = np.random.default_rng(0), round(seconds * 16_000)
    return [
        replace(each, id=f"{each.condition}-{each.id}", samples=draw.normal(0, 0.1, length).astype(np.float32))
        for condition in conditions or ("clean",)
        for each in items(condition, 4)
    ]


def another(folder: Path) -> Path:
    """A model that hears two seconds."""
    folder.mkdir()
    (folder / "preprocessor_config.json").write_text('{"chunk_length": 2}')
    return folder


def asked(set_: Path | None, calibration: Path | None = None, size: Size = "quick") -> Asked:
    return Asked(size, "model", "store", set_=set_, calibration=calibration)


def test_a_set_is_asked_as_it_is_and_under_every_change(tmp_path: Path) -> None:
    manifest = write_set(spoken(1.0, "clean", "noisy"), tmp_path / "set")
    about = questions_of(asked(manifest), another(tmp_path / "model"), (1,))
    assert about.default_conditions == ("clean", "noisy")
    assert set(about.conditions) == {"clean", "noisy", *CHANGES}
    assert about.calibration is None
    made = about.conditions["noise-10db"]()
    assert [each.id for each in made.items] == [f"clean-{place}_noise-10db" for place in range(4)]
    assert {each.condition for each in made.items} == {"noise-10db"}


def test_what_is_longer_than_the_model_hears_is_left_out_and_counted(tmp_path: Path) -> None:
    long = [replace(each, id=f"long-{each.id}") for each in spoken(2.5)]
    manifest = write_set([*spoken(1.8), *long], tmp_path / "set")
    about = questions_of(asked(manifest), another(tmp_path / "model"), (1,))
    clean, slowed = about.conditions["clean"](), about.conditions["speed-0.8"]()
    assert (len(clean.items), clean.left_out) == (4, 4)
    assert (len(slowed.items), slowed.left_out) == (0, 8)


def test_other_sounds_and_another_calibration_are_another_run(tmp_path: Path) -> None:
    model = another(tmp_path / "model")
    first, second = (write_set(spoken(seconds), tmp_path / f"{seconds}") for seconds in (1.0, 1.5))
    inputs = [questions_of(asked(*sets), model, (1,)).inputs for sets in ((first,), (second,), (first, second))]
    assert len({tuple(one.items()) for one in inputs}) == 3


def test_a_calibration_is_asked_with_the_papers_instruction_spoken_and_typed(tmp_path: Path) -> None:
    manifest = write_set(spoken(1.0), tmp_path / "set")
    about = questions_of(asked(manifest, manifest), another(tmp_path / "model"), (1, 2))
    assert about.calibration is not None
    fitted = about.calibration()
    assert [len(part) for part in (fitted.harmful, fitted.benign, fitted.harmful_typed, fitted.benign_typed)] == [2] * 4
    assert {each.prompt for each in fitted.harmful} == {PAPER_INSTRUCTION}
    assert all(each.samples is None and each.prompt == each.question for each in fitted.harmful_typed)
    assert fitted.layers == (1, 2)


def test_a_calibration_that_the_model_cannot_hear_is_refused(tmp_path: Path) -> None:
    manifest = write_set(spoken(2.5), tmp_path / "set")
    with pytest.raises(SetError, match="2 s"):
        questions_of(asked(manifest, manifest), another(tmp_path / "model"), (1,))


def test_a_model_without_questions_of_its_own_needs_a_set(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="give --set or --public"):
        questions_of(asked(None), tmp_path, (1,))


def test_the_references_own_questions_come_by_size() -> None:
    quick, full, ablations = (
        questions_of(asked(None, size=size), REFERENCE, (1,)) for size in ("quick", "full", "ablations")
    )
    assert quick.default_conditions == ("voice-known", "typed")
    assert set(full.default_conditions) == set(full.conditions)
    assert ablations.curves == {"voice-known": CURVE}
    assert len({one.inputs["questions"] for one in (quick, full, ablations)}) == 3
