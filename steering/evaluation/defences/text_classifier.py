"""A small classifier of texts: logistic regression on hashed character n-grams."""

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import torch

from steering.logistic import Logistic, fit_logistic

_LENGTHS = (3, 4, 5)
_BUCKETS = 4096


@dataclass(frozen=True, slots=True, eq=False)
class TextClassifier:
    """Gives each text the logit of its being harmful."""

    curve: Logistic

    def logits(self, texts: Sequence[str]) -> torch.Tensor:
        """[texts]."""
        return self.curve.logits(ngrams(texts))


def train_text_classifier(harmful: Sequence[str], benign: Sequence[str]) -> TextClassifier:
    """Train on texts of both classes."""
    return TextClassifier(fit_logistic(ngrams(harmful), ngrams(benign)))


def ngrams(texts: Sequence[str]) -> torch.Tensor:
    """[texts, buckets]: which n-grams each text holds, hashed, at length 1."""
    rows = torch.zeros(len(texts), _BUCKETS)
    for row, text in zip(rows, texts, strict=True):
        letters = f" {' '.join(text.casefold().split())} "
        for length in _LENGTHS:
            for start in range(len(letters) - length + 1):
                row[crc32(letters[start : start + length].encode()) % _BUCKETS] = 1.0
    return torch.nn.functional.normalize(rows, dim=-1)
