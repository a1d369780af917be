"""``sarsteer policy apply``: what a policy file would change, and then the change."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from server.admin_client import AdminError
from server.cli_admin import Session, is_terminal, print_json, shown
from server.policy.file import read_document

_SIGNS = {"create": "+", "add key": "+", "change": "~", "delete": "-", "revoke key": "-"}


def apply_document(
    session: Session,
    file: Annotated[Path, typer.Option("--file", "-f", metavar="FILE", help="A YAML policy file.")],
    prune: Annotated[bool, typer.Option("--prune", help="Delete the tenants that the file does not list.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask on a terminal.")] = False,
) -> None:
    """Make the policies as a file says, in one revision; shows what changes first, and asks on a terminal."""
    document = read_document(file).model_dump(mode="json", exclude_unset=True)
    query = {"prune": "true"} if prune else {}
    planned = session.client.write("POST", "/apply", document, dry_run="true", **query)
    changes = planned.body["changes"]
    asks = is_terminal() and not (yes or dry_run) and bool(changes)
    if not session.as_json or asks:
        for line in _lines(changes):
            typer.echo(line, err=session.as_json)
    if dry_run or not changes:
        if session.as_json:
            print_json(planned.body)
        return
    if asks and not typer.confirm("Apply?", err=True):
        raise AdminError("Nothing was changed.")
    session.finish(session.write("POST", "/apply", document, planned.etag, **query))


def _lines(changes: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The changes, one a paragraph, and their sum."""
    counts = dict.fromkeys(_SIGNS, 0)
    for change in changes:
        action = change["action"]
        counts[action] += 1
        # Of a key, its kind is told by what is done.
        what = change["name"] if action.endswith("key") else f"{change['kind']} {change['name']}"
        yield f"{_SIGNS[action]} {action} {what}"
        for field in change["fields"]:
            yield f"    {field['field']}: {shown(field['before'])} -> {shown(field['after'])}"
    told = (f"{action} {count}" for action, count in counts.items() if count)
    yield f"changes: {', '.join(told) or 'none'}"
