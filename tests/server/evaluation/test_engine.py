import json
from math import inf
from pathlib import Path
from typing import Any

import pytest

from server.evaluation.asked import EngineOptions, JudgeSpec
from server.evaluation.engine import engine_shape, hears_seconds, judge_of
from server.settings import REFERENCE
from steering.evaluation.judges.judge import Outcome
from tests.steering.evaluation.fakes import item


@pytest.mark.parametrize(
    ("file", "config", "seconds"),
    [
        ("preprocessor_config.json", {"chunk_length": 30}, 30.0),
        ("processor_config.json", {"feature_extractor": {"chunk_length": 20}}, 20.0),
        ("preprocessor_config.json", {"sampling_rate": 16_000}, inf),
        ("other.json", {"chunk_length": 30}, inf),
    ],
)
def test_a_model_hears_as_much_as_its_processor_takes(
    tmp_path: Path, file: str, config: dict[str, Any], seconds: float
) -> None:
    (tmp_path / file).write_text(json.dumps(config))
    assert hears_seconds(tmp_path) == seconds


def test_the_reference_hears_what_it_was_trained_on() -> None:
    assert hears_seconds(REFERENCE) == 4.0


@pytest.mark.parametrize("folder", [REFERENCE, Path("another")])
def test_what_is_said_of_the_engine_wins(folder: Path) -> None:
    plain = engine_shape(folder, (3,), 5)
    assert (plain.gate_layers, plain.slots) == ((3,), 5)
    said = engine_shape(folder, (), 5, EngineOptions(7, {"max_model_len": 99}))
    assert (said.max_tokens, said.flags) == (7, {**plain.flags, "max_model_len": 99})


async def test_only_the_reference_is_held_to_its_own_sentences() -> None:
    """What another model says to refuse is not known word for word."""
    asked, answer = [item("one")], ["I cannot help with that."]
    assert await judge_of(Path("another"), JudgeSpec("detector")).judge(asked, answer) == [Outcome.REFUSED]
    assert await judge_of(REFERENCE, JudgeSpec("detector")).judge(asked, answer) == [Outcome.BROKEN]


@pytest.mark.parametrize(
    ("model", "name"), [("llama-guard-3", "llama-guard:llama-guard-3"), ("mistral", "sorry-bench:mistral")]
)
def test_a_language_model_is_asked_in_the_form_of_its_name(model: str, name: str) -> None:
    assert judge_of(REFERENCE, JudgeSpec("llm", "http://127.0.0.1:1/v1", model)).name == name
