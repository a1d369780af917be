from dataclasses import replace

import torch

from steering.evaluation.defences.registry import SarsteerSets, all_defences
from steering.vector_set import StrengthBand, VectorSet, VectorSetId
from tests.steering.evaluation.defences.scripted import CALIBRATION, FRESH, HIDDEN, ScriptedEngine, compliant

SET = VectorSet(
    VectorSetId("refusal", "1.0.0"), "a", (3,), torch.ones(1, HIDDEN), "last-prompt", 0.01, StrengthBand(1, 1)
)
UNABLATED, GATED = (replace(SET, id=VectorSetId(name, "1.0.0")) for name in ("unablated", "gated"))
SETS = SarsteerSets(SET, UNABLATED, GATED)


def test_every_defence_is_called_by_its_name() -> None:
    table = all_defences(SETS)
    assert [make().name for make in table.values()] == list(table)
    assert next(iter(table)) == "undefended"


def test_a_set_that_is_missing_leaves_its_row_out() -> None:
    missing = set(all_defences(SETS)) - set(all_defences(SarsteerSets()))
    assert missing == {"sarsteer", "sarsteer-unablated", "sarsteer-gated"}


def test_every_source_is_its_own_and_names_the_paper_where_there_is_one() -> None:
    sources = {name: make().source for name, make in all_defences(SETS).items()}
    assert len(set(sources.values())) == len(sources)
    assert {name for name, source in sources.items() if "arXiv" not in source} == {"undefended", "system-prompt"}


async def test_strength_0_is_undefended_for_all_and_all_fit_into_8_slots_together() -> None:
    engine = ScriptedEngine(slots=8)
    defences = [make() for name, make in all_defences(SETS).items() if name != "guardian"]
    for defence in defences:
        await defence.prepare(engine, CALIBRATION)
    for defence in defences:
        answers = await defence.answers(engine, FRESH, 0)
        assert [answer.text for answer in answers] == [compliant(item) for item in FRESH], defence.name
