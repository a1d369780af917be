"""From directives to rows: which token of a step is steered by which resident set, and how strongly."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from steering.vector_set import Positions
from steering.vllm.directive import MalformedDirective, WireDirective
from steering.vllm.layers import SteeringBuffers


@dataclass(frozen=True, slots=True)
class ResidentSet:
    """A vector set that sits in a slot of this worker's banks."""

    slot: int
    positions: Positions


@dataclass(frozen=True, slots=True)
class Row:
    """One request's steering: by the set in ``slot`` (0: unsteered) at raw strength ``alpha``."""

    slot: int
    alpha: float
    decoded_too: bool


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
        self.unsteerable: dict[str, str] = {}
        tokens = buffers.alpha.shape[0]
        self._alpha = torch.zeros(tokens, 1)
        self._slot = torch.zeros(tokens, dtype=torch.int64)
        if buffers.alpha.device.type == "cpu":
            self._alpha, self._slot = buffers.alpha, buffers.slot

    @property
    def resident(self) -> tuple[str, ...]:
        """The digests of the resident sets."""
        return tuple(self._resident)

    def load(self, digest: str, layers: tuple[int, ...], vectors: torch.Tensor, positions: Positions) -> None:
        """Make a set resident; a digest that is resident already is left as it is.

        Raise ValueError if every slot is taken or the vectors do not fit this model.
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
        taken = {resident.slot for resident in self._resident.values()}
        free = [slot for slot in range(1, self._buffers.slots + 1) if slot not in taken]
        if not free:
            raise ValueError(f"All {self._buffers.slots} slots hold a vector set; unload one or start with more slots.")
        self._buffers.write(free[0], layers, vectors)
        self._resident[digest] = ResidentSet(free[0], positions)

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
            self._rows.pop(request_id, None)
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
        return Row(resident.slot, wire.alpha, resident.positions == "last-prompt-and-decoded")

    def fill(self, rows: list[Row], scheduled: Ints, computed: Ints, prompt: Ints) -> None:
        """Write this step's rows into the buffers.

        All four are in batch order, one entry a request: its row, how many of its tokens this step schedules,
        how many are computed already, and how long its prompt is. Steered are the last prompt token and, if the
        set says so, the tokens after it; positions are absolute, so a chunked prefill or a recomputation after
        preemption steers the same tokens as a whole prefill does.
        """
        if self._filled == 0 and not any(row.slot for row in rows):
            return
        total = int(scheduled.sum())
        decoding = total == len(rows) and bool((computed >= prompt).all())
        if decoding and rows == self._decoding:
            return  # The same requests decode on: the buffers hold their rows already.
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
        self._write(self._alpha, self._buffers.alpha, alpha[:, None], total, reach)
        self._write(self._slot, self._buffers.slot, slot, total, reach)
        self._filled = total if slot.any() else 0

    @staticmethod
    def _write(host: torch.Tensor, device: torch.Tensor, values: npt.NDArray[Any], total: int, reach: int) -> None:
        host[:total] = torch.from_numpy(values)
        host[total:reach] = 0
        if device is not host:
            # A pinned copy of its own a step: the copy may still run when the next step fills ``host``.
            device[:reach].copy_(host[:reach].pin_memory(), non_blocking=True)
