from types import SimpleNamespace

import pytest

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


def test_a_reading_is_taken_off_the_output_that_carries_it() -> None:
    reading = Reading()
    carriers = [SimpleNamespace(kv_transfer_params=held) for held in (None, {READING_KEY: 0.25}, {}, None)]
    for carrier in carriers:
        _take_reading(carrier, reading)
        assert carrier.kv_transfer_params is None
    assert reading.gate == 0.25
