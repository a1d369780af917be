"""What crosses between the engine and its workers: sets on the way in, reasons and readings on the way out."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from vllm.v1.outputs import AsyncModelRunnerOutput

from steering.gate import Gate
from steering.vector_set import StrengthBand, VectorSet, VectorSetId
from steering.vllm.bank import wire_form
from steering.vllm.scheduler import READINGS, UNSTEERABLE
from steering.vllm.table import Readings
from steering.vllm.worker import SteeringWorker

VECTORS = torch.arange(8, dtype=torch.float32).reshape(2, 4)
SET = VectorSet(VectorSetId("refusal", "1.0.0"), "d" * 64, (0, 2), VECTORS, "last-prompt", 1.0, StrengthBand(0.5, 1.5))
GATE = Gate(1, torch.tensor([0.5, -0.5, 0.5, 0.5], dtype=torch.float64), bias=-0.25, gain=1.5, reread=True)


class Table:
    """Keeps what is loaded, and has read what it is told."""

    def __init__(self) -> None:
        self.loaded: list[tuple[Any, ...]] = []
        self.resident = ("one",)
        self.unsteerable: dict[str, str] = {}
        self.readings: Readings | None = None

    def load(self, *arguments: Any) -> None:
        self.loaded.append(arguments)

    def take_readings(self) -> Readings | None:
        taken, self.readings = self.readings, None
        return taken


@pytest.fixture
def table() -> Table:
    return Table()


@pytest.fixture
def worker(table: Table) -> Any:
    worker: Any = SteeringWorker.__new__(SteeringWorker)
    worker._table, worker._serving = table, True
    return worker


def output() -> Any:
    return SimpleNamespace(req_id_to_index={"a": 0, "b": 1})


def test_a_gate_arrives_in_the_worker_as_it_left_the_bank(table: Table, worker: Any) -> None:
    for gate in (GATE, None):
        assert worker.sarsteer_load(*wire_form(replace(SET, gate=gate))) == 1
    (digest, layers, vectors, positions, arrived), (*_, none) = table.loaded
    assert (digest, layers, positions) == (SET.digest, (0, 2), "last-prompt")
    assert torch.equal(vectors, VECTORS)
    assert torch.equal(arrived.direction, GATE.direction.float())
    assert arrived.direction.dtype == torch.float32
    assert (arrived.layer, arrived.bias, arrived.gain, arrived.reread) == (1, -0.25, 1.5, True)
    assert none is None


def test_a_steps_output_tells_what_its_gates_read_once(table: Table, worker: Any) -> None:
    table.readings = Readings(("a",), torch.tensor([0.5]))
    assert getattr(worker._tagged(output()), READINGS) == {"a": 0.5}
    assert not hasattr(worker._tagged(output()), READINGS)


def test_a_step_that_is_sampled_later_keeps_its_readings_until_then(table: Table, worker: Any) -> None:
    table.readings = Readings(("a",), torch.tensor([0.5]))
    assert worker._tagged(None) is None
    assert getattr(worker._tagged(output()), READINGS) == {"a": 0.5}


def test_an_output_that_is_not_there_yet_is_tagged_when_it_comes(table: Table, worker: Any) -> None:
    class Later(AsyncModelRunnerOutput):
        def get_output(self) -> Any:
            return output()

    table.readings, table.unsteerable = Readings(("a",), torch.tensor([0.5])), {"b": "why", "elsewhere": "why"}
    later = worker._tagged(Later())
    table.unsteerable.clear()
    came = later.get_output()
    assert getattr(came, READINGS) == {"a": 0.5}
    assert getattr(came, UNSTEERABLE) == {"b": "why"}


def test_what_warm_up_reads_is_told_to_nobody(table: Table, worker: Any) -> None:
    worker._serving = False
    table.readings = Readings(("a",), torch.tensor([0.5]))
    assert not hasattr(worker._tagged(output()), READINGS)
