"""Plain ``vllm serve`` with the plugin: every route steered by the one set of its configuration."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from server.serve import REFERENCE_FLAGS
from server.settings import REFERENCE
from steering.store import SHIPPED_ROOT, VectorStore
from steering.vllm.config import SCHEDULER, WORKER
from tests.contract.serving import ROOT

pytestmark = pytest.mark.engine
PROMPT = "<|im_start|>user\nhello<|im_end|>\n<|im_start|>assistant\n"


def start(log: Path, port: int, *flags: str, **environment: str) -> "subprocess.Popen[bytes]":
    command = [
        *(sys.executable, "-m", "tests.contract.vllm_serve", str(REFERENCE), "--served-model-name", "m"),
        *("--host", "127.0.0.1", "--port", str(port), *REFERENCE_FLAGS, *flags),
    ]
    with log.open("wb") as output:
        return subprocess.Popen(
            command, stdout=output, stderr=subprocess.STDOUT, cwd=ROOT, env={**os.environ, **environment}
        )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(process: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
    for _ in range(360):
        assert process.poll() is None, log.read_text(errors="replace")[-3000:]
        try:
            if httpx.get(f"{url}/health").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.5)
    raise AssertionError(log.read_text(errors="replace")[-3000:])


def configuration(strength: float) -> tuple[str, str]:
    ours = {
        "vectors": str(ROOT / "vectors"),
        "vector": str(VectorStore(SHIPPED_ROOT).latest("refusal")),
        "strength": strength,
        # "hello" is harmless, and a gate would leave it alone.
        "gate": False,
    }
    return "--additional-config", json.dumps({"sarsteer": ours})


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    log, port = tmp_path_factory.mktemp("plugin") / "log", free_port()
    # So strong that no answer is left as it was.
    process = start(log, port, *configuration(40.0))
    try:
        wait_until_ready(process, f"http://127.0.0.1:{port}", log)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.terminate()
        process.wait(60)


def text_of(url: str, **fields: object) -> httpx.Response:
    request = {"model": "m", "prompt": PROMPT, "temperature": 0, "max_tokens": 8, **fields}
    return httpx.post(f"{url}/completions", json=request, timeout=60)


def test_every_route_of_vllm_serve_is_steered(url: str) -> None:
    chat = {"model": "m", "messages": [{"role": "user", "content": "hello"}], "temperature": 0, "max_tokens": 8}
    chatted = httpx.post(f"{url}/chat/completions", json=chat, timeout=60).json()["choices"][0]["message"]["content"]
    completed = text_of(url).json()["choices"][0]["text"]
    assert "Hello! How can I help you?" not in (chatted, completed)
    assert chatted
    assert completed


def test_a_client_of_vllm_serve_cannot_turn_it_off(url: str) -> None:
    honest = text_of(url).json()["choices"][0]["text"]
    assert text_of(url, vllm_xargs={"sarsteer": ["", 0.0]}).json()["choices"][0]["text"] == honest


def test_beam_search_is_refused(url: str) -> None:
    answer = text_of(url, use_beam_search=True, n=2)
    assert answer.status_code == 400
    assert "Beam search cannot be steered" in answer.text


def test_with_the_plugin_left_out_the_named_classes_refuse_every_request(tmp_path: Path) -> None:
    log, port = tmp_path / "log", free_port()
    classes = ("--worker-cls", WORKER, "--scheduler-cls", SCHEDULER)
    process = start(log, port, *configuration(1.0), *classes, VLLM_PLUGINS="none")
    try:
        wait_until_ready(process, f"http://127.0.0.1:{port}", log)
        answer = text_of(f"http://127.0.0.1:{port}/v1")
        assert answer.status_code == 500
        assert "choices" not in answer.json()
    finally:
        process.terminate()
        process.wait(60)
