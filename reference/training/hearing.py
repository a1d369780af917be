"""Aligning sound with words: phones by CTC at 25 Hz, and token embeddings by CTC at 12.5 Hz.

The second is scored by the cosine between what the decoder would read and the frozen embeddings of the words, so that
once it is learned speech looks to the decoder like the text of the same words. CTC: Graves et al. 2006.
"""

import re
import subprocess
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from reference.corpus import queries
from reference.training.network import WIDTH, Heard
from reference.training.vocabulary import SIZE, Prompts


def lexicon(words: list[str]) -> dict[str, list[str]]:
    """The phones of each word, as espeak-ng's American English says it."""
    result = {}
    for word in words:
        command = ["espeak-ng", "-q", "-v", "en-us", "-x", "--sep=_", word]
        said = subprocess.run(command, capture_output=True, check=True, text=True).stdout
        result[word] = [phone for phone in re.split(r"[_\s]+", re.sub("[',]", "", said)) if phone]
    return result


@dataclass(frozen=True, slots=True, eq=False)
class Alignment:
    """The two CTC losses of a batch, and how far the tokens' lengths are from the embeddings'."""

    phones: Tensor
    tokens: Tensor
    lengths: Tensor


class HearingHeads(nn.Module):
    """What reads phones and tokens off the encoder while it learns; not part of the checkpoint."""

    embeddings: Tensor
    mean_length: Tensor

    def __init__(self, embeddings: Tensor, prompts: Prompts) -> None:
        super().__init__()
        words = sorted({word for query in queries() for word in query.text.split()})
        self._lexicon = lexicon(words)
        phones = sorted({phone for said in self._lexicon.values() for phone in said})
        # 0 is CTC's blank.
        self._phone_ids = {phone: index + 1 for index, phone in enumerate(phones)}
        self._prompts = prompts
        self.phones = nn.Linear(WIDTH, len(phones) + 1)
        self.blank = nn.Linear(WIDTH, 1)
        self.scale = nn.Parameter(torch.tensor(10.0))
        self.register_buffer("embeddings", F.normalize(embeddings[:SIZE].detach().clone(), dim=-1))
        self.register_buffer("mean_length", embeddings[:SIZE].detach().norm(dim=-1).mean())

    def align(self, heard: Heard, texts: list[str]) -> Alignment:
        """The losses of ``heard`` against the words that were said. Call under autocast."""
        phone_scores = self.phones(heard.frames)
        token_scores = self.token_scores(heard)
        phones = [[self._phone_ids[phone] for word in text.split() for phone in self._lexicon[word]] for text in texts]
        # Token 0 is never a word's: its place is the blank's, as in phones.
        tokens = [self._prompts.ids(f" {text}") for text in texts]
        lengths = heard.tokens.float().norm(dim=-1) / self.mean_length - 1
        return Alignment(
            _ctc(phone_scores, phones, heard.frame_counts),
            _ctc(token_scores, tokens, heard.token_counts),
            (lengths**2).mean(),
        )

    def token_scores(self, heard: Heard) -> Tensor:
        """[clips, time, 1 + SIZE - 1]: the blank, then every token but the first."""
        cosines = F.normalize(heard.tokens.float(), dim=-1) @ self.embeddings.T
        blank = self.blank(heard.tokens).float()
        return torch.cat([blank, self.scale * cosines[..., 1:]], dim=-1)

    @torch.no_grad()
    def transcripts(self, heard: Heard, tokenizer: Any) -> list[str]:
        """The likeliest tokens, repeats and blanks dropped."""
        best = self.token_scores(heard).argmax(-1).tolist()
        result = []
        for row, count in zip(best, heard.token_counts.tolist(), strict=True):
            kept = [token for at, token in enumerate(row[:count]) if token and (at == 0 or token != row[at - 1])]
            result.append(str(tokenizer.decode(kept)).strip())
        return result


def _ctc(scores: Tensor, targets: list[list[int]], lengths: Tensor) -> Tensor:
    flat = torch.tensor([label for target in targets for label in target])
    log_shares = F.log_softmax(scores.float(), dim=-1).transpose(0, 1)
    target_lengths = torch.tensor([len(target) for target in targets])
    return F.ctc_loss(log_shares, flat.to(scores.device), lengths, target_lengths, zero_infinity=True)
