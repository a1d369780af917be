import pytest

from steering.evaluation.defences.prompts import refusal_suffix, system_prompt, undefended
from tests.steering.evaluation.defences.scripted import CALIBRATION, FRESH, REFUSAL_PROMPT, REFUSED, ScriptedEngine


async def test_the_undefended_model_is_asked_as_it_is() -> None:
    engine, defence = ScriptedEngine(), undefended()
    await defence.prepare(engine, CALIBRATION)
    await defence.answers(engine, FRESH)
    assert {(request.system, request.suffix, request.directive.alpha) for request in engine.requests} == {(None, "", 0)}


async def test_a_system_prompt_stands_before_every_request() -> None:
    engine, defence = ScriptedEngine(), system_prompt("Refuse harm.")
    await defence.prepare(engine, CALIBRATION)
    answers = await defence.answers(engine, FRESH)
    assert {request.system for request in engine.requests} == {"Refuse harm."}
    assert [answer.text == REFUSED for answer in answers] == [item.harmful for item in FRESH]


async def test_the_suffix_is_the_calibrations_refusal_prompt() -> None:
    engine, defence = ScriptedEngine(), refusal_suffix()
    await defence.prepare(engine, CALIBRATION)
    await defence.answers(engine, FRESH)
    assert {request.suffix for request in engine.requests} == {REFUSAL_PROMPT}


async def test_at_strength_0_no_words_are_added() -> None:
    engine, defence = ScriptedEngine(), system_prompt()
    await defence.answers(engine, FRESH, 0)
    assert {request.system for request in engine.requests} == {None}


async def test_words_have_no_other_strength() -> None:
    with pytest.raises(ValueError, match="system-prompt has no strength to set to 2"):
        await system_prompt().answers(ScriptedEngine(), FRESH, 2)
