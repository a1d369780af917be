"""What it costs to know a caller by its key, with ten thousand tenants, up to its directive; and to load them all.

    python -m tests.performance.policy_resolution --json FILE

The store is SQLite, with one key a tenant. ``load_seconds`` is a replica's first look: it reads the store and serves by
it. A request's part is its tenant by its key, its strength and its directive; each tenant is asked about ``--rounds``
times, in random order, and the first time (when it is resolved) counts among them and by itself.
"""

import argparse
import asyncio
import gc
import random
import secrets
import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import torch

from server.policy.keys import KeyHasher, mint
from server.policy.model import Mode
from server.policy.records import KeyRecord, ServiceRecord, TenantRecord
from server.policy.replica import Identity, PolicyReplica
from server.policy.repository import SERVICE, Change, Commit, PolicyRepository
from server.policy.store import open_repository
from server.policy.strength import directive_for, effective_strength
from steering.vector_set import StrengthBand, VectorSet, VectorSetId
from tests.performance.interleaved import machine, write

SET = VectorSet(
    VectorSetId("refusal", "1.0.0"), "d" * 64, (0,), torch.zeros(1, 4), "last-prompt", 0.5, StrengthBand(0.9, 1.1)
)


class EverySet:
    """As if every vector set were in service: what a set costs is not measured here."""

    async def ensure(self, wanted: frozenset[VectorSetId]) -> None: ...

    async def release(self, wanted: frozenset[VectorSetId]) -> None: ...


def now() -> datetime:
    return datetime.now(UTC)


def fill(repository: PolicyRepository, hasher: KeyHasher, count: int, seed: int) -> list[str]:
    """Write ``count`` tenants of varied policies, each with a key; the keys."""
    chosen = random.Random(seed)
    keys, changes = [], [Change("service", SERVICE, ServiceRecord(strength=1.1, floor=0.2).stored(), None)]
    for number in range(count):
        name = f"tenant-{number}"
        tenant = TenantRecord.model_validate(
            chosen.choice(
                [
                    {},
                    {"strength": 1.5},
                    {"floor": 0.5, "strength": 1.0, "ceiling": 1.8, "requests_per_minute": 600},
                    {"vector": "refusal@1.0.0", "models": ["one", "two"], "refusal_style": "openai"},
                ]
            )
        )
        minted = mint("sar", secrets.token_bytes)
        key = KeyRecord(tenant=name, mac=hasher.mac_of(minted.text), label=f"key of {name}", created=now())
        changes += [Change("tenant", name, tenant.stored(), None), Change("key", minted.id, key.stored(), None)]
        keys.append(minted.text)
    repository.commit(Commit("local", "fill", "to measure", tuple(changes)))
    return keys


def replica_of(repository: PolicyRepository, hasher: KeyHasher) -> PolicyReplica:
    return PolicyReplica(repository, EverySet(), hasher, now, Identity("a", "a", now()))


async def load_seconds(repository: PolicyRepository, hasher: KeyHasher) -> float:
    """Of a replica that has seen nothing, its first look."""
    replica = replica_of(repository, hasher)
    gc.collect()
    start = time.perf_counter()
    await replica.look()
    seconds = time.perf_counter() - start
    assert replica.serving is not None
    return seconds


async def megabytes(repository: PolicyRepository, hasher: KeyHasher, keys: Sequence[str]) -> float:
    """What a replica holds in memory once each of its tenants was asked about."""
    gc.collect()
    tracemalloc.start()
    replica = replica_of(repository, hasher)
    await replica.look()
    for key in keys:
        replica.tenant_of(key)
    gc.collect()
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return held / 2**20


def microseconds(
    replica: PolicyReplica, keys: Sequence[str], rounds: int, seed: int
) -> tuple[list[float], list[float]]:
    """Of each request its part, and of those that are a tenant's first."""
    chosen = random.Random(seed)
    order = [key for _ in range(rounds) for key in chosen.sample(keys, len(keys))]
    spent, first, seen = [], [], set()
    clock = time.perf_counter
    for key in order:
        start = clock()
        tenant = replica.tenant_of(key)
        assert tenant is not None
        mode: Mode = tenant.mode_at(now())
        strength = effective_strength(tenant, mode, None)
        directive_for(tenant, strength, SET, spoken=True)
        took = (clock() - start) * 1e6
        spent.append(took)
        if key not in seen:
            seen.add(key)
            first.append(took)
    return spent, first


async def measure(count: int, rounds: int, loads: int, seed: int) -> dict[str, object]:
    hasher = KeyHasher(secrets.token_bytes(32))
    with tempfile.TemporaryDirectory() as folder:
        repository = open_repository(f"sqlite:///{Path(folder) / 'policy.db'}", now)
        try:
            repository.prepare(hasher.check())
            keys = fill(repository, hasher, count, seed)
            seconds = [await load_seconds(repository, hasher) for _ in range(loads)]
            replica = replica_of(repository, hasher)
            await replica.look()
            spent, first = microseconds(replica, keys, rounds, seed)
            held = await megabytes(repository, hasher, keys)
        finally:
            repository.close()
    p50, p99 = _percentiles(spent)
    first_p50, first_p99 = _percentiles(first)
    return {
        "tenants": count,
        "requests": len(spent),
        "p50_microseconds": round(p50, 1),
        "p99_microseconds": round(p99, 1),
        "first_p50_microseconds": round(first_p50, 1),
        "first_p99_microseconds": round(first_p99, 1),
        "load_seconds": round(statistics.median(seconds), 3),
        "load_seconds_most": round(max(seconds), 3),
        "loads": loads,
        "megabytes": round(held, 1),
        "machine": machine(),
    }


def _percentiles(values: list[float]) -> tuple[float, float]:
    cuts = statistics.quantiles(values, n=100, method="inclusive")
    return cuts[49], cuts[98]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--tenants", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--loads", type=int, default=5)
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args()
    write(options.json, asyncio.run(measure(options.tenants, options.rounds, options.loads, options.seed)))


if __name__ == "__main__":
    main()
