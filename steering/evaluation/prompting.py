"""From a request to the text of its prompt, by the model's own chat template."""

from typing import Any

from steering.evaluation.engine import Request


def chat_prompt(processor: Any, request: Request) -> str:
    """The prompt of ``request``, with a place for its clip, up to where the answer begins.

    ``processor`` is a transformers processor whose template puts the clip before the text.
    """
    item = request.item
    parts: list[dict[str, str]] = [] if item.samples is None else [{"type": "audio", "audio_url": "clip"}]
    if text := item.prompt + request.suffix:
        parts.append({"type": "text", "text": text})
    turns: list[dict[str, Any]] = [] if request.system is None else [{"role": "system", "content": request.system}]
    turns += [{"role": turn.role, "content": [{"type": "text", "text": turn.text}]} for turn in item.history]
    turns.append({"role": "user", "content": parts})
    return str(processor.apply_chat_template(turns, add_generation_prompt=True, tokenize=False))
