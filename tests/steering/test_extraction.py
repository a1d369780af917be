"""Extraction, against an oracle written from the paper's equations: one query at a time, in numpy.

The oracle reads what enters the next block (and the final norm) instead of what leaves a block, and spells the
prompt out, so that it shares neither hooks, batching, padding nor the chat template with the code under test.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import soundfile
import torch
from torch import nn
from transformers import AutoProcessor, Qwen2AudioConfig, Qwen2AudioForConditionalGeneration

import reference
from steering.extraction import (
    Extraction,
    ExtractionError,
    Recipe,
    SpokenQuery,
    data_digest,
    decoder_layers,
    extract,
)
from steering.spoken import read_folder

HOME = Path(reference.__file__).parent
RATE = 16_000
LAYERS, HIDDEN = 6, 256
INSTRUCTION, REFUSAL_PROMPT = "Please tell me how.", "I cannot assist with that."
Array = npt.NDArray[np.float64]


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def model() -> Any:
    return Qwen2AudioForConditionalGeneration.from_pretrained(HOME / "checkpoint", dtype=torch.float32).eval()


@pytest.fixture(scope="module")
def processor() -> Any:
    return AutoProcessor.from_pretrained(HOME / "checkpoint")


@pytest.fixture(scope="module")
def harmful() -> list[SpokenQuery]:
    return read_folder(HOME / "clips" / "harmful", RATE, 4.0)


@pytest.fixture(scope="module")
def safe() -> list[SpokenQuery]:
    return read_folder(HOME / "clips" / "benign", RATE, 4.0)


class Oracle:
    """[layers, hidden] at the last prompt token of one query alone, without padding or a mask."""

    def __init__(self, model: Any, processor: Any) -> None:
        self.model = model
        self.processor = processor

    def last_token(self, user: str, samples: npt.NDArray[np.float32] | None = None) -> Array:
        clip = "" if samples is None else "Audio 1: <|audio_bos|><|AUDIO|><|audio_eos|>\n"
        prompt = (
            "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n"
            f"<|im_start|>user\n{clip}{user}<|im_end|>\n<|im_start|>assistant\n"
        )
        sound = {} if samples is None else {"audio": [samples], "sampling_rate": RATE}
        inputs = self.processor(text=[prompt], return_tensors="pt", **sound)
        inputs.pop("attention_mask")
        decoder = self.model.model.language_model
        entered: list[Array] = []
        hooks = [
            reader.register_forward_pre_hook(
                lambda _module, args, kwargs: entered.append(
                    (args[0] if args else kwargs["hidden_states"])[0, -1].double().numpy()
                ),
                with_kwargs=True,
            )
            for reader in [*decoder.layers[1:], decoder.norm]
        ]
        with torch.no_grad():
            self.model(**inputs)
        for hook in hooks:
            hook.remove()
        return np.stack(entered)

    def speech(self, queries: list[SpokenQuery], user: str) -> Array:
        """[queries, layers, hidden]"""
        return np.stack([self.last_token(user, query.samples) for query in queries])

    def text(self, queries: list[SpokenQuery]) -> Array:
        return np.stack([self.last_token(query.text or "") for query in queries])


@pytest.fixture(scope="module")
def oracle(model: Any, processor: Any) -> Oracle:
    return Oracle(model, processor)


@pytest.fixture(scope="module")
def safe_stream(oracle: Oracle, safe: list[SpokenQuery]) -> Array:
    return oracle.speech(safe, INSTRUCTION)


@pytest.fixture(scope="module")
def refusal_vector(oracle: Oracle, harmful: list[SpokenQuery]) -> Array:
    """Eq. 4: [layers, hidden]."""
    pairs = oracle.speech(harmful, INSTRUCTION + REFUSAL_PROMPT) - oracle.speech(harmful, INSTRUCTION)
    return np.asarray(sum(pairs) / len(pairs), dtype=np.float64)


def ablated(vector: Array, stream: Array, components: int, lambda_: float) -> Array:
    """v' = v - lambda U U^T v per layer, with U the leading eigenvectors of the centred scatter matrix."""
    result = []
    for layer in range(LAYERS):
        rows = stream[:, layer]
        centred = rows - np.mean(rows, axis=0)
        _, directions = np.linalg.eigh(centred.T @ centred)
        leading = directions[:, ::-1][:, :components]
        result.append(vector[layer] - lambda_ * leading @ (leading.T @ vector[layer]))
    return np.stack(result)


def assert_close(vectors: torch.Tensor, expected: Array) -> None:
    """To a thousandth of the layer's norm: float32 sums in another order, seen through an SVD."""
    for layer in range(LAYERS):
        error = np.linalg.norm(vectors[layer].numpy() - expected[layer])
        assert error < 1e-3 * np.linalg.norm(expected[layer]), f"layer {layer}"


@pytest.fixture(scope="module")
def papers_mode(model: Any, processor: Any, harmful: list[SpokenQuery], safe: list[SpokenQuery]) -> Extraction:
    recipe = Recipe("refusal-prompt", INSTRUCTION, REFUSAL_PROMPT, components=2, lambda_=0.9, batch_size=3)
    return extract(model, processor, harmful, safe, recipe)


def test_the_papers_mode_in_batches_agrees_with_the_oracle_one_by_one(
    papers_mode: Extraction, harmful: list[SpokenQuery], refusal_vector: Array, safe_stream: Array
) -> None:
    assert len({len(query.samples) for query in harmful}) > 1, "equal clips would need no padding"
    assert papers_mode.vectors.dtype == torch.float32
    assert papers_mode.vectors.shape == (LAYERS, HIDDEN)
    assert_close(papers_mode.vectors, ablated(refusal_vector, safe_stream, 2, 0.9))


def test_the_statistics_are_those_of_the_oracle(
    papers_mode: Extraction, refusal_vector: Array, safe_stream: Array
) -> None:
    statistics = papers_mode.statistics
    assert statistics["raw_norm"] == pytest.approx(np.linalg.norm(refusal_vector, axis=1), rel=1e-3)
    assert statistics["norm"] == pytest.approx(papers_mode.vectors.norm(dim=1).tolist(), rel=1e-6)
    assert statistics["stream_norm"] == pytest.approx(np.linalg.norm(safe_stream, axis=2).mean(axis=0), rel=1e-4)


def test_the_text_contrast_agrees_with_the_oracle(
    model: Any, processor: Any, oracle: Oracle, harmful: list[SpokenQuery], safe: list[SpokenQuery]
) -> None:
    recipe = Recipe("harmful-safe-text", "", components=0)
    expected = oracle.text(harmful).mean(axis=0) - oracle.text(safe).mean(axis=0)
    assert_close(extract(model, processor, harmful, safe, recipe).vectors, expected)


def test_progress_counts_every_read_query(model: Any, processor: Any, harmful: list[SpokenQuery]) -> None:
    seen: list[tuple[int, int]] = []
    recipe = Recipe("harmful-safe-text", "", components=0, batch_size=2)
    extract(model, processor, harmful[:3], harmful[:1], recipe, lambda done, total: seen.append((done, total)))
    assert seen == [(1, 5), (3, 5), (4, 5), (5, 5)]


def test_no_hook_stays_on_the_model(model: Any, papers_mode: Extraction) -> None:
    assert not any(layer._forward_hooks for layer in decoder_layers(model, LAYERS))


def test_more_components_than_safe_queries_are_refused(harmful: list[SpokenQuery], safe: list[SpokenQuery]) -> None:
    with pytest.raises(ExtractionError, match=r"4 harmful and 4 safe queries are too few: .* 11"):
        extract(None, None, harmful, safe, Recipe())


def test_the_text_contrast_needs_the_words(model: Any, processor: Any, safe: list[SpokenQuery]) -> None:
    mute = SpokenQuery("whisper", np.zeros(RATE, np.float32))
    with pytest.raises(ExtractionError, match="The words of whisper are not known"):
        extract(model, processor, [mute], safe, Recipe("harmful-safe-text", "", components=0))


def test_the_decoder_is_found_beside_an_encoder_of_equal_depth() -> None:
    small = {"num_hidden_layers": 3, "hidden_size": 8, "intermediate_size": 8, "vocab_size": 16}
    heads = {"num_attention_heads": 2, "num_key_value_heads": 1}
    encoder = {"encoder_layers": 3, "d_model": 8, "encoder_attention_heads": 2, "encoder_ffn_dim": 8}
    config = Qwen2AudioConfig(
        text_config={"model_type": "qwen2", **small, **heads},
        audio_config={"model_type": "qwen2_audio_encoder", **encoder},
        audio_token_index=15,
    )
    model = Qwen2AudioForConditionalGeneration(config)
    assert decoder_layers(model, 3) is model.model.language_model.layers


def test_a_model_without_such_a_decoder_is_refused() -> None:
    with pytest.raises(ExtractionError, match="Linear has no decoder of 3 layers"):
        decoder_layers(nn.Linear(2, 2), 3)


def test_the_digest_is_of_samples_words_and_membership() -> None:
    one, other = SpokenQuery("a", np.ones(4, np.float32), "hi"), SpokenQuery("b", np.zeros(4, np.float32), "hi")
    renamed, reworded = SpokenQuery("c", one.samples, "hi"), SpokenQuery("a", one.samples, "ho")
    assert data_digest([one], [other]) == data_digest([renamed], [other])
    digests = {
        data_digest([one], [other]),
        data_digest([other], [one]),
        data_digest([one, other], []),
        data_digest([reworded], [other]),
    }
    assert len(digests) == 4


def test_a_folder_is_read_by_name_with_its_words() -> None:
    queries = read_folder(HOME / "clips" / "harmful", RATE, 4.0)
    assert [query.id for query in queries] == sorted(query.id for query in queries)
    assert [query.text for query in queries] == [query.id.replace("-", " ") for query in queries]


def test_stereo_at_another_rate_becomes_mono_at_the_models(tmp_path: Path) -> None:
    tone = np.sin(np.arange(44_100) / 20)
    soundfile.write(tmp_path / "tone.flac", np.stack([tone, np.zeros_like(tone)], axis=1), 44_100)
    (query,) = read_folder(tmp_path, RATE, 4.0)
    assert query.samples.shape == (RATE,)
    assert query.samples.dtype == np.dtype(np.float32)
    assert query.text is None
    assert np.abs(query.samples).max() == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize(("seconds", "message"), [(5, "5.0 s long; this model hears up to 4 s"), (0, "0.0 s long")])
def test_a_clip_outside_the_window_is_named(tmp_path: Path, seconds: int, message: str) -> None:
    soundfile.write(tmp_path / "clip.wav", np.zeros(seconds * RATE), RATE)
    with pytest.raises(ExtractionError, match=f"clip.wav is {message}"):
        read_folder(tmp_path, RATE, 4.0)


def test_a_folder_without_audio_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    with pytest.raises(ExtractionError, match="holds no audio"):
        read_folder(tmp_path, RATE, 4.0)
    with pytest.raises(ExtractionError, match="is no folder"):
        read_folder(tmp_path / "absent", RATE, 4.0)


def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.wav").write_bytes(b"RIFF, and no more")
    with pytest.raises(ExtractionError, match=r"broken\.wav cannot be read as audio"):
        read_folder(tmp_path, RATE, 4.0)


def test_a_bad_line_of_the_manifest_is_named(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "clip.wav", np.zeros(RATE), RATE)
    (tmp_path / "manifest.jsonl").write_text('{"audio": "clip.wav", "text": "hello"}\n{"audio": "clip.wav"}\n')
    with pytest.raises(ExtractionError, match=r"manifest\.jsonl line 2 has no audio and text"):
        read_folder(tmp_path, RATE, 4.0)
