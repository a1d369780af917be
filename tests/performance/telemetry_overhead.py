"""Requests per second of the server with all of its telemetry, over the same server with none that can be turned off.

    python -m tests.performance.telemetry_overhead --json FILE

Both serve the reference LALM; rounds alternate between them. On: receipts, canaries on their schedule, traces that are
exported to a collector of this process's, and a scrape of /metrics every second. Off: none of these. Metrics and the
refusal detector are part of the product and on in both; no tenant has twins. The canaries keep their own time: the JSON
says how many runs fell into the whole, the first of them while the other server still started.
"""

import argparse
import asyncio
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx

from tests.contract.serving import Server, serving
from tests.performance.interleaved import Spread, interleave, machine, write
from tests.performance.server_overhead import requests_per_second

SCRAPE_SECONDS = 1.0
OFF = {"SARSTEER_RECEIPTS": "false", "SARSTEER_CANARY_SECONDS": "0", "SARSTEER_TRACES": "false"}
ON = {"SARSTEER_RECEIPTS": "true", "SARSTEER_CANARY_SECONDS": "300", "SARSTEER_TRACES": "true"}


@dataclass(slots=True)
class Seen:
    """What reached those that telemetry is for."""

    exports: int = 0
    exported_bytes: int = 0
    scrapes: int = 0


@contextmanager
def collector(seen: Seen) -> Iterator[str]:
    """A collector that takes OTLP over HTTP and keeps nothing; its URL."""

    class Sink(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            seen.exported_bytes += len(self.rfile.read(int(self.headers["content-length"])))
            seen.exports += 1
            self.send_response(200)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Sink) as sink:
        sink.daemon_threads = True
        taking = threading.Thread(target=sink.serve_forever)
        taking.start()
        try:
            yield f"http://127.0.0.1:{sink.server_port}"
        finally:
            sink.shutdown()
            taking.join()


@contextmanager
def scraped(root: str, seen: Seen) -> Iterator[None]:
    """Reads /metrics at once and every SCRAPE_SECONDS meanwhile, as Prometheus would."""
    done = threading.Event()

    def scrape() -> None:
        with httpx.Client(timeout=30) as client:
            due = time.monotonic()
            while not done.wait(max(0.0, due - time.monotonic())):
                client.get(f"{root}/metrics").raise_for_status()
                seen.scrapes += 1
                due += SCRAPE_SECONDS

    scraping = threading.Thread(target=scrape)
    scraping.start()
    try:
        yield
    finally:
        done.set()
        scraping.join()


def canary_runs(server: Server) -> dict[str, int]:
    """How many runs of the canaries ended how."""
    lines = httpx.get(f"{server.root}/metrics", timeout=30).text.splitlines()
    runs = (line for line in lines if line.startswith("sarsteer_canary_runs_total{"))
    return {line.split('"')[1]: int(float(line.rpartition(" ")[2])) for line in runs}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--requests", type=int, default=384)
    parser.add_argument("--concurrency", type=int, default=16)
    options = parser.parse_args()
    seen = Seen()

    def rate(server: Server) -> float:
        return asyncio.run(requests_per_second(server.url, options.requests, options.concurrency))

    def watched(server: Server) -> float:
        # Only in its own rounds: a scrape in the other's would slow that one.
        with scraped(server.root, seen):
            return rate(server)

    with (
        tempfile.TemporaryDirectory() as folder,
        collector(seen) as endpoint,
        serving(Path(folder) / "on.log", "--open", OTEL_EXPORTER_OTLP_ENDPOINT=endpoint, **ON) as on,
        serving(Path(folder) / "off.log", "--open", **OFF) as off,
    ):
        rounds = interleave(options.rounds, lambda: watched(on), lambda: rate(off))
        runs = canary_runs(on)
        receipts = on.log.read_text().count('"event": "receipt"')
    ratio = Spread.of([mine / other for mine, other in rounds])
    write(
        options.json,
        {
            "requests_ratio": round(ratio.median, 4),
            "requests_spread": {name: round(value, 4) for name, value in asdict(ratio).items()},
            "on_requests_per_second": round(Spread.of([mine for mine, _ in rounds]).median, 1),
            "off_requests_per_second": round(Spread.of([other for _, other in rounds]).median, 1),
            "receipts": receipts,
            "canary_runs": runs,
            **asdict(seen),
            "rounds": options.rounds,
            "requests": options.requests,
            "concurrency": options.concurrency,
            "machine": machine(),
        },
    )


if __name__ == "__main__":
    main()
