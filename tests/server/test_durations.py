from datetime import timedelta

import pytest

from server.durations import parse_span


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("0s", 0), ("90s", 90), ("30m", 1800), ("24h", 86_400), ("90d", 7_776_000), ("2w", 1_209_600), ("1h30m", 5400)],
)
def test_a_span_is_numbers_with_units(text: str, seconds: int) -> None:
    assert parse_span(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", "30", "m", "-1h", "1.5h", "1h ", "1H", "1h,30m", "1y", "\u0661h", "9999999999s"])
def test_another_form_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no span of time"):
        parse_span(text)


def test_a_span_beyond_the_calendar_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        parse_span("999999999w")
