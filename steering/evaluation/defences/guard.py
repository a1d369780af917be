"""A guardian in front of the model: what a small classifier flags is refused unasked (after arXiv 2405.19795)."""

from collections.abc import Sequence
from math import log

import torch

from steering.evaluation.defences.audio_classifier import AudioClassifier, Clip, train_audio_classifier
from steering.evaluation.defences.defence import Calibration
from steering.evaluation.defences.text_classifier import TextClassifier, train_text_classifier
from steering.evaluation.defences.threshold import best_threshold
from steering.evaluation.defences.tuning import split
from steering.evaluation.engine import Answer, BatchEngine, Request
from steering.evaluation.item import Item

REFUSAL = "I'm sorry, but I can't help with that."


class Guardian:
    """Flags where strength * odds(harmful) reaches the odds of the threshold: 0 flags nothing, more flags more.

    The clip is judged by its sound and the text by its letters; a request with both is flagged by either, but the text
    that the calibration sends with every clip says nothing and is not judged. Changed: the paper's guardian is a
    language model that reads text, finds the harm and writes the refusal; this one hears, is trained from nothing on
    the calibration alone, and always says ``refusal``. Thresholds are chosen on held-out items.
    """

    name = "guardian"
    has_strength = True
    source = (
        "After SLM as Guardian (arXiv 2405.19795). Changed: a small classifier of sound (typed requests: of letters), "
        "trained on the calibration alone, in place of a small language model; its refusal is a fixed sentence."
    )

    def __init__(self, refusal: str = REFUSAL, seed: int = 0) -> None:
        self._refusal = refusal
        self._seed = seed
        self._audio: tuple[AudioClassifier, float] | None = None
        self._text: tuple[TextClassifier, float] | None = None
        self._instructions: frozenset[str] = frozenset()

    async def prepare(self, engine: BatchEngine, calibration: Calibration) -> None:
        spoken = split(calibration.harmful, calibration.benign)
        audio = train_audio_classifier(_clips(spoken.harmful), _clips(spoken.benign), self._seed)
        heard = best_threshold(audio.logits(_clips(spoken.held_harmful)), audio.logits(_clips(spoken.held_benign)))
        self._audio = audio, heard.value
        typed = split(calibration.harmful_typed, calibration.benign_typed)
        text = train_text_classifier(_texts(typed.harmful), _texts(typed.benign))
        read = best_threshold(text.logits(_texts(typed.held_harmful)), text.logits(_texts(typed.held_benign)))
        self._text = text, read.value
        self._instructions = frozenset(item.prompt for item in (*calibration.harmful, *calibration.benign))

    async def answers(self, engine: BatchEngine, items: Sequence[Item], strength: float = 1.0) -> list[Answer]:
        """Raise ValueError for a negative strength: there is nothing to flag less than nothing."""
        if strength < 0:
            raise ValueError(f"A guardian's strength must be 0 or more, not {strength:g}.")
        flagged = self.flagged(items, strength)
        passed = [item for item, flag in zip(items, flagged, strict=True) if not flag]
        answered = iter(await engine.answers([Request(item) for item in passed]))
        return [Answer(self._refusal) if flag else next(answered) for flag in flagged]

    def flagged(self, items: Sequence[Item], strength: float = 1.0) -> list[bool]:
        """Whether each item is refused."""
        if strength == 0:
            return [False] * len(items)
        return (self._margins(items) + log(strength) >= 0).tolist()

    def _margins(self, items: Sequence[Item]) -> torch.Tensor:
        """By how much each item's logit exceeds its classifier's threshold, the larger where there are two: [items]."""
        if self._audio is None or self._text is None:
            raise RuntimeError(f"{self.name} is not fitted yet; call prepare first.")
        (audio, loud), (text, worded) = self._audio, self._text
        margins = torch.full((len(items),), float("-inf"))
        spoken = [index for index, item in enumerate(items) if item.samples is not None]
        margins[spoken] = audio.logits(_clips([items[index] for index in spoken])) - loud
        written = [
            index for index, item in enumerate(items) if item.samples is None or item.prompt not in self._instructions
        ]
        read = text.logits(_texts([items[index] for index in written])) - worded
        margins[written] = torch.maximum(margins[written], read)
        return margins


def _clips(items: Sequence[Item]) -> list[Clip]:
    return [(item.samples, item.sample_rate) for item in items if item.samples is not None]


def _texts(items: Sequence[Item]) -> list[str]:
    return [item.prompt for item in items]
