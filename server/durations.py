"""Spans of time as people write them: 90s, 30m, 24h, 90d, 2w, or several in a row as in 1h30m."""

import re
from datetime import timedelta

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_PART = re.compile(r"([0-9]{1,9})([smhdw])")


def parse_span(text: str) -> timedelta:
    """The span that ``text`` writes; raise ValueError for another form."""
    parts = _PART.findall(text)
    if not parts or "".join(f"{count}{unit}" for count, unit in parts) != text:
        raise ValueError(f"{text!r} is no span of time; write a number and s, m, h, d or w, as in 30m or 90d")
    try:
        return sum((timedelta(**{_UNITS[unit]: int(count)}) for count, unit in parts), timedelta())
    except OverflowError:
        raise ValueError(f"{text!r} is too long a span of time") from None
