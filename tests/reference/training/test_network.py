"""Training's cropped forward passes are transformers' own, without the padding."""

from typing import Any

import numpy as np
import pytest
import torch

from reference.training.network import WIDTH, hear, read, sinusoids, token_count
from reference.training.stages import Learner


def clip(seconds: float, seed: int) -> np.ndarray[Any, np.dtype[np.float32]]:
    return (0.1 * np.random.default_rng(seed).standard_normal(int(16_000 * seconds))).astype(np.float32)


def test_speech_is_heard_and_answered_as_transformers_does(learner: Learner, processor: Any) -> None:
    sounds = [clip(1.3, 1), clip(2.2, 2)]
    counts = [-(-len(sound) // 320) for sound in sounds]
    pairs = [
        (learner.prompts.prompt("Be kind.", "", token_count(count)), learner.prompts.answer(answer))
        for count, answer in zip(counts, ("The sky is blue.", "You are welcome."), strict=True)
    ]
    sequences = learner.sequences(pairs)
    features = processor.feature_extractor(
        sounds, sampling_rate=16_000, return_attention_mask=True, return_tensors="pt", padding="max_length"
    )
    assert features.attention_mask.sum(-1).tolist() == counts
    cropped = features.input_features[:, :, : max(counts) + 4]
    with torch.no_grad():
        heard = hear(learner.model, cropped, torch.tensor(counts))
        ours = read(learner.model, sequences, heard)
        theirs = learner.model(
            input_ids=sequences.ids,
            attention_mask=sequences.mask,
            labels=sequences.labels,
            input_features=features.input_features,
            feature_attention_mask=features.attention_mask,
            output_hidden_states=True,
        )
    torch.testing.assert_close(ours.loss, theirs.loss, atol=1e-4, rtol=1e-4)
    assert heard.token_counts.tolist() == [token_count(count) for count in counts]
    for row, last in enumerate(sequences.last_prompt.tolist()):
        torch.testing.assert_close(
            ours.last_prompt_states[2][row], theirs.hidden_states[3][row, last], atol=1e-3, rtol=1e-3
        )


def test_padding_changes_nothing(learner: Learner) -> None:
    mel = torch.randn(1, 80, 120, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        alone = hear(learner.model, mel[:, :, :104], torch.tensor([100]))
        padded = hear(learner.model, mel, torch.tensor([100]))
    real = token_count(100)
    torch.testing.assert_close(alone.tokens[:, :real], padded.tokens[:, :real], atol=1e-5, rtol=1e-4)


def test_longer_sinusoids_begin_like_shorter_ones() -> None:
    assert torch.equal(sinusoids(1500)[:100], sinusoids(100))
    assert sinusoids(100).shape == (100, WIDTH)


@pytest.mark.parametrize("name", ["embed_tokens", "embed_positions"])
def test_what_stays_frozen(learner: Learner, name: str) -> None:
    frozen = [p for n, p in learner.model.named_parameters() if name in n]
    assert frozen
    assert not any(parameter.requires_grad for parameter in frozen)
