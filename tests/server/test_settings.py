from pathlib import Path

import pytest
from pydantic import ValidationError

from server.settings import Settings, settings_table, unknown_variables
from steering.vector_set import VectorSetId


def test_defaults_serve_the_reference_checkpoint_and_the_shipped_vectors_on_loopback() -> None:
    settings = Settings()
    assert settings.host == "127.0.0.1"
    assert (Path(settings.model) / "config.json").is_file()
    assert Path(settings.vectors).is_dir()
    assert settings.max_body_bytes == 32 * 1024 * 1024
    assert settings.audio_url_hosts == ()


def test_the_environment_is_read_under_the_prefix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SARSTEER_PORT", "9001")
    monkeypatch.setenv("SARSTEER_VECTOR", "refusal@1.2.0")
    monkeypatch.setenv("SARSTEER_AUDIO_URL_HOSTS", "Media.example.com, b.example.org:8443")
    settings = Settings()
    assert settings.port == 9001
    assert settings.vector == VectorSetId("refusal", "1.2.0")
    assert settings.audio_url_hosts == ("media.example.com", "b.example.org:8443")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "70000"),
        ("VECTOR", "refusal"),
        ("MAX_CLIP_SECONDS", "0"),
        ("LOG_LEVEL", "loud"),
        ("DECODE_WORKERS", "0"),
    ],
)
def test_a_bad_value_names_its_setting(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"SARSTEER_{name}", value)
    with pytest.raises(ValidationError, match=name.lower()):
        Settings()


def test_a_misspelt_variable_is_found() -> None:
    environ = {"SARSTEER_TENANT_FILE": "t.yaml", "SARSTEER_PORT": "1", "PATH": "/bin"}
    assert unknown_variables(environ) == ("SARSTEER_TENANT_FILE",)


def test_what_the_admin_commands_read_stops_no_server() -> None:
    assert unknown_variables({"SARSTEER_ADMIN_URL": "http://a", "SARSTEER_ADMIN_KEY": "k"}) == ()


def test_settings_do_not_change_once_read() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Settings().port = 1


@pytest.mark.parametrize(
    ("model", "served", "name"),
    [("org/model", None, "model"), ("/models/a/", None, "a"), ("org/model", "mine", "mine")],
)
def test_the_model_is_named_by_its_setting_or_its_last_part(model: str, served: str | None, name: str) -> None:
    assert Settings(model=model, served_model_name=served).model_name == name


def test_every_setting_is_described_in_the_table_and_no_path_of_this_machine_is_in_it() -> None:
    table = settings_table()
    assert len(table.splitlines()) == len(Settings.model_fields) + 2
    assert all(field.description for field in Settings.model_fields.values())
    assert "| `SARSTEER_MODEL` | `reference/checkpoint` |" in table
    assert str(Path.cwd()) not in table
