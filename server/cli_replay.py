"""``sarsteer replay``: one request once more, by its receipt, on a running server."""

import base64
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from server.admin_client import AdminError
from server.audio.parts import FORMATS
from server.cli_admin import Session, command, print_json, print_table
from server.telemetry.receipts import CONTENT, find_receipts

app = typer.Typer()


@command(app, "replay")
def replay(
    session: Session,
    receipt: Annotated[
        str, typer.Argument(metavar="RECEIPT", help="A file, or -: the receipt, or a log that holds it.")
    ],
    audio: Annotated[list[Path] | None, typer.Option("--audio", metavar="FILE", help="A clip; again for more.")] = None,
    text: Annotated[str | None, typer.Option("--text", help="Typed words, after the clips.")] = None,
    request: Annotated[
        Path | None, typer.Option("--request", metavar="FILE", help="The whole request as JSON, instead of these.")
    ] = None,
    request_id: Annotated[str | None, typer.Option("--request-id", help="Which of a log's receipts.")] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Go on where the engine, the vector set or the request is another.")
    ] = False,
) -> None:
    """Answer a request once more, by its receipt; exit 1 unless verdict, gate score and answer are the same."""
    found = _pick(_read(receipt), request_id)
    content = _request(request) if request is not None else {"messages": _messages(audio or [], text)}
    answer = session.client.write("POST", "/replay", {"receipt": found, "request": content, "force": force})
    replayed = answer.body
    if session.as_json:
        print_json(replayed)
    else:
        _print(replayed)
    if not replayed["equal"]:
        raise typer.Exit(1)


def _read(source: str) -> list[str]:
    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8")
    except OSError as error:
        raise AdminError(f"{source} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise AdminError(f"{source} is not UTF-8 text, and so no receipt.") from None
    # A receipt that somebody has laid out over several lines, or a log with one on each of some lines.
    return [text] if find_receipts([text]) else text.splitlines()


def _pick(lines: list[str], request_id: str | None) -> Mapping[str, Any]:
    found = [each for each in find_receipts(lines) if request_id in (None, each.get("request_id"))]
    if not found:
        raise AdminError("There is no receipt" + (f" of the request {request_id}." if request_id else " in there."))
    if len(found) > 1:
        listed = ", ".join(str(each.get("request_id")) for each in found[:5])
        raise AdminError(f"There are {len(found)} receipts ({listed}...); choose one with --request-id.")
    return found[0]


def _messages(audio: list[Path], text: str | None) -> list[dict[str, Any]]:
    if not audio and text is None:
        raise AdminError("A receipt holds no content: give the request's with --audio, --text or --request.")
    parts: list[dict[str, Any]] = []
    for file in audio:
        kind = file.suffix.removeprefix(".").lower()
        if kind not in FORMATS:
            raise AdminError(f"{file} has no ending of audio that is read here: {', '.join(FORMATS)}.")
        try:
            data = base64.b64encode(file.read_bytes()).decode()
        except OSError as error:
            raise AdminError(f"{file} cannot be read: {error.strerror}.") from None
        parts.append({"type": "input_audio", "input_audio": {"data": data, "format": kind}})
    if text is not None:
        parts.append({"type": "text", "text": text})
    return [{"role": "user", "content": parts}]


def _request(file: Path) -> dict[str, Any]:
    """What of a whole request's body a receipt does not hold; a list is its messages."""
    try:
        body = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise AdminError(f"{file} cannot be read: {error.strerror}.") from None
    except (ValueError, RecursionError):
        raise AdminError(f"{file} is not JSON; give a request's body, or its messages.") from None
    if isinstance(body, list):
        return {"messages": body}
    if not isinstance(body, dict):
        raise AdminError(f"{file} holds neither a request's body nor its messages.")
    return {name: body[name] for name in CONTENT if body.get(name) is not None}


def _print(replayed: Mapping[str, Any]) -> None:
    rows = (
        ("verdict", replayed["verdict_then"], replayed["verdict"]),
        ("gate score", replayed["gate_score_then"], replayed["gate_score"]),
        ("answer tokens", replayed["answer_tokens_then"], replayed["answer_tokens"]),
        *((each["what"], each["receipt"], each["here"]) for each in replayed["differences"]),
    )
    print_table(("", "receipt", "now"), rows)
    typer.echo(f"vector {replayed['vector']}, strength {replayed['strength']:g}, alpha {replayed['alpha']:g}")
    same = "the same" if replayed["same_answer"] else "another"
    sampled = "" if replayed["repeatable"] else "; it was sampled without a seed, so it is not repeatable"
    typer.echo(f"The answer is {same}{sampled}.")
