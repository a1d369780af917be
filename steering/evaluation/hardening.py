"""LoX: hardening a checkpoint by going on in the low-rank direction that its alignment went (arXiv 2506.15606).

W = W_aligned + factor * (the best approximation of W_aligned - W_base of a low rank), for every linear matrix of the
decoder. Nothing is trained and nothing is added at inference: the hardened folder is loaded like any other.
"""

import re
import shutil
from collections.abc import Mapping
from math import isfinite
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file

_DECODER_MATRIX = re.compile(r"^(?!talker\.)(?:.*\.)?model\.layers\.(\d+\..+\.weight)$")
"""A decoder's weight and its name within it, which speech models and the text models that they are made of share."""


class HardeningError(Exception):
    """Checkpoints that cannot be hardened; the message says what is wrong and what to give."""


def extrapolate(aligned: torch.Tensor, base: torch.Tensor, rank: int, factor: float) -> torch.Tensor:
    """``aligned`` moved on by ``factor`` times the ``rank`` largest directions of its difference to ``base``.

    Both are [out, in]; the result has the dtype of ``aligned``. Raises ValueError for a rank below 1, a factor that is
    not finite, matrices of different shapes, or a result that overflows the dtype.
    """
    if rank < 1 or not isfinite(factor):
        raise ValueError(f"Hardening takes a rank of 1 or more and a finite factor, not {rank} and {factor}.")
    if aligned.shape != base.shape:
        raise ValueError(
            f"The matrices have shapes {tuple(aligned.shape)} and {tuple(base.shape)}; they must be equal."
        )
    update = aligned.float() - base.float()
    left, singular, right = torch.linalg.svd(update, full_matrices=False)
    low = (left[:, :rank] * singular[:rank]) @ right[:rank]
    moved: torch.Tensor = (aligned.float() + factor * low).to(aligned.dtype)
    if not bool(torch.isfinite(moved).all()):
        raise ValueError(f"A factor of {factor} takes weights beyond the range of {aligned.dtype}; give a smaller one.")
    return moved


def harden(aligned: Path, base: Path, out: Path, rank: int, factor: float) -> None:
    """Write to ``out``, a new folder, the checkpoint ``aligned`` with every linear matrix of its decoder extrapolated.

    ``base`` is the checkpoint before its alignment, or the text model inside of it. Files other than weights are
    copied. Raises HardeningError before anything is written where the folders do not fit each other, and where the
    rank or the factor does not suit them.
    """
    if out.exists():
        raise HardeningError(f"{out} is there already; name a folder that is not.")
    before = _matrices(base)
    now = _matrices(aligned)
    for name, (_, _, shape) in now.items():
        if name not in before:
            raise HardeningError(f"{base} has no decoder matrix {name!r}; give what {aligned} came from.")
        if before[name][2] != shape:
            raise HardeningError(f"{name!r} is {shape} in {aligned}, {before[name][2]} in {base}; they must be equal.")
    being_written = out.with_name(f".{out.name}.part")
    shutil.copytree(aligned, being_written, ignore=shutil.ignore_patterns("*.safetensors"))
    try:
        for shard in sorted(aligned.glob("*.safetensors")):
            _harden_shard(shard, being_written / shard.name, before, rank, factor)
        being_written.rename(out)
    except ValueError as error:
        raise HardeningError(f"{aligned} was not hardened: {error}") from error
    finally:
        shutil.rmtree(being_written, ignore_errors=True)


Place = tuple[Path, str, tuple[int, ...]]
"""Where a matrix is stored: its shard, its name there, and its shape."""


def _harden_shard(shard: Path, out: Path, before: Mapping[str, Place], rank: int, factor: float) -> None:
    tensors = load_file(shard)
    for name, tensor in tensors.items():
        key = _key(name)
        if key is None or tensor.ndim != 2:
            continue
        path, stored, _ = before[key]
        with safe_open(path, "pt") as weights:
            tensors[name] = extrapolate(tensor, weights.get_tensor(stored), rank, factor).contiguous()
    with safe_open(shard, "pt") as weights:
        metadata = weights.metadata()
    save_file(tensors, out, metadata)


def _matrices(folder: Path) -> dict[str, Place]:
    """The decoder's linear matrices by their names within it; raise HardeningError where there are none."""
    found: dict[str, Place] = {}
    for shard in sorted(folder.glob("*.safetensors")):
        with safe_open(shard, "pt") as weights:
            for name in weights.keys():  # noqa: SIM118
                key, shape = _key(name), tuple(weights.get_slice(name).get_shape())
                if key is not None and len(shape) == 2:
                    found[key] = shard, name, shape
    if not found:
        raise HardeningError(f"{folder} holds no decoder in safetensors files (model.layers.*); give a checkpoint.")
    return found


def _key(name: str) -> str | None:
    match = _DECODER_MATRIX.match(name)
    return match[1] if match else None
