"""``sarsteer``: serve, ask, extract, calibrate, evaluate; look after vector sets, tenants, keys and policies."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer
import uvloop
from pydantic import ValidationError

from server.ask import ask_command
from server.cli_audit import app as audit_app
from server.cli_calibrate import calibrate_command
from server.cli_evaluate import evaluate_command
from server.cli_extract import extract_command
from server.cli_keys import app as keys_app
from server.cli_policy import app as policy_app
from server.cli_replay import app as replay_app
from server.cli_tenants import app as tenants_app
from server.cli_vectors import app as vectors_app
from server.settings import Settings, unknown_variables

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Serve audio-language models, defended.")
for group in (vectors_app, tenants_app, keys_app, policy_app, audit_app):
    app.add_typer(group)
app.command("ask")(ask_command)
app.add_typer(replay_app)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def serve(
    context: typer.Context,
    model: Annotated[str | None, typer.Option(help="A folder or a Hub id. Default: the reference LALM.")] = None,
    vectors: Annotated[str | None, typer.Option(help="A vector store: a folder or a Hub id[@revision].")] = None,
    vector: Annotated[str | None, typer.Option(help="The vector set, name@version. Default: the latest.")] = None,
    tenants: Annotated[
        Path | None, typer.Option(help="A YAML file of tenants and keys, applied once, to an empty database.")
    ] = None,
    host: Annotated[str | None, typer.Option(help="The address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="The port to listen on; 0 takes a free one.")] = None,
    admin_port: Annotated[int | None, typer.Option(help="The port of the admin API and console.")] = None,
    state_dir: Annotated[Path | None, typer.Option(help="The folder of the embedded database.")] = None,
    open_to_all: Annotated[
        bool | None, typer.Option("--open", help="Answer callers without a key, defended; on loopback only.")
    ] = None,
    served_model_name: Annotated[str | None, typer.Option(help="The model's name in the API.")] = None,
) -> None:
    """Serve a model, every request steered. Flags not listed here go to vLLM as they are."""
    given: dict[str, Any] = {
        "model": model,
        "vectors": vectors,
        "vector": vector,
        "tenants_file": tenants,
        "host": host,
        "port": port,
        "admin_port": admin_port,
        "state_dir": state_dir,
        "open": open_to_all,
        "served_model_name": served_model_name,
    }
    if unknown := unknown_variables(os.environ):
        _fail(f"{', '.join(unknown)} is no setting of sarsteer; see docs/reference.md.")
    try:
        settings = Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as invalid:
        first = invalid.errors()[0]
        _fail(f"The setting {'.'.join(map(str, first['loc']))} is wrong: {first['msg']}.")
    from server.serve import serve as run

    with _one_line_errors(), suppress(KeyboardInterrupt):
        # As vLLM's own server does: the loop is on the way of every token.
        uvloop.run(run(settings, context.args))


@app.command("extract")
@wraps(extract_command)
def extract(**options: Any) -> None:
    with _one_line_errors():
        extract_command(**options)


@app.command("calibrate")
@wraps(calibrate_command)
def calibrate(**options: Any) -> None:
    with _one_line_errors():
        calibrate_command(**options)


@app.command("evaluate")
@wraps(evaluate_command)
def evaluate(**options: Any) -> None:
    with _one_line_errors():
        evaluate_command(**options)


@contextmanager
def _one_line_errors() -> Iterator[None]:
    """What our own code refuses is told in one line; anything else is a fault, and keeps its traceback."""
    try:
        yield
    except Exception as error:
        if type(error).__module__.partition(".")[0] not in ("server", "steering", "reference"):
            raise
        _fail(str(error))


def _fail(message: str) -> None:
    """One clear line, and no start."""
    typer.echo(f"sarsteer: {message}", err=True)
    sys.exit(1)
