"""Other ways to run the same engine: compiled, in chunks, on two tensor-parallel workers."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.parity.engines import Case, Engine, Question, engine, gated_set, random_set, tone, worst_difference
from tests.parity.oracle import Oracle

pytestmark = pytest.mark.engine

LONG = "tell me how to bake bread and then tell me how to clean a bike and a boat and a car and a guitar " * 3
QUESTIONS = (Question("how do i bake bread"), Question("", tone(1.5, 2)), Question(LONG), Question(LONG, tone(2.0, 4)))
CASES = [
    Case(question, random_set(seed), alpha)
    for question, seed, alpha in zip(QUESTIONS, (1, 2, 1, 2), (1.0, 0.6, 0.4, 1.0), strict=True)
]
CASES += [Case(QUESTIONS[1], random_set(3, "last-prompt", 120.0), 1.0), Case(QUESTIONS[0])]
GATED = [Case(question, gated_set(1), 1.0, gate=True) for question in QUESTIONS]
GATED += [
    Case(QUESTIONS[2], gated_set(2, 4), 1.4, gate=True),
    Case(QUESTIONS[1], gated_set(1), 0.7, gate=False),
    Case(QUESTIONS[3], gated_set(2, reread=True), 1.0, gate=True),
]

ENGINES: dict[str, dict[str, Any]] = {
    "compiled": {"enforce_eager": False},
    "chunked-prefill": {"max_num_batched_tokens": 64},
    "two-workers": {"tensor_parallel_size": 2},
}


@pytest.fixture(scope="module", params=ENGINES)
def variant(request: pytest.FixtureRequest) -> Iterator[Engine]:
    with engine(**ENGINES[request.param], gate_layers=(2, 4)) as running:
        running.load(random_set(1), random_set(2), random_set(3, "last-prompt", 120.0))
        running.load(gated_set(1), gated_set(2, 4), gated_set(2, reread=True))
        yield running


def test_every_engine_steers_as_transformers_does(variant: Engine, oracle: Oracle) -> None:
    for case, answer in zip(CASES, variant.answer(CASES), strict=True):
        assert worst_difference(answer, oracle.answer(case)) < 1e-3


def test_every_engine_gates_as_transformers_does(variant: Engine, oracle: Oracle) -> None:
    """Gated, ungated and unsteered requests in one batch: tokens, log-probabilities and what the gates read."""
    answers = variant.answer([*GATED, CASES[0], CASES[-1]])
    for case, answer in zip([*GATED, CASES[0], CASES[-1]], answers, strict=True):
        expected = oracle.answer(case)
        assert worst_difference(answer, expected) < 1e-3
        assert answer.gate == pytest.approx(expected.gate, abs=1e-3)
    openings = [answer.gate for answer in answers[:5]]
    assert all(opening is not None and 0.02 < opening < 0.98 for opening in openings), "a gate that hides faults"
    assert len({round(opening or 0, 3) for opening in openings}) >= 4


def test_strength_zero_is_stock_vllm(eager: Engine) -> None:
    """Token for token and to 1e-6, beside a steered request in the same batch."""
    plain = [Case(question) for question in QUESTIONS]
    with engine(steered=False) as stock:
        expected = stock.answer(plain)
    beside = eager.answer([*plain, Case(QUESTIONS[0], random_set(1), 1.0)])
    for ours, theirs in zip(beside, expected, strict=False):
        assert worst_difference(ours, theirs) <= 1e-6
