"""The worker: vLLM's own for this platform, with steering installed before it profiles or compiles."""

from typing import Any

import torch
from vllm.platforms import current_platform
from vllm.v1.outputs import AsyncModelRunnerOutput, ModelRunnerOutput

from steering.gate import Gate
from steering.vllm.patch import install
from steering.vllm.scheduler import HANDSHAKE, READINGS, UNSTEERABLE
from steering.vllm.table import Readings, SteeringTable

if current_platform.is_cpu():
    from vllm.v1.worker.cpu_worker import CPUWorker as PlatformWorker
else:
    from vllm.v1.worker.gpu_worker import Worker as PlatformWorker


class SteeringWorker(PlatformWorker):
    """Named in ``worker_cls``. Its ``sarsteer_*`` methods answer the engine's ``collective_rpc``."""

    _table: SteeringTable
    _serving = False

    def load_model(self, *args: Any, **kwargs: Any) -> None:
        super().load_model(*args, **kwargs)
        self._table = install(self.model_runner, self.vllm_config, self.device, v2=bool(self.use_v2_model_runner))

    def compile_or_warm_up_model(self) -> Any:
        # vLLM's own warm-up requests come from no scheduler and carry no directive.
        done = super().compile_or_warm_up_model()
        self._serving = True
        return done

    def execute_model(self, scheduler_output: Any) -> Any:
        self._table.forget(scheduler_output.finished_req_ids)
        if self._serving and scheduler_output.total_num_scheduled_tokens:
            self._check_scheduler(scheduler_output)
        return self._tagged(super().execute_model(scheduler_output))

    def sample_tokens(self, grammar_output: Any) -> Any:
        return self._tagged(super().sample_tokens(grammar_output))

    @staticmethod
    def _check_scheduler(scheduler_output: Any) -> None:
        """Only our scheduler can end a request that cannot be steered: refuse to run under any other."""
        if not getattr(scheduler_output, HANDSHAKE, False):
            raise RuntimeError(
                "This engine steers, but its scheduler does not seal steered blocks or end unsteerable requests; "
                "set scheduler_cls to steering.vllm.scheduler.make_scheduler."
            )

    def _tagged(self, output: Any) -> Any:
        """Name, on a step's output, the requests in it that could not be steered, and what their gates read."""
        if not self._serving or output is None:
            return output
        reasons, readings = self._table.unsteerable, self._table.take_readings()
        if not reasons and readings is None:
            return output
        if isinstance(output, AsyncModelRunnerOutput):
            return _TaggedLater(output, dict(reasons), readings)
        return _tag(output, reasons, readings)

    def sarsteer_load(
        self, digest: str, layers: list[int], hidden: int, raw: bytes, positions: Any, gate: Any = None
    ) -> int:
        """Make a set resident (``bank.wire_form``): ``raw`` is float32 [len(layers), hidden], row-major.

        Returns the sets resident.
        """
        vectors = torch.frombuffer(bytearray(raw), dtype=torch.float32).reshape(len(layers), hidden)
        read_by = None
        if gate is not None:
            layer, direction, bias, gain, reread = gate
            read_by = Gate(layer, torch.frombuffer(bytearray(direction), dtype=torch.float32), bias, gain, reread)
        self._table.load(digest, tuple(layers), vectors, positions, read_by)
        return len(self._table.resident)

    def sarsteer_unload(self, digest: str) -> int:
        self._table.unload(digest)
        return len(self._table.resident)

    def sarsteer_resident(self) -> list[str]:
        return list(self._table.resident)


class _TaggedLater(AsyncModelRunnerOutput):
    """An output that is still being computed on the device, tagged when it is there."""

    def __init__(self, output: AsyncModelRunnerOutput, reasons: dict[str, str], readings: Readings | None) -> None:
        self._output = output
        self._reasons = reasons
        self._readings = readings

    def get_output(self) -> ModelRunnerOutput:
        return _tag(self._output.get_output(), self._reasons, self._readings)


def _tag(output: ModelRunnerOutput, reasons: dict[str, str], readings: Readings | None) -> ModelRunnerOutput:
    here = {id_: why for id_, why in reasons.items() if id_ in output.req_id_to_index}
    if here:
        setattr(output, UNSTEERABLE, here)
    if readings is not None:
        setattr(output, READINGS, readings.by_request())
    return output
