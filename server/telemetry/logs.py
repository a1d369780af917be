"""Logs: one JSON object a line, on stderr. What a caller said or was answered is never in them."""

import logging
import sys

import structlog


def configure_logs(level: str) -> None:
    """Set the process's logging up; ``level`` is the least that is written."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def logger() -> structlog.typing.FilteringBoundLogger:
    """The server's logger."""
    bound: structlog.typing.FilteringBoundLogger = structlog.get_logger()
    return bound
