"""Requests per second and time to first token of the server, over plain ``vllm serve`` of the same model.

    python -m tests.performance.server_overhead --json FILE

Both serve the reference LALM with the same engine flags; rounds alternate between them. Ours decodes the audio,
steers every request, looks for refusals and keeps its books; vLLM's decodes the audio and answers.
"""

import argparse
import asyncio
import base64
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import httpx

from server.serve import REFERENCE_FLAGS
from server.settings import REFERENCE, REFERENCE_NAME
from steering.vllm.environment import DEFAULTS
from tests.contract.serving import CLIPS, ROOT, serving
from tests.performance.interleaved import Spread, interleave, machine, write


@contextmanager
def stock(log: Path) -> Iterator[str]:
    """``vllm serve`` of the same model with the same flags, ready."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        *(sys.executable, "-m", "tests.contract.vllm_serve", str(REFERENCE)),
        *("--served-model-name", REFERENCE_NAME, "--host", "127.0.0.1", "--port", str(port)),
        *("--disable-uvicorn-access-log", *REFERENCE_FLAGS),
    ]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=subprocess.STDOUT, cwd=ROOT, env={**DEFAULTS, **os.environ}
        )
    try:
        url = f"http://127.0.0.1:{port}"
        for _ in range(360):
            if process.poll() is not None:
                raise RuntimeError(f"vllm serve stopped; it printed:\n{log.read_text()[-3000:]}")
            try:
                if httpx.get(f"{url}/health").status_code == 200:
                    break
            except httpx.TransportError:
                time.sleep(0.5)
        yield f"{url}/v1"
    finally:
        process.terminate()
        process.wait(60)


def bodies(count: int, stream: bool) -> list[dict[str, object]]:
    """Chat requests over the shipped clips."""
    clips = sorted(CLIPS.glob("*/*.wav"))
    result = []
    for index in range(count):
        data = base64.b64encode(clips[index % len(clips)].read_bytes()).decode()
        content = [{"type": "input_audio", "input_audio": {"data": data, "format": "wav"}}]
        message = {"role": "user", "content": content}
        result.append({"model": REFERENCE_NAME, "messages": [message], "temperature": 0, "stream": stream})
    return result


async def requests_per_second(url: str, count: int, concurrency: int) -> float:
    gate = asyncio.Semaphore(concurrency)
    async with httpx.AsyncClient(timeout=120, limits=httpx.Limits(max_connections=concurrency)) as client:

        async def one(body: dict[str, object]) -> None:
            async with gate:
                (await client.post(f"{url}/chat/completions", json=body)).raise_for_status()

        start = time.perf_counter()
        await asyncio.gather(*(one(body) for body in bodies(count, stream=False)))
        return count / (time.perf_counter() - start)


async def first_token_seconds(url: str, count: int) -> float:
    """The median over ``count`` streamed requests, one at a time, to the first chunk with text in it."""
    seconds = []
    async with httpx.AsyncClient(timeout=120) as client:
        for body in bodies(count, stream=True):
            start = time.perf_counter()
            first: float | None = None
            async with client.stream("POST", f"{url}/chat/completions", json=body) as answer:
                async for line in answer.aiter_lines():
                    if first is None and '"content":"' in line and '"content":""' not in line:
                        first = time.perf_counter() - start
            assert first is not None, "the answer held no text"
            seconds.append(first)
    return Spread.of(seconds).median


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--requests", type=int, default=384)
    parser.add_argument("--concurrency", type=int, default=16)
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "ours.log", "--open") as ours,
        stock(Path(folder) / "stock.log") as theirs,
    ):
        throughput = interleave(
            options.rounds,
            lambda: asyncio.run(requests_per_second(ours.url, options.requests, options.concurrency)),
            lambda: asyncio.run(requests_per_second(theirs, options.requests, options.concurrency)),
        )
        first = interleave(
            options.rounds,
            lambda: asyncio.run(first_token_seconds(ours.url, 24)),
            lambda: asyncio.run(first_token_seconds(theirs, 24)),
        )
    requests_ratio = Spread.of([mine / other for mine, other in throughput])
    ttft_ratio = Spread.of([mine / other for mine, other in first])
    write(
        options.json,
        {
            "requests_ratio": round(requests_ratio.median, 4),
            "ttft_ratio": round(ttft_ratio.median, 4),
            "requests_spread": {name: round(value, 4) for name, value in asdict(requests_ratio).items()},
            "ttft_spread": {name: round(value, 4) for name, value in asdict(ttft_ratio).items()},
            "our_requests_per_second": round(Spread.of([mine for mine, _ in throughput]).median, 1),
            "their_requests_per_second": round(Spread.of([other for _, other in throughput]).median, 1),
            "our_ttft_seconds": round(Spread.of([mine for mine, _ in first]).median, 4),
            "their_ttft_seconds": round(Spread.of([other for _, other in first]).median, 4),
            "rounds": options.rounds,
            "concurrency": options.concurrency,
            "machine": machine(),
        },
    )


if __name__ == "__main__":
    main()
