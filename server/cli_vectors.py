"""``sarsteer vectors``: look into a store of vector sets, verify it, compare versions and withdraw one."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from steering.difference import Difference, diff
from steering.hub import open_store
from steering.index import Entry
from steering.manifest import GateRecord, Manifest
from steering.store import SHIPPED_ROOT, VectorStore
from steering.store_errors import VectorStoreError
from steering.vector_set import VectorSetId

app = typer.Typer(name="vectors", help="Inspect, verify and withdraw vector sets.", no_args_is_help=True)


def _parse_id(text: str) -> VectorSetId:
    try:
        return VectorSetId.parse(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


StoreOption = Annotated[
    str, typer.Option("--store", help="The store: a folder, or a Hub id as in owner/name@revision.", metavar="PATH")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
IdArgument = Annotated[VectorSetId, typer.Argument(parser=_parse_id, metavar="NAME@VERSION")]

_SHIPPED = str(SHIPPED_ROOT)


@app.command("list")
def list_versions(store: StoreOption = _SHIPPED, as_json: JsonOption = False) -> None:
    """List every published version."""
    with _refusals():
        entries = open_store(store).entries()
    if as_json:
        _print_json([entry.model_dump(mode="json") for entry in entries])
        return
    table = Table("vector set", "status", "digest")
    for entry in entries:
        table.add_row(str(entry.id), _status(entry), entry.digest[:12])
    _print(table)


@app.command()
def show(id: IdArgument, store: StoreOption = _SHIPPED, as_json: JsonOption = False) -> None:
    """Show a version's manifest and evaluation."""
    with _refusals():
        opened = open_store(store)
        entry, manifest, evaluation = opened.entry(id), opened.manifest(id), opened.evaluation(id)
    if as_json:
        record = manifest.model_dump(mode="json", by_alias=True)
        _print_json({"entry": entry.model_dump(mode="json"), "manifest": record, "evaluation": evaluation})
        return
    table = Table("field", "value", title=str(id))
    for field, value in _facts(entry, manifest):
        table.add_row(field, value)
    for field, result in evaluation.items():
        table.add_row(f"evaluation: {field}", json.dumps(result))
    _print(table)


@app.command()
def verify(
    id: Annotated[
        VectorSetId | None,
        typer.Argument(parser=_parse_id, metavar="[NAME@VERSION]", help="One version; by default all of them."),
    ] = None,
    store: StoreOption = _SHIPPED,
    as_json: JsonOption = False,
) -> None:
    """Check every byte of one version, or of all."""
    with _refusals():
        opened = open_store(store)
        ids = [opened.entry(id).id] if id else [entry.id for entry in opened.entries()]
    problems = {each: _problem(opened, each) for each in ids}
    if as_json:
        _print_json([{"id": str(each), "ok": not problem, "error": problem} for each, problem in problems.items()])
    else:
        table = Table("vector set", "verified")
        for each, problem in problems.items():
            table.add_row(str(each), "no" if problem else "yes")
        _print(table)
    for problem in filter(None, problems.values()):
        typer.echo(problem, err=True)
    if any(problems.values()):
        raise typer.Exit(1)


@app.command("diff")
def compare(a: IdArgument, b: IdArgument, store: StoreOption = _SHIPPED, as_json: JsonOption = False) -> None:
    """Show what differs between two versions."""
    with _refusals():
        difference = diff(open_store(store), a, b)
    if as_json:
        _print_json(asdict(difference))
        return
    for table in _difference_tables(difference, a, b):
        _print(table)


@app.command("yank")
def yank_version(
    id: IdArgument,
    reason: Annotated[str, typer.Option("--reason", help="Why it is withdrawn; shown to whoever asks for it.")],
    store: StoreOption = _SHIPPED,
    as_json: JsonOption = False,
) -> None:
    """Withdraw a version: it is not served any more; its files stay."""
    with _refusals():
        entry = open_store(store).yank(id, reason)
    if as_json:
        _print_json(entry.model_dump(mode="json"))
    else:
        typer.echo(f"{id} is yanked: {entry.reason}")


@contextmanager
def _refusals() -> Iterator[None]:
    """A store's refusal is one line and exit code 1, without a traceback."""
    try:
        yield
    except VectorStoreError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error


def _problem(store: VectorStore, id: VectorSetId) -> str | None:
    try:
        store.verify(id)
    except VectorStoreError as error:
        return str(error)
    return None


def _status(entry: Entry) -> str:
    return f"yanked: {entry.reason}" if entry.yanked else "published"


def _facts(entry: Entry, manifest: Manifest) -> Iterator[tuple[str, str]]:
    model, made, band = manifest.model, manifest.provenance, manifest.certified_band
    yield "status", _status(entry)
    yield "digest", entry.digest
    yield "created", manifest.created.isoformat()
    yield "model", f"{model.architecture}, {model.num_layers} layers of {model.hidden_size}"
    yield "fingerprint", model.fingerprint
    yield "layers", ", ".join(map(str, manifest.layers))
    yield "positions", manifest.positions
    yield "recommended alpha", f"{manifest.recommended_alpha:g}"
    yield "certified strengths", f"{band.low:g} to {band.high:g}"
    yield "gate", _gate_facts(manifest.gate)
    yield "dose cap", "none" if manifest.dose_cap is None else f"{manifest.dose_cap:g} of a layer's own length"
    yield "strength for text", f"{manifest.text_strength:g}"
    yield "strength without the gate", f"{manifest.ungated_strength:g}"
    yield "contrast", f"{made.contrast}, {made.n_harmful} harmful and {made.n_safe} safe queries, seed {made.seed}"
    yield "ablation", f"{made.components} components, lambda {made.lambda_:g}"
    yield "made by", made.code_version


def _gate_facts(gate: GateRecord | None) -> str:
    if gate is None:
        return "none"
    counts = f"{gate.n_harmful} harmful and {gate.n_safe} safe requests ({gate.fitted_on})"
    return f"after layer {gate.layer}, held-out AUROC {gate.auroc:.3f} over {counts}"


def _difference_tables(difference: Difference, a: VectorSetId, b: VectorSetId) -> Iterator[Table]:
    fields = Table("field", str(a), str(b))
    for change in difference.fields:
        fields.add_row(change.field, json.dumps(change.a), json.dumps(change.b))
    yield fields
    layers = Table("layer", f"norm {a}", f"norm {b}", "cosine")
    for layer in difference.layers:
        values = (layer.norm_a, layer.norm_b, layer.cosine)
        layers.add_row(str(layer.layer), *("-" if value is None else f"{value:.4f}" for value in values))
    yield layers


def _print(table: Table) -> None:
    # A reason or a path may hold brackets, which are no markup.
    Console(markup=False, highlight=False).print(table)


def _print_json(value: object) -> None:
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False))
