"""The model before training, and its forward passes cropped to the audio that is there."""

import math
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

WIDTH = 256
WINDOW_SECONDS = 4
TRAINED_POSITIONS = 25 * WINDOW_SECONDS
"""Encoder positions of the training window: one every 40 ms."""


def untrained(tokenizer: Any, seed: int) -> Any:
    """A ``Qwen2AudioForConditionalGeneration`` of 8.8 million random weights."""
    from transformers import (
        GenerationConfig,
        Qwen2AudioConfig,
        Qwen2AudioEncoderConfig,
        Qwen2AudioForConditionalGeneration,
        Qwen2Config,
    )

    end, pad = (tokenizer.convert_tokens_to_ids(token) for token in ("<|im_end|>", "<|endoftext|>"))
    ends = {"bos_token_id": None, "eos_token_id": end, "pad_token_id": pad}
    encoder = Qwen2AudioEncoderConfig(
        num_mel_bins=80,
        encoder_layers=4,
        encoder_attention_heads=4,
        encoder_ffn_dim=4 * WIDTH,
        d_model=WIDTH,
        max_source_positions=TRAINED_POSITIONS,
    )
    decoder = Qwen2Config(
        vocab_size=math.ceil(len(tokenizer) / 64) * 64,
        hidden_size=WIDTH,
        intermediate_size=3 * WIDTH,
        num_hidden_layers=6,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=512,
        rope_theta=10_000.0,
        tie_word_embeddings=False,
        **ends,
    )
    config = Qwen2AudioConfig(
        audio_config=encoder.to_dict(),
        text_config=decoder.to_dict(),
        audio_token_index=tokenizer.convert_tokens_to_ids("<|AUDIO|>"),
        tie_word_embeddings=False,
        eos_token_id=end,
        pad_token_id=pad,
    )
    torch.manual_seed(seed)
    model = Qwen2AudioForConditionalGeneration(config)
    # On a CPU the fused attention's backward pass takes four times as long as the plain one's at these lengths.
    model.set_attn_implementation("eager")
    # transformers leaves these random and frozen.
    model.model.audio_tower.embed_positions.weight.data = sinusoids(TRAINED_POSITIONS)
    model.model.audio_tower.embed_positions.weight.requires_grad_(False)
    # The embeddings stay random: text and hearing are learned apart, and sound is aligned to the very vectors that
    # text uses.
    model.get_input_embeddings().weight.requires_grad_(False)
    model.generation_config = GenerationConfig(
        eos_token_id=[end, pad], pad_token_id=pad, do_sample=False, max_new_tokens=40
    )
    return model


def sinusoids(positions: int) -> Tensor:
    """Whisper's position embeddings, [positions, WIDTH]."""
    steps = torch.exp(-math.log(10_000) / (WIDTH // 2 - 1) * torch.arange(WIDTH // 2))
    angles = torch.arange(positions)[:, None] * steps[None]
    return torch.cat([angles.sin(), angles.cos()], 1)


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """A batch of clips as the encoder hears it.

    ``frames`` [clips, time, WIDTH] at 25 Hz with ``frame_counts`` of them real; ``tokens`` [clips, time / 2, WIDTH],
    what the decoder reads, at 12.5 Hz with ``token_counts`` real.
    """

    frames: Tensor
    frame_counts: Tensor
    tokens: Tensor
    token_counts: Tensor


def token_count(mel_frames: int) -> int:
    """How many audio tokens a clip of ``mel_frames`` becomes."""
    return ((mel_frames - 1) // 2 + 1 - 2) // 2 + 1


def hear(model: Any, mel: Tensor, mel_frames: Tensor) -> Heard:
    """The audio tower and projector of transformers on [clips, 80, time], without the padding up to its window."""
    tower = model.model.audio_tower
    hidden = F.gelu(tower.conv2(F.gelu(tower.conv1(mel)))).permute(0, 2, 1)
    hidden = hidden + tower.embed_positions.weight[: hidden.shape[1]]
    frame_counts = (mel_frames - 1) // 2 + 1
    padding = torch.arange(hidden.shape[1], device=mel.device)[None] >= frame_counts[:, None]
    mask = torch.zeros(padding.shape, dtype=hidden.dtype, device=mel.device).masked_fill(padding, -1e9)
    mask = mask[:, None, None].expand(-1, 1, hidden.shape[1], -1)
    for layer in tower.layers:
        hidden = layer(hidden, mask)
    pooled = tower.avg_pooler(hidden.permute(0, 2, 1)).permute(0, 2, 1)
    tokens = model.model.multi_modal_projector(tower.layer_norm(pooled))
    return Heard(hidden, frame_counts, tokens, (frame_counts - 2) // 2 + 1)


@dataclass(frozen=True, slots=True, eq=False)
class Sequences:
    """Prompts with their answers, padded on the right: [sequences, length]; ``labels`` is -100 off the answers."""

    ids: Tensor
    mask: Tensor
    labels: Tensor
    last_prompt: Tensor

    @classmethod
    def of(cls, pairs: list[tuple[list[int], list[int]]], pad: int, device: Any) -> "Sequences":
        length = max(len(prompt) + len(answer) for prompt, answer in pairs)
        ids = torch.full((len(pairs), length), pad)
        mask = torch.zeros(len(pairs), length, dtype=torch.long)
        labels = torch.full((len(pairs), length), -100)
        for row, (prompt, answer) in enumerate(pairs):
            end = len(prompt) + len(answer)
            ids[row, :end] = torch.tensor(prompt + answer)
            mask[row, :end] = 1
            labels[row, len(prompt) : end] = torch.tensor(answer)
        last = torch.tensor([len(prompt) - 1 for prompt, _ in pairs])
        return cls(*(part.to(device) for part in (ids, mask, labels, last)))


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """What the decoder makes of sequences: the answers' loss, and per block the state at the last prompt token."""

    loss: Tensor
    last_prompt_states: list[Tensor]


def read(model: Any, sequences: Sequences, heard: Heard | None = None) -> Read:
    """Run the decoder; where clips are ``heard``, their tokens stand in for the placeholders, row by row."""
    embedded = model.get_input_embeddings()(sequences.ids)
    if heard is not None:
        real = torch.arange(heard.tokens.shape[1], device=embedded.device)[None] < heard.token_counts[:, None]
        places = sequences.ids == model.config.audio_token_id
        embedded = embedded.masked_scatter(places[..., None], heard.tokens[real].to(embedded.dtype))
    out = model.model.language_model(
        inputs_embeds=embedded, attention_mask=sequences.mask, use_cache=False, output_hidden_states=True
    )
    wanted = sequences.labels[:, 1:]
    answered = wanted != -100
    loss = F.cross_entropy(model.lm_head(out.last_hidden_state[:, :-1][answered]).float(), wanted[answered])
    rows = torch.arange(len(sequences.ids), device=embedded.device)
    return Read(loss, [states[rows, sequences.last_prompt] for states in out.hidden_states[1:]])
