"""The whole pipeline on next to nothing, and the checkpoint that ships."""

import json
import shutil
from pathlib import Path

import pytest
import torch
from safetensors import safe_open

from reference.answers import CHECKPOINT
from reference.train import TINY, main, train
from steering.fingerprint import bind_model

HOME = CHECKPOINT.parent

needs_synthesisers = pytest.mark.skipif(
    not (shutil.which("espeak-ng") and shutil.which("flite")), reason="apt-get install espeak-ng flite"
)


@needs_synthesisers
@pytest.mark.slow
def test_a_tiny_run_makes_a_checkpoint_of_the_shipped_form(tmp_path: Path) -> None:
    from transformers import AutoProcessor, Qwen2AudioForConditionalGeneration

    made = train(tmp_path, TINY, seed=1)
    for stage in ("text", "hearing", "joint"):
        last = json.loads((tmp_path / stage / "log.jsonl").read_text().splitlines()[-1])
        assert last["step"] == 2
    assert {path.name for path in made.iterdir()} == {path.name for path in CHECKPOINT.iterdir()}
    for name in ("config.json", "processor_config.json", "chat_template.jinja", "tokenizer.json"):
        assert (made / name).read_text() == (CHECKPOINT / name).read_text(), name
    with (
        safe_open(made / "model.safetensors", "pt") as ours,
        safe_open(CHECKPOINT / "model.safetensors", "pt") as shipped,
    ):
        assert {name: ours.get_slice(name).get_shape() for name in ours.keys()} == {  # noqa: SIM118 (no mapping)
            name: shipped.get_slice(name).get_shape()
            for name in shipped.keys()  # noqa: SIM118
        }
    model = Qwen2AudioForConditionalGeneration.from_pretrained(made, dtype=torch.float32)
    processor = AutoProcessor.from_pretrained(made)
    sound = torch.zeros(16_000).numpy()
    prompt = processor.apply_chat_template(
        [{"role": "user", "content": [{"type": "audio", "audio_url": "clip"}]}],
        add_generation_prompt=True,
        tokenize=False,
    )
    inputs = processor(text=prompt, audio=[sound], sampling_rate=16_000, return_tensors="pt")
    assert model.generate(**inputs, max_new_tokens=3).shape[1] > inputs.input_ids.shape[1]


@needs_synthesisers
@pytest.mark.slow
def test_an_interrupted_run_is_taken_up(tmp_path: Path) -> None:
    first = train(tmp_path, TINY, seed=1)
    weights = (first / "model.safetensors").read_bytes()
    logged = (tmp_path / "joint" / "log.jsonl").read_text()
    shutil.rmtree(first)
    assert (train(tmp_path, TINY, seed=1) / "model.safetensors").read_bytes() == weights
    assert (tmp_path / "joint" / "log.jsonl").read_text() == logged


def test_a_missing_synthesiser_ends_the_command_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(SystemExit) as stopped:
        main(["--out", str(tmp_path), "--tiny"])
    assert stopped.value.code == 1
    assert capsys.readouterr().err == "espeak-ng and flite not found; run: apt-get install espeak-ng flite\n"


def test_the_shipped_checkpoint_is_the_one_that_was_evaluated() -> None:
    evaluated = json.loads((HOME / "evaluation.json").read_text())
    assert bind_model(CHECKPOINT).fingerprint == evaluated["checkpoint"]
