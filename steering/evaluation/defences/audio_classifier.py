"""A small classifier of clips: a convolutional network on the log-mel spectrogram, trained in seconds."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

Clip = tuple[npt.NDArray[np.float32], int]
"""Mono samples and their rate in Hz."""

RATE = 16_000
_WINDOW, _HOP, _BANDS = 400, 160, 40
# A longer clip is heard up to here.
_LONGEST_SECONDS = 15
_CHANNELS, _STEPS, _BATCH = 48, 120, 32


@dataclass(frozen=True, slots=True, eq=False)
class AudioClassifier:
    """Gives each clip the logit of its being harmful."""

    network: nn.Module

    @torch.no_grad()
    def logits(self, clips: Sequence[Clip]) -> torch.Tensor:
        """[clips]."""
        found: list[torch.Tensor] = [self.network(log_mel(*clip)[None]) for clip in clips]
        return torch.cat(found) if found else torch.empty(0)


def train_audio_classifier(
    harmful: Sequence[Clip],
    benign: Sequence[Clip],
    seed: int,
) -> AudioClassifier:
    """Train on clips of both classes. The same clips and ``seed`` give the same classifier on the same machine."""
    generator = torch.Generator().manual_seed(seed)
    spectrograms = [log_mel(*clip) for clip in (*harmful, *benign)]
    labels = torch.cat([torch.ones(len(harmful)), torch.zeros(len(benign))])
    # Each class is drawn as often as the other.
    chances = torch.where(labels == 1, 1 / max(len(harmful), 1), 1 / max(len(benign), 1))
    network = _network(seed)
    optimiser = torch.optim.AdamW(network.parameters(), lr=2e-3, weight_decay=1e-2)
    with torch.enable_grad():
        for _ in range(_STEPS):
            drawn = torch.multinomial(chances, _BATCH, replacement=True, generator=generator)
            batch = [_masked(spectrograms[index], generator) for index in drawn.tolist()]
            loss = nn.functional.binary_cross_entropy_with_logits(network(_padded(batch)), labels[drawn])
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
    return AudioClassifier(network.eval())


def log_mel(samples: npt.NDArray[np.float32], rate: int) -> torch.Tensor:
    """[bands, frames]: the log-mel spectrogram at RATE, each band less its mean over the clip."""
    if rate != RATE:
        import soxr

        samples = soxr.resample(samples, rate, RATE)
    wave = torch.from_numpy(np.ascontiguousarray(samples[: _LONGEST_SECONDS * RATE], np.float32))
    # The network needs a few frames; silence says nothing.
    wave = nn.functional.pad(wave, (0, max(RATE // 2 - len(wave), 0)))
    spectrum = torch.stft(wave, _WINDOW, _HOP, window=torch.hann_window(_WINDOW), return_complex=True).abs().square()
    bands = torch.log(_filters() @ spectrum + 1e-6)
    return bands - bands.mean(dim=-1, keepdim=True)


def _filters() -> torch.Tensor:
    """Triangles evenly spaced on the mel scale: [bands, bins]."""
    highest = 2595 * log(1 + RATE / 2 / 700, 10)
    edges = 700 * (10 ** (torch.linspace(0, highest, _BANDS + 2) / 2595) - 1)
    bins = torch.linspace(0, RATE / 2, _WINDOW // 2 + 1)
    rising = (bins - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - bins) / (edges[2:] - edges[1:-1])[:, None]
    return torch.minimum(rising, falling).clamp(min=0)


def _network(seed: int) -> nn.Sequential:
    layers: list[nn.Module] = []
    # Modules draw their weights from the global generator, which others rely on.
    with torch.random.fork_rng(devices=()):
        torch.manual_seed(seed)
        for inner, outer in pairwise((_BANDS, _CHANNELS, _CHANNELS, _CHANNELS)):
            layers += [nn.Conv1d(inner, outer, 7, stride=2, padding=3), nn.GELU()]
        # The highest of each channel over time, so that padding says nothing.
        return nn.Sequential(*layers, nn.AdaptiveMaxPool1d(1), nn.Flatten(1), nn.Linear(_CHANNELS, 1), nn.Flatten(0))


def _masked(spectrogram: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """A copy without a few neighbouring bands, as in SpecAugment (arXiv 1904.08779)."""
    width, start = torch.randint(0, 8, (2,), generator=generator).tolist()
    masked = spectrogram.clone()
    masked[start * 4 : start * 4 + width] = 0
    return masked


def _padded(spectrograms: Sequence[torch.Tensor]) -> torch.Tensor:
    return nn.utils.rnn.pad_sequence([each.T for each in spectrograms], batch_first=True).transpose(1, 2)
