"""The engine's door: no request passes it without a directive, whatever the request itself says."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

from vllm.exceptions import GenerationError, VLLMValidationError
from vllm.outputs import RequestOutput
from vllm.sampling_params import RequestOutputKind, SamplingParams
from vllm.v1.engine.async_llm import AsyncLLM
from vllm.v1.engine.output_processor import RequestOutputCollector

from steering.directive import Directive, Reading
from steering.vllm.bank import VectorBank
from steering.vllm.beam_search import refuse_beam_search
from steering.vllm.config import SteeringConfig, check_supported
from steering.vllm.directive import READING_KEY, WIRE_KEY, SteeredBy, current_directive
from steering.vllm.scheduler import STOP_REASON


class UndirectedRequest(Exception):
    """A request that came to the engine outside of any ``directed`` block: a fault of the server, not of it."""

    def __init__(self, request_id: str) -> None:
        super().__init__(f"Request {request_id} came to the engine without a steering directive.")


class UnsteerableRequest(GenerationError):
    """A request that a worker could not steer as directed; it was ended before it was answered."""


class SteeredAsyncLLM(AsyncLLM):
    """vLLM's AsyncLLM whose every request is steered by the directive of the context that it is sent from."""

    def __init__(self, vllm_config: Any, *args: Any, **kwargs: Any) -> None:
        check_supported(vllm_config)
        refuse_beam_search()
        super().__init__(vllm_config, *args, **kwargs)
        self.bank = VectorBank(SteeringConfig.of(vllm_config).slots, self._call_workers)
        # By the identity of the running request's parameters: two requests may come under one id.
        self._queues: dict[int, RequestOutputCollector] = {}

    async def _call_workers(self, method: str, arguments: tuple[Any, ...]) -> Any:
        return await self.collective_rpc(method, args=arguments)

    async def default_directive(self) -> Directive | None:
        """The directive of requests from outside of any ``directed`` block; None refuses them."""
        return None

    def generate(self, prompt: Any, sampling_params: Any, request_id: str, **kwargs: Any) -> Any:
        """As ``AsyncLLM.generate``, steered.

        The directive is read when this is called, not when the answer is iterated: a streamed answer is
        iterated in another context. Raise VLLMValidationError for a prompt that cannot be steered, and while
        iterating DirectiveRefused, UndirectedRequest or UnsteerableRequest.
        """
        if isinstance(prompt, AsyncGenerator):
            raise VLLMValidationError("A streamed prompt cannot be steered; send the whole prompt at once.")
        return self._steered(current_directive(), prompt, sampling_params, request_id, kwargs)

    async def _steered(
        self,
        current: tuple[SteeredBy, Reading] | None,
        prompt: Any,
        sampling_params: SamplingParams,
        request_id: str,
        kwargs: dict[str, Any],
    ) -> AsyncGenerator[RequestOutput, None]:
        directive, reading = current or (await self.default_directive(), Reading())
        if directive is None:
            raise UndirectedRequest(request_id)
        with self.bank.lease(directive) as wire:
            steered_params = sampling_params.clone()
            steered_params.extra_args = wire.as_extra_args(sampling_params.extra_args)
            # Closed before the lease ends: closing aborts the request, which must not outlive its vectors.
            try:
                async with aclosing(super().generate(prompt, steered_params, request_id, **kwargs)) as outputs:
                    async for output in outputs:
                        _take_reading(output, reading, steered_params.output_kind)
                        _raise_if_unsteerable(output)
                        yield output
            finally:
                # A request that is given up leaves there what it had produced: of a whole answer, all of it.
                left = self._queues.pop(id(steered_params), None)
                if left is not None and isinstance(left.output, RequestOutput):
                    _take_reading(left.output, reading, steered_params.output_kind)

    async def add_request(self, request_id: str, prompt: Any, params: Any, *args: Any, **kwargs: Any) -> Any:
        """Refuse what did not come through ``generate``."""
        if WIRE_KEY not in (getattr(params, "extra_args", None) or {}):
            raise UndirectedRequest(request_id)
        queue = await super().add_request(request_id, prompt, params, *args, **kwargs)
        self._queues[id(params)] = queue
        return queue

    def encode(self, *args: Any, **kwargs: Any) -> Any:
        raise VLLMValidationError("This engine only answers; pooling requests cannot be steered.")


def _take_reading(output: RequestOutput, reading: Reading, kind: RequestOutputKind) -> None:
    """Count the output's tokens, and move the gate from it, whose field is meant for other things, to the reading."""
    reading.prompt_tokens = len(output.prompt_token_ids or ()) + len(output.encoder_prompt_token_ids or ())
    told = sum(len(completion.token_ids) for completion in output.outputs)
    reading.answer_tokens = told + (reading.answer_tokens if kind is RequestOutputKind.DELTA else 0)
    carried, output.kv_transfer_params = output.kv_transfer_params, None
    if carried and READING_KEY in carried:
        reading.gate = carried[READING_KEY]


def _raise_if_unsteerable(output: RequestOutput) -> None:
    for completion in output.outputs:
        reason = completion.stop_reason
        if isinstance(reason, str) and completion.finish_reason == "error" and reason.startswith(STOP_REASON):
            raise UnsteerableRequest(f"The request was ended unanswered: {reason.removeprefix(STOP_REASON)}.")
