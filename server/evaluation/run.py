"""Running a catalogue's suite on a fresh engine, and reporting on its record."""

import os
from datetime import UTC, datetime
from importlib.metadata import version as installed_version

from server.evaluation.asked import Asked, Target
from server.evaluation.catalogue import Catalogue
from steering.evaluation.record import Record, Run
from steering.evaluation.report import report
from steering.evaluation.report_schema import Report, RunFacts
from steering.evaluation.statistics.bootstrap import Bootstrap
from steering.evaluation.suite import Progress, Suite, run


def run_of(asked: Asked, target: Target, listed: Catalogue) -> Run:
    """What a record must be of to be gone on with."""
    digests = {str(target.vectors.id): target.vectors.digest}
    return Run(asked.size, target.binding.fingerprint, digests, listed.inputs, asked.seed)


async def evaluate(listed: Catalogue, suite: Suite, record: Record, progress: Progress) -> None:
    """Run the suite on a fresh engine."""
    engine = await listed.start()
    try:
        await run(suite, engine, record, progress)
    finally:
        engine.close()


def report_of(listed: Catalogue, suite: Suite, record: Record, command: str) -> Report:
    """The report of a record that holds all of the suite."""
    ran = record.run
    return report(
        RunFacts(
            suite=ran.suite,
            model=ran.model,
            vectors=dict(ran.vectors),
            inputs=dict(ran.inputs),
            seed=ran.seed,
            date=datetime.now(UTC).strftime("%Y-%m-%d"),
            command=command,
            version=installed_version("sarsteer"),
            cores=os.cpu_count() or 1,
        ),
        suite.results(record),
        record.costs,
        defences={defence.name: defence.source for defence in suite.defences},
        judges=[judge.name for judge in suite.judges],
        against=listed.against,
        left_out=record.left_out,
        bootstrap=Bootstrap(ran.seed),
    )
