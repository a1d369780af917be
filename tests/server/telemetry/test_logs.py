import json
import logging
from typing import Any

import pytest
import structlog

from server.telemetry.logs import configure_logs, logger

CONTENT = "what was said"

pytestmark = pytest.mark.usefixtures("keep_logging")


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    captured = capsys.readouterr()
    assert captured.out == ""
    return [json.loads(line) for line in captured.err.splitlines()]


def test_a_line_is_one_json_object_with_its_time_and_context(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("info")
    with structlog.contextvars.bound_contextvars(request_id="mine"):
        logger().info("line\nbreak", count=3)
    (line,) = lines(capsys)
    assert line.pop("timestamp").endswith("Z")
    assert line == {"event": "line\nbreak", "level": "info", "count": 3, "request_id": "mine"}


def test_below_the_least_level_nothing_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("warning")
    logger().info("unheard")
    logger().warning("heard")
    assert [line["event"] for line in lines(capsys)] == ["heard"]


def fail() -> None:
    try:
        raise KeyError(CONTENT)
    except KeyError as error:
        raise ValueError(f"{CONTENT}\nand more") from error


def test_an_exception_is_its_type_and_place_without_its_message(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("info")
    try:
        fail()
    except ValueError:
        logger().exception("failed")
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application\n%s", CONTENT)
    ours, theirs = lines(capsys)
    for line in (ours, theirs):
        assert (line["exception"], line["cause"], line["level"]) == ("ValueError", "KeyError", "error")
        assert line["trace"][-1].endswith(" fail")
        assert CONTENT not in json.dumps(line)
    assert theirs["event"] == "Exception in ASGI application"


def test_libraries_are_heard_from_warnings_on(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("debug")
    logging.getLogger("httpx").info("HTTP Request: GET https://media.example.com/%s", CONTENT)
    logging.getLogger("some.library").warning("attempt %d", 2)
    (line,) = lines(capsys)
    assert (line["event"], line["level"]) == ("attempt 2", "warning")


def test_to_configure_twice_writes_no_line_twice(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("info")
    configure_logs("info")
    logging.getLogger("some.library").warning("once")
    logger().info("once")
    assert len(lines(capsys)) == 2
