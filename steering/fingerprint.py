"""Which model a folder holds: its architecture, its decoder's size, and a fingerprint of its weights.

The fingerprint is an IDENTITY check, not an INTEGRITY check. It tells whether two folders hold the same model,
and reads 16 GB of weights in well under a second, because it hashes every tensor's name, dtype and shape but only
the first 4 KiB of its bytes. Damage or tampering past a tensor's first 4 KiB leaves it unchanged: to trust the
weights themselves, verify the files' own sha256 where you got them.
"""

import hashlib
import json
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from steering.manifest import ModelBinding

SCHEME = "tensors-v1"
"""Stands before every fingerprint, so that a later scheme cannot be taken for another model."""

_HEAD = 4096
_LONGEST_HEADER = 100_000_000  # safetensors' own limit
_SHARD_INDEX = "model.safetensors.index.json"
# Where a speech model keeps its text decoder's configuration, the most deeply nested form first.
_DECODER_PATHS = (("thinker_config", "text_config"), ("text_config",), ("llm_config",), ())


class ModelFolderError(Exception):
    """The folder holds no model that can be identified; the message says what is wrong and what to give."""


def bind_model(folder: Path) -> ModelBinding:
    """The binding of the model in ``folder`` (config.json and safetensors weights); raise ModelFolderError."""
    config = _read_json(folder / "config.json")
    architectures = config.get("architectures")
    if not isinstance(architectures, list) or not architectures:
        raise ModelFolderError(f"{folder / 'config.json'} names no architecture; add its architectures field.")
    hidden_size, num_layers = _decoder_size(config, folder)
    return ModelBinding(
        architecture=str(architectures[0]),
        hidden_size=hidden_size,
        num_layers=num_layers,
        fingerprint=fingerprint(folder),
    )


def fingerprint(folder: Path) -> str:
    """``tensors-v1:<sha256>`` of the weights in ``folder``, however they are cut into shards.

    An identity check, not an integrity check: see the module. Raises ModelFolderError.
    """
    tensors: dict[str, tuple[str, bytes]] = {}
    for shard in _shards(folder):
        for name, layout, head in _tensor_heads(shard):
            if name in tensors:
                raise ModelFolderError(f"{folder} has the tensor {name!r} in two files; leave one of them.")
            tensors[name] = layout, head
    digest = hashlib.sha256(SCHEME.encode())
    for name in sorted(tensors):
        layout, head = tensors[name]
        described = json.dumps([name, layout, len(head)]).encode()
        digest.update(len(described).to_bytes(8, "big") + described + head)
    return f"{SCHEME}:{digest.hexdigest()}"


def _decoder_size(config: Mapping[str, Any], folder: Path) -> tuple[int, int]:
    for path in _DECODER_PATHS:
        decoder: Any = config
        for key in path:
            decoder = decoder.get(key) if isinstance(decoder, Mapping) else None
        if isinstance(decoder, Mapping):
            hidden, layers = (_size(decoder, field) for field in ("hidden_size", "num_hidden_layers"))
            if hidden and layers:
                return hidden, layers
    raise ModelFolderError(
        f"{folder / 'config.json'} gives no hidden_size and num_hidden_layers of a text decoder;"
        " give a model whose text_config has them."
    )


def _size(decoder: Mapping[str, Any], field: str) -> int | None:
    """A field of a decoder's configuration, or its model type's default: Hub configurations leave those out."""
    value = decoder.get(field)
    if value is None and "model_type" in decoder:
        # Imported here because it takes seconds, and configurations that say their sizes do not need it.
        from transformers import CONFIG_MAPPING

        if decoder["model_type"] in CONFIG_MAPPING:
            value = getattr(CONFIG_MAPPING[decoder["model_type"]](), field, None)
    return value if isinstance(value, int) and value > 0 else None


def _shards(folder: Path) -> list[Path]:
    """The weights' files. A shard index decides, because folders may hold a second copy in another format."""
    if (folder / _SHARD_INDEX).is_file():
        weight_map = _read_json(folder / _SHARD_INDEX).get("weight_map")
        if not isinstance(weight_map, dict) or not weight_map:
            raise ModelFolderError(f"{folder / _SHARD_INDEX} has no weight_map; download the model again.")
        names = sorted({str(name) for name in weight_map.values()})
        if outside := [name for name in names if Path(name).name != name]:
            raise ModelFolderError(f"{folder / _SHARD_INDEX} names {outside[0]!r}, no file beside it; correct it.")
        return [folder / name for name in names]
    if (folder / "model.safetensors").is_file():
        return [folder / "model.safetensors"]
    shards = sorted(folder.glob("*.safetensors"))
    if not shards:
        raise ModelFolderError(f"{folder} holds no safetensors weights; give the folder of a downloaded model.")
    return shards


def _tensor_heads(shard: Path) -> Iterator[tuple[str, str, bytes]]:
    """Each tensor's name, its dtype and shape as text, and its first bytes, in the order of the file."""
    try:
        with shard.open("rb") as file:
            size = shard.stat().st_size
            (length,) = struct.unpack("<Q", file.read(8))
            if length > min(_LONGEST_HEADER, size - 8):
                raise ValueError(f"a header of {length} bytes")
            header = json.loads(file.read(length))
            header.pop("__metadata__", None)
            for name, tensor in sorted(header.items(), key=lambda item: cast(int, item[1]["data_offsets"][0])):
                start, end = tensor["data_offsets"]
                if not 0 <= start <= end <= size - 8 - length:
                    raise ValueError(f"{name!r} reaches past the file's end")
                file.seek(8 + length + start)
                layout = json.dumps([tensor["dtype"], tensor["shape"], end - start])
                yield name, layout, file.read(min(_HEAD, end - start))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, struct.error) as error:
        raise ModelFolderError(f"{shard} cannot be read as safetensors ({error}); download it again.") from error


def _read_json(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise ModelFolderError(f"{path} cannot be read ({error}); give the folder of a downloaded model.") from error
    if not isinstance(value, dict):
        raise ModelFolderError(f"{path} is not a JSON object; give the folder of a downloaded model.")
    return value
