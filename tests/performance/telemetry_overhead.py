"""Requests per second with all telemetry, over those without what can be turned off.

    python -m tests.performance.telemetry_overhead --json FILE

Two servers of the reference LALM with the same engine flags, asked in turn. "On": receipts, canaries (every
``--canary-seconds``) and traces (of every request, sent over OTLP to a collector here that takes and forgets them).
"Off": none of these, by their settings. Metrics and the refusal detector are part of the answer and have no switch:
both servers have them. Twins are off in both.
"""

import argparse
import asyncio
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.contract.serving import serving
from tests.performance.interleaved import Spread, interleave, machine, write
from tests.performance.server_overhead import requests_per_second


@contextmanager
def collector() -> Iterator[tuple[str, list[int]]]:
    """A collector of traces that answers 200: its address, and the bytes of each delivery."""
    taken: list[int] = []

    class Takes(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            taken.append(len(self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(200)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Takes) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", taken
        finally:
            server.shutdown()
            thread.join()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--requests", type=int, default=384)
    parser.add_argument("--concurrency", type=int, default=16)
    parser.add_argument("--canary-seconds", type=float, default=300.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, collector() as (address, taken):
        folder = Path(name)
        on = {
            "SARSTEER_RECEIPTS": "true",
            "SARSTEER_TRACES": "true",
            "SARSTEER_CANARY_SECONDS": str(options.canary_seconds),
            "OTEL_EXPORTER_OTLP_ENDPOINT": address,
            "OTEL_TRACES_SAMPLER": "always_on",
        }
        off = {"SARSTEER_RECEIPTS": "false", "SARSTEER_TRACES": "false", "SARSTEER_CANARY_SECONDS": "0"}
        with (
            serving(folder / "on.log", "--open", **on) as ours,
            serving(folder / "off.log", "--open", **off) as theirs,
        ):
            pairs = interleave(
                options.rounds,
                lambda: asyncio.run(requests_per_second(ours.url, options.requests, options.concurrency)),
                lambda: asyncio.run(requests_per_second(theirs.url, options.requests, options.concurrency)),
            )
        receipts = (folder / "on.log").read_text().count('"event": "receipt"')
        unwanted = (folder / "off.log").read_text().count('"event": "receipt"')
    asked = (options.rounds + 1) * options.requests
    if receipts != asked or unwanted or not taken:
        raise RuntimeError(
            f"{receipts} receipts with, {unwanted} without, {len(taken)} deliveries of traces; {asked} asked."
        )
    ratio = Spread.of([mine / other for mine, other in pairs])
    write(
        options.json,
        {
            "requests_ratio": round(ratio.median, 4),
            "requests_spread": {name: round(value, 4) for name, value in asdict(ratio).items()},
            "on_requests_per_second": round(Spread.of([mine for mine, _ in pairs]).median, 1),
            "off_requests_per_second": round(Spread.of([other for _, other in pairs]).median, 1),
            "compared": {"on": ["receipts", "traces", "canaries"], "in both": ["metrics", "refusal detector"]},
            "trace_deliveries": len(taken),
            "canary_seconds": options.canary_seconds,
            "rounds": options.rounds,
            "concurrency": options.concurrency,
            "machine": machine(),
        },
    )


if __name__ == "__main__":
    main()
