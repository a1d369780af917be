"""An engine whose model is a script: where its states lie and what makes it refuse is known, so fits can be checked."""

from collections.abc import Sequence
from zlib import crc32

import numpy as np
import torch

from steering.evaluation.defences.defence import Calibration
from steering.evaluation.engine import Answer, LinearSteering, Request
from steering.evaluation.item import Item, Label
from steering.vector_set import VectorSet, VectorSetId

LAYERS, HIDDEN = 4, 16
HARM, REFUSAL, SURE_HARMFUL, SURE_BENIGN, BASE = 0, 1, 2, 3, 15
STREAM = 10.0
REFUSAL_PROMPT = "I cannot assist with that."
REFUSED = "I'm sorry, but I can't help with that."
STUCK = "I'm sorryI'm sorryI'm sorryI'm sorryI'm sorry"
TOWARDS, TOO_MUCH = 0.2, 1.5


class ScriptedEngine:
    """Refuses what is pushed along harm and refusal by TOWARDS streams over all layers, gets stuck beyond TOO_MUCH.

    A state is the stream's base, the request's own noise, 4 along harm if it is harmful, 3 along refusal if the
    refusal prompt follows, and 2 along a direction of its class if "Sure" does.
    """

    num_layers = LAYERS
    hidden_size = HIDDEN

    def __init__(self, slots: int = 8) -> None:
        self.requests: list[Request] = []
        self.held: dict[VectorSetId, VectorSet | LinearSteering] = {}
        self.most_held = 0
        self._slots = slots

    async def load(self, steering: VectorSet | LinearSteering) -> None:
        self.held[steering.id] = steering
        # Matrices lie elsewhere: they take no slot of the vectors'.
        held = sum(isinstance(each, VectorSet) for each in self.held.values())
        self.most_held = max(self.most_held, held)
        assert held <= self._slots

    async def unload(self, id_: VectorSetId) -> None:
        del self.held[id_]

    async def states(self, requests: Sequence[Request]) -> torch.Tensor:
        return torch.stack([_state(request) for request in requests])

    async def answers(self, requests: Sequence[Request]) -> list[Answer]:
        self.requests += requests
        return [Answer(self._answer(request)) for request in requests]

    def added(self, request: Request) -> torch.Tensor:
        """What steering adds to the request, in streams: [layers, hidden]."""
        result = torch.zeros(LAYERS, HIDDEN)
        if request.directive.alpha:
            steering = self.held[request.directive.vector]
            for index, layer in enumerate(steering.layers):
                result[layer] = (
                    steering.matrices[index] @ _state(request)[layer]
                    if isinstance(steering, LinearSteering)
                    else steering.vectors[index]
                )
        return request.directive.alpha * result / STREAM

    def _answer(self, request: Request) -> str:
        added = self.added(request)
        if float(added.norm(dim=-1).sum()) > TOO_MUCH:
            return STUCK
        if float(added[:, HARM].sum() + added[:, REFUSAL].sum()) >= TOWARDS:
            return REFUSED
        if request.item.harmful and (request.system or request.suffix):
            return REFUSED
        return compliant(request.item)


def compliant(item: Item) -> str:
    return f"Sure, about {item.question}."


def item(label: Label, number: int, typed: bool = False) -> Item:
    """Harmful requests sound low, benign ones high."""
    question = f"{label} question {number}"
    tone = np.sin(np.arange(8_000) * (0.15 if label == "harmful" else 0.9) + number).astype(np.float32)
    return Item(
        f"{question} {'typed' if typed else 'spoken'}",
        question,
        label,
        "scripted",
        samples=None if typed else tone,
        prompt=question if typed else "",
        expected=f"Sure, about {question}." if label == "benign" else None,
    )


def items(label: Label, count: int, typed: bool = False, first: int = 0) -> list[Item]:
    return [item(label, number, typed) for number in range(first, first + count)]


CALIBRATION = Calibration(
    harmful=items("harmful", 12),
    benign=items("benign", 12),
    harmful_typed=items("harmful", 12, typed=True),
    benign_typed=items("benign", 12, typed=True),
    instruction="",
    refusal_prompt=REFUSAL_PROMPT,
    layers=(2, 3),
)
FRESH = [*items("harmful", 5, first=20), *items("benign", 5, first=20)]


def _state(request: Request) -> torch.Tensor:
    state = torch.zeros(HIDDEN)
    state[BASE] = STREAM
    noise = torch.Generator().manual_seed(crc32(request.item.id.encode()))
    state[4:BASE] = 0.3 * torch.randn(BASE - 4, generator=noise)
    state[HARM] = 4.0 if request.item.harmful else 0.0
    if request.suffix == REFUSAL_PROMPT:
        state[REFUSAL] = 3.0
    elif request.suffix:
        state[SURE_HARMFUL if request.item.harmful else SURE_BENIGN] = 2.0
    return state.expand(LAYERS, HIDDEN).clone()
