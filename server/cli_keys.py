"""``sarsteer keys``: the keys of tenants and of administrators. A new one is printed once, alone on stdout."""

import secrets
from collections.abc import Iterable, Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from server.admin_client import AdminError, Answer
from server.cli_admin import Session, command, one_line_errors, path_of, print_json, print_table
from server.cli_fields import span
from server.control import CannotOpenStore, open_store
from server.policy.recovery import recover
from server.settings import Settings

app = typer.Typer(name="keys", help="Issue, rotate and revoke keys.", no_args_is_help=True)
admin_app = typer.Typer(name="admin", help="The keys of administrators.", no_args_is_help=True)
app.add_typer(admin_app, name="admin")

IdArgument = Annotated[str, typer.Argument(metavar="ID", help="The key's id: what stands after sk-sar- or sk-adm-.")]
LabelOption = Annotated[str, typer.Option("--label", help="What the key is for.")]
ExpiresOption = Annotated[
    timedelta | None,
    typer.Option("--expires", parser=span, metavar="SPAN", help="How long it lives: 90d. Default: until revoked."),
]


@command(app, "list")
def list_keys(session: Session, tenant: Annotated[str, typer.Argument(metavar="TENANT")]) -> None:
    """List a tenant's keys, spent ones too."""
    _list(session, path_of("tenants", tenant, "keys"), ("id", "label"))


@command(app, "create", writes=True)
def create_key(
    session: Session,
    tenant: Annotated[str, typer.Argument(metavar="TENANT")],
    label: LabelOption = "",
    expires: ExpiresOption = None,
) -> None:
    """Issue a key of a tenant. It is shown this once: stdout holds it alone."""
    body = {"label": label, "expires": _ends(expires)}
    _issued(session, session.write("POST", path_of("tenants", tenant, "keys"), body))


@command(app, "rotate", writes=True)
def rotate_key(
    session: Session,
    id: IdArgument,
    overlap: Annotated[
        timedelta, typer.Option("--overlap", parser=span, metavar="SPAN", help="How long the old key goes on.")
    ] = "24h",  # type: ignore[assignment]
) -> None:
    """Issue a key in another's stead, which ends after an overlap. It is shown this once."""
    body = {"overlap_seconds": round(overlap.total_seconds())}
    _issued(session, session.write("POST", path_of("keys", id, "rotate"), body))


@command(app, "revoke", writes=True)
def revoke_key(session: Session, id: IdArgument) -> None:
    """End a tenant's key at once."""
    session.finish(session.write("DELETE", path_of("keys", id)))


@command(admin_app, "list")
def list_admin_keys(session: Session) -> None:
    """List the admin keys, spent ones too."""
    _list(session, "/admin-keys", ("id", "scope", "label"))


@command(admin_app, "create", writes=True)
def create_admin_key(
    session: Session,
    scope: Annotated[str, typer.Option("--scope", metavar="read|operate|security", help="What it may do.")],
    label: LabelOption = "",
    expires: ExpiresOption = None,
) -> None:
    """Issue an admin key. It is shown this once: stdout holds it alone."""
    body = {"scope": scope, "label": label, "expires": _ends(expires)}
    _issued(session, session.write("POST", "/admin-keys", body))


@command(admin_app, "revoke", writes=True)
def revoke_admin_key(session: Session, id: IdArgument) -> None:
    """End an admin key at once."""
    session.finish(session.write("DELETE", path_of("admin-keys", id)))


@app.command("recover")
def recover_key(
    database: Annotated[
        str | None, typer.Option("--database", metavar="URL", help="The policy database, as the server takes it.")
    ] = None,
    state_dir: Annotated[
        Path | None, typer.Option("--state-dir", help="The folder of the embedded database and its pepper.")
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why; it is audited.")] = "no admin key was left",
    label: LabelOption = "recovered",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for machines.")] = False,
) -> None:
    """Issue an admin key of the scope security on the database itself, without a server. It is shown this once."""
    with one_line_errors():
        try:
            repository, hasher = open_store(_settings(database=database, state_dir=state_dir))
        except CannotOpenStore as error:
            raise AdminError(str(error)) from None
        with closing(repository):
            issued = recover(repository, hasher, lambda: datetime.now(UTC), secrets.token_bytes, reason, label)
    if as_json:
        print_json({"id": issued.id, "key": issued.text, "scope": "security", "revision": issued.revision.number})
        return
    typer.echo(issued.text)
    typer.echo(
        f"admin key {issued.id} of the scope security, shown this once; revision {issued.revision.number}", err=True
    )


def _settings(**given: Any) -> Settings:
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as invalid:
        first = invalid.errors(include_input=False)[0]
        raise AdminError(f"The setting {'.'.join(map(str, first['loc']))} is wrong: {first['msg']}.") from None


def _list(session: Session, path: str, first: Iterable[str]) -> None:
    keys = session.client.get(path).body["data"]
    if session.as_json:
        print_json(keys)
        return
    columns = (*first, "created", "expires", "revoked")
    print_table((*columns, "live"), ((*(key[column] for column in columns), key["live"]) for key in keys))


def _ends(span: timedelta | None) -> str | None:
    return None if span is None else (datetime.now(UTC) + span).isoformat()


def _issued(session: Session, answer: Answer) -> None:
    if not session.as_json:
        typer.echo(answer.body["key"])
        typer.echo(f"{_named(answer.body)}, shown this once", err=True)
    session.finish(answer, err=True)


def _named(key: Mapping[str, Any]) -> str:
    whose = f"key {key['id']} of tenant {key['tenant']}" if "tenant" in key else f"admin key {key['id']}"
    ends = f", until {key['expires']}" if key["expires"] else ""
    return f"{whose}{ends}"
