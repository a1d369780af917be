"""A refusal's words go where the tenant wants them, in a whole answer and in a stream, and none is ever lost."""

import copy
from collections.abc import AsyncGenerator, Iterable, Sequence
from itertools import chain, pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.chat.marking import Steering, StreamMarker, mark_completion
from server.engine.protocol import Json
from server.errors import InternalError
from server.policy.model import RefusalStyle
from steering.refusal import OPENING

REFUSAL = "I'm sorry, but I can't help with that."
STUCK = "I'm sorry, I can't help. " * 6
ENDS_AS_ONE = "I can't"
ANSWER = "Sure, here is how to bake bread: mix, wait and bake."
TEXTS = (REFUSAL, STUCK, ENDS_AS_ONE, ANSWER, "", "!!!", "I'm sorryI'm sorryI'm sorryI'm sorry", '{"yes": true}', "Oh")
STYLES: tuple[RefusalStyle, ...] = ("both", "openai", "content")
CALL = {"index": 0, "id": "call-1", "type": "function", "function": {"name": "play", "arguments": "{}"}}


def steering() -> Steering:
    return Steering("refusal", "1.0.0", "d" * 64, 1.0)


def whole(text: str, style: RefusalStyle, tokens: Sequence[Any] = ()) -> Json:
    choice: Json = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    if tokens:
        choice["logprobs"] = {"content": list(tokens)}
    completion = {"choices": [choice]}
    mark_completion(completion, steering(), "engine", style)
    return completion


async def streamed(chunks: Iterable[Json], style: RefusalStyle, fails: bool = False) -> list[Json]:
    async def source() -> AsyncGenerator[Json, None]:
        for chunk in chunks:
            yield copy.deepcopy(chunk)
        if fails:
            raise InternalError()

    marked: list[Json] = []
    try:
        async for chunk in StreamMarker(steering(), "engine", style).mark(source()):
            marked.append(chunk)
    except InternalError:
        assert fails
    return marked


def chunk(index: int = 0, finish: str | None = None, tokens: Sequence[Any] = (), **delta: Any) -> Json:
    choice: Json = {"index": index, "delta": delta, "logprobs": None, "finish_reason": finish}
    if tokens:
        choice["logprobs"] = {"content": list(tokens)}
    return {"id": "x", "object": "chat.completion.chunk", "choices": [choice]}


def joined(chunks: Iterable[Json], index: int = 0) -> dict[str, Any]:
    """What a client makes of one choice of a stream."""
    found: dict[str, Any] = {"content": None, "refusal": None, "logprobs.content": [], "logprobs.refusal": []}
    for each in chunks:
        for choice in each["choices"]:
            if choice["index"] != index:
                continue
            for field in ("content", "refusal"):
                if (piece := choice["delta"].get(field)) is not None:
                    found[field] = (found[field] or "") + piece
                found[f"logprobs.{field}"] += (choice.get("logprobs") or {}).get(field) or []
    return found


@given(
    st.sampled_from(TEXTS) | st.text(max_size=30),
    st.lists(st.integers(0, 200), max_size=12),
    st.sampled_from(STYLES),
    st.booleans(),
    st.booleans(),
)
async def test_a_stream_is_the_whole_answer_however_it_is_cut(
    text: str, cuts: list[int], style: RefusalStyle, with_logprobs: bool, ends_with_text: bool
) -> None:
    places = [0, *sorted(min(cut, len(text)) for cut in cuts), len(text)]
    pieces = [text[a:b] for a, b in pairwise(places)]
    tokens = [[{"token": piece, "at": at}] if with_logprobs else [] for at, piece in enumerate(pieces)]
    chunks = [chunk(role="assistant", content="")]
    chunks += [chunk(content=piece, tokens=of) for piece, of in zip(pieces, tokens, strict=True)]
    if ends_with_text:
        chunks[-1]["choices"][0]["finish_reason"] = "stop"
    else:
        chunks.append(chunk(finish="stop"))
    marked = await streamed(chunks, style)
    answer = whole(text, style, list(chain.from_iterable(tokens)))
    message, logprobs = answer["choices"][0]["message"], answer["choices"][0].get("logprobs") or {}
    found = joined(marked)
    assert (found["content"], found["refusal"]) == (message["content"], message["refusal"])
    assert found["logprobs.content"] == (logprobs.get("content") or [])
    assert found["logprobs.refusal"] == (logprobs.get("refusal") or [])
    assert len(marked) == len(chunks)
    assert marked[0]["choices"][0]["delta"]["role"] == "assistant"
    assert [each["choices"][0]["finish_reason"] for each in marked] == [None] * (len(chunks) - 1) + ["stop"]
    assert marked[-1]["steering"] == answer["steering"]


@pytest.mark.parametrize("text", [REFUSAL, STUCK, ENDS_AS_ONE])
@pytest.mark.parametrize("style", STYLES)
def test_where_the_words_of_a_refusal_go(text: str, style: RefusalStyle) -> None:
    tokens = [{"token": "I"}, {"token": "'m"}]
    answer = whole(text, style, tokens)
    choice = answer["choices"][0]
    assert choice["message"]["content"] == (None if style == "openai" else text)
    assert choice["message"]["refusal"] == (None if style == "content" else text)
    moved = {"content": None, "refusal": tokens}
    assert choice["logprobs"] == (moved if style == "openai" else {"content": tokens})
    assert answer["steering"]["refused"] is True


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("text", [ANSWER, "", "!!!"])
def test_an_answer_is_left_as_it_is(text: str, style: RefusalStyle) -> None:
    answer = whole(text, style, [{"token": "Sure"}])
    assert answer["choices"][0]["message"] == {"role": "assistant", "content": text, "refusal": None}
    assert answer["choices"][0]["logprobs"] == {"content": [{"token": "Sure"}]}
    assert answer["steering"]["refused"] is False


async def test_a_refusal_is_never_first_streamed_as_content() -> None:
    marked = await streamed([chunk(role="assistant", content=""), *(chunk(content=c) for c in REFUSAL)], "openai")
    deltas = [each["choices"][0]["delta"] for each in marked]
    assert not any("content" in delta for delta in deltas)
    shown = [delta["refusal"] for delta in deltas if "refusal" in delta]
    assert shown[0].startswith("I'm sorry")
    assert shown[1:] == list("that."), "once it is decided it is streamed"


async def test_an_answers_first_words_are_held_no_longer_than_they_are_undecided() -> None:
    pieces = ["I", " am", " glad", " to", " help.", *[" Mix."] * (OPENING // 3), " Wait,", " bake."]
    marked = await streamed([chunk(content=piece) for piece in pieces], "openai")
    shown = [each["choices"][0]["delta"].get("content") for each in marked]
    assert "".join(piece or "" for piece in shown) == "".join(pieces)
    assert shown[-2:] == [" Wait,", " bake."]


@pytest.mark.parametrize("style", STYLES)
async def test_choices_are_held_back_each_for_itself(style: RefusalStyle) -> None:
    texts = (REFUSAL, ANSWER, "Oh")
    chunks = [chunk(index, role="assistant", content="") for index in range(3)]
    for at in range(max(map(len, texts))):
        chunks += [chunk(index, content=text[at]) for index, text in enumerate(texts) if at < len(text)]
    chunks += [chunk(index, finish="stop") for index in (1, 0, 2)]
    chunks.append({"id": "x", "choices": [], "usage": {"total_tokens": 9}})
    marked = await streamed(chunks, style)
    for index, text in enumerate(texts):
        message = whole(text, style)["choices"][0]["message"]
        found = joined(marked, index)
        assert (found["content"], found["refusal"]) == (message["content"], message["refusal"])
    assert [each["choices"][0]["index"] for each in marked[:-1]] == [
        each["choices"][0]["index"] for each in chunks[:-1]
    ]
    assert marked[-1]["usage"] == {"total_tokens": 9}


@pytest.mark.parametrize("text", ["Oh", "I can't", ""])
async def test_words_before_the_call_of_a_tool_come_no_later_than_it(text: str) -> None:
    chunks = [chunk(role="assistant", content=""), chunk(content=text), chunk(tool_calls=[CALL])]
    chunks.append(chunk(finish="tool_calls"))
    marked = await streamed(chunks, "openai")
    with_call = marked[2]["choices"][0]["delta"]
    assert with_call["tool_calls"] == [CALL]
    found = joined(marked[:3])
    assert (found["content"] or found["refusal"] or "") == text
    assert found["refusal"] == ("I can't" if text == "I can't" else None)


@pytest.mark.parametrize("fails", [True, False])
async def test_what_is_held_back_when_a_stream_breaks_off_is_given(fails: bool) -> None:
    """Also when it just ends, without saying that it does."""
    chunks = [
        chunk(0, content="I'm", tokens=["a"]),
        chunk(1, content="I'm sorry,"),
        chunk(0, content=" so", tokens=["b"]),
    ]
    marked = await streamed(chunks, "openai", fails)
    assert joined(marked, 0) == {
        "content": "I'm so",
        "refusal": None,
        "logprobs.content": ["a", "b"],
        "logprobs.refusal": [],
    }
    assert joined(marked, 1)["content"] == "I'm sorry,"
    assert {each["id"] for each in marked} == {"x"}
    assert len(await streamed(chunks, "both", fails)) == len(chunks)
