"""The server's settings: every one is an environment variable ``SARSTEER_<NAME>``, declared here once."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_core import PydanticUndefined
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from steering.vector_set import VectorSetId

_PREFIX = "SARSTEER_"
_ROOT = Path(__file__).resolve().parents[1]
_MIB = 1024 * 1024

REFERENCE = _ROOT / "reference" / "checkpoint"
REFERENCE_CLIPS = _ROOT / "reference" / "clips"
REFERENCE_NAME = "sarsteer-reference"
REFERENCE_HEARS_SECONDS = 4.0
"""Its encoder was trained on windows of four seconds, though it is padded to vLLM's one minute."""


def _default_state_dir() -> Path:
    home = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(home) / "sarsteer"


LogLevel = Literal["debug", "info", "warning", "error"]


class Settings(BaseSettings):
    """Read from the environment; keyword arguments win. A bad value or unknown argument raises ValidationError."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, frozen=True, extra="forbid")

    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    admin_host: str = Field(
        default="127.0.0.1", description="Address of the admin API and console. Beyond loopback, put TLS before it."
    )
    admin_port: int = Field(
        default=8001, ge=0, le=65535, description="Port of the admin API and console; 0 takes a free one."
    )
    model: str = Field(
        default=str(REFERENCE),
        description="Model to serve: a folder or a hub id. Default: the reference checkpoint.",
    )
    served_model_name: str | None = Field(
        default=None, description="Name of the model in the API. Default: the last part of the model."
    )
    vectors: str = Field(
        default=str(_ROOT / "vectors"), description="Vector store: a folder or a hub id. Default: the shipped store."
    )
    vector: VectorSetId | None = Field(
        default=None, description="Vector set for tenants that name none, as name@version. Default: the store's latest."
    )
    vector_slots: int = Field(default=16, ge=1, le=256, description="Most vector sets in service at once.")
    state_dir: Path = Field(
        default_factory=_default_state_dir,
        description="Folder of the embedded database and its pepper. Default: sarsteer in XDG_STATE_HOME, or in "
        "~/.local/state.",
    )
    database: SecretStr | None = Field(
        default=None,
        description="Policy database, as postgresql://user:password@host/name: one for all replicas. "
        "Default: SQLite in the state folder.",
    )
    key_pepper: SecretStr | None = Field(
        default=None,
        min_length=32,
        description="Secret under which keys are hashed, the same on every replica. Default: made once, in the state "
        "folder; PostgreSQL needs it set.",
    )
    tenants_file: Path | None = Field(
        default=None, description="YAML policy file of tenants and keys, applied once, to an empty database."
    )
    open: bool = Field(
        default=False, description="Answer callers without a key by the service-wide policy; on loopback only."
    )
    replica_name: str | None = Field(
        default=None, max_length=200, description="Name of this replica in the console. Default: its host and port."
    )
    policy_poll_seconds: float = Field(
        default=0.5, ge=0.01, le=1, description="How often the database is asked for a new revision, in seconds."
    )
    policy_stale_seconds: float = Field(
        default=300.0, gt=0, description="Silence of the database after which /readyz fails, in seconds."
    )
    max_body_bytes: int = Field(default=32 * _MIB, ge=1, description="Largest request body, in bytes.")
    max_clips: int = Field(default=8, ge=0, description="Most audio clips in one request, history included.")
    max_clip_seconds: float = Field(
        default=60.0,
        gt=0,
        description="Longest single audio clip, in seconds; never more than the model hears.",
    )
    max_audio_seconds: float = Field(default=60.0, gt=0, description="Most audio in one request, in seconds.")
    max_decoded_bytes: int = Field(
        default=256 * _MIB,
        ge=1,
        description="Most audio decoded for one request, in bytes of float32 before it is mixed and resampled.",
    )
    decode_workers: int = Field(default=2, ge=1, le=64, description="Threads that decode audio.")
    decode_queue: int = Field(
        default=32, ge=0, description="Requests that may wait for a decoding thread; beyond it 503."
    )
    audio_url_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Hosts that http(s) audio_url parts may name, comma-separated, each exact (host or host:port). "
        "Empty: only data: URLs.",
    )
    fetch_seconds: float = Field(default=10.0, gt=0, description="Time to fetch one audio_url, in seconds.")
    fetch_max_bytes: int = Field(
        default=16 * _MIB, ge=1, description="Largest file fetched from an audio_url, in bytes."
    )
    drain_seconds: float = Field(
        default=30.0, ge=0, description="Time that running requests get to finish at shutdown, in seconds."
    )
    salt_tenants: bool = Field(
        default=True, description="Keep tenants' prefix caches apart, so that timing tells no tenant what another sent."
    )
    receipts: bool = Field(
        default=True,
        description="Log a receipt of every answered request, without content. Needs the log level info or debug.",
    )
    traces: bool = Field(
        default=False,
        description="Trace requests with OpenTelemetry, set up by its own OTEL_* variables. Needs the extra traces.",
    )
    canary_clips: Path | None = Field(
        default=None,
        description="Folder with WAV files in harmful/ and benign/ that are sent to the live engine. Default: the "
        "shipped clips for the reference model, none for others.",
    )
    canary_seconds: float = Field(
        default=300.0,
        ge=0,
        allow_inf_nan=False,
        description="Time between two runs of the canaries, in seconds; 0: off.",
    )
    canary_readiness: bool = Field(
        default=False,
        description="/readyz fails while the canaries of the server's own vector set are beyond its certificate.",
    )
    log_level: LogLevel = Field(
        default="info", description="Least level that is logged: debug, info, warning or error."
    )

    @field_validator("vector", mode="before")
    @classmethod
    def _parse_vector(cls, value: object) -> object:
        return VectorSetId.parse(value) if isinstance(value, str) else value

    @field_validator("audio_url_hosts", mode="before")
    @classmethod
    def _split_hosts(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(host.strip().lower() for host in value.split(",") if host.strip())
        return value

    @property
    def canary_folder(self) -> Path | None:
        """Where the canaries lie; None where none are to be run."""
        if not self.canary_seconds:
            return None
        return self.canary_clips or (REFERENCE_CLIPS if Path(self.model) == REFERENCE else None)

    @property
    def model_name(self) -> str:
        """The model's name in the API."""
        if self.served_model_name is None and Path(self.model) == REFERENCE:
            return REFERENCE_NAME
        return self.served_model_name or self.model.rstrip("/").rpartition("/")[2]


COMMANDS_VARIABLES = ("ADMIN_URL", "ADMIN_KEY")
"""Read by the commands that speak to the admin API, and no setting of the server's."""


def unknown_variables(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The ``SARSTEER_`` variables that are no setting: a misspelt one would otherwise be ignored in silence."""
    known = {*(name.upper() for name in Settings.model_fields), *COMMANDS_VARIABLES}
    return tuple(sorted(v for v in environ if v.startswith(_PREFIX) and v.removeprefix(_PREFIX) not in known))


def settings_table() -> str:
    """The settings as a markdown table, for the docs."""
    rows = (
        f"| `{_PREFIX}{name.upper()}` | {_shown(field.default)} | {field.description} |"
        for name, field in Settings.model_fields.items()
    )
    return "\n".join(("| Variable | Default | Meaning |", "|---|---|---|", *rows))


def _shown(default: object) -> str:
    if default is None or default == () or default is PydanticUndefined:
        return ""
    if isinstance(default, str) and Path(default).is_relative_to(_ROOT):
        # The docs must not depend on where the package is installed.
        return f"`{Path(default).relative_to(_ROOT)}`"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"
