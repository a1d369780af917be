"""A random ``Qwen2AudioForConditionalGeneration`` of Qwen2-Audio-7B-Instruct's layout, small enough for any CPU."""

import json
import shutil
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from server.settings import REFERENCE

LAYERS, HIDDEN = 4, 64


def write_tiny_model(folder: Path) -> Path:
    """Write random weights under the names of published checkpoints, with the reference's processor beside them."""
    from transformers import AutoConfig, GenerationConfig, Qwen2AudioForConditionalGeneration

    config = AutoConfig.from_pretrained(REFERENCE)
    config.dtype = None
    audio = {"d_model": 64, "encoder_layers": 1, "encoder_attention_heads": 2, "encoder_ffn_dim": 64}
    text = {
        "hidden_size": HIDDEN,
        "intermediate_size": 2 * HIDDEN,
        "num_hidden_layers": LAYERS,
        "layer_types": ["full_attention"] * LAYERS,
        "max_window_layers": LAYERS,
        "num_attention_heads": 2,
        "num_key_value_heads": 2,
        "max_position_embeddings": 4096,
    }
    for part, changes in ((config.audio_config, audio), (config.text_config, text)):
        for name, value in changes.items():
            setattr(part, name, value)
    torch.manual_seed(0)
    model = Qwen2AudioForConditionalGeneration(config).to(torch.float32)
    model.generation_config = GenerationConfig.from_pretrained(REFERENCE)
    shutil.copytree(REFERENCE, folder, ignore=shutil.ignore_patterns("*.safetensors"))
    model.save_pretrained(folder)
    weights = folder / "model.safetensors"
    # transformers saves the decoder one level deeper than the Hub's checkpoints, and vLLM, have it.
    tensors = {
        name.replace("language_model.model.model.", "language_model.model.").replace(
            "language_model.model.lm_head", "language_model.lm_head"
        ): tensor
        for name, tensor in load_file(weights).items()
    }
    save_file(tensors, weights, {"format": "pt"})
    _hear_as_whisper_does(folder / "processor_config.json")
    return folder


def _hear_as_whisper_does(path: Path) -> None:
    """Half a minute, a frame every 10 ms; the reference hears a minute at half the rate."""
    settings = json.loads(path.read_text())
    settings["feature_extractor"] |= {"chunk_length": 30, "hop_length": 160, "n_samples": 480_000}
    path.write_text(json.dumps(settings))
