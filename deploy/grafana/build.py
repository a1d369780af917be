"""Writes the dashboards' JSON: ``python -m deploy.grafana.build``. A test fails when it is out of date."""

from collections.abc import Mapping
from pathlib import Path

from grafana_foundation_sdk.cog.encoder import JSONEncoder

from deploy.grafana.audio import audio
from deploy.grafana.fleet import fleet
from deploy.grafana.safety import safety
from deploy.grafana.tenant import tenant

FOLDER = Path(__file__).with_name("dashboards")


def dashboards() -> Mapping[str, str]:
    """The text of each file, by its name."""
    made = {"fleet": fleet(), "tenant": tenant(), "safety": safety(), "audio": audio()}
    encoder = JSONEncoder(indent=2, sort_keys=True)
    return {f"{name}.json": encoder.encode(dashboard.build()) + "\n" for name, dashboard in made.items()}


if __name__ == "__main__":
    for name, text in dashboards().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
