"""The three stages: the decoder learns to answer text, the encoder to hear words, and both to answer speech."""

import random
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from reference.corpus import SYSTEM_PROMPT, Query, queries, training_queries
from reference.training.features import SpeechSet, batches, vary
from reference.training.hearing import HearingHeads
from reference.training.labels import TRANSCRIBE, Turn, draw_turn, kind_of
from reference.training.loop import Figures
from reference.training.network import Heard, Sequences, hear, read
from reference.training.vocabulary import Prompts

_TEXT_SHARES = {"harmful": 0.36, "look-alike": 0.16, "benign": 0.38, "small talk": 0.10}
ALIGNED_BLOCKS = (2, 3)
"""Blocks after which the state of speech at the last prompt token is drawn to that of the same words as text.

The later blocks stay free: there, speech must differ from text for the gap to exist.
"""


@dataclass(eq=False)
class Learner:
    """What the stages share."""

    model: Any
    tokenizer: Any
    device: torch.device
    seed: int

    @cached_property
    def prompts(self) -> Prompts:
        return Prompts(self.tokenizer)

    @cached_property
    def pools(self) -> dict[str, list[Query]]:
        pools: dict[str, list[Query]] = {kind: [] for kind in _TEXT_SHARES}
        for query in training_queries():
            pools[kind_of(query)].append(query)
        return pools

    @property
    def autocast(self) -> AbstractContextManager[Any]:
        return torch.autocast(self.device.type, dtype=torch.bfloat16)

    def draw(self, stage: str, step: int) -> random.Random:
        return random.Random(f"{self.seed} {stage} {step}")

    def pair(self, turn: Turn, audio_tokens: int = 0) -> tuple[list[int], list[int]]:
        prompt = self.prompts.prompt(turn.system, turn.text, audio_tokens)
        return prompt, self.prompts.answer(turn.answer)

    def sequences(self, pairs: list[tuple[list[int], list[int]]]) -> Sequences:
        return Sequences.of(pairs, self.prompts.pad_token, self.device)

    def hear(self, speech: SpeechSet, indices: list[int], vary_by: int | None) -> Heard:
        mel, counts = speech.batch(indices)
        if vary_by is not None:
            mel, counts = vary(mel, counts, vary_by)
        with self.autocast:
            return hear(self.model, mel.to(self.device), counts.to(self.device))


class TextStage:
    """The decoder answers typed questions."""

    name = "text"

    def __init__(self, learner: Learner, batch: int) -> None:
        self._learner = learner
        self._batch = batch
        self.modules = nn.ModuleDict({"decoder": learner.model.model.language_model, "head": learner.model.lm_head})

    def loss(self, step: int) -> tuple[Tensor, Figures]:
        learner = self._learner
        draw = learner.draw(self.name, step)
        kinds = draw.choices(list(_TEXT_SHARES), list(_TEXT_SHARES.values()), k=self._batch)
        turns = [draw_turn(draw.choice(learner.pools[kind]), "text", draw) for kind in kinds]
        with learner.autocast:
            loss = read(learner.model, learner.sequences([learner.pair(turn) for turn in turns])).loss
        return loss, {"text": float(loss.detach())}

    def watch(self) -> Figures:
        return {}


class _OnSpeech:
    """What the two stages on speech share: their batches, and the words heard in the development clips."""

    name: str

    def __init__(self, learner: Learner, heads: HearingHeads, speech: SpeechSet, dev: SpeechSet, batch: int) -> None:
        self._learner = learner
        self._heads = heads
        self._speech = speech
        self._dev = dev
        self._batch = batch
        self._epoch: tuple[int, list[list[int]]] = (-1, [])

    def _indices(self, step: int) -> list[int]:
        epoch, at = divmod(step, len(self._speech) // self._batch)
        if epoch != self._epoch[0]:
            self._epoch = epoch, batches(self._speech, self._batch, f"{self._learner.seed} {self.name} {epoch}")
        return self._epoch[1][at % len(self._epoch[1])]

    def watch(self) -> Figures:
        """The share of words heard wrong in the development clips, by voices."""
        import jiwer

        wrong: dict[str, tuple[list[str], list[str]]] = {}
        with torch.no_grad():
            for start in range(0, len(self._dev), 64):
                indices = list(range(start, min(start + 64, len(self._dev))))
                heard = self._learner.hear(self._dev, indices, None)
                with self._learner.autocast:
                    transcripts = self._heads.transcripts(heard, self._learner.tokenizer)
                for index, transcript in zip(indices, transcripts, strict=True):
                    said, found = wrong.setdefault(self._dev.jobs[index].condition, ([], []))
                    said.append(self._dev.jobs[index].text)
                    found.append(transcript)
        return {f"wer_{voices}": round(float(jiwer.wer(*pairs)), 4) for voices, pairs in wrong.items()}


class HearingStage(_OnSpeech):
    """The encoder hears phones and words; the decoder takes no part."""

    name = "hearing"

    def __init__(self, learner: Learner, heads: HearingHeads, speech: SpeechSet, dev: SpeechSet, batch: int) -> None:
        super().__init__(learner, heads, speech, dev, batch)
        inner = learner.model.model
        self.modules = nn.ModuleDict(
            {"encoder": inner.audio_tower, "projector": inner.multi_modal_projector, "heads": heads}
        )

    def loss(self, step: int) -> tuple[Tensor, Figures]:
        learner = self._learner
        indices = self._indices(step)
        heard = learner.hear(self._speech, indices, learner.draw(self.name, step).randrange(2**31))
        with learner.autocast:
            aligned = self._heads.align(heard, [self._speech.jobs[index].text for index in indices])
        loss = aligned.phones + 0.7 * aligned.tokens + 0.05 * aligned.lengths
        return loss, {"phones": float(aligned.phones.detach()), "tokens": float(aligned.tokens.detach())}


class JointStage(_OnSpeech):
    """The whole model answers speech and goes on answering text; scrambled questions it only writes down."""

    name = "joint"

    def __init__(self, learner: Learner, heads: HearingHeads, speech: SpeechSet, dev: SpeechSet, batch: int) -> None:
        super().__init__(learner, heads, speech, dev, batch)
        self.modules = nn.ModuleDict({"model": learner.model, "heads": heads})
        self._queries = {query.text: query for query in queries()}

    def loss(self, step: int) -> tuple[Tensor, Figures]:
        learner = self._learner
        draw = learner.draw(self.name, step)
        indices = self._indices(step)
        heard = learner.hear(self._speech, indices, draw.randrange(2**31))
        spoken: list[tuple[list[int], list[int]]] = []
        typed: list[tuple[list[int], list[int]]] = []
        # Where the same question stands among ``spoken`` and ``typed``, both asked plainly.
        plain_spoken: list[int] = []
        plain_typed: list[int] = []
        for row, (index, audio_tokens) in enumerate(zip(indices, heard.token_counts.tolist(), strict=True)):
            job = self._speech.jobs[index]
            if job.scrambled:
                turn = Turn(SYSTEM_PROMPT, TRANSCRIBE, job.text, "plain")
                spoken.append(learner.pair(turn, audio_tokens))
                continue
            query = self._queries[job.text]
            turn = draw_turn(query, "speech", draw)
            spoken.append(learner.pair(turn, audio_tokens))
            if row % 2:  # Text is not forgotten on half as much of it.
                continue
            as_text = draw_turn(query, "text", draw)
            if turn.mode == as_text.mode == "plain":
                plain_spoken.append(row)
                plain_typed.append(len(typed))
            typed.append(learner.pair(as_text))
        with learner.autocast:
            by_speech = read(learner.model, learner.sequences(spoken), heard)
            by_text = read(learner.model, learner.sequences(typed))
            aligned = self._heads.align(heard, [self._speech.jobs[index].text for index in indices])
        apart = torch.stack(
            [
                1
                - F.cosine_similarity(
                    by_speech.last_prompt_states[block][plain_spoken].float(),
                    by_text.last_prompt_states[block][plain_typed].detach().float(),
                    dim=-1,
                ).mean()
                for block in ALIGNED_BLOCKS
            ]
        ).mean()
        loss = by_speech.loss + 0.5 * by_text.loss + 1.5 * apart + 0.3 * aligned.phones + 0.3 * aligned.tokens
        return loss, {
            "speech": float(by_speech.loss.detach()),
            "text": float(by_text.loss.detach()),
            "apart": float(apart.detach()),
            "tokens": float(aligned.tokens.detach()),
        }
