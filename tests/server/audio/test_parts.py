import base64
import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.audio.limits import AudioLimits
from server.audio.parts import find_audio, replace_audio
from server.errors import ApiError, AudioUrlUnavailable, InvalidBase64, InvalidValue, TooManyClips, UnsupportedAudio

LIMITS = AudioLimits(max_clips=3, max_clip_seconds=60, max_audio_seconds=60, max_decoded_bytes=2**28)
B64 = base64.b64encode(b"sound").decode()


def spoken(data: Any = B64, format_: Any = "wav") -> dict[str, Any]:
    return {"type": "input_audio", "input_audio": {"data": data, "format": format_}}


def linked(url: Any) -> dict[str, Any]:
    return {"type": "audio_url", "audio_url": {"url": url}}


def text(words: str) -> dict[str, Any]:
    return {"type": "text", "text": words}


def user(*parts: Any) -> list[dict[str, Any]]:
    return [{"role": "user", "content": list(parts)}]


CONVERSATION = [
    {"role": "system", "content": "Be kind."},
    {"role": "user", "content": [text("Listen:"), spoken(), linked(f"data:audio/ogg;base64,{B64}")]},
    {"role": "assistant", "content": "Heard.", "audio": None},
    {"role": "user", "content": [linked("https://media.example.com/a.wav"), text("And now?")]},
]


def test_clips_are_found_in_every_user_message_in_order_with_their_paths() -> None:
    assert [(part.param, part.source) for part in find_audio(CONVERSATION, LIMITS)] == [
        ("messages[1].content[1].input_audio.data", b"sound"),
        ("messages[1].content[2].audio_url.url", b"sound"),
        ("messages[3].content[0].audio_url.url", "https://media.example.com/a.wav"),
    ]


def test_replacing_changes_the_audio_parts_and_neither_the_rest_nor_the_callers_messages() -> None:
    before = copy.deepcopy(CONVERSATION)
    parts = find_audio(CONVERSATION, LIMITS)
    replaced = replace_audio(CONVERSATION, parts, ["sarsteer-audio:0", "sarsteer-audio:1", "sarsteer-audio:2"])
    assert before == CONVERSATION
    assert replaced == [
        CONVERSATION[0],
        {"role": "user", "content": [text("Listen:"), linked("sarsteer-audio:0"), linked("sarsteer-audio:1")]},
        CONVERSATION[2],
        {"role": "user", "content": [linked("sarsteer-audio:2"), text("And now?")]},
    ]


def test_every_clip_needs_a_url() -> None:
    with pytest.raises(ValueError, match="zip"):
        replace_audio(CONVERSATION, find_audio(CONVERSATION, LIMITS), ["sarsteer-audio:0"])


def test_white_space_in_base64_is_tolerated() -> None:
    assert find_audio(user(spoken("c29\r\n 1bmQ=\n")), LIMITS)[0].source == b"sound"


@pytest.mark.parametrize("format_", ["wav", "mp3", "flac", "ogg", "opus", "m4a", "webm", "WAV"])
def test_every_format_may_be_declared(format_: str) -> None:
    assert find_audio(user(spoken(format_=format_)), LIMITS)[0].source == b"sound"


@pytest.mark.parametrize("data", ["*", "c29", "c29ud", "c29udW==Zg==", "c29_dQ==", "ß", "", "  ", None, 5, [B64]])
def test_what_is_no_base64_is_400_at_the_datas_path(data: Any) -> None:
    with pytest.raises(InvalidBase64) as caught:
        find_audio(user(text("a"), spoken(data)), LIMITS)
    assert caught.value.param == "messages[0].content[1].input_audio.data"


@pytest.mark.parametrize(
    ("part", "error", "param"),
    [
        (spoken(format_="aiff"), UnsupportedAudio, "messages[0].content[0].input_audio.format"),
        (spoken(format_=None), InvalidValue, "messages[0].content[0].input_audio.format"),
        ({"type": "input_audio", "input_audio": B64}, InvalidValue, "messages[0].content[0].input_audio"),
        ({"type": "input_audio"}, InvalidValue, "messages[0].content[0].input_audio"),
        (linked(None), InvalidValue, "messages[0].content[0].audio_url.url"),
        (linked(f"data:audio/wav,{B64}"), InvalidValue, "messages[0].content[0].audio_url.url"),
        (linked("data:audio/wav;base64"), InvalidValue, "messages[0].content[0].audio_url.url"),
        (linked("data:audio/wav;base64,*"), InvalidBase64, "messages[0].content[0].audio_url.url"),
        (linked("file:///etc/passwd"), AudioUrlUnavailable, "messages[0].content[0].audio_url.url"),
        (linked("sarsteer-audio:0"), AudioUrlUnavailable, "messages[0].content[0].audio_url.url"),
        (linked("SARSTEER-AUDIO:0"), AudioUrlUnavailable, "messages[0].content[0].audio_url.url"),
        (linked(""), AudioUrlUnavailable, "messages[0].content[0].audio_url.url"),
        ({"type": "text", "text": {"a": 1}}, InvalidValue, "messages[0].content[0].text"),
        ({"type": "text"}, InvalidValue, "messages[0].content[0].text"),
        ("words", InvalidValue, "messages[0].content[0]"),
        (None, InvalidValue, "messages[0].content[0]"),
        ({"image_url": "http://127.0.0.1/"}, InvalidValue, "messages[0].content[0]"),
        ({"type": ["text"], "text": "a"}, InvalidValue, "messages[0].content[0]"),
    ],
)
def test_a_part_that_cannot_be_taken_is_refused_at_its_path(part: Any, error: type[ApiError], param: str) -> None:
    with pytest.raises(error) as caught:
        find_audio(user(part), LIMITS)
    assert caught.value.param == param


@pytest.mark.parametrize(
    "kind", ["image_url", "video_url", "input_image", "input_video", "file", "audio_embeds", "image_embeds", "thinking"]
)
def test_other_media_are_refused_by_name(kind: str) -> None:
    with pytest.raises(InvalidValue, match=f"'{kind}' is not taken") as caught:
        find_audio(user(text("a"), {"type": kind, kind: {"url": "http://127.0.0.1/"}}), LIMITS)
    assert caught.value.param == "messages[0].content[1].type"


@pytest.mark.parametrize(
    "part",
    [
        {**text("hi"), "uuid": "u", "image_url": "http://127.0.0.1/"},
        {**text("hi"), "audio_url": "http://127.0.0.1/"},
        {**spoken(), "uuid": "u"},
        {**spoken(), "audio_url": {"url": "http://127.0.0.1/"}},
        {**linked(f"data:audio/wav;base64,{B64}"), "video_url": "http://127.0.0.1/"},
    ],
)
def test_media_hidden_beside_a_parts_own_field_are_refused(part: dict[str, Any]) -> None:
    with pytest.raises(InvalidValue):
        find_audio(user(part), LIMITS)


@pytest.mark.parametrize("role", ["system", "developer", "assistant", "tool"])
def test_only_users_speak(role: str) -> None:
    with pytest.raises(InvalidValue, match=f"audio in a '{role}' message") as caught:
        find_audio([{"role": role, "content": [spoken()]}], LIMITS)
    assert caught.value.param == "messages[0].content[0]"


def test_an_earlier_answer_in_audio_cannot_be_referred_to() -> None:
    with pytest.raises(InvalidValue, match="answers in text") as caught:
        find_audio([{"role": "assistant", "audio": {"id": "audio_1"}}], LIMITS)
    assert caught.value.param == "messages[0].audio"


def test_too_many_clips_are_refused_before_any_is_unpacked() -> None:
    with pytest.raises(TooManyClips, match="hold 4 audio clips; send at most 3"):
        find_audio([*user(spoken("*"), spoken("*")), *user(spoken("*"), spoken("*"))], LIMITS)


def test_a_long_value_is_not_echoed_whole() -> None:
    for part in ({"type": "x" * 9999}, spoken(format_="x" * 9999), linked("x" * 9999), {**text("a"), "x" * 9999: 1}):
        with pytest.raises(ApiError) as caught:
            find_audio(user(part), LIMITS)
        assert len(caught.value.message) < 300


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "role", "content", "text", "input_audio", "audio_url", "url", "data", "format"]),
            inner
            | st.sampled_from(["user", "text", "input_audio", "audio_url", "wav", B64, "data:audio/wav;base64,YQ=="]),
        )
    ),
    max_leaves=12,
)


@given(st.lists(JSON, max_size=4))
def test_no_messages_raise_anything_but_api_errors(messages: list[Any]) -> None:
    try:
        parts = find_audio(messages, LIMITS)
    except ApiError as error:
        status = error.status
    else:
        status = 200
        assert len(replace_audio(messages, parts, ["sarsteer-audio:0"] * len(parts))) == len(messages)
    assert status in (200, 400, 415)
