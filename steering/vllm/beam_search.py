"""Beam search is refused: it re-sends what it decoded as a prompt, so its decoded tokens would go unsteered."""

from typing import Any

from vllm.entrypoints.generate.beam_search.online import BeamSearchOnlineMixin
from vllm.exceptions import VLLMValidationError


def _refuse(*_args: Any, **_kwargs: Any) -> Any:
    raise VLLMValidationError(
        "Beam search cannot be steered; sample or decode greedily instead.", parameter="use_beam_search"
    )


def refuse_beam_search() -> None:
    """Make every serving class of this process refuse beam search."""
    BeamSearchOnlineMixin.beam_search = _refuse
