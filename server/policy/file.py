"""Tenants and keys from a YAML file, read once at start.

tenants:
  - name: acme
    keys: [{sha256: <hex>}]        # or {key: <the key itself>}, for trying things out
    vector: refusal@3.0.1          # default: the server's
    strength: 1.0                  # multiples of the recommended alpha
    floor: 0.5
    ceiling: 2.0
    gate: false                    # steer every request in full; default: through the set's gate, if it has one
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from server.policy.model import Tenant
from steering.vector_set import VectorSetId

Strength = Annotated[float, Field(ge=0, allow_inf_nan=False, strict=True)]


class PolicyFileError(Exception):
    """A tenants file that cannot be used; the message names the file and the place in it."""


class _Record(BaseModel):
    # An error must not quote its input, which may be a key.
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class KeyRecord(_Record):
    """A key, in clear or as its sha256. Exactly one of the two."""

    key: str | None = Field(None, min_length=8, repr=False)
    sha256: str | None = Field(None, pattern=r"^[0-9a-f]{64}$")

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.key is None) == (self.sha256 is None):
            raise ValueError("give either key or sha256")
        return self

    @property
    def digest(self) -> str:
        return self.sha256 or _digest(self.key or "")


def _parse_id(value: object) -> object:
    return VectorSetId.parse(value) if isinstance(value, str) else value


class TenantRecord(_Record):
    """A tenant as the file spells it."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,62}$")
    keys: tuple[KeyRecord, ...] = Field(min_length=1)
    state: Literal["active", "suspended"] = "active"
    vector: Annotated[VectorSetId | None, BeforeValidator(_parse_id)] = None
    strength: Strength = 1.0
    floor: Strength = 0.0
    ceiling: Strength = 2.0
    gate: bool | None = None
    models: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _in_bounds(self) -> Self:
        if not self.floor <= self.strength <= self.ceiling:
            raise ValueError(
                f"strength {self.strength:g} must lie from the floor {self.floor:g} to the ceiling {self.ceiling:g}"
            )
        return self

    def tenant(self) -> Tenant:
        fields = self.model_dump(exclude={"keys", "vector"})
        return Tenant(**fields, vector=self.vector)


class TenantsFile(_Record):
    """The whole file."""

    tenants: tuple[TenantRecord, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _without_doubles(self) -> Self:
        seen: set[str] = set()
        for record in self.tenants:
            if record.name in seen:
                raise ValueError(f"tenant {record.name} is listed twice")
            seen.add(record.name)
        digests = [key.digest for record in self.tenants for key in record.keys]
        if len(set(digests)) < len(digests):
            raise ValueError("one key is listed twice; a key names exactly one tenant")
        return self


class FilePolicy:
    """The policy of a tenants file. Keys are held, and looked up, as digests only."""

    def __init__(self, file: TenantsFile) -> None:
        self._by_digest: Mapping[str, Tenant] = {
            key.digest: tenant for record in file.tenants for tenant in (record.tenant(),) for key in record.keys
        }
        self._tenants = tuple(record.tenant() for record in file.tenants)

    @property
    def tenants(self) -> tuple[Tenant, ...]:
        return self._tenants

    def tenant_of(self, key: str | None) -> Tenant | None:
        # The digest is what is compared: its bytes tell nothing of how much of a key was right.
        return self._by_digest.get(_digest(key)) if key else None


def read_policy(path: Path) -> FilePolicy:
    """Read a tenants file; raise PolicyFileError, in one line, if it cannot be used as it is."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), _StrictLoader)
    except OSError as error:
        raise PolicyFileError(f"The tenants file {path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise PolicyFileError(f"The tenants file {path} is not UTF-8 at byte {error.start}.") from None
    except yaml.YAMLError as error:
        raise PolicyFileError(f"The tenants file {path} is not YAML{_fault(error)}.") from None
    try:
        return FilePolicy(TenantsFile.model_validate(content))
    except ValidationError as invalid:
        first = invalid.errors(include_input=False, include_context=False)[0]
        place = _place(first["loc"], content)
        raise PolicyFileError(f"The tenants file {path} is wrong at {place}: {first['msg']}.") from None


class _FieldTwice(yaml.MarkedYAMLError):
    pass


class _StrictLoader(yaml.SafeLoader):
    """YAML without repeated fields, the last of which would win in silence."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue
            if key.value in seen:
                raise _FieldTwice(problem=f"the field {key.value} stands twice", problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def _fault(error: yaml.YAMLError) -> str:
    """What is wrong and where, quoting nothing that may be a key: no line of the file, no tag, no alias."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return ""
    at = f" at line {error.problem_mark.line + 1}"
    if isinstance(error, yaml.scanner.ScannerError | yaml.parser.ParserError | _FieldTwice):
        return f"{at}: {error.problem}"
    return f"{at}: quote a value that begins with & * or !"


def _place(loc: tuple[int | str, ...], content: Any) -> str:
    """Where in the file an error is, by the tenant's name if it has one."""
    match loc:
        case ():
            return "the whole"
        case ("tenants", int(index), *rest):
            record = content["tenants"][index]
            name = record.get("name") if isinstance(record, dict) else None
            tenant = f"tenant {name[:63]}" if isinstance(name, str) else f"tenant number {index + 1}"
            return f"{tenant}, field {'.'.join(str(step) for step in rest)}" if rest else tenant
    return ".".join(str(step) for step in loc)


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
