"""What the bank lends to a request: which set, how much of it, through which gate."""

from dataclasses import replace
from typing import Any

import pytest
import torch

from steering.directive import Directive
from steering.gate import Gate
from steering.vector_set import StrengthBand, VectorSet, VectorSetId
from steering.vllm.bank import DirectiveRefused, VectorBank
from steering.vllm.directive import UNSTEERED, WireDirective

SET = VectorSet(
    VectorSetId("refusal", "1.0.0"), "d" * 64, (0, 1), torch.ones(2, 4), "last-prompt", 1.0, StrengthBand(0.5, 1.5)
)
GATED = replace(
    SET, id=VectorSetId("refusal", "2.0.0"), digest="g" * 64, gate=Gate(0, torch.ones(4), 0.5, 2.0), largest_alpha=1.5
)


class Either:
    """A directive of either sign, as an evaluation may ask for."""

    gate = False

    def __init__(self, vector: VectorSetId, alpha: float) -> None:
        self.vector = vector
        self.alpha = alpha


@pytest.fixture
async def bank() -> VectorBank:
    calls: list[tuple[str, Any]] = []

    async def rpc(method: str, arguments: tuple[Any, ...]) -> None:
        calls.append((method, arguments))

    bank = VectorBank(3, rpc)
    await bank.load(SET)
    await bank.load(GATED)
    assert [method for method, _ in calls] == ["sarsteer_load"] * 2
    return bank


async def test_the_gate_is_asked_for_as_the_directive_says(bank: VectorBank) -> None:
    for gate in (True, False):
        with bank.lease(Directive(GATED.id, 1.0, gate)) as wire:
            assert wire == WireDirective(GATED.digest, 1.0, gate)


async def test_a_gate_that_the_set_lacks_is_refused_at_the_door(bank: VectorBank) -> None:
    with (
        pytest.raises(DirectiveRefused, match=r"refusal@1\.0\.0 has no gate; ask for it with the gate off"),
        bank.lease(Directive(SET.id, 1.0, gate=True)),
    ):
        pytest.fail("it was lent")


async def test_strength_zero_needs_neither_set_nor_gate(bank: VectorBank) -> None:
    with bank.lease(Directive(VectorSetId("gone", "1.0.0"), 0.0, gate=True)) as wire:
        assert wire == UNSTEERED


@pytest.mark.parametrize(
    ("asked", "lent"), [(0.1, 0.1), (1.5, 1.5), (40.0, 1.5), (-1.5, -1.5), (-0.1, -0.1), (-40.0, -1.5)]
)
async def test_no_directive_of_either_sign_exceeds_the_sets_dose_cap(
    bank: VectorBank, asked: float, lent: float
) -> None:
    with bank.lease(Either(GATED.id, asked)) as wire:
        assert wire.alpha == lent
    with bank.lease(Either(SET.id, asked)) as wire:
        assert wire.alpha == asked
