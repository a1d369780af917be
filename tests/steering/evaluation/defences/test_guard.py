import asyncio
from dataclasses import replace

import pytest

from steering.evaluation.defences.guard import Guardian
from tests.steering.evaluation.defences.scripted import CALIBRATION, FRESH, REFUSED, ScriptedEngine, compliant, items


@pytest.fixture(scope="module")
def guardian() -> Guardian:
    defence = Guardian(REFUSED)
    asyncio.run(defence.prepare(ScriptedEngine(), CALIBRATION))
    return defence


async def test_what_it_flags_never_reaches_the_model(guardian: Guardian) -> None:
    engine = ScriptedEngine()
    answers = await guardian.answers(engine, FRESH)
    assert [answer.text for answer in answers] == [REFUSED if item.harmful else compliant(item) for item in FRESH]
    assert [request.item for request in engine.requests] == [item for item in FRESH if not item.harmful]


def test_typed_requests_are_judged_by_their_letters(guardian: Guardian) -> None:
    typed = [*items("harmful", 3, typed=True, first=30), *items("benign", 3, typed=True, first=30)]
    assert guardian.flagged(typed) == [True] * 3 + [False] * 3


def test_harm_in_the_text_beside_a_harmless_clip_is_flagged(guardian: Guardian) -> None:
    benign = FRESH[-1]
    assert guardian.flagged([benign, replace(benign, prompt="harmful question 7")]) == [False, True]


def test_strength_0_flags_nothing_and_no_strength_flags_less_than_a_lower_one(guardian: Guardian) -> None:
    counts = [sum(guardian.flagged(FRESH, strength)) for strength in (0, 1e-30, 0.5, 1, 2, 1e30)]
    assert counts == sorted(counts)
    assert counts[0] == 0
    assert counts[-1] == len(FRESH)


async def test_a_negative_strength_is_refused(guardian: Guardian) -> None:
    with pytest.raises(ValueError, match=r"must be 0 or more, not -0\.5"):
        await guardian.answers(ScriptedEngine(), FRESH, -0.5)
