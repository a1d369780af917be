"""The manifest: what a published version is, for which model, made how, and the digest of every file of it."""

import hashlib
import json
import re
from datetime import UTC, datetime
from itertools import pairwise
from math import inf
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    FiniteFloat,
    StringConstraints,
    model_validator,
)

from steering.vector_set import Positions, VectorSetId

MANIFEST_FILE = "manifest.json"
VECTORS_FILE = "vectors.safetensors"
EVALUATION_FILE = "evaluation.json"

# No dots and no slashes in a name: as a folder it can neither climb nor be mistaken for a file of the store.
_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
# semver.org's expression, without build metadata: it does not order versions, so "latest" would be ambiguous.
_NUMBER = r"(?:0|[1-9][0-9]*)"
_PRERELEASE = rf"(?:{_NUMBER}|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)"
_VERSION = re.compile(rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}(?:-{_PRERELEASE}(?:\.{_PRERELEASE})*)?")
_LONGEST = 64


def check_name(name: str) -> str:
    """Return ``name``; raise ValueError unless it is safe as a folder name and in a metric label."""
    if len(name) > _LONGEST or not _NAME.fullmatch(name):
        raise ValueError(
            f"{name!r} is not a vector set's name; use at most {_LONGEST} lower-case letters and digits,"
            " joined by single dashes or underscores."
        )
    return name


def check_version(version: str) -> str:
    """Return ``version``; raise ValueError unless it is a semantic version (2.0.0) without build metadata."""
    if len(version) > _LONGEST or not _VERSION.fullmatch(version):
        raise ValueError(f"{version!r} is not a version; use a semantic version without build metadata, as in 1.0.0.")
    return version


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


Name = Annotated[str, AfterValidator(check_name)]
Version = Annotated[str, AfterValidator(check_version)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Record(BaseModel):
    """A record of the store's JSON files: frozen, and strict about fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ModelBinding(Record):
    """The model that vectors belong to. ``fingerprint`` is what ``steering.fingerprint.fingerprint`` returns."""

    architecture: str = Field(min_length=1)
    hidden_size: int = Field(gt=0)
    num_layers: int = Field(gt=0)
    fingerprint: str = Field(pattern=r"^tensors-v1:[0-9a-f]{64}$")


class Provenance(Record):
    """How the vectors were made. ``statistics`` holds one value per steered layer, in the order of the layers.

    ``components`` and ``lambda_`` are the paper's k and lambda of the safe-space ablation (0 components: none).
    """

    method: Literal["sarsteer"] = "sarsteer"
    contrast: Literal["refusal-prompt", "harmful-safe-text"]
    instruction: str
    refusal_prompt: str | None
    components: int = Field(ge=0)
    lambda_: FiniteFloat = Field(ge=0, validation_alias="lambda", serialization_alias="lambda")
    normalised: bool
    seed: int
    n_harmful: int = Field(ge=1)
    n_safe: int = Field(ge=0)
    data_sha256: Sha256
    code_version: str = Field(min_length=1)
    statistics: dict[str, tuple[FiniteFloat, ...]] = Field(default_factory=dict)

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True)

    @model_validator(mode="after")
    def _has_what_its_method_needs(self) -> Self:
        if (self.contrast == "refusal-prompt") != (self.refusal_prompt is not None):
            raise ValueError(
                f"contrast {self.contrast!r} with refusal_prompt {self.refusal_prompt!r};"
                " give a refusal prompt for the refusal-prompt contrast and for no other."
            )
        if self.components > 0 and self.n_safe == 0:
            raise ValueError(
                f"{self.components} components from 0 safe queries; ablate 0 components or give safe queries."
            )
        return self


class CertifiedBand(Record):
    """The strengths at which the evaluation holds, in multiples of the recommended alpha."""

    low: FiniteFloat = Field(ge=0)
    high: FiniteFloat

    @model_validator(mode="after")
    def _is_an_interval(self) -> Self:
        if self.high < self.low:
            raise ValueError(f"the band {self.low} to {self.high} is empty; give low <= high.")
        return self


class GateRecord(Record):
    """The gate of a version but for its direction, which lies with the vectors.

    ``fitted_on`` says what its states were read from; ``auroc`` is over requests held out from its fit.
    """

    layer: int = Field(ge=0)
    bias: FiniteFloat
    gain: FiniteFloat = Field(gt=0)
    reread: bool = False
    fitted_on: Literal["audio", "text", "both"]
    n_harmful: int = Field(ge=1)
    n_safe: int = Field(ge=1)
    auroc: FiniteFloat = Field(ge=0, le=1)


class FileRecord(Record):
    """A file's sha256 (hex) and its size in bytes."""

    sha256: Sha256
    bytes: int = Field(gt=0, le=2**30)


class Manifest(Record):
    """One published version. Its digest is the sha256 of manifest.json as stored.

    ``dose_cap`` bounds how far a request may move a layer's residual stream, as a share of its length there.
    ``text_strength`` multiplies the recommended alpha for requests without audio, ``ungated_strength`` for those that
    are steered in full although there is a gate.
    """

    schema_version: Literal[1] = 1
    name: Name
    version: Version
    created: Annotated[AwareDatetime, AfterValidator(_utc)]
    model: ModelBinding
    layers: tuple[Annotated[int, Field(ge=0)], ...] = Field(min_length=1)
    positions: Positions
    provenance: Provenance
    recommended_alpha: FiniteFloat = Field(gt=0)
    certified_band: CertifiedBand
    gate: GateRecord | None = None
    dose_cap: FiniteFloat | None = Field(default=None, gt=0)
    # Above 0: a version must not leave a kind of request unsteered that its tenant has defended.
    text_strength: FiniteFloat = Field(default=1.0, gt=0)
    ungated_strength: FiniteFloat = Field(default=1.0, gt=0)
    files: dict[str, FileRecord]

    @property
    def id(self) -> VectorSetId:
        return VectorSetId(self.name, self.version)

    @property
    def largest_alpha(self) -> float:
        """The alpha at which the first layer reaches the dose cap; infinite without one."""
        if self.dose_cap is None:
            return inf
        norms, streams = (self.provenance.statistics[key] for key in ("norm", "stream_norm"))
        doses = (norm / stream for norm, stream in zip(norms, streams, strict=True))
        return self.dose_cap / max(doses)

    @model_validator(mode="after")
    def _is_coherent(self) -> Self:
        if any(low >= high for low, high in pairwise(self.layers)):
            raise ValueError(f"layers {list(self.layers)} do not ascend; list each layer once, in order.")
        if self.layers[-1] >= self.model.num_layers:
            raise ValueError(
                f"layer {self.layers[-1]} does not exist in a model of {self.model.num_layers} layers;"
                f" the last is {self.model.num_layers - 1}."
            )
        for key, values in self.provenance.statistics.items():
            if len(values) != len(self.layers):
                raise ValueError(
                    f"statistic {key!r} has {len(values)} values for {len(self.layers)} layers; give one each."
                )
        if self.gate and self.gate.layer >= self.layers[-1]:
            raise ValueError(
                f"the gate reads after layer {self.gate.layer} and the last steered layer is {self.layers[-1]};"
                " no layer is left for it to open in time."
            )
        lengths = [self.provenance.statistics.get(key, (0.0,)) for key in ("norm", "stream_norm")]
        if self.dose_cap is not None and min(map(min, lengths)) <= 0:
            raise ValueError(
                "a dose cap needs the statistics norm and stream_norm of every steered layer, each above 0;"
                " record them or leave the cap out."
            )
        if set(self.files) != {VECTORS_FILE, EVALUATION_FILE}:
            raise ValueError(
                f"files {sorted(self.files)} are not a version's; list {EVALUATION_FILE} and {VECTORS_FILE}."
            )
        return self


def canonical_json(value: object) -> bytes:
    """The one way a JSON file of the store is written; raise ValueError for NaN and infinities."""
    text = json.dumps(value, sort_keys=True, indent=2, ensure_ascii=False, allow_nan=False)
    return text.encode() + b"\n"


def record_bytes(record: Record) -> bytes:
    """A record as the bytes that are stored."""
    return canonical_json(record.model_dump(mode="json", by_alias=True))


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
