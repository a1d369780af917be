"""A policy document as a YAML file (see ``server.policy.document``), read strictly."""

import re
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from server.policy.document import PolicyDocument


class PolicyFileError(Exception):
    """A policy file that cannot be used; the message names the file and the place in it, and quotes no key."""


def read_document(path: Path) -> PolicyDocument:
    """Read a policy file; raise PolicyFileError, in one line, if it cannot be used as it is."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), _StrictLoader)
    except OSError as error:
        raise PolicyFileError(f"The policy file {path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise PolicyFileError(f"The policy file {path} is not UTF-8 at byte {error.start}.") from None
    except yaml.YAMLError as error:
        raise PolicyFileError(f"The policy file {path} is not YAML{_fault(error)}.") from None
    except (ValueError, RecursionError):
        # Raised by the loader as they are, for 2026-13-01, five thousand digits and two thousand brackets.
        raise PolicyFileError(f"The policy file {path} holds what is no date or number, or nests too deep.") from None
    try:
        return PolicyDocument.model_validate(content)
    except ValidationError as invalid:
        first = invalid.errors(include_input=False, include_context=False)[0]
        place, message = _place(first["loc"], content), first["msg"].removeprefix("Value error, ").rstrip(".")
        raise PolicyFileError(f"The policy file {path} is wrong at {place}: {message}.") from None


_BOOL = "tag:yaml.org,2002:bool"


class _FieldTwice(yaml.MarkedYAMLError):
    pass


class _StrictLoader(yaml.SafeLoader):
    """YAML without repeated fields, the last of which would win in silence, and in which ``mode: off`` is a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue
            if key.value in seen:
                raise _FieldTwice(problem=f"the field {key.value} stands twice", problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


# As in YAML 1.2, only true and false are booleans.
_StrictLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != _BOOL]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_StrictLoader.add_implicit_resolver(_BOOL, re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF"))


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
        case ("service", *rest) if rest:
            return f"service, field {'.'.join(str(step) for step in rest)}"
        case ("tenants", int(index), *rest):
            record = content["tenants"][index]
            name = record.get("name") if isinstance(record, dict) else None
            tenant = f"tenant {name[:63]}" if isinstance(name, str) else f"tenant number {index + 1}"
            return f"{tenant}, field {'.'.join(str(step) for step in rest)}" if rest else tenant
    return ".".join(str(step) for step in loc)
