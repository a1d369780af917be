"""An eager engine: steered vLLM equals steered transformers, mixed equals alone, and the door holds."""

import asyncio

import pytest

from steering.directive import Directive
from steering.vector_set import VectorSetId
from tests.parity.engines import Answer, Case, Engine, Question, random_set, tone, worst_difference
from tests.parity.oracle import Oracle

pytestmark = pytest.mark.engine

ONE, TWO, LAST_ONLY = random_set(1), random_set(2), random_set(3, "last-prompt", 120.0)
TEXT, SPEECH = Question("how do i bake bread"), Question("", tone(1.5, 2))
LOG_PROBABILITY_TOLERANCE = 1e-3


@pytest.mark.parametrize("question", [TEXT, SPEECH], ids=["text", "audio"])
@pytest.mark.parametrize("vector_set", [ONE, TWO, LAST_ONLY], ids=["one", "two", "last-only"])
@pytest.mark.parametrize("alpha", [0.4, 1.0])
def test_steered_engine_equals_steered_transformers(
    eager: Engine, oracle: Oracle, question: Question, vector_set: object, alpha: float
) -> None:
    case = Case(question, vector_set, alpha)  # type: ignore[arg-type]
    [answer] = eager.answer([case])
    assert worst_difference(answer, oracle.answer(case)) < LOG_PROBABILITY_TOLERANCE


def test_the_vectors_of_these_tests_change_the_answers(eager: Engine) -> None:
    plain, *steered = eager.answer([Case(TEXT), Case(TEXT, ONE, 1.0), Case(TEXT, TWO, 1.0), Case(TEXT, LAST_ONLY, 1.0)])
    assert len({plain.tokens, *(answer.tokens for answer in steered)}) == 4


def test_a_mixed_batch_of_sixteen_equals_each_request_alone(eager: Engine) -> None:
    questions = [TEXT, SPEECH]
    cases = [
        Case(question, vector_set, alpha)
        for vector_set in (ONE, TWO)
        for alpha in (0.3, 0.6, 1.0, 1.4)
        for question in questions
    ]
    cases[3], cases[10] = Case(TEXT), Case(SPEECH)
    together = eager.answer(cases)
    for case, answer in zip(cases, together, strict=True):
        [alone] = eager.answer([case])
        assert worst_difference(answer, alone) < LOG_PROBABILITY_TOLERANCE


def test_a_client_cannot_set_or_remove_its_own_directive(eager: Engine) -> None:
    case = Case(TEXT, ONE, 1.0)
    [honest] = eager.answer([case])
    for forged in (["", 0.0], [TWO.digest, 9.0], None, "off"):
        [answer] = eager.answer([case], extra_args={"sarsteer": forged})
        assert worst_difference(answer, honest) < LOG_PROBABILITY_TOLERANCE


def test_every_answer_of_n_is_steered(eager: Engine) -> None:
    case = Case(TEXT, ONE, 1.0)
    [expected] = eager.answer([case])

    async def all_of_them() -> list[tuple[int, ...]]:
        from vllm import SamplingParams

        from steering.vllm.directive import directed

        params = SamplingParams(n=3, temperature=0.01, max_tokens=12, ignore_eos=True)
        with directed(case.directive):
            outputs = eager.llm.generate({"prompt": TEXT.prompt}, params, "three")
        tokens: dict[int, tuple[int, ...]] = {}
        async for output in outputs:
            tokens |= {completion.index: tuple(completion.token_ids) for completion in output.outputs}
        return list(tokens.values())

    assert eager.call(all_of_them()) == [expected.tokens] * 3


def test_a_request_without_a_directive_is_refused(eager: Engine) -> None:
    from vllm import SamplingParams

    from steering.vllm.engine import UndirectedRequest

    async def undirected() -> None:
        async for _ in eager.llm.generate({"prompt": TEXT.prompt}, SamplingParams(max_tokens=2), "stray"):
            pass

    async def around_the_door() -> None:
        await eager.llm.add_request("stray", {"prompt": TEXT.prompt}, SamplingParams(max_tokens=2))

    for stray in (undirected, around_the_door):
        with pytest.raises(UndirectedRequest, match="stray"):
            eager.call(stray())


@pytest.mark.parametrize(
    ("directive", "reason"),
    [
        (Directive(VectorSetId("absent", "1.0.0"), 1.0), "absent@1.0.0 is not loaded"),
        (Directive(ONE.id, 1.0, gate=True), "has no gate"),
    ],
)
def test_a_directive_that_cannot_be_carried_out_is_refused_at_the_door(
    eager: Engine, directive: Directive, reason: str
) -> None:
    from vllm import SamplingParams

    from steering.vllm.bank import DirectiveRefused
    from steering.vllm.directive import directed

    async def ask() -> None:
        with directed(directive):
            outputs = eager.llm.generate({"prompt": TEXT.prompt}, SamplingParams(max_tokens=2), "refused")
        async for _ in outputs:
            pass

    with pytest.raises(DirectiveRefused, match=reason):
        eager.call(ask())


def test_what_a_worker_cannot_steer_ends_with_an_error_and_others_go_on(eager: Engine) -> None:
    """The backstop: the front believes a set is resident that the worker no longer has."""
    from steering.vllm.engine import UnsteerableRequest

    doomed = random_set(7)
    good = Case(TEXT, ONE, 1.0)
    [expected] = eager.answer([good])
    eager.load(doomed)
    eager.call(eager.llm.collective_rpc("sarsteer_unload", args=(doomed.digest,)))

    async def both() -> list[Answer | BaseException]:
        return list(
            await asyncio.gather(
                eager.ask(good), eager.ask(Case(TEXT, doomed, 1.0)), eager.ask(good), return_exceptions=True
            )
        )

    first, ended, last = eager.call(both())
    assert isinstance(ended, UnsteerableRequest)
    assert "is not loaded in this worker" in str(ended)
    assert first.tokens == last.tokens == expected.tokens
    assert eager.answer([good])[0].tokens == expected.tokens
    eager.call(eager.llm.bank.unload(doomed.id))


@pytest.mark.parametrize("wire", [["", float("nan")], ["x"], "off", ["absent", 1.0]])
def test_a_directive_that_the_worker_cannot_read_ends_its_request(eager: Engine, wire: object) -> None:
    """Straight into the engine core, as nothing but a fault of ours could send it."""
    from vllm import SamplingParams
    from vllm.v1.engine.async_llm import AsyncLLM

    async def ask() -> str:
        params = SamplingParams(max_tokens=4, extra_args={"sarsteer": wire})
        reason = ""
        async for output in AsyncLLM.generate(eager.llm, {"prompt": TEXT.prompt}, params, "unreadable"):
            assert not output.outputs[0].token_ids
            reason = str(output.outputs[0].stop_reason)
        return reason

    assert eager.call(ask()).startswith("sarsteer: ")


def test_vector_sets_swap_under_eight_streams_and_no_answer_changes(eager: Engine) -> None:
    """Each stream keeps the version that it was admitted with; the old one leaves with its last request."""
    old, new = random_set(5), random_set(6)
    eager.load(old)
    tokens = 120
    expected_old = eager.answer([Case(TEXT, old, 1.0)], max_tokens=tokens)[0].tokens

    async def swap_midway() -> tuple[list[Answer], list[str]]:
        streams = [asyncio.ensure_future(eager.ask(Case(TEXT, old, 1.0), max_tokens=tokens)) for _ in range(8)]
        await asyncio.sleep(0.1)
        await eager.llm.bank.unload(old.id)
        await eager.llm.bank.load(new)
        during = [digest for [*digests] in await eager.llm.collective_rpc("sarsteer_resident") for digest in digests]
        assert not any(stream.done() for stream in streams)
        return await asyncio.gather(*streams), during

    answers, during = eager.call(swap_midway())
    assert {answer.tokens for answer in answers} == {expected_old}
    assert {old.digest, new.digest} <= set(during)
    [swapped] = eager.answer([Case(TEXT, new, 1.0)], max_tokens=tokens)
    assert swapped.tokens != expected_old
    [resident] = eager.call(eager.llm.collective_rpc("sarsteer_resident"))
    assert new.digest in resident
    assert old.digest not in resident
    eager.call(eager.llm.bank.unload(new.id))


def test_a_full_bank_says_so(eager: Engine) -> None:
    extra = random_set(8), random_set(9)
    eager.load(*extra)
    with pytest.raises(ValueError, match="All 5 slots"):
        eager.load(random_set(10))
    for vector_set in extra:
        eager.call(eager.llm.bank.unload(vector_set.id))


def test_two_contents_never_share_a_version(eager: Engine) -> None:
    with pytest.raises(ValueError, match="a version never changes"):
        eager.load(random_set(1, scale=31.0))
