"""The entry point in ``vllm.general_plugins``: a plain ``vllm serve`` that answers every request steered.

    vllm serve MODEL --additional-config \\
        '{"sarsteer": {"vectors": "FOLDER or Hub repo", "vector": "name@version", "strength": 1.0, "gate": true}}'

There are no tenants here: every request of every route is steered alike, through the set's gate if it has one.
Without that key in its configuration an engine is left as it is.
"""

import asyncio
from functools import wraps
from pathlib import Path
from typing import Any

from steering.directive import Directive
from steering.vector_set import VectorSet, VectorSetId
from steering.vllm.config import CONFIG_KEY, SteeringConfig, configure

_registered = False


def register() -> None:
    """vLLM calls this in every process, sometimes more than once."""
    global _registered
    if _registered:
        return
    _registered = True
    from vllm.engine.arg_utils import EngineArgs

    create = EngineArgs.create_engine_config

    @wraps(create)
    def create_engine_config(self: Any, *args: Any, **kwargs: Any) -> Any:
        if "vectors" not in ((self.additional_config or {}).get(CONFIG_KEY) or {}):
            return create(self, *args, **kwargs)
        configure(self, _config_for(self.additional_config[CONFIG_KEY]))
        vllm_config = create(self, *args, **kwargs)
        served_set(vllm_config)  # A set that cannot be served stops the start here, before any engine runs.
        _serve_steered()
        return vllm_config

    EngineArgs.create_engine_config = create_engine_config


def _config_for(ours: dict[str, Any]) -> SteeringConfig:
    """An engine that can read the gate of the set it is to serve."""
    from steering.hub import open_store

    gate = open_store(ours["vectors"]).manifest(VectorSetId.parse(ours["vector"])).gate
    slots = int(ours.get("slots", SteeringConfig().slots))
    return SteeringConfig(slots, () if gate is None else (gate.layer,))


def served_set(vllm_config: Any) -> VectorSet:
    """The verified set that the configuration names; VectorStoreError, ValueError or KeyError if there is none."""
    from steering.fingerprint import bind_model
    from steering.hub import open_store, resolve_model

    ours = vllm_config.additional_config[CONFIG_KEY]
    model = vllm_config.model_config
    folder = resolve_model(model.model, model.revision) if not Path(model.model).is_dir() else Path(model.model)
    return open_store(ours["vectors"]).load(VectorSetId.parse(ours["vector"]), bind_model(folder))


def _serve_steered() -> None:
    """From here on, the engine that this process's API server makes is the steered one."""
    import vllm.v1.engine.async_llm as async_llm

    from steering.vllm.engine import SteeredAsyncLLM

    class AlwaysSteeredAsyncLLM(SteeredAsyncLLM):
        """Steers every request by the one set of its configuration."""

        def __init__(self, vllm_config: Any, *args: Any, **kwargs: Any) -> None:
            self._set = served_set(vllm_config)
            strength = float(vllm_config.additional_config[CONFIG_KEY].get("strength", 1.0))
            gate = self._set.gate is not None and bool(vllm_config.additional_config[CONFIG_KEY].get("gate", True))
            alpha = self._set.alpha(strength, spoken=True, gated=gate)
            self._directive = Directive(self._set.id, alpha, gate)
            self._loading = asyncio.Lock()
            super().__init__(vllm_config, *args, **kwargs)

        async def default_directive(self) -> Directive:
            async with self._loading:
                await self.bank.load(self._set)
            return self._directive

    async_llm.AsyncLLM = AlwaysSteeredAsyncLLM
