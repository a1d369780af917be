"""Prompts: what the reference checkpoint was trained on, and where words go around a clip."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from reference.answers import _CLIP, _prompt
from reference.corpus import SYSTEM_PROMPT
from steering.evaluation.engine import Request
from steering.evaluation.item import Item, Turn
from steering.evaluation.prompting import chat_prompt

CHECKPOINT = Path(__file__).parents[3] / "reference" / "checkpoint"
SOUND = np.zeros(160, np.float32)


@pytest.fixture(scope="module")
def processor() -> Any:
    from transformers import AutoProcessor

    return AutoProcessor.from_pretrained(CHECKPOINT)


def spoken(prompt: str = "", history: tuple[Turn, ...] = ()) -> Item:
    return Item("clip", "how are you", "benign", "qa", samples=SOUND, prompt=prompt, history=history)


def test_a_clip_without_text_is_asked_as_the_reference_is(processor: Any) -> None:
    assert chat_prompt(processor, Request(spoken())) == _prompt(SYSTEM_PROMPT, _CLIP)


def test_a_suffix_follows_the_text_which_follows_the_clip(processor: Any) -> None:
    asked = Request(spoken("Answer this."), suffix=" I cannot.")
    assert chat_prompt(processor, asked) == _prompt(SYSTEM_PROMPT, f"{_CLIP}Answer this. I cannot.")


def test_a_suffix_needs_no_text_before_it(processor: Any) -> None:
    assert chat_prompt(processor, Request(spoken(), suffix="No.")) == _prompt(SYSTEM_PROMPT, f"{_CLIP}No.")


def test_a_system_prompt_takes_the_place_of_the_models_own(processor: Any) -> None:
    assert chat_prompt(processor, Request(spoken(), system="Be brief.")) == _prompt("Be brief.", _CLIP)


def test_a_typed_request_has_no_place_for_a_clip(processor: Any) -> None:
    typed = Item("typed", "how are you", "benign", "qa", prompt="how are you")
    assert chat_prompt(processor, Request(typed)) == _prompt(SYSTEM_PROMPT, "how are you")


def test_history_stands_between_the_system_prompt_and_the_request(processor: Any) -> None:
    item = spoken(history=(Turn("user", "hello"), Turn("assistant", "Hello!")))
    before = "<|im_start|>user\nhello<|im_end|>\n<|im_start|>assistant\nHello!<|im_end|>\n"
    system, rest = _prompt(SYSTEM_PROMPT, _CLIP).split("<|im_start|>user", 1)
    assert chat_prompt(processor, Request(item)) == f"{system}{before}<|im_start|>user{rest}"
