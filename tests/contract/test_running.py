"""The process: its health, its metrics, clients that leave, how it stops, and when it does not start."""

import json
import shutil
import signal
import threading
import time
from pathlib import Path

import httpx
import psutil
import pytest
from openai import OpenAI

from steering.store import VectorStore
from tests.contract.asking import ask, spoken, written
from tests.contract.serving import ROOT, Server, refused_start, serving

pytestmark = pytest.mark.engine
LONG = {"max_tokens": 400, "extra_body": {"ignore_eos": True}}


def metric(server: Server, sample: str) -> float:
    for line in httpx.get(f"{server.root}/metrics").text.splitlines():
        if line.startswith(sample):
            return float(line.rpartition(" ")[2])
    return 0.0


def test_a_ready_server_says_so(server: Server) -> None:
    for path in ("livez", "readyz"):
        assert httpx.get(f"{server.root}/{path}").json() == {"status": "ok", "reasons": [], "warnings": []}


def test_requests_refusals_and_audio_are_counted(
    server: Server, defended: OpenAI, clips: dict[str, list[Path]]
) -> None:
    counted = (
        'sarsteer_requests_total{model="sarsteer-reference",outcome="ok",steering="on",tenant="defended"}',
        'sarsteer_refusals_total{cause="steered",model="sarsteer-reference",tenant="defended"',
        'sarsteer_audio_seconds_total{tenant="defended"}',
        "vllm:generation_tokens_total",
    )
    before = [metric(server, sample) for sample in counted]
    ask(defended, spoken(clips["harmful"][0]))
    requests, refusals, seconds, tokens = (
        metric(server, sample) - value for sample, value in zip(counted, before, strict=True)
    )
    assert (requests, refusals) == (1, 1)
    assert 0.5 < seconds < 5
    assert tokens > 5


def leave(server: Server, body: dict[str, object]) -> None:
    """Send a request and go away 0.3 s into its answer."""
    with httpx.Client(timeout=0.3, headers={"authorization": "Bearer demo-defended"}) as client:
        with client.stream("POST", f"{server.url}/chat/completions", json=body) as answer:
            next(answer.iter_raw())
            time.sleep(0.3)
        raise httpx.ReadTimeout("left on purpose")


@pytest.mark.parametrize("stream", [True, False])
def test_a_client_that_leaves_takes_its_work_with_it(server: Server, defended: OpenAI, stream: bool) -> None:
    def running() -> float:
        return metric(server, "vllm:num_requests_running")

    body = {"model": "sarsteer-reference", "messages": written("hello"), "stream": stream, "max_tokens": 480}
    aborted = metric(server, 'vllm:request_success_total{engine="0",finished_reason="length"')
    with pytest.raises(httpx.ReadTimeout):
        leave(server, {**body, "ignore_eos": True})
    deadline = time.monotonic() + 10
    while running() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert running() == 0
    assert metric(server, 'vllm:request_success_total{engine="0",finished_reason="length"') == aborted


def test_sigterm_lets_a_running_stream_end_and_leaves_no_process(tmp_path: Path) -> None:
    """Open to all: one tenant, at the recommended strength, any key."""
    with serving(tmp_path / "server.log", "--open") as server:
        client = OpenAI(base_url=server.url, api_key="any", max_retries=0)
        family = server.family()
        stream = iter(ask(client, written("hello"), stream=True, **LONG))
        first = next(stream)
        assert first.choices
        refused: list[int] = []

        def try_again() -> None:
            time.sleep(0.2)
            try:
                refused.append(httpx.get(f"{server.url}/models", timeout=5).status_code)
            except httpx.TransportError:
                refused.append(0)

        server.process.send_signal(signal.SIGTERM)
        trying = threading.Thread(target=try_again)
        trying.start()
        rest = list(stream)
        trying.join()
        assert rest[-1].choices[0].finish_reason == "length"
        assert refused in ([0], [503])
        assert server.process.wait(60) == 0
        gone, alive = psutil.wait_procs(family, timeout=10)
        assert not alive
        assert len(gone) == len(family)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "vectors", tmp_path / "vectors"))


def _version(store: Path) -> Path:
    """The folder of the version that is served."""
    latest = VectorStore(store).latest("refusal")
    return store / latest.name / latest.version


def test_a_changed_vector_file_stops_the_start(store: Path) -> None:
    file = _version(store) / "vectors.safetensors"
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(data)
    assert "digest" in refused_start(["--vectors", str(store)])


def test_a_truncated_vector_file_stops_the_start(store: Path) -> None:
    file = _version(store) / "vectors.safetensors"
    file.write_bytes(file.read_bytes()[:-100])
    assert str(file) in refused_start(["--vectors", str(store)])


def test_a_yanked_version_stops_the_start(store: Path) -> None:
    name = _version(store).relative_to(store)
    index = json.loads((store / "index.json").read_text())
    for entry in index["versions"]:
        entry.update(yanked=True, reason="a test")
    (store / "index.json").write_text(json.dumps(index))
    assert "yanked" in refused_start(["--vectors", str(store), "--vector", str(name).replace("/", "@")])


def test_vectors_of_another_model_stop_the_start(tmp_path: Path) -> None:
    import torch
    from safetensors.torch import load_file, save_file

    model = Path(shutil.copytree(ROOT / "reference" / "checkpoint", tmp_path / "model"))
    tensors = load_file(model / "model.safetensors")
    name = min(tensors)
    tensors[name] = tensors[name] + torch.ones_like(tensors[name])
    save_file(tensors, model / "model.safetensors", {"format": "pt"})
    assert "fingerprint" in refused_start(["--model", str(model)])


def test_an_open_server_stays_on_loopback() -> None:
    assert "0.0.0.0" in refused_start(["--host", "0.0.0.0", "--open"])


def test_a_setting_that_is_none_is_named() -> None:
    assert "SARSTEER_PROT" in refused_start([], SARSTEER_PROT="1")


def test_an_engine_flag_that_undoes_the_defence_is_refused() -> None:
    assert "--worker-cls" in refused_start(["--worker-cls", "vllm.v1.worker.cpu_worker.CPUWorker"])
