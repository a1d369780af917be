"""``sarsteer audit``: who changed what, when and why, and whether that was tampered with."""

import json
import re
from collections import deque
from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import TypeAdapter

from server.admin_client import AdminClient, AdminError
from server.cli_admin import (
    DEFAULT_URL,
    JsonOption,
    KeyOption,
    Session,
    UrlOption,
    command,
    one_line_errors,
    print_json,
    print_table,
)
from server.policy.repository import AuditEntry, AuditVerdict
from server.policy.store.audit import GENESIS, ChainWalk, Told

app = typer.Typer(name="audit", help="Read, verify and export the audit.", no_args_is_help=True)

_ENTRY = TypeAdapter(AuditEntry)
_FIELDS = {field.name for field in fields(AuditEntry)}
_NOT_HELD = "The chain is whole, but it does not hold the digest that was noted: entries were cut, or it is another's."


@command(app, "list")
def list_entries(
    session: Session,
    tenant: Annotated[str | None, typer.Option("--tenant", help="Only of this tenant and its keys.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="At most so many, the newest.")] = 50,
) -> None:
    """List the newest entries, newest first."""
    if tenant is None:
        entries = session.client.get("/audit", limit=limit, order="newest").body["data"]
    else:
        exported = map(json.loads, session.client.lines("/audit/export"))
        entries = list(reversed(deque((entry for entry in exported if _is_of(entry, tenant)), limit)))
    if session.as_json:
        print_json(entries)
        return
    columns = ("sequence", "revision", "at", "actor", "action")
    rows = (
        (*(each[column] for column in columns), f"{each['kind']}/{each['name']}", each["reason"]) for each in entries
    )
    print_table((*columns, "subject", "reason"), rows)


@app.command("verify")
def verify_chain(
    digest: Annotated[
        str | None, typer.Option("--digest", metavar="HEX", help="One noted earlier, which the chain must still hold.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", metavar="EXPORT", help="Verify what audit export wrote, without a server.")
    ] = None,
    url: UrlOption = DEFAULT_URL,
    key: KeyOption = "",
    as_json: JsonOption = False,
) -> None:
    """Walk the whole chain; exit 1 if it was changed or cut, or does not hold the digest."""
    with one_line_errors():
        if digest is not None and not re.fullmatch("[0-9a-f]{64}", digest):
            raise AdminError("--digest takes the 64 hex digits that audit verify printed.")
        verdict = _verdict_of_file(file, digest) if file is not None else _verdict_of_server(url, key, digest)
    if as_json:
        print_json({"ok": verdict.fault is None, **asdict(verdict)})
    elif verdict.fault is None:
        typer.echo(f"{verdict.entries} entries hold; digest {verdict.digest}")
    if verdict.fault is not None:
        typer.echo(f"sarsteer: The audit does not hold: {verdict.fault}", err=True)
        raise typer.Exit(1)


@command(app, "export")
def export_entries(
    session: Session,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to; by default stdout.")
    ] = None,
) -> None:
    """Write every entry as a line of JSON, oldest first."""
    lines = session.client.lines("/audit/export")
    if output is None:
        for line in lines:
            typer.echo(line)
        return
    # A file of that name is an export that is whole.
    draft = output.with_name(f"{output.name}.part")
    try:
        with draft.open("w", encoding="utf-8") as written:
            count = sum(written.write(f"{line}\n") > 0 for line in lines)
        draft.replace(output)
    except OSError as error:
        raise AdminError(f"{output} cannot be written: {error.strerror}.") from None
    finally:
        draft.unlink(missing_ok=True)
    if session.as_json:
        print_json({"file": str(output), "entries": count})
    else:
        typer.echo(f"{count} entries in {output}")


def _verdict_of_server(url: str, key: str, digest: str | None) -> AuditVerdict:
    with AdminClient(url, key) as client:
        answered = client.get("/audit/verify").body
        verdict = AuditVerdict(answered["entries"], answered["digest"], answered["fault"])
        if verdict.fault is None and digest not in (None, verdict.digest, GENESIS):
            held = any(json.loads(line)["digest"] == digest for line in client.lines("/audit/export"))
            return verdict if held else replace(verdict, fault=_NOT_HELD)
    return verdict


def _verdict_of_file(file: Path, digest: str | None) -> AuditVerdict:
    walk, held, fault = ChainWalk(), digest in (None, GENESIS), None
    try:
        with file.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if (fault := _fault_of(line, number, walk)) is not None:
                    break
                held = held or walk.digest == digest
    except OSError as error:
        raise AdminError(f"{file} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise AdminError(f"{file} is not UTF-8, and so no export.") from None
    return AuditVerdict(walk.entries, walk.digest, fault or (None if held else _NOT_HELD))


def _fault_of(line: str, number: int, walk: ChainWalk) -> str | None:
    """What is wrong with the next line of an export, if anything is."""
    try:
        content = json.loads(line)
        if content.keys() == _FIELDS:
            entry = _ENTRY.validate_python(content)
            # An export has no other tables to compare with: what they would tell is taken from the entry itself.
            return walk.fault(entry, Told((entry.at, entry.actor, entry.action, entry.reason), True, entry.after))
    except (ValueError, AttributeError, TypeError, RecursionError):
        pass
    return f"Line {number} is no audit entry."


def _is_of(entry: Mapping[str, Any], tenant: str) -> bool:
    if entry["kind"] == "tenant":
        return bool(entry["name"] == tenant)
    bodies = (entry["before"], entry["after"]) if entry["kind"] == "key" else ()
    return any(body is not None and body.get("tenant") == tenant for body in bodies)
