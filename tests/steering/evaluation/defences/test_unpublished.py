import pytest
import torch

from steering.evaluation.defences.unpublished import best_set, in_every_position, loaded, unpublished
from steering.vector_set import VectorSet
from tests.steering.evaluation.defences.scripted import ScriptedEngine


def random(*shape: int) -> torch.Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(0))


def test_sets_of_one_content_have_a_digest_for_each_name() -> None:
    one, other = (unpublished("scans", number, (0, 2), random(3, 4), "last-prompt") for number in (1, 2))
    assert one.digest != other.digest
    assert one.id != other.id
    torch.testing.assert_close(one.vectors, random(3, 4)[[0, 2]])


async def test_candidates_take_one_slot_and_give_it_back() -> None:
    engine = ScriptedEngine()

    async def score(candidate: VectorSet, alpha: float) -> float:
        assert list(engine.held) == [candidate.id]
        return alpha if candidate.positions == "last-prompt" and candidate.layers == (1,) else 0.0

    sets = in_every_position("cast", [(0,), (1,), (0,)], random(4, 16))
    best, alpha = await best_set(engine, sets, [0.1, 0.3, 0.2], score)
    assert (best.layers, best.positions, alpha) == ((1,), "last-prompt", 0.3)
    assert not engine.held


async def test_slots_are_given_back_when_asking_fails() -> None:
    engine = ScriptedEngine()
    with pytest.raises(ZeroDivisionError):
        async with loaded(engine, unpublished("cast", 1, (0,), random(4, 16), "last-prompt")):
            raise ZeroDivisionError
    assert not engine.held
