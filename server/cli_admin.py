"""What the commands that speak to the admin API share: how they are declared, what they print, how they exit.

Exit codes: 0 done, 1 refused or failed (one line on stderr), 2 wrong usage, 3 done but not yet on every replica.
"""

import inspect
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import quote

import typer
from rich.console import Console
from rich.table import Table

from server.admin_client import AdminClient, AdminError, Answer
from server.cli_fields import field_options
from server.policy.errors import PolicyError
from server.policy.file import PolicyFileError
from server.policy.records import InheritedFields

DEFAULT_URL = "http://127.0.0.1:8001"
LAGGING = 3
"""The exit code of a change that not every live replica serves yet."""
_WAIT_SECONDS = 5
_WIDTH = 200
"""Of a table that is not printed to a terminal, in characters."""

UrlOption = Annotated[
    str, typer.Option("--url", envvar="SARSTEER_ADMIN_URL", metavar="URL", help="The admin API's address.")
]
KeyOption = Annotated[
    str,
    typer.Option("--key", envvar="SARSTEER_ADMIN_KEY", metavar="KEY", show_default=False, help="An admin key."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
ReasonOption = Annotated[str | None, typer.Option("--reason", help="Why; it is audited. A terminal asks for it.")]
WaitOption = Annotated[
    bool, typer.Option("--wait/--no-wait", help="Wait until every live replica serves it, for 5 seconds at the most.")
]

_READS = {"url": (UrlOption, DEFAULT_URL), "key": (KeyOption, ""), "as_json": (JsonOption, False)}
_WRITES = {"reason": (ReasonOption, None), "wait": (WaitOption, True), **_READS}


@dataclass(slots=True)
class Session:
    """One command's dealings with the admin API. ``reason`` and ``wait`` are of a command that writes."""

    client: AdminClient
    as_json: bool
    reason: str | None = None
    wait: bool = True

    def why(self) -> str:
        """The reason that was given or, on a terminal, is asked for."""
        if self.reason is None and is_terminal():
            self.reason = str(typer.prompt("Reason", err=True))
        if not self.reason:
            raise AdminError("A change needs --reason, which says why; it is audited.")
        return self.reason

    def write(self, method: str, path: str, body: Any = None, etag: str | None = None, **query: Any) -> Answer:
        """Change something for the reason given, waiting for the replicas if that was asked for."""
        waiting = {"wait": "true", "wait_seconds": _WAIT_SECONDS} if self.wait else {}
        return self.client.write(method, path, body, etag, reason=self.why(), **waiting, **query)

    def amend(self, path: str, patch: Mapping[str, Any], retries: int = 3) -> Answer:
        """Set the fields of ``patch``, whatever else was changed meanwhile."""
        etag = self.client.get(path).etag
        try:
            return self.write("PATCH", path, patch, etag)
        except AdminError as refusal:
            if refusal.code != "revision_conflict" or not retries:
                raise
        return self.amend(path, patch, retries - 1)

    def finish(self, answer: Answer, *, err: bool = False) -> None:
        """Print how far a write has come (for people, on stderr with ``err``), and exit 3 if a replica lags."""
        if self.as_json:
            print_json(answer.body)
        else:
            typer.echo(progress(answer.body["revision"], answer.body["propagation"]), err=err)
        if answer.status == 202:
            raise typer.Exit(LAGGING)


def progress(revision: int, propagation: Mapping[str, Any] | None) -> str:
    """How far a revision has come, in a line."""
    if propagation is None:
        return f"revision {revision} is written"
    applied, lagging = propagation["applied"], propagation["lagging"]
    text = f"revision {revision} on {len(applied)}/{len(applied) + len(lagging)} replicas"
    if not lagging:
        return f"{text} in {max((each['seconds'] for each in applied), default=0):.1f} s"
    behind = (
        f"{each['name']} serves {each['revision']}{': ' + each['problem'] if each['problem'] else ''}"
        for each in lagging
    )
    return f"{text}; not yet: {'; '.join(behind)}"


def command(
    app: typer.Typer, name: str, *, writes: bool = False, fields: type[InheritedFields] | None = None
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare a command whose function takes a Session first, and then its own arguments and options.

    Its options are completed by those of the admin API, and by ``--reason`` and ``--wait`` if it ``writes``. With
    ``fields``, it has an option for each field of that record, and its function takes those given as ``fields``.
    """
    shared = _WRITES if writes else _READS
    options = field_options(fields) if fields else []

    def declare(function: Callable[..., None]) -> Callable[..., None]:
        own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
        parameters = [
            *(parameter for parameter in own if parameter.name != "fields"),
            *options,
            *(_option(name, annotation, default) for name, (annotation, default) in shared.items()),
        ]

        def run(**given: Any) -> None:
            url, key, as_json = (given.pop(each) for each in _READS)
            promises = {each: given.pop(each) for each in ("reason", "wait") if writes}
            if fields:
                given["fields"] = {option.name: given.pop(option.name) for option in options}
            with one_line_errors(), AdminClient(url, key) as client:
                function(Session(client, as_json, **promises), **given)

        run.__doc__, run.__name__ = function.__doc__, function.__name__
        run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
            [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in parameters]
        )
        app.command(name)(run)
        return function

    return declare


def _option(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


@contextmanager
def one_line_errors() -> Iterator[None]:
    """A refusal is one line and exit code 1, without a traceback."""
    try:
        yield
    except (AdminError, PolicyError, PolicyFileError) as error:
        message = str(error)
    except UnicodeEncodeError:
        message = "An argument is not UTF-8 text."
    else:
        return
    typer.echo(f"sarsteer: {message}", err=True)
    raise typer.Exit(1)


def is_terminal() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def path_of(*steps: str) -> str:
    """A path under the admin API's base, whatever its steps hold."""
    return "".join(f"/{quote(step, safe='')}" for step in steps)


def print_table(titles: Iterable[str], rows: Iterable[Iterable[object]], title: str | None = None) -> None:
    """A table for people. No cell is read as markup: a reason or a label may hold brackets."""
    table = Table(*titles, title=title)
    for row in rows:
        table.add_row(*(shown(cell) for cell in row))
    console = Console(markup=False, highlight=False)
    if not console.is_terminal:
        console.width = _WIDTH
    console.print(table)


def shown(value: object) -> str:
    """A JSON value for people; what is not set is a dash."""
    if value is None or value == "":
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "every one"
    return f"{value:g}" if isinstance(value, float) else str(value)


def print_json(value: object) -> None:
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False))
