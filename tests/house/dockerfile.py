"""A Dockerfile as its stages and instructions: as much of the format as ours uses."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Stage:
    """One FROM and what follows it; an instruction is (name, arguments), continuation lines joined."""

    base: str
    name: str
    instructions: list[tuple[str, str]] = field(default_factory=list)

    def all(self, name: str) -> list[str]:
        return [arguments for instruction, arguments in self.instructions if instruction == name]

    def last(self, name: str) -> str:
        return self.all(name)[-1]

    @property
    def environment(self) -> dict[str, str]:
        return dict(pair.split("=", 1) for line in self.all("ENV") for pair in line.split())

    @property
    def command(self) -> list[str]:
        """What the container runs: ENTRYPOINT and CMD, both in the exec form."""
        return [*json.loads(self.last("ENTRYPOINT")), *json.loads(self.last("CMD"))]

    @property
    def health_command(self) -> list[str]:
        words: list[str] = json.loads(self.last("HEALTHCHECK").split("CMD ", 1)[1])
        return words


def read_dockerfile(path: Path) -> dict[str, Stage]:
    """The stages by name."""
    lines = [line for line in path.read_text().splitlines() if not line.lstrip().startswith("#")]
    stages: dict[str, Stage] = {}
    stage = None
    for line in re.sub(r"\\\n\s*", "", "\n".join(lines)).splitlines():
        if not line:
            continue
        name, arguments = line.split(None, 1)
        if name == "FROM":
            base, _, alias = arguments.split()
            stage = stages[alias] = Stage(base, alias)
        elif stage is None:
            raise ValueError(f"{name} stands before the first FROM")
        else:
            stage.instructions.append((name, arguments))
    return stages
