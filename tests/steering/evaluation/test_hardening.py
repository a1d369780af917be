"""Hardening extrapolates the low-rank update of the decoder's matrices, and leaves all else as it is."""

import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from steering.evaluation.hardening import HardeningError, extrapolate, harden
from steering.fingerprint import bind_model

REFERENCE = Path("reference/checkpoint")
Q, NORM = "language_model.model.layers.0.self_attn.q_proj.weight", "language_model.model.layers.0.norm.weight"
DOWN, AUDIO = "language_model.model.layers.0.mlp.down_proj.weight", "audio_tower.layers.0.fc1.weight"
HEAD = "language_model.lm_head.weight"
SHAPES = {Q: (8, 8), DOWN: (8, 12), NORM: (8,), AUDIO: (8, 8), HEAD: (16, 8)}


def weights(seed: int) -> dict[str, torch.Tensor]:
    draw = torch.Generator().manual_seed(seed)
    return {name: torch.randn(shape, generator=draw).half() for name, shape in SHAPES.items()}


def checkpoint(folder: Path, *shards: dict[str, torch.Tensor]) -> Path:
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps({"model_type": "tiny"}))
    for number, shard in enumerate(shards):
        save_file(shard, folder / f"model-{number}.safetensors", {"format": "pt"})
    return folder


def test_the_whole_update_is_extrapolated_at_full_rank_and_its_largest_direction_at_rank_one() -> None:
    draw = torch.Generator().manual_seed(1)
    base, update = torch.randn(8, 6, generator=draw), torch.randn(8, 6, generator=draw)
    aligned = base + update
    torch.testing.assert_close(extrapolate(aligned, base, 6, 0.5), base + 1.5 * update)
    added = extrapolate(aligned, base, 1, 1.0) - aligned
    kept = torch.linalg.svdvals(added)
    torch.testing.assert_close(kept[0], torch.linalg.svdvals(update)[0])
    assert float(kept[1]) < 1e-5


def test_a_factor_of_none_changes_nothing() -> None:
    aligned, base = weights(1)[Q], weights(2)[Q]
    assert torch.equal(extrapolate(aligned, base, 4, 0.0), aligned)


@pytest.mark.parametrize(("rank", "factor"), [(0, 1.0), (2, float("nan")), (2, 1e6)])
def test_what_gives_no_weights_is_refused(rank: int, factor: float) -> None:
    with pytest.raises(ValueError, match=r"rank|range"):
        extrapolate(weights(1)[Q], weights(2)[Q], rank, factor)


def test_matrices_of_the_decoder_move_in_whichever_shard_they_are_and_nothing_else_does(tmp_path: Path) -> None:
    now, before = weights(1), weights(2)
    first = {name: now[name] for name in (Q, AUDIO)}
    second = {name: now[name] for name in (DOWN, NORM, HEAD)}
    aligned = checkpoint(tmp_path / "aligned", first, second)
    # The text model inside: the same names without the speech model's own in front.
    text = {name.removeprefix("language_model."): tensor for name, tensor in before.items() if name != AUDIO}
    harden(aligned, checkpoint(tmp_path / "base", text), tmp_path / "out", rank=2, factor=0.5)
    out = load_file(tmp_path / "out/model-0.safetensors") | load_file(tmp_path / "out/model-1.safetensors")
    for name in (AUDIO, NORM, HEAD):
        assert torch.equal(out[name], now[name])
    for name in (Q, DOWN):
        assert torch.equal(out[name], extrapolate(now[name], before[name], 2, 0.5))
        assert not torch.equal(out[name], now[name])
        assert out[name].dtype is torch.float16
    assert (tmp_path / "out/config.json").read_text() == (aligned / "config.json").read_text()


def test_a_checkpoint_hardened_against_itself_is_itself(tmp_path: Path) -> None:
    harden(REFERENCE, REFERENCE, tmp_path / "out", rank=4, factor=3.0)
    assert bind_model(tmp_path / "out") == bind_model(REFERENCE)
    before, after = (load_file(folder / "model.safetensors") for folder in (REFERENCE, tmp_path / "out"))
    assert all(torch.equal(after[name], tensor) for name, tensor in before.items())
    assert {path.name for path in (tmp_path / "out").iterdir()} == {path.name for path in REFERENCE.iterdir()}


def test_folders_that_do_not_fit_are_refused_and_nothing_is_left_behind(tmp_path: Path) -> None:
    aligned = checkpoint(tmp_path / "aligned", weights(1))
    empty = checkpoint(tmp_path / "empty")
    lacking = checkpoint(tmp_path / "lacking", {Q: weights(2)[Q]})
    other = checkpoint(tmp_path / "other", weights(2) | {Q: torch.zeros(4, 4)})
    fitting = checkpoint(tmp_path / "fitting", weights(2))
    for base, factor, said in (
        (empty, 1.0, "no decoder"),
        (lacking, 1.0, "down_proj"),
        (other, 1.0, r"\(4, 4\)"),
        (fitting, 1e6, "range"),
    ):
        with pytest.raises(HardeningError, match=said):
            harden(aligned, base, tmp_path / "out", rank=2, factor=factor)
    with pytest.raises(HardeningError, match="already"):
        harden(aligned, fitting, lacking, rank=2, factor=1.0)
    assert {path.name for path in tmp_path.iterdir()} == {"aligned", "empty", "lacking", "other", "fitting"}
