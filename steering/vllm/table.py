"""From directives to rows: which token of a step is steered by which resident set, and how strongly."""

from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from steering.gate import Gate
from steering.vector_set import Positions
from steering.vllm.directive import MalformedDirective, WireDirective
from steering.vllm.gate_rows import Arrival, GateRows, read_cells, write
from steering.vllm.layers import CONSTANT_CELL, SteeringBuffers


@dataclass(frozen=True, slots=True)
class ResidentSet:
    """A vector set that sits in a slot of this worker's banks."""

    slot: int
    positions: Positions
    gate_layer: int | None = None
    rereads: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One request's steering: by the set in ``slot`` (0: unsteered) at raw strength ``alpha``.

    A gated request's gate is kept in ``cell`` and read after layer ``waits``, by every token if it ``rereads``.
    """

    slot: int
    alpha: float
    decoded_too: bool
    cell: int = CONSTANT_CELL
    waits: int = -1
    rereads: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """How wide the gates stand open of the requests that a step read.

    ``values`` is a copy that the device may still be making; ``arrived`` (None: it is made) tells when it is done.
    """

    request_ids: tuple[str, ...]
    values: torch.Tensor
    arrived: Arrival | None = None

    def by_request(self) -> dict[str, float]:
        if self.arrived is not None:
            self.arrived.synchronize()
        return dict(zip(self.request_ids, self.values.tolist(), strict=True))


PLAIN = Row(slot=0, alpha=0.0, decoded_too=False)
Ints = npt.NDArray[np.integer[Any]]


class SteeringTable:
    """One worker's requests and resident sets, and the buffers that it fills before each step.

    A request's row is read from its directive once, when it is first scheduled, and kept: what is loaded or
    unloaded later cannot change an answer in its middle. A request that cannot be steered as directed stays in
    ``unsteerable`` with the reason, for the scheduler to end it.
    """

    def __init__(self, buffers: SteeringBuffers) -> None:
        self._buffers = buffers
        self._resident: dict[str, ResidentSet] = {}
        self._rows: dict[str, Row] = {}
        self._filled = 0
        self._decoding: list[Row] = []
        self._cells: dict[int, str] = {}
        self._read_cells: list[int] = []
        self._rereading: list[int] = []
        self.unsteerable: dict[str, str] = {}
        tokens = buffers.alpha.shape[0]
        self._alpha = torch.zeros(tokens, 1)
        self._slot = torch.zeros(tokens, dtype=torch.int64)
        if buffers.alpha.device.type == "cpu":
            self._alpha, self._slot = buffers.alpha, buffers.slot
        self._gates = None if buffers.gates is None else GateRows(buffers.gates)

    @property
    def resident(self) -> tuple[str, ...]:
        """The digests of the resident sets."""
        return tuple(self._resident)

    def load(
        self,
        digest: str,
        layers: tuple[int, ...],
        vectors: torch.Tensor,
        positions: Positions,
        gate: Gate | None = None,
    ) -> None:
        """Make a set resident; a digest that is resident already is left as it is.

        Raise ValueError if every slot is taken, or the vectors or the gate do not fit this model and engine.
        """
        if digest in self._resident:
            return
        hidden = self._buffers.banks[0].shape[1]
        if vectors.shape != (len(layers), hidden) or not set(layers) <= set(range(len(self._buffers.banks))):
            raise ValueError(
                f"Vector set {digest[:12]} has vectors of shape {tuple(vectors.shape)} for layers {layers}; "
                f"this model has {len(self._buffers.banks)} layers of hidden size {hidden}."
            )
        if not bool(torch.isfinite(vectors).all()):
            raise ValueError(f"Vector set {digest[:12]} holds values that are not finite.")
        if gate is not None and not _is_sound(gate, hidden):
            raise ValueError(
                f"The gate of vector set {digest[:12]} has a direction of shape {tuple(gate.direction.shape)} or values"
                f" that are not finite; this model needs finite ones and a direction of [{hidden}]."
            )
        taken = {resident.slot for resident in self._resident.values()}
        free = [slot for slot in range(1, self._buffers.slots + 1) if slot not in taken]
        if not free:
            raise ValueError(f"All {self._buffers.slots} slots hold a vector set; unload one or start with more slots.")
        self._buffers.write(free[0], layers, vectors, gate)
        resident = ResidentSet(free[0], positions)
        if gate is not None:
            rereads = gate.reread and positions == "last-prompt-and-decoded"
            resident = replace(resident, gate_layer=gate.layer, rereads=rereads)
        self._resident[digest] = resident

    def unload(self, digest: str) -> None:
        """Free a set's slot. A request that still used it can no longer be steered, and will be ended."""
        resident = self._resident.pop(digest, None)
        if resident is None:
            return
        for request_id, row in self._rows.items():
            if row.slot == resident.slot:
                self.unsteerable[request_id] = f"vector set {digest[:12]} was unloaded while it was in use"
        self._buffers.clear(resident.slot)

    def forget(self, request_ids: Any) -> None:
        """Drop the rows of requests that have ended."""
        for request_id in request_ids:
            row = self._rows.pop(request_id, None)
            if row is not None:
                self._cells.pop(row.cell, None)
            self.unsteerable.pop(request_id, None)

    def admit(self, request_id: str, sampling_params: Any) -> Row:
        """The request's row, read from its directive the first time that it is seen."""
        row = self._rows.get(request_id)
        if row is None:
            row = self._rows[request_id] = self._read(request_id, sampling_params)
        return PLAIN if request_id in self.unsteerable else row

    def _read(self, request_id: str, sampling_params: Any) -> Row:
        try:
            wire = WireDirective.read(sampling_params)
        except MalformedDirective as error:
            self.unsteerable[request_id] = str(error)
            return PLAIN
        if not wire.steers:
            return PLAIN
        resident = self._resident.get(wire.digest)
        if resident is None:
            self.unsteerable[request_id] = f"vector set {wire.digest[:12]} is not loaded in this worker"
            return PLAIN
        row = Row(resident.slot, wire.alpha, resident.positions == "last-prompt-and-decoded")
        return self._gated(request_id, row, resident) if wire.gate else row

    def _gated(self, request_id: str, row: Row, resident: ResidentSet) -> Row:
        """The row with a shut gate of its own, kept until the request ends."""
        if self._gates is None or resident.gate_layer is None:
            self.unsteerable[request_id] = "it is to be gated and its vector set has no gate in this worker"
            return PLAIN
        cell = next((cell for cell in self._gates.cells if cell not in self._cells), None)
        if cell is None:
            self.unsteerable[request_id] = f"all {len(self._gates.cells)} gates of this worker are in use"
            return PLAIN
        self._cells[cell] = request_id
        self._gates.shut(cell)
        return replace(row, cell=cell, waits=resident.gate_layer, rereads=resident.rereads)

    def take_readings(self) -> Readings | None:
        """What the gates of the last filled step read, once; None if it read none."""
        cells, self._read_cells = [cell for cell in self._read_cells if cell in self._cells], []
        if not cells or self._gates is None:
            return None
        return Readings(tuple(self._cells[cell] for cell in cells), *self._gates.values(cells))

    def fill(self, rows: list[Row], scheduled: Ints, computed: Ints, prompt: Ints) -> None:
        """Write this step's rows into the buffers.

        All four are in batch order, one entry a request: its row, how many of its tokens this step schedules,
        how many are computed already, and how long its prompt is. Steered are the last prompt token and, if the
        set says so, the tokens after it; positions are absolute, so a chunked prefill or a recomputation after
        preemption steers the same tokens as a whole prefill does.
        """
        self._read_cells = []
        if self._filled == 0 and not any(row.slot for row in rows):
            return
        total = int(scheduled.sum())
        decoding = total == len(rows) and bool((computed >= prompt).all())
        if decoding and rows == self._decoding:
            self._read_cells = self._rereading
            return  # The same requests decode on: the buffers hold their rows already.
        if self._gates is not None:
            # While they decode on, what reads is what rereads, and stays the same.
            self._read_cells = self._rereading = read_cells(rows, scheduled, computed, prompt)
        self._decoding = rows if decoding else []
        ends = np.cumsum(scheduled)
        positions = np.arange(total) + np.repeat(computed - (ends - scheduled), scheduled)
        last = np.repeat(prompt - 1, scheduled)
        decoded_too = np.repeat(np.array([row.decoded_too for row in rows]), scheduled)
        steered = (positions == last) | (decoded_too & (positions > last))
        alpha = np.repeat(np.array([row.alpha for row in rows], np.float32), scheduled) * steered
        slot = np.repeat(np.array([row.slot for row in rows], np.int64), scheduled) * steered
        # Rows beyond this step's tokens are cleared too: a captured graph reads them as padding.
        reach = max(total, self._filled)
        write(self._alpha, self._buffers.alpha, alpha[:, None], total, reach)
        write(self._slot, self._buffers.slot, slot, total, reach)
        if self._gates is not None:
            self._gates.fill(rows, scheduled, positions == last, steered, total, reach)
        self._filled = total if slot.any() else 0


def _is_sound(gate: Gate, hidden: int) -> bool:
    finite = bool(torch.isfinite(gate.direction).all()) and isfinite(gate.bias) and isfinite(gate.gain)
    return finite and gate.direction.shape == (hidden,)
