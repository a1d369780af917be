"""``sarsteer evaluate``: ask a suite, with every defence, and report what came of it."""

import asyncio
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from json import loads
from pathlib import Path
from typing import Annotated, Any, get_args

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from server.evaluation.asked import Asked, EngineOptions, JudgeSpec, Size, target_of
from server.evaluation.catalogue import catalogue, suite_of
from server.evaluation.run import evaluate, report_of, run_of
from server.settings import REFERENCE
from steering.evaluation.record import Record
from steering.evaluation.report_figures import interval_figure, require_matplotlib, standalone
from steering.evaluation.report_page import report_page
from steering.evaluation.report_schema import Report, Share
from steering.evaluation.suite import Step
from steering.store import SHIPPED_ROOT
from steering.vector_set import VectorSetId
from steering.vllm.evaluation import FIXED_FLAGS

SIZES: tuple[Size, ...] = get_args(Size)
COLUMNS = ("harmful_refused", "over_refusal", "benign_exact", "broken")


def evaluate_command(
    json: Annotated[Path, typer.Option(help="Write the report here.", dir_okay=False, writable=True)],
    suite: Annotated[
        str, typer.Option(help="quick (minutes), full (an hour or more) or ablations (the paper's own studies).")
    ] = "quick",
    page: Annotated[
        Path | None, typer.Option(help="Write the report as an HTML page, too.", dir_okay=False, writable=True)
    ] = None,
    figure: Annotated[
        Path | None,
        typer.Option(help="Draw the first condition's shares here, as SVG.", dir_okay=False, writable=True),
    ] = None,
    record: Annotated[
        Path | None,
        typer.Option(
            help="Keep every answer here, and go on from it. Default: beside the report, as .record.jsonl.",
            dir_okay=False,
            writable=True,
        ),
    ] = None,
    model: Annotated[str, typer.Option(help="A folder or a Hub id. Default: the reference LALM.")] = str(REFERENCE),
    vectors: Annotated[str, typer.Option(help="A vector store: a folder or a Hub id[@revision].")] = str(SHIPPED_ROOT),
    vector: Annotated[str | None, typer.Option(help="The vector set, name@version. Default: the latest.")] = None,
    set_: Annotated[
        Path | None, typer.Option("--set", help="A manifest.jsonl of requests of your own.", exists=True)
    ] = None,
    public: Annotated[str | None, typer.Option(help="A public set, as NAME=SOURCE.")] = None,
    defences: Annotated[str | None, typer.Option(help="Defences, as a,b. Default: the suite's.")] = None,
    conditions: Annotated[str | None, typer.Option(help="Conditions, as a,b. Default: the suite's.")] = None,
    calibration: Annotated[
        Path | None,
        typer.Option(help="With --set or --public: a manifest.jsonl to fit the baselines on.", exists=True),
    ] = None,
    judge: Annotated[
        list[str] | None,
        typer.Option(help="detector, keywords or llm=URL,model; more than once for more, the first decides."),
    ] = None,
    max_tokens: Annotated[
        int | None, typer.Option(help="The longest answer. Default: 40 for the reference LALM, else 256.", min=1)
    ] = None,
    engine: Annotated[
        list[str] | None, typer.Option(help="An argument of vLLM's, as max_model_len=4096; more than once for more.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Another seed, other voices and phrasings.")] = 0,
) -> None:
    """Evaluate defences on spoken requests. A run that was stopped goes on where it was."""
    if set_ is not None and public is not None:
        raise typer.BadParameter("Requests come from --set or from --public, not from both.", param_hint="--public")
    kept = record or json.with_suffix(".record.jsonl")
    if len({path.absolute() for path in (json, kept, page) if path is not None}) < 2 + (page is not None):
        raise typer.BadParameter("The report, its page and its record need a file each.", param_hint="--json")
    asked = Asked(
        size=_size(suite),
        model=model,
        store=vectors,
        vector=None if vector is None else _vector(vector),
        set_=set_,
        public=None if public is None else _public(public),
        defences=_names(defences, "--defences"),
        conditions=_names(conditions, "--conditions"),
        calibration=calibration,
        judges=tuple(_judge(each) for each in judge or ["detector"]),
        seed=seed,
        engine=engine_options(max_tokens, engine),
    )
    if page is not None or figure is not None:
        require_matplotlib()  # Before the hours, not after them.
    found = run_evaluation(asked, kept)
    _write(json, found.model_dump_json(indent=1) + "\n")
    if page is not None:
        _write(page, report_page(found))
    if figure is not None:
        _write(figure, standalone(interval_figure(found, found.cells[0].condition)))
    _print(found)


def run_evaluation(asked: Asked, record: Path) -> Report:
    """Run what is missing of what was asked for, showing how far it is, and report on all of it."""
    target = target_of(asked)
    listed = catalogue(asked, target)
    suite = suite_of(asked, listed)
    with Record.open(record, run_of(asked, target, listed)) as opened:
        with progress_bar() as progress:
            asyncio.run(evaluate(listed, suite, opened, progress))
        return report_of(listed, suite, opened, shlex.join(["sarsteer", *sys.argv[1:]]))


@contextmanager
def progress_bar() -> Iterator[Any]:
    """A bar of the answers of the condition at hand."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("starting", total=None)

        def show(step: Step) -> None:
            described = f"{step.place}/{step.conditions} {step.condition}: {step.doing}"
            bar.update(task, description=described, completed=step.done, total=step.total or None)

        yield show


def _print(found: Report) -> None:
    """Every defence under every condition, in per cent, by the first judge."""
    table = Table("condition", "defence", *(name.replace("_", " ") for name in COLUMNS))
    for cell in found.cells:
        if cell.judge == found.judges[0]:
            shares: list[Share | None] = [getattr(cell.all, name) for name in COLUMNS]
            table.add_row(cell.condition, cell.defence, *(f"{100 * s.rate:.1f}" if s else "-" for s in shares))
    Console().print(table)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def engine_options(max_tokens: int | None, given: list[str] | None) -> EngineOptions:
    """The options of ``--max-tokens`` and ``--engine``; a value that is no JSON is a string."""
    flags: dict[str, Any] = {}
    for text in given or []:
        name, equals, value = text.partition("=")
        if not equals or not name.isidentifier():
            raise typer.BadParameter(
                f"{text!r} is no argument; write name=value, as in max_model_len=4096.", param_hint="--engine"
            )
        if name in FIXED_FLAGS:
            raise typer.BadParameter(f"{name} is not free in an evaluation; leave it out.", param_hint="--engine")
        try:
            flags[name] = loads(value)
        except ValueError:
            flags[name] = value
    return EngineOptions(max_tokens, flags)


def _size(value: str) -> Size:
    for size in SIZES:
        if value == size:
            return size
    raise typer.BadParameter(f"{value!r} is none of {', '.join(SIZES)}.", param_hint="--suite")


def _vector(value: str) -> VectorSetId:
    try:
        return VectorSetId.parse(value)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--vector") from error


def _public(value: str) -> tuple[str, str]:
    name, _, source = value.partition("=")
    if not name or not source:
        raise typer.BadParameter(f"{value!r} names no set; write NAME=SOURCE.", param_hint="--public")
    return name, source


def _names(value: str | None, option: str) -> tuple[str, ...]:
    if value is None:
        return ()
    names = tuple(name.strip() for name in value.split(","))
    if not all(names):
        raise typer.BadParameter(f"{value!r} has an empty name; write a,b.", param_hint=option)
    return names


def _judge(value: str) -> JudgeSpec:
    kind, _, rest = value.partition("=")
    if value in ("detector", "keywords"):
        return JudgeSpec("detector" if value == "detector" else "keywords")
    url, _, model = rest.partition(",")
    if kind == "llm" and url.startswith(("http://", "https://")) and model:
        return JudgeSpec("llm", url, model)
    raise typer.BadParameter(
        f"{value!r} is no judge; give detector, keywords, or llm=URL,model as in llm=http://127.0.0.1:8001/v1,guard.",
        param_hint="--judge",
    )
