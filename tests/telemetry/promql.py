"""What a PromQL expression reads: its metrics, and the labels that it names of them.

Not a parser: Prometheus is that, in the tests that have one running. After its strings and its lists of labels are
taken out, what is left of an expression that parses are functions, keywords and metrics.
"""

import re
from dataclasses import dataclass

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_LISTED = re.compile(r"\b(?:by|without|on|ignoring|group_left|group_right)\s*\(([^)]*)\)")
_SELECTOR = re.compile(r"([a-zA-Z_:][\w:]*)?\s*\{([^}]*)\}")
_NAME = re.compile(r"(?<![\w.:])[a-zA-Z_:][\w:]*(?!\s*\()(?![\w:])")
_DURATION = re.compile(r"\[[^\]]*\]|\boffset\s+\w+")
_AGGREGATIONS = frozenset({"sum", "min", "max", "avg", "count", "group", "topk", "bottomk", "quantile", "stddev"})
_WORDS = frozenset({"and", "or", "unless", "bool", "atan2", "inf", "nan"}) | _AGGREGATIONS


@dataclass(frozen=True, slots=True)
class Reads:
    """The metrics that are read by name, with the labels they are selected by; and the labels that are grouped by."""

    selected: frozenset[tuple[str, str]]
    metrics: frozenset[str]
    grouped: frozenset[str]


def reads(expression: str) -> Reads:
    text = _DURATION.sub(" ", _STRING.sub('""', expression))
    grouped = {label.strip() for listed in _LISTED.findall(text) for label in listed.split(",") if label.strip()}
    text = _LISTED.sub(" ", text)
    selected = {
        (metric, re.split(r"=|!", matcher)[0].strip())
        for metric, matchers in _SELECTOR.findall(text)
        for matcher in matchers.split(",")
        if matcher.strip()
    }
    bare = re.sub(r"\{[^}]*\}", " ", text)
    metrics = {name for name in _NAME.findall(bare) if name not in _WORDS}
    return Reads(frozenset(selected), frozenset(metrics), frozenset(grouped))
