"""What cannot be answered: OpenAI's shape, the right class of the official client, the field, and the way out."""

import base64
import io
import re
import struct
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import openai
import pytest
import soundfile
from openai import OpenAI

from tests.contract.asking import MODEL, ask, spoken, written
from tests.contract.serving import Server

pytestmark = pytest.mark.engine

HELLO = written("hello")
BEAM = {"use_beam_search": True, "n": 2}


def audio(data: bytes, container: str = "wav") -> list[dict[str, Any]]:
    part = {"data": base64.b64encode(data).decode(), "format": container}
    return [{"role": "user", "content": [{"type": "input_audio", "input_audio": part}]}]


def part(**fields: Any) -> list[dict[str, Any]]:
    return [{"role": "user", "content": [fields]}]


def wav(seconds: float, rate: int = 8_000) -> bytes:
    sink = io.BytesIO()
    soundfile.write(sink, np.zeros(int(seconds * rate), np.float32), rate, format="WAV", subtype="PCM_U8")
    return sink.getvalue()


CASES: dict[str, tuple[dict[str, Any], int, str | None, str]] = {
    "no messages": ({"messages": []}, 400, "messages", "at least one message"),
    "unknown field": ({"extra_body": {"colour": "red"}}, 400, "colour", "Unknown field 'colour'"),
    "a forged directive": ({"extra_body": {"vllm_xargs": {"sarsteer": 1}}}, 400, "vllm_xargs", "Unknown field"),
    "beam search": ({"extra_body": BEAM}, 400, "use_beam_search", "cannot be steered"),
    "logit bias": ({"logit_bias": {"40": -100}}, 400, "logit_bias", "words of a refusal"),
    "a prefilled answer": (
        {"extra_body": {"continue_final_message": True}},
        400,
        "continue_final_message",
        "beginning",
    ),
    "a field out of bounds": ({"temperature": -1}, 400, "temperature", "temperature"),
    "a field of the wrong type": ({"max_tokens": "many"}, 400, "max_tokens", "integer"),
    "another model": ({"model": "gpt-4o"}, 404, "model", f"use '{MODEL}'"),
    "a lower strength": ({"extra_body": {"steering": {"strength": 0.5}}}, 400, "steering.strength", "only raise"),
    "a strength too high": ({"extra_body": {"steering": {"strength": 9}}}, 400, "steering.strength", "at most 1.5"),
    "a strength that is none": ({"extra_body": {"steering": {"strength": "x"}}}, 400, "steering.strength", "number"),
    "another vector": ({"extra_body": {"steering": {"vector": "a@1.0.0"}}}, 400, "steering.vector", "only strength"),
    "an image": (
        {"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:,"}}]}]},
        400,
        "messages[0].content[0].type",
        "send text, input_audio or audio_url",
    ),
    "media hidden in a text part": (
        {"messages": [{"role": "user", "content": [{"type": "text", "text": "hi", "image_url": "http://x"}]}]},
        400,
        "messages[0].content[0]",
        "does not belong",
    ),
    "a clip url of ours": (
        {"messages": [{"role": "user", "content": [{"type": "audio_url", "audio_url": {"url": "sarsteer-audio:0"}}]}]},
        400,
        "messages[0].content[0].audio_url.url",
        "send a data: URL",
    ),
    "a web address": (
        {
            "messages": [
                {"role": "user", "content": [{"type": "audio_url", "audio_url": {"url": "http://example.org/a"}}]}
            ]
        },
        400,
        "messages[0].content[0].audio_url.url",
        "may not fetch",
    ),
    "bad base64": (
        {
            "messages": [
                {"role": "user", "content": [{"type": "input_audio", "input_audio": {"data": "*", "format": "wav"}}]}
            ]
        },
        400,
        "messages[0].content[0].input_audio.data",
        "not base64",
    ),
    "no sound": ({"messages": audio(wav(0))}, 400, "messages[0].content[0].input_audio.data", "no sound"),
    "a cut file": ({"messages": audio(wav(1)[:4000])}, 400, "messages[0].content[0].input_audio.data", "cut short"),
    "a damaged file": ({"messages": audio(b"fLaC" + bytes(99), "flac")}, 400, None, "damaged"),
    "no audio at all": ({"messages": audio(b"<html>", "wav")}, 415, None, "no container that is read here"),
    "a format of another kind": ({"messages": audio(wav(1), "aiff")}, 415, None, "'aiff' is not read here"),
    "too long a clip": ({"messages": audio(wav(4.1))}, 413, None, "limit of 4 s in one clip"),
    "too many clips": (
        {"messages": [{"role": "user", "content": audio(wav(0.1))[0]["content"] * 4}]},
        400,
        "messages",
        "at most 3",
    ),
    "audio and text beyond the model's window": (
        {"messages": audio(wav(3.9)) + written("bread " * 480)},
        400,
        None,
        "512",
    ),
    "more text than the model's window": ({"messages": written("bread " * 600)}, 400, None, "512"),
    "too large a body": ({"messages": written("x" * 3_000_001)}, 413, None, "3000000 bytes"),
}


@pytest.mark.parametrize("name", CASES)
def test_bad_input_is_refused_by_name(defended: OpenAI, name: str) -> None:
    options, status, param, words = CASES[name]
    with pytest.raises(openai.APIStatusError) as refused:
        ask(defended, options.pop("messages", HELLO) if "messages" in options else HELLO, **options)
    error = refused.value
    assert error.status_code == status
    assert isinstance(error.body, dict)
    assert set(error.body) == {"message", "type", "param", "code"}
    assert re.search(re.escape(words), error.body["message"]), error.body
    if param is not None:
        assert error.body["param"] == param
    assert error.body["code"]
    assert error.request_id


@pytest.mark.parametrize(
    ("key", "status", "kind"),
    [
        ("unknown-key", 401, openai.AuthenticationError),
        ("demo-suspended", 403, openai.PermissionDeniedError),
        ("demo-elsewhere", 403, openai.PermissionDeniedError),
    ],
)
def test_keys_are_checked(server: Server, key: str, status: int, kind: type[openai.APIStatusError]) -> None:
    client = OpenAI(base_url=server.url, api_key=key, max_retries=0)
    with pytest.raises(kind) as refused:
        ask(client, HELLO)
    assert refused.value.status_code == status
    assert key not in str(refused.value)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/chat/completions", 405),
        ("POST", "/v1/completions", 404),
        ("POST", "/v1/responses", 404),
        ("POST", "/v1/messages", 404),
        ("POST", "/v1/chat/completions/batch", 404),
        ("POST", "/tokenize", 404),
        ("GET", "/docs", 404),
    ],
)
def test_no_other_route_answers(server: Server, method: str, path: str, status: int) -> None:
    answer = httpx.request(method, server.root + path, headers={"authorization": "Bearer demo-defended"}, json={})
    assert answer.status_code == status
    assert set(answer.json()["error"]) == {"message", "type", "param", "code"}


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'"x"', b"[" * 100_000, b"\xff\xfe", b'{"messages": 1e999}']
)
def test_what_is_no_request_is_no_crash(server: Server, body: bytes) -> None:
    answer = httpx.post(
        f"{server.url}/chat/completions", content=body, headers={"authorization": "Bearer demo-defended"}
    )
    assert answer.status_code == 400
    assert answer.json()["error"]["message"]


def test_a_header_that_promises_four_gigabytes_costs_nothing(defended: OpenAI) -> None:
    """The data chunk of a WAV that was written to a pipe may claim anything; what is there is what is decoded."""
    whole = bytearray(wav(1))
    at = whole.index(b"data")
    struct.pack_into("<I", whole, at + 4, 0xFFFFFFFF)
    assert ask(defended, audio(bytes(whole))).usage.prompt_tokens_details.audio_tokens > 0


def test_an_error_in_a_stream_before_its_first_chunk_has_its_own_status(defended: OpenAI) -> None:
    with pytest.raises(openai.BadRequestError):
        list(ask(defended, written("bread " * 600), stream=True))


def test_a_request_id_is_kept_or_made(server: Server, clips: dict[str, list[Path]]) -> None:
    mine = httpx.get(f"{server.root}/livez", headers={"x-request-id": "mine-1"})
    assert mine.headers["x-request-id"] == "mine-1"
    insane = httpx.get(f"{server.root}/livez", headers={"x-request-id": "a b"})
    assert re.fullmatch(r"[0-9a-f]{32}", insane.headers["x-request-id"])


def test_what_was_said_is_in_no_log(server: Server, defended: OpenAI, clips: dict[str, list[Path]]) -> None:
    marker = "xylophone marmalade"
    ask(defended, [{"role": "system", "content": marker}, *spoken(clips["benign"][0])])
    log = server.log.read_text(errors="replace")
    assert marker not in log
    assert "demo-defended" not in log
