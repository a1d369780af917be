"""Which fields of a chat request are taken, and why some that vLLM knows are not."""

from collections.abc import Mapping
from typing import Any

from server.chat.bounds import check_bounds
from server.engine.protocol import Json
from server.errors import InvalidValue

TAKEN = frozenset(
    {
        # OpenAI's.
        "messages", "model", "frequency_penalty", "logprobs", "top_logprobs", "max_tokens", "max_completion_tokens",
        "n", "presence_penalty", "response_format", "seed", "stop", "stream", "stream_options", "temperature", "top_p",
        "tools", "tool_choice", "parallel_tool_calls", "user",
        # vLLM's, which change how an answer is sampled but not what it is steered by.
        "top_k", "min_p", "repetition_penalty", "stop_token_ids", "include_stop_str_in_output", "ignore_eos",
        "min_tokens", "skip_special_tokens",
    }
)  # fmt: skip

IGNORED = frozenset({"modalities", "metadata", "store", "service_tier", "safety_identifier", "prompt_cache_key"})
"""OpenAI's, without a meaning here: accepted, so that clients that always send them work."""

REFUSED: Mapping[str, str] = {
    "use_beam_search": "beam search cannot be steered; sample or decode greedily instead",
    "logit_bias": "it would let a caller suppress the words of a refusal",
    "bad_words": "it would let a caller suppress the words of a refusal",
    "allowed_token_ids": "it would let a caller suppress the words of a refusal",
    "structured_outputs": "it would let a caller fix an answer's first words; use response_format",
    "continue_final_message": "a defended answer starts at its beginning; leave the assistant's turn to the model",
    "add_generation_prompt": "a defended answer starts at its beginning; leave the assistant's turn to the model",
    "chat_template": "the model's own chat template is used",
    "audio": "this server answers in text",
    "functions": "use tools",
    "function_call": "use tool_choice",
}


def take_fields(body: Any) -> tuple[Json, Any]:
    """Split a request's JSON into the body for the engine and the ``steering`` field, None where there is none.

    Raise InvalidValue, naming the field, for what is not a chat request or is not taken.
    """
    if not isinstance(body, dict):
        raise InvalidValue("The body must be a JSON object.")
    for field, value in body.items():
        if value is None or field in TAKEN or field in IGNORED or field == "steering":
            continue
        if field in REFUSED:
            raise InvalidValue(f"{field} is not taken: {REFUSED[field]}.", param=field)
        raise InvalidValue(f"Unknown field {field!r}; leave it out.", param=field)
    if not isinstance(body.get("messages"), list) or not body["messages"]:
        raise InvalidValue("messages must be a list of at least one message.", param="messages")
    taken = {field: value for field, value in body.items() if field in TAKEN and value is not None}
    check_bounds(taken)
    return taken, body.get("steering")


def requested_strength(steering: Any) -> Any:
    """The strength that a ``steering`` field asks for, unchecked; None where it asks for none."""
    if steering is None:
        return None
    if not isinstance(steering, dict):
        raise InvalidValue('steering must be an object, as {"strength": 1.5}.', param="steering")
    for field in steering:
        if field != "strength":
            raise InvalidValue(
                f"steering.{field} is not a caller's to set; only strength is.", param=f"steering.{field}"
            )
    return steering.get("strength")
