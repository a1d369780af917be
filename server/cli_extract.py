"""``sarsteer extract``: from folders of spoken queries to a published version."""

import json
from datetime import UTC, datetime
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import torch
import typer
from rich.progress import Progress

from steering.extraction import PAPER_INSTRUCTION, PAPER_REFUSAL_PROMPT, Contrast, Extraction, Origin, Recipe, extract
from steering.fingerprint import bind_model
from steering.gate import GateStates
from steering.hub import resolve_model
from steering.manifest import GateRecord, Provenance
from steering.publication import Draft
from steering.spoken import read_folder
from steering.store import SHIPPED_ROOT, VectorStore
from steering.vector_set import Positions, StrengthBand, VectorSetId

POSITIONS: tuple[Positions, ...] = get_args(Positions)
GATES = ("none", *get_args(Origin))
CONTRASTS: tuple[Contrast, ...] = get_args(Contrast)


def extract_command(
    model: Annotated[str, typer.Option(help="The model: a folder or a Hub id.")],
    harmful: Annotated[Path, typer.Option(help="A folder of harmful spoken queries.")],
    safe: Annotated[Path, typer.Option(help="A folder of safe spoken queries.")],
    name: Annotated[str, typer.Option(help="The vector set's name.")],
    version: Annotated[str, typer.Option(help="The version, as in 1.0.0 (semver).")],
    store: Annotated[Path, typer.Option(help="The store to publish to.")] = SHIPPED_ROOT,
    layers: Annotated[str | None, typer.Option(help="Layers to steer, as in 3,4,5. Default: all.")] = None,
    contrast: Annotated[str, typer.Option(help=" or ".join(CONTRASTS))] = "refusal-prompt",
    positions: Annotated[str, typer.Option(help=" or ".join(POSITIONS))] = "last-prompt-and-decoded",
    instruction: Annotated[str, typer.Option(help="The text that follows every clip (paper: t).")] = PAPER_INSTRUCTION,
    refusal_prompt: Annotated[str, typer.Option(help="What asks for a refusal (paper: p).")] = PAPER_REFUSAL_PROMPT,
    components: Annotated[int, typer.Option(help="Directions of the safe space to ablate (paper: k).")] = 10,
    alpha: Annotated[float, typer.Option(help="The recommended strength, raw (paper: alpha).")] = 0.1,
    band: Annotated[
        tuple[float, float], typer.Option(help="Lowest and highest certified strength, in multiples of alpha.")
    ] = (1.0, 1.0),
    gate: Annotated[str, typer.Option(help=f"What to fit a gate on: {', '.join(GATES)}.")] = "none",
    gate_layer: Annotated[
        int | None, typer.Option(help="The layer that the gate reads. Default: the one that separates best.")
    ] = None,
    gate_reread: Annotated[
        bool, typer.Option("--gate-reread", help="Read decoded tokens too: an answer that turns harmful is steered.")
    ] = False,
    dose_cap: Annotated[
        float | None, typer.Option(help="The most that any strength may move a layer, as a share of its length.")
    ] = None,
    evaluation: Annotated[Path | None, typer.Option(help="A JSON file to publish as the evaluation.")] = None,
    batch_size: Annotated[int, typer.Option(help="Queries in one forward pass.")] = 8,
    longest_seconds: Annotated[float, typer.Option(help="The longest clip that the model hears.")] = 30.0,
) -> None:
    """Extract vectors from spoken queries and publish them as a version."""
    chosen_contrast = _one_of(contrast, CONTRASTS, "--contrast")
    gate_on: Origin | Literal["none"] = _one_of(gate, GATES, "--gate")
    gate_origin = None if gate_on == "none" else gate_on
    chosen_positions = _one_of(positions, POSITIONS, "--positions")
    folder = resolve_model(model)
    binding = bind_model(folder)
    steered = tuple(range(binding.num_layers)) if layers is None else _layers(layers, binding.num_layers)
    card = {} if evaluation is None else json.loads(evaluation.read_text(encoding="utf-8"))
    loaded, processor = _load(folder)
    rate = int(processor.feature_extractor.sampling_rate)
    harmful_queries, safe_queries = (read_folder(path, rate, longest_seconds) for path in (harmful, safe))
    recipe = Recipe(
        chosen_contrast, instruction, refusal_prompt, components, batch_size=batch_size, gate_origin=gate_origin
    )
    with Progress() as bar:
        task = bar.add_task("extracting")
        extraction = extract(
            loaded,
            processor,
            harmful_queries,
            safe_queries,
            recipe,
            lambda done, total: bar.update(task, completed=done, total=total),
        )
    record, direction = _gate(extraction.gate_states, gate_origin, gate_layer, steered, gate_reread)
    draft = Draft(
        id=VectorSetId(name, version),
        created=datetime.now(UTC),
        model=binding,
        layers=steered,
        vectors=extraction.vectors[list(steered)],
        positions=chosen_positions,
        provenance=_provenance(recipe, extraction, steered, len(harmful_queries), len(safe_queries)),
        recommended_alpha=alpha,
        certified_band=StrengthBand(*band),
        gate=record,
        gate_direction=direction,
        dose_cap=dose_cap,
    )
    VectorStore(store).publish(draft, card)
    typer.echo(f"Published {draft.id} in {store}.")


def _provenance(
    recipe: Recipe, extraction: Extraction, layers: tuple[int, ...], n_harmful: int, n_safe: int
) -> Provenance:
    return Provenance(
        contrast=recipe.contrast,
        instruction=recipe.instruction,
        refusal_prompt=recipe.refusal_prompt if recipe.contrast == "refusal-prompt" else None,
        components=recipe.components,
        lambda_=recipe.lambda_,
        normalised=False,
        # Nothing is drawn: the queries are all of the folders', in the order of their names.
        seed=0,
        n_harmful=n_harmful,
        n_safe=n_safe,
        data_sha256=extraction.data_sha256,
        code_version=installed_version("sarsteer"),
        statistics={key: tuple(values[layer] for layer in layers) for key, values in extraction.statistics.items()},
    )


def _gate(
    states: GateStates | None, origin: Any, layer: int | None, steered: tuple[int, ...], reread: bool
) -> tuple[GateRecord | None, torch.Tensor | None]:
    """The gate's record and direction. It reads below the last steered layer, or it would open nothing in time."""
    if states is None:
        return None, None
    if layer is not None and not 0 <= layer < steered[-1]:
        raise typer.BadParameter(
            f"A gate reads below the last steered layer, {steered[-1]}.", param_hint="--gate-layer"
        )
    if steered[-1] == 0:
        raise typer.BadParameter("A gate needs a steered layer above the one it reads.", param_hint="--layers")
    fit = states.best(range(steered[-1]) if layer is None else (layer,), reread=reread)
    record = GateRecord(
        layer=fit.gate.layer,
        bias=fit.gate.bias,
        gain=fit.gate.gain,
        reread=fit.gate.reread,
        fitted_on=origin,
        n_harmful=len(states.harmful),
        n_safe=len(states.safe),
        auroc=fit.auroc,
    )
    return record, fit.gate.direction


def _load(folder: Path) -> tuple[Any, Any]:
    from transformers import AutoModelForMultimodalLM, AutoProcessor

    device = "cuda" if torch.cuda.is_available() else "cpu"
    dtype = torch.bfloat16 if device == "cuda" else torch.float32
    model = AutoModelForMultimodalLM.from_pretrained(folder, dtype=dtype).eval().to(device)
    return model, AutoProcessor.from_pretrained(folder)


def _layers(text: str, count: int) -> tuple[int, ...]:
    try:
        layers = tuple(sorted({int(part) for part in text.split(",")}))
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no list of layers; write 3,4,5.", param_hint="--layers") from error
    if not layers or layers[0] < 0 or layers[-1] >= count:
        raise typer.BadParameter(f"{text} names layers outside 0 to {count - 1}.", param_hint="--layers")
    return layers


def _one_of(value: str, allowed: tuple[Any, ...], option: str) -> Any:
    if value not in allowed:
        raise typer.BadParameter(f"{value!r} is none of {', '.join(allowed)}.", param_hint=option)
    return value
