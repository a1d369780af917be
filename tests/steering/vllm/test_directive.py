from types import SimpleNamespace

import pytest
from vllm.sampling_params import RequestOutputKind

from steering.directive import Directive, Reading
from steering.vector_set import VectorSetId
from steering.vllm.directive import READING_KEY, WireDirective, current_directive, directed
from steering.vllm.engine import _take_reading

DIRECTIVE = Directive(VectorSetId("refusal", "1.0.0"), 0.5, gate=True)


@pytest.mark.parametrize("wire", [WireDirective("d" * 64, 0.5, True), WireDirective("d" * 64, -2.0)])
def test_a_directive_survives_its_way_to_the_worker(wire: WireDirective) -> None:
    sent = SimpleNamespace(extra_args=wire.as_extra_args({"sarsteer": "forged", "theirs": 1}))
    assert WireDirective.read(sent) == wire
    assert sent.extra_args["theirs"] == 1


def test_a_directive_holds_inside_its_block_and_its_reading_is_the_callers() -> None:
    assert current_directive() is None
    mine = Reading()
    with directed(DIRECTIVE, mine) as outer:
        assert outer is mine
        with directed(DIRECTIVE) as inner:
            assert current_directive() == (DIRECTIVE, inner)
            assert inner is not mine
        assert current_directive() == (DIRECTIVE, mine)
    assert current_directive() is None


def output(gate: dict[str, float] | None = None, *answers: int) -> SimpleNamespace:
    """One output of vLLM's, of a prompt of three tokens and answers of so many."""
    outputs = [SimpleNamespace(token_ids=[0] * tokens) for tokens in answers]
    return SimpleNamespace(
        kv_transfer_params=gate, prompt_token_ids=[1, 2, 3], encoder_prompt_token_ids=None, outputs=outputs
    )


def test_a_reading_is_taken_off_the_output_that_carries_it() -> None:
    reading = Reading()
    for carrier in (output(held) for held in (None, {READING_KEY: 0.25}, {}, None)):
        _take_reading(carrier, reading, RequestOutputKind.DELTA)
        assert carrier.kv_transfer_params is None
    assert reading.gate == 0.25


@pytest.mark.parametrize(
    ("kind", "outputs", "tokens"),
    [
        (RequestOutputKind.DELTA, [(1,), (0,), (2, 1), (4,)], 8),
        (RequestOutputKind.CUMULATIVE, [(1,), (3,), (7,)], 7),
        (RequestOutputKind.FINAL_ONLY, [(5, 6, 7)], 18),
    ],
)
def test_a_reading_counts_the_tokens_of_all_answers_as_they_come(
    kind: RequestOutputKind, outputs: list[tuple[int, ...]], tokens: int
) -> None:
    reading = Reading()
    assert reading.tokens == 0
    for answers in outputs:
        _take_reading(output(None, *answers), reading, kind)
    assert (reading.prompt_tokens, reading.answer_tokens, reading.tokens) == (3, tokens, 3 + tokens)
