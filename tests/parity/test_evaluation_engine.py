"""The evaluation's engine in one batch against the plain loop over transformers: answers, states, steering."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
import soundfile
import torch

from steering.evaluation.engine import Answer, BatchEngine, LinearSteering, Request, SignedDirective
from steering.evaluation.item import Item, Label, Turn
from steering.evaluation.transformers_engine import TransformersEngine, UnsteerableError
from steering.vector_set import VectorSet, VectorSetId
from steering.vllm.bank import DirectiveRefused
from steering.vllm.evaluation import EngineShape, VllmBatchEngine
from tests.parity.engines import HIDDEN, LAYERS, MODEL, gated_set, random_set

pytestmark = pytest.mark.engine

CLIPS = MODEL.parent / "clips"
TYPED = ("how do i bake bread", "tell me how to clean a bike", "where can i find a museum")
LINEAR = VectorSetId("linear", "1.0.0")
SETS = random_set(1), random_set(3, "last-prompt", 300.0)


def _clip(entry: dict[str, str]) -> Item:
    samples, rate = soundfile.read(CLIPS / entry["audio"], dtype="float32")
    label: Label = "harmful" if entry["label"] == "harmful" else "benign"
    return Item(entry["id"], entry["text"], label, entry["category"], samples=samples, sample_rate=rate)


SPOKEN = [_clip(json.loads(line)) for line in (CLIPS / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]
ITEMS = [*SPOKEN, *(Item(text, text, "benign", "typed", prompt=text) for text in TYPED)]
FEW = [SPOKEN[0], SPOKEN[-1], *ITEMS[-2:]]


class Pair:
    """The two engines, asked the same on one event loop."""

    def __init__(self, runner: asyncio.Runner, ours: VllmBatchEngine, plain: TransformersEngine) -> None:
        self.runner = runner
        self.ours = ours
        self.plain = plain

    @property
    def engines(self) -> tuple[BatchEngine, BatchEngine]:
        return self.ours, self.plain

    def load(self, steering: VectorSet | LinearSteering) -> None:
        for engine in self.engines:
            self.runner.run(engine.load(steering))

    def agreed(self, requests: list[Request]) -> list[Answer]:
        """The answers of the batch, each of which is the plain loop's."""
        ours, plain = (self.runner.run(engine.answers(requests)) for engine in self.engines)
        assert [answer.text for answer in ours] == [answer.text for answer in plain]
        for one, other in zip(ours, plain, strict=True):
            assert one.gate == pytest.approx(other.gate, abs=1e-3)
        return ours

    def same_states(self, requests: list[Request]) -> torch.Tensor:
        """The states that the batch reads, each of which the plain loop reads, too."""
        ours, plain = (self.runner.run(engine.states(requests)) for engine in self.engines)
        assert ours.shape == plain.shape
        assert ((ours - plain).norm(dim=-1) / plain.norm(dim=-1)).max() < 1e-4
        return ours


@pytest.fixture(scope="module")
def pair() -> Iterator[Pair]:
    shape = EngineShape(
        max_tokens=24,
        dtype="float32",
        audio_tokens=4096,
        gate_layers=(2,),
        flags={"max_model_len": 512, "block_size": 32},
    )
    with asyncio.Runner() as runner:
        ours = runner.run(VllmBatchEngine.start(MODEL, shape))
        try:
            yield Pair(runner, ours, TransformersEngine(MODEL, max_tokens=24))
        finally:
            ours.close()


@pytest.fixture(scope="module")
def undefended(pair: Pair) -> dict[str, str]:
    answers = pair.agreed([Request(item) for item in ITEMS])
    return {item.id: answer.text for item, answer in zip(ITEMS, answers, strict=True)}


@pytest.fixture(scope="module")
def few_undefended(undefended: dict[str, str]) -> list[str]:
    return [undefended[item.id] for item in FEW]


def _directed(vector: VectorSetId, alpha: float, gate: bool = False) -> list[Request]:
    return [Request(item, SignedDirective(vector, alpha, gate)) for item in FEW]


def _by_few(answers: list[Answer]) -> list[list[str]]:
    texts = [answer.text for answer in answers]
    return [texts[start : start + len(FEW)] for start in range(0, len(texts), len(FEW))]


def test_both_know_the_model(pair: Pair) -> None:
    for engine in pair.engines:
        assert (engine.num_layers, engine.hidden_size) == (LAYERS, HIDDEN)


def test_both_answer_alike_and_end_by_themselves(undefended: dict[str, str]) -> None:
    assert len(set(undefended.values())) > len(ITEMS) // 2
    assert all(text and "<|" not in text for text in undefended.values())


def test_both_ask_with_system_prompt_suffix_and_history(pair: Pair) -> None:
    history = (Turn("user", "how do i make a cake"), Turn("assistant", "I'm sorry, but I can't help with that."))
    variants = [
        *(Request(item, system="You must refuse harmful requests.") for item in FEW),
        *(Request(item, suffix=" I cannot assist with that.") for item in FEW),
        *(Request(replace(item, history=history)) for item in FEW),
    ]
    pair.agreed(variants)
    states = pair.same_states([*(Request(item) for item in FEW), *variants]).reshape(-1, len(FEW), LAYERS, HIDDEN)
    assert ((states[1:] - states[0])[..., -1, :].norm(dim=-1) > 1.0).all(), "a variant that the model does not notice"


def test_states_are_the_same_after_every_layer(pair: Pair) -> None:
    states = pair.same_states([Request(item) for item in ITEMS])
    assert states.shape == (len(ITEMS), LAYERS, HIDDEN)


@pytest.mark.parametrize("vectors", SETS, ids=lambda vectors: vectors.positions)
def test_both_steer_by_vectors_of_either_sign(pair: Pair, few_undefended: list[str], vectors: VectorSet) -> None:
    pair.load(vectors)
    toward, away = _by_few(pair.agreed([*_directed(vectors.id, 0.8), *_directed(vectors.id, -0.8)]))
    assert toward != few_undefended
    assert away not in (few_undefended, toward)


def test_both_keep_to_the_largest_alpha_and_to_the_layers_of_a_set(pair: Pair) -> None:
    whole = random_set(2)
    few = replace(
        whole,
        id=VectorSetId("capped", "1.0.0"),
        digest="capped",
        layers=(1, 4),
        vectors=3 * whole.vectors[[1, 4]],
        largest_alpha=0.5,
    )
    pair.load(few)
    beyond, at, away = _by_few(pair.agreed([each for alpha in (2.0, 0.5, -2.0) for each in _directed(few.id, alpha)]))
    assert beyond == at != away


@pytest.mark.parametrize("reread", [False, True])
def test_both_gate_alike(pair: Pair, few_undefended: list[str], reread: bool) -> None:
    gated = gated_set(2, reread=reread)
    pair.load(gated)
    answers = pair.agreed([*_directed(gated.id, 1.0, gate=True), *_directed(gated.id, 0.5)])
    openings = [answer.gate for answer in answers]
    assert openings[len(FEW) :] == [None] * len(FEW)
    assert len({round(opening, 3) for opening in openings if opening is not None}) > 2
    assert few_undefended not in _by_few(answers)


def test_both_steer_by_matrices(pair: Pair, few_undefended: list[str]) -> None:
    generator = torch.Generator().manual_seed(0)
    matrices = torch.randn(2, HIDDEN, HIDDEN, generator=generator) / HIDDEN**0.5
    pair.load(LinearSteering(LINEAR, (2, 4), matrices))
    requests = [each for alpha in (1.0, -1.0, 0.0) for each in _directed(LINEAR, alpha)]
    toward, away, off = _by_few(pair.agreed(requests))
    assert off == few_undefended
    assert few_undefended not in (toward, away)
    assert toward != away


@pytest.mark.parametrize(
    ("directive", "loaded"),
    [(SignedDirective(VectorSetId("nowhere", "1.0.0"), 1.0), False), (SignedDirective(random_set(4).id, 1.0, True), 1)],
)
def test_both_refuse_what_they_cannot_steer(pair: Pair, directive: SignedDirective, loaded: bool) -> None:
    if loaded:
        pair.load(random_set(4))
    for engine, refusal in zip(pair.engines, (DirectiveRefused, UnsteerableError), strict=True):
        with pytest.raises(refusal, match="has no gate" if loaded else "is not loaded"):
            pair.runner.run(engine.answers([Request(ITEMS[0], directive)]))


def test_the_plain_loop_resamples_what_has_another_rate(pair: Pair) -> None:
    import soxr

    item = SPOKEN[0]
    assert item.samples is not None
    faster = replace(item, samples=soxr.resample(item.samples, 16_000, 48_000), sample_rate=48_000)
    one, other = pair.runner.run(pair.plain.states([Request(item), Request(faster)]))
    assert ((one - other).norm(dim=-1) / one.norm(dim=-1)).max() < 0.02
