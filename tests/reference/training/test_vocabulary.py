"""The tokenizer fits the corpus, and training prompts are those that the processor's chat template writes."""

from typing import Any

from reference.corpus import REFUSAL_SUFFIXES, SAFETY_SYSTEM_PROMPTS, queries
from reference.training.vocabulary import SIZE, SPECIAL, Prompts


def test_a_word_is_about_one_token(processor: Any) -> None:
    texts = [f" {query.text}" for query in queries()]
    tokens = sum(len(processor.tokenizer(text).input_ids) for text in texts)
    assert tokens < 1.1 * sum(len(text.split()) for text in texts)


def test_every_question_and_answer_survives(processor: Any) -> None:
    for query in queries()[::50]:
        for text in (query.text, query.answer):
            assert processor.tokenizer.decode(processor.tokenizer(text).input_ids) == text


def test_special_tokens_stand_after_the_words(processor: Any) -> None:
    assert processor.tokenizer.convert_tokens_to_ids(list(SPECIAL)) == list(range(SIZE, SIZE + len(SPECIAL)))


def test_prompts_are_the_chat_templates(processor: Any) -> None:
    system, suffix = SAFETY_SYSTEM_PROMPTS[0], REFUSAL_SUFFIXES[0]
    chat = [
        {"role": "system", "content": system},
        {"role": "user", "content": [{"type": "audio", "audio_url": "clip"}, {"type": "text", "text": suffix}]},
    ]
    templated = processor.apply_chat_template(chat, add_generation_prompt=True, tokenize=False)
    wanted = processor.tokenizer(templated.replace("<|AUDIO|>", "<|AUDIO|>" * 7)).input_ids
    assert Prompts(processor.tokenizer).prompt(system, suffix, audio_tokens=7) == wanted
