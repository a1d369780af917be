"""The gates of a step: which token is read into which cell, and what waits for its reading."""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import torch

from steering.vllm.layers import CONSTANT_CELL, FIRST_CELL, SCRAP_CELL, GateBuffers

Ints = npt.NDArray[np.integer[Any]]
Flags = npt.NDArray[np.bool_]


class GatedRow(Protocol):
    """What of a request's row concerns its gate."""

    @property
    def cell(self) -> int: ...
    @property
    def waits(self) -> int: ...
    @property
    def rereads(self) -> bool: ...


class Arrival(Protocol):
    """When a copy from the device has come."""

    def synchronize(self) -> None: ...


def read_cells(rows: Sequence[GatedRow], scheduled: Ints, computed: Ints, prompt: Ints) -> list[int]:
    """The cells that a step widens: by the last prompt token, and by every later one where the gate rereads."""
    reaches = prompt <= computed + scheduled
    return [
        row.cell
        for row, reached, fresh in zip(rows, reaches, computed < prompt, strict=True)
        if row.cell != CONSTANT_CELL and reached and (fresh or row.rereads)
    ]


class GateRows:
    """Fills the gates' buffers. On the CPU it writes them in place, elsewhere through the host's copies."""

    def __init__(self, buffers: GateBuffers) -> None:
        self._buffers = buffers
        self.cells = range(FIRST_CELL, FIRST_CELL + buffers.room)
        on_device = (buffers.cell, buffers.reads, buffers.waits)
        on_host = on_device if buffers.cell.device.type == "cpu" else tuple(each.to("cpu") for each in on_device)
        self._copies = tuple(zip(on_host, on_device, (CONSTANT_CELL, SCRAP_CELL, -1), strict=True))

    def shut(self, cell: int) -> None:
        """Make the cell ready for another request."""
        self._buffers.cells[cell] = 0.0

    def values(self, cells: Sequence[int]) -> tuple[torch.Tensor, Arrival | None]:
        """A copy, on the host, of what the cells hold after the steps that were launched so far, and when it is there.

        It waits for nothing, and is read on another thread, whose stream knows nothing of this one's.
        """
        held = self._buffers.cells
        if held.device.type == "cpu":
            return held[torch.tensor(cells)], None
        wanted = torch.tensor(cells, pin_memory=True).to(held.device, non_blocking=True)
        copied = held.index_select(0, wanted).to("cpu", non_blocking=True)
        arrived = torch.Event(held.device)
        arrived.record()
        return copied, arrived

    def fill(
        self, rows: Sequence[GatedRow], scheduled: Ints, last_prompt: Flags, steered: Flags, total: int, reach: int
    ) -> None:
        """Write a step: ``last_prompt`` and ``steered`` say of each of its ``total`` tokens what it is."""

        def per_token(values: list[Any], where: Flags, otherwise: int) -> npt.NDArray[np.int64]:
            return np.where(where, np.repeat(np.array(values, np.int64), scheduled), otherwise)

        rereads = np.repeat(np.array([row.rereads for row in rows], bool), scheduled)
        gated = np.repeat(np.array([row.cell != CONSTANT_CELL for row in rows], bool), scheduled)
        cells = [row.cell for row in rows]
        tokens = (
            per_token(cells, steered, CONSTANT_CELL),
            per_token(cells, gated & (last_prompt | rereads & steered), SCRAP_CELL),
            per_token([row.waits for row in rows], last_prompt, -1),
        )
        for (host, device, rest), values in zip(self._copies, tokens, strict=True):
            write(host, device, values.reshape(total, *device.shape[1:]), total, reach, rest)


def write(
    host: torch.Tensor, device: torch.Tensor, values: npt.NDArray[Any], total: int, reach: int, rest: int = 0
) -> None:
    """Put the step's ``total`` values into a buffer, and ``rest`` behind them up to ``reach``."""
    host[:total] = torch.from_numpy(values)
    host[total:reach] = rest
    if device is not host:
        # A pinned copy of its own a step: the copy may still run when the next step fills ``host``.
        device[:reach].copy_(host[:reach].pin_memory(), non_blocking=True)
