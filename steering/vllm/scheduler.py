"""The scheduler: vLLM's own, which also seals steered blocks and ends the requests that cannot be steered."""

from typing import Any

from vllm.utils.hashing import get_hash_fn_by_name
from vllm.v1.core.sched.async_scheduler import AsyncScheduler
from vllm.v1.core.sched.scheduler import Scheduler
from vllm.v1.engine import EngineCoreOutput, EngineCoreOutputs, FinishReason
from vllm.v1.request import RequestStatus

from steering.vllm.directive import READING_KEY, WIRE_KEY, MalformedDirective, WireDirective
from steering.vllm.prefix_cache import seal

_Mixin: Any = object
"""What comes after the mixin in a class is vLLM's scheduler, which has no types."""

HANDSHAKE = "sarsteer_scheduler"
"""On every SchedulerOutput of ours: the worker refuses to run without it."""

UNSTEERABLE = "sarsteer_unsteerable"
"""On a ModelRunnerOutput: {request id: why the worker could not steer it}."""

READINGS = "sarsteer_readings"
"""On a ModelRunnerOutput: {request id: how wide its gate stood open}, where this step read it."""

STOP_REASON = "sarsteer: "
"""How the stop reason of a request begins that ended because it could not be steered."""


class SteeringMixin(_Mixin):
    """Over either of vLLM's schedulers; in the engine core's process only."""

    def __init__(self, vllm_config: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(vllm_config, *args, **kwargs)
        self._readings: dict[str, float] = {}
        self._hash_fn = get_hash_fn_by_name(vllm_config.cache_config.prefix_caching_hash_algo)

    def add_request(self, request: Any) -> None:
        if request.resumable:
            # A session's prompt grows after it was admitted, so its last prompt token is not known.
            request.sampling_params.extra_args = {WIRE_KEY: "a resumable session cannot be steered"}
        if _may_steer(request):
            seal(request, self.hash_block_size, self._hash_fn)
        super().add_request(request)

    def schedule(self, *args: Any, **kwargs: Any) -> Any:
        output = super().schedule(*args, **kwargs)
        setattr(output, HANDSHAKE, True)
        return output

    def update_from_output(self, scheduler_output: Any, model_runner_output: Any) -> Any:
        """As vLLM's, after dropping the tokens of unsteerable requests, which then end with an error.

        What gates read goes with every output of its request: a caller that waits for the whole answer gets the last.

        Raising in the worker instead would end every other request with this one.
        """
        reasons: dict[str, str] = getattr(model_runner_output, UNSTEERABLE, None) or {}
        for request_id in reasons:
            if model_runner_output.sampled_token_ids:
                index = model_runner_output.req_id_to_index[request_id]
                model_runner_output.sampled_token_ids[index] = []
            model_runner_output.prompt_logprobs_dict.pop(request_id, None)
        # A step may still run for a request that has ended: nobody would ever take its reading.
        readings: dict[str, float] = getattr(model_runner_output, READINGS, None) or {}
        self._readings |= {id_: gate for id_, gate in readings.items() if id_ in self.requests}
        outputs = super().update_from_output(scheduler_output, model_runner_output)
        if self._readings:
            self._send_readings(outputs)
        for request in self.finish_requests(set(reasons), RequestStatus.FINISHED_ERROR) if reasons else ():
            outputs.setdefault(request.client_index, EngineCoreOutputs()).outputs.append(
                EngineCoreOutput(
                    request_id=request.request_id,
                    new_token_ids=[],
                    finish_reason=FinishReason.ERROR,
                    stop_reason=STOP_REASON + reasons[request.request_id],
                )
            )
        return outputs

    def finish_requests(self, request_ids: Any, *args: Any, **kwargs: Any) -> Any:
        ended = super().finish_requests(request_ids, *args, **kwargs)
        self._readings = {id_: gate for id_, gate in self._readings.items() if id_ in self.requests}
        return ended

    def _send_readings(self, outputs: Any) -> None:
        for of_client in outputs.values():
            for output in of_client.outputs:
                if output.request_id in self._readings:
                    output.kv_transfer_params = {READING_KEY: self._readings[output.request_id]}
                    if output.finish_reason is not None:
                        del self._readings[output.request_id]


def _may_steer(request: Any) -> bool:
    """Whether a request's blocks must be sealed; what cannot be read is sealed too, until the worker refuses it."""
    try:
        return WireDirective.read(request.sampling_params).steers
    except MalformedDirective:
        return True


class SteeringScheduler(SteeringMixin, Scheduler):
    """Over the synchronous scheduler."""


class SteeringAsyncScheduler(SteeringMixin, AsyncScheduler):
    """Over the asynchronous scheduler."""


def make_scheduler(vllm_config: Any, *args: Any, **kwargs: Any) -> Scheduler:
    """Named in ``scheduler_cls``: the scheduler that fits the engine's scheduling mode."""
    asynchronous = vllm_config.scheduler_config.async_scheduling
    return (SteeringAsyncScheduler if asynchronous else SteeringScheduler)(vllm_config, *args, **kwargs)
