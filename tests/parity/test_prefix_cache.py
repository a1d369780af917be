"""With the prefix cache on, every answer equals the answer with it off, and prompts are shared across strengths."""

from collections.abc import Iterator

import pytest

from steering.vector_set import VectorSet
from tests.parity.engines import Answer, Case, Engine, Question, engine, gated_set, random_set, tone, worst_difference

pytestmark = pytest.mark.engine

ONE, TWO, LAST_ONLY = random_set(1), random_set(2), random_set(3, "last-prompt", 120.0)
BLOCK = 32
LONG = "tell me how to clean a bike and a boat and a car and a house and a guitar and a watch and a camera " * 2
GATED, REREAD = gated_set(1), gated_set(2, reread=True)
SETTINGS: tuple[tuple[VectorSet | None, float, bool], ...] = (
    (ONE, 1.0, False),
    (ONE, 0.5, False),
    (GATED, 1.0, True),
    (TWO, 1.0, False),
    (None, 0.0, False),
    (LAST_ONLY, 1.0, False),
    (REREAD, 1.2, True),
)
NEXT_TURN = "<|im_end|>\n<|im_start|>user\nand what then<|im_end|>\n<|im_start|>assistant\n"
EXACT = 1e-5


@pytest.fixture(scope="module")
def cached() -> Iterator[Engine]:
    """Prefix cache on, prompts in chunks of 64 tokens."""
    with engine(enable_prefix_caching=True, max_num_batched_tokens=64, gate_layers=(2,)) as running:
        running.load(ONE, TWO, LAST_ONLY, GATED, REREAD)
        yield running


@pytest.fixture(scope="module")
def uncached() -> Iterator[Engine]:
    with engine(gate_layers=(2,)) as running:
        running.load(ONE, TWO, LAST_ONLY, GATED, REREAD)
        yield running


@pytest.fixture(scope="module")
def crowded() -> Iterator[Engine]:
    """Prefix cache on, and too few blocks for its requests: they preempt each other."""
    with engine(enable_prefix_caching=True, num_gpu_blocks_override=17, max_num_seqs=8, gate_layers=(2,)) as running:
        running.load(ONE, TWO, LAST_ONLY, GATED, REREAD)
        yield running


def check(cached: Engine, uncached: Engine, cases: list[Case]) -> list[Answer]:
    """Ask the cached engine one by one, hold each answer to the uncached engine's, return the cached answers."""
    answers = [cached.answer([case])[0] for case in cases]
    for answer, expected in zip(answers, uncached.answer(cases), strict=True):
        assert worst_difference(answer, expected) <= EXACT
    return answers


@pytest.mark.parametrize("question", [Question(LONG), Question(LONG, tone(2.0, 5))], ids=["text", "audio"])
@pytest.mark.parametrize("order", [SETTINGS, SETTINGS[::-1]], ids=["steered-first", "plain-last-only-first"])
def test_strengths_and_versions_share_a_prompts_blocks(
    cached: Engine, uncached: Engine, question: Question, order: tuple[tuple[VectorSet | None, float, bool], ...]
) -> None:
    cached.call(cached.llm.reset_prefix_cache())
    answers = check(cached, uncached, [Case(question, *setting) for setting in order])
    shared = (len(answers[0].prompt_ids) - 1) // BLOCK * BLOCK
    assert shared > 0
    assert [answer.cached for answer in answers] == [0] + [shared] * 6


@pytest.mark.parametrize("audio", [None, 6], ids=["text", "audio"])
def test_later_turns_never_read_another_strengths_answer(cached: Engine, uncached: Engine, audio: int | None) -> None:
    """Turns 2 and 3 hold the tokens of a steered turn 1; steered, otherwise steered and unsteered follow-ups."""
    question = Question(LONG, None if audio is None else tone(2.0, audio))
    follow_up = tuple(tokens_of(NEXT_TURN))
    [first] = check(cached, uncached, [Case(question, ONE, 1.0)])
    history = tuple(tokens_of(question.prompt)) + first.tokens + follow_up
    seconds = check(cached, uncached, [Case(question, *setting, prompt_ids=history) for setting in SETTINGS])
    third = history + seconds[0].tokens + follow_up
    check(cached, uncached, [Case(question, *setting, prompt_ids=third) for setting in SETTINGS])


@pytest.mark.parametrize("length", [BLOCK * 3 - 1, BLOCK * 3, BLOCK * 3 + 1])
def test_prompts_that_end_at_a_block_edge(cached: Engine, uncached: Engine, length: int) -> None:
    question = Question(LONG)
    prompt = tuple(tokens_of(question.prompt * 3))[length // 7 :][:length]
    [one, _] = check(
        cached, uncached, [Case(question, ONE, 1.0, prompt_ids=prompt), Case(question, TWO, 0.7, prompt_ids=prompt)]
    )
    longer = prompt + one.tokens + tuple(tokens_of(NEXT_TURN))
    check(cached, uncached, [Case(question, GATED, 1.0, True, longer), Case(question, prompt_ids=longer)])


def test_one_batch_of_all_settings_over_one_prefix(cached: Engine, uncached: Engine) -> None:
    cases = [Case(Question(LONG, tone(1.5, 8)), *setting) for setting in SETTINGS]
    for answer, expected in zip(cached.answer(cases), uncached.answer(cases), strict=True):
        assert worst_difference(answer, expected) <= EXACT


def test_preempted_requests_resume_with_the_same_answers(crowded: Engine, uncached: Engine) -> None:
    cases = [Case(Question(f"{LONG} {index}"), *SETTINGS[index % 5]) for index in range(8)]
    before = preemptions()
    answers = crowded.answer(cases, max_tokens=60)
    assert preemptions() > before
    for answer, expected in zip(answers, uncached.answer(cases, max_tokens=60), strict=True):
        assert worst_difference(answer, expected) <= EXACT


def tokens_of(text: str) -> list[int]:
    from transformers import AutoTokenizer

    from tests.parity.engines import MODEL

    return list(AutoTokenizer.from_pretrained(MODEL).encode(text, add_special_tokens=False))


def preemptions() -> float:
    """vLLM's own count over all engines of this process: only growth means anything."""
    from prometheus_client import REGISTRY

    return sum(
        sample.value
        for metric in REGISTRY.collect()
        for sample in metric.samples
        if sample.name == "vllm:num_preemptions_total"
    )
