"""The only file that knows vLLM's OpenAI serving classes: a ChatEngine made of them.

``steering.vllm.environment.prepare`` must have run before this is imported.
"""

import asyncio
import json
import os
from argparse import Namespace
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from contextlib import aclosing, contextmanager
from contextvars import ContextVar
from math import inf
from typing import Any

from pydantic import ValidationError
from starlette.datastructures import State
from vllm.engine.arg_utils import AsyncEngineArgs
from vllm.entrypoints.launchers.api_server.app_state import init_app_state
from vllm.entrypoints.launchers.cli_args import make_arg_parser, validate_parsed_serve_args
from vllm.entrypoints.openai.chat_completion.protocol import ChatCompletionRequest
from vllm.entrypoints.serve.engine.protocol import ErrorResponse
from vllm.entrypoints.serve.exception_handling.error_response import create_error_response
from vllm.exceptions import VLLMValidationError
from vllm.multimodal.media import MEDIA_CONNECTOR_REGISTRY, MediaConnector
from vllm.utils.argparse_utils import FlexibleArgumentParser
from vllm.v1.engine.exceptions import EngineDeadError

from server.engine.protocol import ChatCall, Json, Waveform
from server.errors import (
    ApiError,
    InternalError,
    InvalidValue,
    ModelNotFound,
    Overloaded,
    field_path,
)
from steering.vector_set import VectorSet, VectorSetId
from steering.vllm.bank import DirectiveRefused
from steering.vllm.config import SteeringConfig, configure
from steering.vllm.directive import directed
from steering.vllm.engine import SteeredAsyncLLM, UndirectedRequest

_clips: ContextVar[Mapping[str, Waveform]] = ContextVar("sarsteer_clips")


class UnsupportedFlag(Exception):
    """An engine flag that would take from the server what the server decides."""


_BACKGROUND = 1
"""vLLM's priority of what waits for callers, who are 0."""

_OURS = {
    "host": "--host",
    "port": "--port",
    "uds": "--host",
    "api_key": "--tenants",
    "middleware": None,
    "worker_cls": None,
    "scheduler_cls": None,
    "api_server_count": None,
    "scheduling_policy": None,
    "headless": None,
    "ssl_keyfile": None,
    "ssl_certfile": None,
    "enable_log_requests": None,
    "enable_log_outputs": None,
}


@MEDIA_CONNECTOR_REGISTRY.register("sarsteer")
class ClipConnector(MediaConnector):
    """Gives vLLM the clips that the server has decoded, by the URL that stands for them, and fetches nothing."""

    async def fetch_audio_async(self, audio_url: str) -> tuple[Any, int]:
        try:
            clip = _clips.get()[audio_url]
        except LookupError:
            raise VLLMValidationError("This server decodes audio itself; send it as input_audio.") from None
        return clip.samples, clip.sample_rate

    async def load_from_url_async(self, *_args: Any, **_kwargs: Any) -> Any:
        raise VLLMValidationError("This server takes text and audio; it fetches no other media.")

    def load_from_url(self, *_args: Any, **_kwargs: Any) -> Any:
        raise VLLMValidationError("This server takes text and audio; it fetches no other media.")


class VllmChatEngine:
    """vLLM in this process: its engine behind our door, its chat handler in front."""

    def __init__(self, llm: SteeredAsyncLLM, state: State, hears_seconds: float) -> None:
        self._llm = llm
        self._chat = state.openai_serving_chat
        self._models = state.openai_serving_models
        self._gate_layers = SteeringConfig.of(llm.vllm_config).gate_layers
        extractor = _feature_extractor(llm)
        self._sample_rate = int(extractor.sampling_rate)
        # Whisper's extractor, which these models share, cuts what is longer than its window.
        self._hears_seconds = min(hears_seconds, float(getattr(extractor, "chunk_length", inf)))

    @property
    def model(self) -> str:
        return str(self._models.base_model_paths[0].name)

    @property
    def sample_rate(self) -> int:
        return self._sample_rate

    @property
    def hears_seconds(self) -> float:
        return self._hears_seconds

    @property
    def fingerprint(self) -> str:
        return str(self._chat.system_fingerprint or "unknown")

    @property
    def alive(self) -> bool:
        return not self._llm.errored

    @property
    def vector_sets(self) -> tuple[VectorSet, ...]:
        return self._llm.bank.loaded

    @property
    def gate_layers(self) -> tuple[int, ...]:
        return self._gate_layers

    async def load(self, vector_set: VectorSet) -> None:
        await self._llm.bank.load(vector_set)

    async def unload(self, id_: VectorSetId) -> None:
        await self._llm.bank.unload(id_)

    async def complete(self, call: ChatCall) -> Json:
        with _as_api_errors():
            answer = await self._create(call)
            if isinstance(answer, ErrorResponse):
                if _is_cancelled():
                    raise asyncio.CancelledError
                raise _api_error(answer)
            completion: Json = answer.model_dump(mode="json", exclude_none=True)
            return completion

    async def stream(self, call: ChatCall) -> AsyncGenerator[Json, None]:
        with _as_api_errors():
            events = await self._create(call)
            if isinstance(events, ErrorResponse):
                raise _api_error(events)
            async with aclosing(events):
                async for event in events:
                    data = event.removeprefix("data: ").strip()
                    if data == "[DONE]":
                        return
                    chunk = json.loads(data)
                    if "error" in chunk:
                        raise _api_error(ErrorResponse.model_validate(chunk))
                    yield chunk

    async def _create(self, call: ChatCall) -> Any:
        try:
            request = ChatCompletionRequest.model_validate(call.body)
        except ValidationError as invalid:
            raise _invalid_body(invalid) from invalid
        if call.background:
            request.priority = _BACKGROUND
        token = _clips.set(call.clips)
        try:
            with directed(call.directive, call.reading):
                return await self._chat.create_chat_completion(request)
        finally:
            _clips.reset(token)

    def close(self) -> None:
        self._llm.shutdown()


def _is_cancelled() -> bool:
    """Whether who waits for this wants it no longer, which vLLM takes for its client's leaving, and answers."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


async def start_engine(
    model: str, name: str, steering: SteeringConfig, flags: Sequence[str], hears_seconds: float = inf
) -> VllmChatEngine:
    """Start vLLM on ``model`` with its own ``flags``, steered.

    ``hears_seconds`` is for a model that was trained on less than the window of its feature extractor.
    Raise UnsupportedFlag or UnsupportedEngine for an option that cannot be combined with steering.
    """
    # Audio reaches vLLM decoded; its own fetching and decoding of media is never used.
    os.environ["VLLM_MEDIA_CONNECTOR"] = "sarsteer"
    args = parse_flags(["--model", model, "--served-model-name", name, *flags])
    engine_args = AsyncEngineArgs.from_cli_args(args)
    configure(engine_args, steering)
    llm = SteeredAsyncLLM.from_vllm_config(
        engine_args.create_engine_config(), disable_log_stats=engine_args.disable_log_stats
    )
    try:
        state = State()
        await init_app_state(llm, state, args, await llm.get_supported_tasks())
        return VllmChatEngine(llm, state, hears_seconds)
    except BaseException:
        llm.shutdown()
        raise


def parse_flags(flags: Sequence[str]) -> Namespace:
    """vLLM's own flags, as ``vllm serve`` takes them; UnsupportedFlag for those that are the server's."""
    parser = make_arg_parser(FlexibleArgumentParser())
    args: Namespace = parser.parse_args(list(flags))
    validate_parsed_serve_args(args)
    for field, instead in _OURS.items():
        if getattr(args, field, None) != parser.get_default(field):
            flag = "--" + field.replace("_", "-")
            raise UnsupportedFlag(
                f"{flag} is not for the engine" + (f"; use sarsteer's {instead}." if instead else "; leave it out.")
            )
    args.enable_prompt_tokens_details = True
    # Callers are all of one priority, so among them it is first come, first served, as by vLLM's default.
    args.scheduling_policy = "priority"
    return args


def _feature_extractor(llm: SteeredAsyncLLM) -> Any:
    from transformers import AutoFeatureExtractor

    return AutoFeatureExtractor.from_pretrained(llm.model_config.model, revision=llm.model_config.revision)


@contextmanager
def _as_api_errors() -> Iterator[None]:
    """What vLLM raises, in the server's words."""
    try:
        yield
    except ApiError:
        raise
    except EngineDeadError as dead:
        raise Overloaded("The engine has stopped; retry, another replica may answer.") from dead
    except UndirectedRequest as stray:
        raise InternalError() from stray
    except DirectiveRefused as refused:
        raise InvalidValue(str(refused), param="steering") from refused
    except Exception as error:
        raise _api_error(create_error_response(error)) from error


def _api_error(response: ErrorResponse) -> ApiError:
    error = response.error
    status = int(error.code)
    if status == 404:
        return ModelNotFound(error.message, param="model")
    if status in (429, 503):
        return Overloaded("The engine's queue is full; retry.")
    if 400 <= status < 500:
        return InvalidValue(error.message, param=error.param)
    return InternalError()


def _invalid_body(invalid: ValidationError) -> InvalidValue:
    first = invalid.errors()[0]
    # Pydantic names the branch of a union that it tried; the caller's field path has integers and field names only.
    steps = [step for step in first["loc"] if isinstance(step, int) or str(step).isidentifier()]
    param = field_path(tuple(steps)) or None
    return InvalidValue(f"{param or 'The body'}: {first['msg']}.", param=param)
