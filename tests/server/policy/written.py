"""Policies as somebody may write them: hypothesis strategies of every record that is accepted."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from server.policy.records import ServiceRecord, TenantRecord

STRENGTHS = st.one_of(st.sampled_from([0.0, 0.5, 1.0, 2.0, 1000.0]), st.floats(0, 1000))
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))
VERSIONS = st.sampled_from(["refusal@1.0.0", "refusal@3.0.1", "other@0.2.0-rc.1"])
LIMITS = st.none() | st.just("unlimited") | st.integers(1, 1_000_000_000)


@st.composite
def _fields(draw: st.DrawFn, bounds: frozenset[str] = frozenset(), enforced: bool = False) -> dict[str, Any]:
    floor, strength, ceiling = sorted(draw(st.tuples(STRENGTHS, STRENGTHS, STRENGTHS)))
    chosen = bounds | draw(st.sets(st.sampled_from(["floor", "strength", "ceiling"])))
    values = {"floor": floor, "strength": strength, "ceiling": ceiling}
    mode = draw(st.sampled_from([None, "enforce"] if enforced else [None, "enforce", "shadow", "off"]))
    fields = {name: value for name, value in values.items() if name in chosen}
    return fields | {
        "vector": draw(st.none() | st.sampled_from(["stable", "candidate"]) | VERSIONS),
        "gate": draw(st.none() | st.booleans()),
        "mode": mode,
        "off_until": draw(MOMENTS) if mode == "off" else None,
        "models": draw(st.none() | st.lists(st.text("abc", min_size=1, max_size=5), max_size=3).map(tuple)),
        "requests_per_minute": draw(LIMITS),
        "tokens_per_minute": draw(LIMITS),
        "audio_seconds_per_minute": draw(LIMITS),
        "twin_share": draw(st.none() | st.floats(0, 1)),
        "refusal_style": draw(st.none() | st.sampled_from(["both", "openai", "content"])),
    }


@st.composite
def tenants(draw: st.DrawFn, *bounds: str, required: bool | None = None) -> TenantRecord:
    """Tenants that set these ``bounds``, and others or not; ``required`` ones, others, or both (None)."""
    required = draw(st.booleans()) if required is None else required
    fields = draw(_fields(frozenset(bounds), enforced=required))
    return TenantRecord(**fields, required=required, state=draw(st.sampled_from(["active", "suspended"])))


@st.composite
def services(draw: st.DrawFn) -> ServiceRecord:
    versions = st.none() | VERSIONS
    return ServiceRecord(**draw(_fields()), stable=draw(versions), candidate=draw(versions))
