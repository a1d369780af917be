"""Logs: one JSON object a line, on stderr. What a caller said or was answered is never in them."""

import logging
import sys
import traceback
from types import TracebackType

import structlog
from structlog.typing import EventDict, Processor


def configure_logs(level: str) -> None:
    """Set the process's logging up; ``level`` is the least that is written.

    Of the libraries, warnings and worse are written: below that, some of them log what they were given.
    """
    least = logging.getLevelNamesMapping()[level.upper()]
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _exception_without_content,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=max(least, logging.WARNING), force=True)


def logger() -> structlog.typing.FilteringBoundLogger:
    """The server's logger."""
    bound: structlog.typing.FilteringBoundLogger = structlog.get_logger()
    return bound


def _exception_without_content(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Replace an exception by its type and where it came from: its message may quote a prompt or an answer."""
    exc_info = event.pop("exc_info", None)
    if exc_info is True:
        exc_info = sys.exc_info()
    error = exc_info[1] if isinstance(exc_info, tuple) else exc_info
    if not isinstance(error, BaseException):
        return event
    event["event"] = str(event["event"]).partition("\n")[0]
    event["exception"] = type(error).__name__
    event["trace"] = _frames(error.__traceback__)
    if (cause := error.__cause__ or error.__context__) is not None:
        event["cause"] = type(cause).__name__
        event["cause_trace"] = _frames(cause.__traceback__)
    return event


def _frames(trace: TracebackType | None) -> list[str]:
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
