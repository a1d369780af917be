import pytest
import torch

from steering.evaluation.defences.directions import as_long_as, difference, principal, states_of, stream_norms
from tests.steering.evaluation.defences.scripted import REFUSAL, REFUSAL_PROMPT, ScriptedEngine, items


def random(*shape: int) -> torch.Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(0))


async def test_states_are_read_with_the_suffix() -> None:
    engine, asked = ScriptedEngine(), items("harmful", 3)
    moved = await states_of(engine, asked, REFUSAL_PROMPT) - await states_of(engine, asked)
    assert set(moved[..., REFUSAL].flatten().tolist()) == {3.0}


def test_a_difference_is_taken_layer_by_layer() -> None:
    towards, away = random(5, 3, 4), random(7, 3, 4)
    torch.testing.assert_close(difference(towards, away), towards.mean(dim=0) - away.mean(dim=0))


def test_directions_become_as_long_as_their_layers_stream() -> None:
    norms = stream_norms(random(6, 3, 4))
    directions = random(3, 4)
    scaled = as_long_as(directions, norms)
    torch.testing.assert_close(scaled.norm(dim=-1), norms)
    assert torch.nn.functional.cosine_similarity(scaled, directions).tolist() == pytest.approx([1.0] * 3)


def test_no_direction_stays_none() -> None:
    assert not as_long_as(torch.zeros(2, 4), torch.ones(2)).any()


def test_the_principal_direction_is_the_widest_and_points_where_it_is_told() -> None:
    rows = random(40, 5) * torch.tensor([5.0, 1, 1, 1, 1])
    towards = torch.tensor([-1.0, 0, 0, 0, 0])
    found = principal(rows, towards)
    assert float(found @ towards) > 0.95
    torch.testing.assert_close(principal(rows, -towards), -found)
