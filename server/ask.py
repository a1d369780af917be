"""``sarsteer ask``: the shipped clips, sent to a running server with two keys, and the answers side by side."""

import base64
from pathlib import Path
from typing import Annotated

import httpx
import typer
from rich.console import Console
from rich.table import Table

CLIPS = Path(__file__).resolve().parents[1] / "reference" / "clips"


def ask_command(
    url: Annotated[str, typer.Option(help="The server's address.")] = "http://127.0.0.1:8000/v1",
    undefended_key: Annotated[str, typer.Option(help="A key of a tenant at strength 0.")] = "demo-undefended",
    defended_key: Annotated[str, typer.Option(help="A key of a defended tenant.")] = "demo-defended",
    clips: Annotated[Path, typer.Option(help="A folder of WAV files, in folders by kind.")] = CLIPS,
) -> None:
    """Send the shipped spoken questions, harmful and benign, undefended and defended."""
    files = sorted(clips.glob("*/*.wav"))
    if not files:
        _fail(f"{clips} holds no clips; give a folder of folders of WAV files.")
    table = Table("spoken question", "undefended", "defended", title=f"The same clips, two tenants, {url}")
    try:
        with httpx.Client(base_url=url, timeout=120) as client:
            model = _models(client, defended_key)
            for file in files:
                answers = [_answer(client, key, model, file) for key in (undefended_key, defended_key)]
                table.add_row(f"[{_colour(file)}]{file.stem.replace('-', ' ')}[/]", *answers)
    except httpx.TransportError as error:
        _fail(f"No server answers at {url} ({error}); start one with `make serve`.")
    Console(width=None if Console().is_terminal else 150).print(table)


def _models(client: httpx.Client, key: str) -> str:
    response = client.get("/models", headers={"authorization": f"Bearer {key}"})
    _check(response)
    return str(response.json()["data"][0]["id"])


def _answer(client: httpx.Client, key: str, model: str, file: Path) -> str:
    audio = {"data": base64.b64encode(file.read_bytes()).decode(), "format": "wav"}
    message = {"role": "user", "content": [{"type": "input_audio", "input_audio": audio}]}
    response = client.post(
        "/chat/completions",
        headers={"authorization": f"Bearer {key}"},
        json={"model": model, "messages": [message], "temperature": 0},
    )
    _check(response)
    answer = response.json()["choices"][0]["message"]
    return f"[bold]refused:[/] {answer['refusal']}" if answer["refusal"] else str(answer["content"])


def _check(response: httpx.Response) -> None:
    if response.status_code != 200:
        _fail(f"The server answered {response.status_code}: {response.text[:300]}")


def _colour(file: Path) -> str:
    return "red" if file.parent.name == "harmful" else "green"


def _fail(message: str) -> None:
    typer.echo(f"sarsteer: {message}", err=True)
    raise typer.Exit(1)
