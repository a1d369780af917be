"""One replica in a process of its own: everything is real but the engine, which needs no model.

    SARSTEER_DATABASE=… SARSTEER_KEY_PEPPER=… SARSTEER_VECTORS=FOLDER python -m tests.fleet.replica_process

Settings come from the environment; the vector store is made of the drafts of the tests. With SARSTEER_FLEET_NOTIFY=off
nothing wakes the replica, and only polling finds a change.
"""

import os
from contextlib import closing, nullcontext
from pathlib import Path
from unittest.mock import patch

import uvloop
from prometheus_client import CollectorRegistry

from server.app import create_applications
from server.control import name_of, now, open_control_plane, open_store
from server.engine.resident import ResidentSets
from server.listen import bind
from server.serve import serve_both
from server.settings import Settings
from server.telemetry.logs import configure_logs
from server.telemetry.metrics import Metrics
from server.telemetry.policy import policy_metrics, vector_metrics
from steering.store import VectorStore
from tests.fleet.directed_engine import DirectedEngine
from tests.steering.drafts import MODEL, REFUSAL


async def main() -> None:
    settings = Settings()
    configure_logs(settings.log_level)
    engine = DirectedEngine(settings.vector_slots)
    vectors = VectorStore(Path(settings.vectors))
    await engine.load(vectors.load(REFUSAL, MODEL))
    repository, hasher = open_store(settings)
    woken = os.environ.get("SARSTEER_FLEET_NOTIFY") != "off"
    with (
        closing(repository),
        nullcontext() if woken else patch.object(repository, "watch", lambda wake: nullcontext()),
        closing(bind(settings.host, settings.port, "--port")) as address,
        closing(bind(settings.admin_host, settings.admin_port, "--admin-port")) as admin_address,
    ):
        metrics = Metrics(CollectorRegistry())
        show_sets = vector_metrics(metrics, engine.model)
        show_sets(engine.vector_sets)
        sets = ResidentSets(engine, vectors, MODEL, REFUSAL, show_sets)
        applied = policy_metrics(metrics, now)
        control = open_control_plane(settings, repository, hasher, name_of(address), sets, applied)
        applications = create_applications(settings, engine, control, metrics, vectors, REFUSAL)
        await control.start()
        await serve_both(settings, applications, control, address, admin_address)


if __name__ == "__main__":
    uvloop.run(main())
