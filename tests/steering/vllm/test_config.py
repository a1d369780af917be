from pathlib import Path
from types import SimpleNamespace

import pytest

from steering.store import VectorStore
from steering.vllm.config import CONFIG_KEY, SteeringConfig, configure
from steering.vllm.plugin import _config_for
from tests.steering.drafts import EVALUATION, gated_draft, store_with


@pytest.mark.parametrize("config", [SteeringConfig(), SteeringConfig(3, (2, 5))])
def test_a_configuration_reaches_the_workers_as_it_was_given(config: SteeringConfig) -> None:
    arguments = SimpleNamespace(additional_config={"theirs": 1})
    configure(arguments, config)
    assert SteeringConfig.of(arguments) == config
    assert arguments.additional_config["theirs"] == 1


def test_engines_that_read_other_gates_compile_apart() -> None:
    """The configuration is part of the compile cache's key, which does not see hooks."""
    keys = []
    for layers in ((), (2,), (3,)):
        arguments = SimpleNamespace(additional_config=None)
        configure(arguments, SteeringConfig(gate_layers=layers))
        keys.append(repr(arguments.additional_config[CONFIG_KEY]))
    assert len(set(keys)) == 3


def test_the_plugin_reads_the_gate_of_the_set_that_it_serves(tmp_path: Path) -> None:
    store_with(tmp_path, "refusal@1.0.0")
    VectorStore(tmp_path).publish(gated_draft("refusal@2.0.0"), EVALUATION)
    ours = {"vectors": str(tmp_path), "vector": "refusal@2.0.0", "slots": 3}
    assert _config_for(ours) == SteeringConfig(3, (3,))
    assert _config_for({**ours, "vector": "refusal@1.0.0"}) == SteeringConfig(3, ())
