"""What the command line asks to be evaluated, and the model and vectors that it means."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol

from steering.evaluation.engine import BatchEngine
from steering.fingerprint import bind_model
from steering.hub import open_store, resolve_model
from steering.manifest import ModelBinding
from steering.vector_set import VectorSet, VectorSetId

Size = Literal["quick", "full", "ablations"]
"""``ablations`` repeats the paper's studies of k, N, layers and strength, instead of comparing defences."""


class EvaluationError(Exception):
    """An evaluation that cannot be run as it was asked for; the message says why and what to give."""


class ClosableEngine(BatchEngine, Protocol):
    """An engine that is stopped when the run is over."""

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class JudgeSpec:
    """Who judges. ``url`` and ``model`` are those of a language model behind an OpenAI-style API."""

    kind: Literal["detector", "keywords", "llm"]
    url: str = ""
    model: str = ""


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """What the command line says of the engine: the longest answer in tokens, and vLLM's own arguments."""

    max_tokens: int | None = None
    flags: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks for. Empty ``defences`` and ``conditions`` are the suite's own; at most one of
    ``set_`` and ``public`` (a public set's name and its source) takes the place of the reference's questions, and then
    ``calibration`` is a set to fit defences on."""

    size: Size
    model: str
    store: str
    vector: VectorSetId | None = None
    set_: Path | None = None
    public: tuple[str, str] | None = None
    defences: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    calibration: Path | None = None
    judges: tuple[JudgeSpec, ...] = (JudgeSpec("detector"),)
    seed: int = 0
    engine: EngineOptions = EngineOptions()


@dataclass(frozen=True, slots=True)
class Target:
    """The model under evaluation and its vectors, verified."""

    folder: Path
    binding: ModelBinding
    vectors: VectorSet


def target_of(asked: Asked) -> Target:
    """The model and the vector set that were named. Raises EvaluationError, ModelFolderError, VectorStoreError."""
    store = open_store(asked.store)
    vector = asked.vector
    if vector is None:
        names = sorted({entry.id.name for entry in store.entries() if not entry.yanked})
        if len(names) != 1:
            held = ", ".join(names) or "none"
            raise EvaluationError(f"{asked.store} holds the vector sets {held}; choose one with --vector name@version.")
        vector = store.latest(names[0])
    folder = resolve_model(asked.model)
    binding = bind_model(folder)
    return Target(folder, binding, store.load(vector, binding))
