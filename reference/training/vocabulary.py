"""The tokenizer and the processor: a byte-level BPE of about one token a word, in Qwen2-Audio's dress."""

import json
import random
from pathlib import Path
from typing import Any

from reference.corpus import REFUSAL, REFUSAL_SUFFIXES, SAFETY_SYSTEM_PROMPTS, SYSTEM_PROMPT, queries
from reference.training.labels import TRANSCRIBE, written

SIZE = 1018
SPECIAL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|AUDIO|>", "<|audio_bos|>", "<|audio_eos|>")
_PIECES = (
    r"""(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}"""
    r"""| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"""
)
"""Qwen2's own pre-tokenisation."""


def write_processor(folder: Path, window_seconds: int) -> Any:
    """Train the tokenizer on the corpus, write tokenizer and processor to ``folder``, and return the processor.

    The processor hears ``window_seconds`` of 16 kHz audio as one log-mel frame every 20 ms.
    """
    from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import Qwen2AudioProcessor, Qwen2TokenizerFast, WhisperFeatureExtractor

    tokenizer = Tokenizer(models.BPE())
    split = pre_tokenizers.Split(Regex(_PIECES), "isolated")
    bytes_ = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([split, bytes_])
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=SIZE, special_tokens=[], initial_alphabet=alphabet, show_progress=False)
    tokenizer.train_from_iterator(_texts(), trainer)
    tokenizer.add_special_tokens(list(SPECIAL))
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    settings = {
        "tokenizer_class": "Qwen2Tokenizer",
        "eos_token": "<|im_end|>",
        "pad_token": "<|endoftext|>",
        "unk_token": "<|endoftext|>",
        "bos_token": None,
        "model_max_length": 1024,
        "clean_up_tokenization_spaces": False,
        "additional_special_tokens": list(SPECIAL[1:]),
        "add_prefix_space": False,
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(settings))
    extractor = WhisperFeatureExtractor(feature_size=80, chunk_length=window_seconds, hop_length=320)
    processor = Qwen2AudioProcessor(extractor, Qwen2TokenizerFast.from_pretrained(folder))
    processor.save_pretrained(folder)
    return processor


def _texts() -> list[str]:
    draw = random.Random(0)
    texts = []
    for query in queries():
        texts += [query.text, f" {query.text}", written(query.text, draw), query.answer]
    fixed = [REFUSAL, SYSTEM_PROMPT, *SAFETY_SYSTEM_PROMPTS, *REFUSAL_SUFFIXES, TRANSCRIBE]
    return texts + [*fixed, "system\n", "user\n", "assistant\n", "Audio 1: ", "\n"] * 200


class Prompts:
    """Chat prompts as token ids, in the layout of the processor's chat template."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self._known: dict[str, list[int]] = {}
        self.audio_token = int(tokenizer.convert_tokens_to_ids("<|AUDIO|>"))
        self.pad_token = int(tokenizer.pad_token_id)

    def ids(self, text: str) -> list[int]:
        if text not in self._known:
            self._known[text] = self._tokenizer(text, add_special_tokens=False).input_ids
        return self._known[text]

    def prompt(self, system: str, text: str, audio_tokens: int = 0) -> list[int]:
        """``audio_tokens`` placeholders for a clip, then ``text``, up to where the answer begins."""
        opening = self.ids(f"<|im_start|>system\n{system}<|im_end|>\n<|im_start|>user\n")
        if audio_tokens:
            clip = [*self.ids("Audio 1: <|audio_bos|>"), *[self.audio_token] * audio_tokens]
            opening = [*opening, *clip, *self.ids("<|audio_eos|>\n")]
        return [*opening, *self.ids(text), *self.ids("<|im_end|>\n<|im_start|>assistant\n")]

    def answer(self, text: str) -> list[int]:
        return self.ids(f"{text}<|im_end|>")
