"""From the trained model to the checkpoint that ships: fp16, the names vLLM reads, and the window vLLM asks for."""

import copy
import json
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file

from reference.training.network import sinusoids
from reference.training.vocabulary import write_processor

FULL_POSITIONS = 1500
FULL_WINDOW_SECONDS = 60
"""vLLM's Qwen2-Audio takes exactly 3000 log-mel frames: at 20 ms, one minute. The encoder's sinusoids go on."""
_RENAMED = (
    ("language_model.model.model.", "language_model.model."),
    ("language_model.model.lm_head", "language_model.lm_head"),
)
"""transformers' names when it saves, and those that vLLM and published checkpoints have; transformers reads both."""


def export(model: Any, folder: Path) -> None:
    """Write ``model`` and its processor to ``folder``."""
    copy.deepcopy(model).half().save_pretrained(folder)
    write_processor(folder, FULL_WINDOW_SECONDS)
    path = folder / "model.safetensors"
    tensors = {}
    for name, tensor in load_file(path).items():
        for old, new in _RENAMED:
            name = name.replace(old, new)
        if "audio_tower.embed_positions" in name:
            tensor = sinusoids(FULL_POSITIONS)
        tensors[name] = tensor.to(torch.float16).contiguous()
    save_file(tensors, path, {"format": "pt"})
    config_path = folder / "config.json"
    config = json.loads(config_path.read_text())
    config["audio_config"]["max_source_positions"] = FULL_POSITIONS
    config_path.write_text(json.dumps(config, indent=2, sort_keys=True) + "\n")
