"""What an engine must be told to steer, and which engines cannot."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CONFIG_KEY = "sarsteer"
WORKER = "steering.vllm.worker.SteeringWorker"
SCHEDULER = "steering.vllm.scheduler.make_scheduler"


class UnsupportedEngine(Exception):
    """An engine option under which steering is not proven; the message names it."""


@dataclass(frozen=True, slots=True)
class SteeringConfig:
    """``slots``: how many vector sets can be resident at once (any number of strengths shares one).

    ``gate_layers``: after which decoder layers gates are read. Every gate of a set that is loaded must be among them.
    """

    slots: int = 8
    gate_layers: tuple[int, ...] = ()

    @classmethod
    def of(cls, vllm_config: Any) -> "SteeringConfig":
        """Read back what ``configure`` put into the engine's configuration."""
        ours = vllm_config.additional_config[CONFIG_KEY]
        return cls(int(ours.get("slots", cls().slots)), tuple(map(int, ours.get("gate_layers", ()))))


def configure(engine_args: Any, config: SteeringConfig | None = None) -> None:
    """Set, on vLLM's engine arguments, the worker and the scheduler that steer.

    ``additional_config`` is part of the compile cache's key, which does not see forward hooks: with a hash of
    this package's source in it, neither an unsteered graph nor one of another sarsteer is ever reused.
    """
    additional = dict(engine_args.additional_config or {})
    ours = dict(additional.get(CONFIG_KEY) or {})
    if config is not None:
        ours["slots"] = config.slots
        ours["gate_layers"] = list(config.gate_layers)
    ours["source"] = _source_hash()
    additional[CONFIG_KEY] = ours
    engine_args.additional_config = additional
    engine_args.worker_cls = WORKER
    engine_args.scheduler_cls = SCHEDULER


def check_supported(vllm_config: Any) -> None:
    """Raise UnsupportedEngine for an option that could let a request pass unsteered or wrongly steered."""
    parallel = vllm_config.parallel_config
    refused = {
        "speculative decoding": vllm_config.speculative_config is not None,
        "KV transfer": vllm_config.kv_transfer_config is not None,
        "LoRA (a vector set belongs to the base weights)": vllm_config.lora_config is not None,
        "pipeline parallelism": parallel.pipeline_parallel_size > 1,
        "data parallelism": parallel.data_parallel_size > 1,
        "dual batch overlap": bool(getattr(parallel, "enable_dbo", False)),
        # Waking up restores the layers' buffers as they were, without the vectors that were loaded meanwhile.
        "sleep mode": bool(getattr(vllm_config.model_config, "enable_sleep_mode", False)),
        "prompt embeddings": bool(getattr(vllm_config.model_config, "enable_prompt_embeds", False)),
        "a pooling model": vllm_config.model_config.runner_type != "generate",
    }
    for option, chosen in refused.items():
        if chosen:
            raise UnsupportedEngine(f"sarsteer does not support {option}; start the engine without it.")


def _source_hash() -> str:
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
