"""How full the server is: what nobody waits for (canaries, twins) makes room for callers."""

from server.telemetry.metrics import Metrics

BUSY_REQUESTS = 16
"""In flight, from which on there is no room for what nobody waits for: half of what vLLM's smallest default batches."""


def is_busy(metrics: Metrics) -> bool:
    (family,) = metrics.inflight.collect()
    return bool(family.samples[0].value >= BUSY_REQUESTS)
