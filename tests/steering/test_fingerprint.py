import json
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save_file

from steering.fingerprint import ModelFolderError, bind_model, fingerprint
from steering.hub import resolve_model

CHECKPOINT = Path(__file__).resolve().parents[2] / "reference" / "checkpoint"
DECODER = {"hidden_size": 16, "num_hidden_layers": 3}


def weights() -> dict[str, torch.Tensor]:
    generator = torch.Generator().manual_seed(0)
    return {f"layers.{i}.weight": torch.randn(64, 64, generator=generator) for i in range(4)}


def single(folder: Path, tensors: dict[str, torch.Tensor]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    save_file(tensors, folder / "model.safetensors")
    return folder


def configured(folder: Path, config: object) -> Path:
    single(folder, weights())
    (folder / "config.json").write_text(json.dumps(config))
    return folder


def test_the_reference_checkpoint_is_bound_by_its_decoder() -> None:
    binding = bind_model(CHECKPOINT)
    assert (binding.architecture, binding.hidden_size, binding.num_layers) == (
        "Qwen2AudioForConditionalGeneration",
        256,
        6,
    )
    assert binding.fingerprint == fingerprint(CHECKPOINT)


def test_the_same_weights_have_the_same_fingerprint(tmp_path: Path) -> None:
    assert fingerprint(single(tmp_path / "a", weights())) == fingerprint(single(tmp_path / "b", weights()))


def test_the_shard_layout_does_not_matter(tmp_path: Path) -> None:
    tensors = weights()
    whole = fingerprint(single(tmp_path / "whole", tensors))
    cut = tmp_path / "cut"
    cut.mkdir()
    names = sorted(tensors)
    for shard, part in (("z.safetensors", names[:1]), ("a.safetensors", names[1:])):
        save_file({name: tensors[name] for name in part}, cut / shard)
    assert fingerprint(cut) == whole
    index = {"weight_map": {name: "z.safetensors" if name in names[:1] else "a.safetensors" for name in names}}
    (cut / "model.safetensors.index.json").write_text(json.dumps(index))
    save_file({"other": torch.zeros(1)}, cut / "consolidated.safetensors")
    assert fingerprint(cut) == whole


def altered(**changes: torch.Tensor) -> dict[str, torch.Tensor]:
    return {**weights(), **{name.replace("_", "."): tensor for name, tensor in changes.items()}}


@pytest.mark.parametrize(
    "tensors",
    [
        altered(layers_0_weight=weights()["layers.0.weight"] + 1e-3),
        altered(layers_0_weight=weights()["layers.0.weight"].reshape(32, 128)),
        altered(layers_0_weight=weights()["layers.0.weight"].view(torch.int32)),
        altered(more=torch.zeros(1)),
        {name.replace("weight", "bias"): tensor for name, tensor in weights().items()},
    ],
    ids=["values", "shape", "dtype", "one more tensor", "names"],
)
def test_another_model_has_another_fingerprint(tmp_path: Path, tensors: dict[str, torch.Tensor]) -> None:
    assert fingerprint(single(tmp_path / "a", weights())) != fingerprint(single(tmp_path / "b", tensors))


def test_it_is_no_integrity_check_past_the_first_4_kib_of_a_tensor(tmp_path: Path) -> None:
    tail = weights()
    tail["layers.0.weight"][-1, -1] += 1
    assert fingerprint(single(tmp_path / "a", weights())) == fingerprint(single(tmp_path / "b", tail))


@pytest.mark.parametrize(
    "config",
    [
        {"architectures": ["A"], **DECODER},
        {"architectures": ["A"], "hidden_size": 99, "num_hidden_layers": 9, "text_config": DECODER},
        {"architectures": ["A"], "thinker_config": {"text_config": DECODER}, "talker_config": {"hidden_size": 9}},
    ],
    ids=["flat", "nested", "thinker"],
)
def test_the_decoder_is_found_where_speech_models_keep_it(tmp_path: Path, config: object) -> None:
    binding = bind_model(configured(tmp_path, config))
    assert (binding.hidden_size, binding.num_layers) == (16, 3)


def test_sizes_that_a_configuration_leaves_out_are_its_model_types_defaults(tmp_path: Path) -> None:
    config = {"architectures": ["A"], "text_config": {"model_type": "qwen2", "vocab_size": 8}}
    binding = bind_model(configured(tmp_path, config))
    assert (binding.hidden_size, binding.num_layers) == (4096, 32)


@pytest.mark.parametrize(
    ("config", "complaint"),
    [
        ({"architectures": [], **DECODER}, "names no architecture"),
        ({"architectures": ["A"]}, "gives no hidden_size"),
        ({"architectures": ["A"], "hidden_size": "16", "num_hidden_layers": 3}, "gives no hidden_size"),
        ([], "is not a JSON object"),
    ],
)
def test_a_configuration_without_a_decoder_is_refused(tmp_path: Path, config: Any, complaint: str) -> None:
    with pytest.raises(ModelFolderError, match=complaint):
        bind_model(configured(tmp_path, config))


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelFolderError, match=r"config\.json cannot be read"):
        bind_model(tmp_path)
    with pytest.raises(ModelFolderError, match="holds no safetensors weights"):
        fingerprint(tmp_path)


@pytest.mark.parametrize("kept", [0, 4, 100, 20_000])
def test_a_truncated_shard_is_refused(tmp_path: Path, kept: int) -> None:
    file = single(tmp_path, weights()) / "model.safetensors"
    file.write_bytes(file.read_bytes()[:kept])
    with pytest.raises(ModelFolderError, match="cannot be read as safetensors"):
        fingerprint(tmp_path)


def test_a_missing_shard_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors.index.json").write_text('{"weight_map": {"a": "gone.safetensors"}}')
    with pytest.raises(ModelFolderError, match=r"gone\.safetensors"):
        fingerprint(tmp_path)


def test_a_shard_index_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    single(tmp_path / "other", weights())
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "model.safetensors.index.json").write_text('{"weight_map": {"a": "../other/model.safetensors"}}')
    with pytest.raises(ModelFolderError, match="no file beside it"):
        fingerprint(folder)


def test_a_tensor_in_two_shards_is_refused(tmp_path: Path) -> None:
    for shard in ("a", "b"):
        save_file({"same": torch.zeros(1)}, tmp_path / f"{shard}.safetensors")
    with pytest.raises(ModelFolderError, match="'same' in two files"):
        fingerprint(tmp_path)


def test_a_folder_wins_over_a_hub_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "owner" / "name").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    assert resolve_model("owner/name") == Path("owner/name")


def test_a_hub_model_is_downloaded_at_its_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str | None]] = []

    def download(repo_id: str, *, revision: str | None) -> str:
        asked.append((repo_id, revision))
        return str(tmp_path)

    monkeypatch.setattr("steering.hub.snapshot_download", download)
    assert resolve_model("owner/name", "v1") == tmp_path
    assert asked == [("owner/name", "v1")]


def test_a_model_that_is_nowhere_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def download(repo_id: str, *, revision: str | None) -> str:
        raise OSError("no such repository")

    monkeypatch.setattr("steering.hub.snapshot_download", download)
    with pytest.raises(ModelFolderError, match="'owner/gone' did not come from the Hub"):
        resolve_model("owner/gone")
    for model in ("/no/such/folder", ""):
        with pytest.raises(ModelFolderError, match="neither a folder nor a Hub id"):
            resolve_model(model)
