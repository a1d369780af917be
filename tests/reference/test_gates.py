import torch

from reference.gates import gate_states, markdown, table_of
from steering.evaluation.item import Item


def test_the_layer_that_tells_the_kinds_apart_is_found_for_every_origin() -> None:
    """Layer 1 of three separates harmful from benign; layers 0 and 2 hold noise."""
    draw = torch.Generator().manual_seed(0)

    def states(count: int, shift: float) -> torch.Tensor:
        noise = torch.randn(count, 3, 8, generator=draw)
        noise[:, 1, 0] += shift
        return noise

    words = [[f"harm {index}" for index in range(40)], [f"good {index}" for index in range(40)]]
    fits = gate_states((states(40, 4), states(40, -4)), (states(40, 4), states(40, -4)), words)
    assert len(fits["both"].harmful) == 80
    items = [
        Item(str(index), "", "harmful" if index % 2 else "benign", "c", condition="clean" if index < 40 else "noise")
        for index in range(80)
    ]
    seen = torch.cat([states(1, 4 if item.harmful else -4) for item in items])
    table = table_of(fits, items, seen)
    for rows in table.values():
        assert [row["layer"] for row in rows] == [0, 1, 2]
        assert rows[1]["clean"] > 0.99
        assert rows[1]["noise"] > 0.99
        assert rows[0]["clean"] < 0.9
    assert "| clean |" in markdown(table)
    assert "fitted on text, layer 1" in markdown(table)
