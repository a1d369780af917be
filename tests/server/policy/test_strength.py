from dataclasses import replace
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from server.policy.model import Mode, OpenPolicy, Tenant
from server.policy.strength import (
    StrengthRefused,
    directive_for,
    effective_strength,
    own_strength,
    unsteered,
    within_dose_cap,
)
from steering.directive import Directive
from steering.gate import Gate
from steering.vector_set import StrengthBand, VectorSet, VectorSetId

ACME = Tenant("acme", strength=1.0, floor=0.5, ceiling=2.0, gate=True)
VECTORS = VectorSet(
    VectorSetId("refusal", "1.0.0"),
    "digest",
    (0, 1),
    torch.zeros(2, 4),
    "last-prompt-and-decoded",
    recommended_alpha=3.0,
    certified_band=StrengthBand(0.5, 1.5),
)


def test_a_request_that_asks_for_nothing_gets_its_tenants_strength() -> None:
    assert effective_strength(ACME, "enforce", None) == 1.0


@pytest.mark.parametrize("requested", [1, 1.0, 1.5, 2, 2.0])
def test_a_caller_may_raise_the_strength_up_to_the_ceiling(requested: float) -> None:
    strength = effective_strength(ACME, "enforce", requested)
    assert strength == requested
    assert isinstance(strength, float)


@pytest.mark.parametrize("requested", [0, 0.5, 0.999, -1, -(10**400)])
def test_a_caller_may_not_lower_it_and_is_told_what_it_is(requested: float) -> None:
    with pytest.raises(StrengthRefused, match=r"steering\.strength .* is below this tenant's 1;"):
        effective_strength(ACME, "enforce", requested)


@pytest.mark.parametrize("requested", [2.001, 1e300, 10**400])
def test_above_the_ceiling_the_caller_is_told_the_ceiling(requested: float) -> None:
    with pytest.raises(StrengthRefused, match=r"above this tenant's ceiling; send at most 2\."):
        effective_strength(ACME, "enforce", requested)


@pytest.mark.parametrize(
    "requested", [float("nan"), float("inf"), -float("inf"), True, False, "1.5", "", [], [1.5], {}, "9" * 9999]
)
def test_what_is_no_finite_number_is_refused_in_few_words(requested: Any) -> None:
    with pytest.raises(StrengthRefused, match="must be a finite number, not") as caught:
        effective_strength(ACME, "enforce", requested)
    assert len(str(caught.value)) < 100


MODES: tuple[Mode, ...] = ("enforce", "shadow", "off")
ASKED = st.none() | st.booleans() | st.integers() | st.floats() | st.floats(0, 10) | st.text(max_size=4)


@pytest.mark.parametrize("mode", MODES)
def test_only_an_enforced_tenant_has_a_strength_of_its_own(mode: Mode) -> None:
    assert own_strength(ACME, mode) == effective_strength(ACME, mode, None) == (1.0 if mode == "enforce" else 0.0)


@pytest.mark.parametrize("mode", ["shadow", "off"])
def test_where_the_operator_steers_not_a_caller_may_and_below_nothing_is_still_refused(mode: Mode) -> None:
    assert [effective_strength(ACME, mode, asked) for asked in (0, 0.25, 2)] == [0.0, 0.25, 2.0]
    with pytest.raises(StrengthRefused, match="is below this tenant's 0;"):
        effective_strength(ACME, mode, -0.001)
    with pytest.raises(StrengthRefused, match=r"send at most 2\."):
        effective_strength(ACME, mode, 2.001)


@given(st.sampled_from(MODES), st.floats(0, 10), st.floats(0, 10), ASKED)
def test_no_request_is_steered_below_its_tenants_strength_or_above_its_ceiling(
    mode: Mode, a: float, b: float, asked: Any
) -> None:
    tenant = Tenant("any", strength=min(a, b), ceiling=max(a, b))
    try:
        strength = effective_strength(tenant, mode, asked)
    except StrengthRefused:
        assert asked is not None
    else:
        assert own_strength(tenant, mode) <= strength <= tenant.ceiling


@given(
    st.sampled_from(MODES),
    st.lists(st.floats(0, 10), min_size=3, max_size=3).map(sorted),
    ASKED,
    st.sampled_from([None, True, False]),
    st.booleans(),
    st.booleans(),
    st.floats(0.1, 100),
    st.tuples(st.floats(0.01, 1), st.floats(0.01, 1)),
)
def test_no_directive_is_below_what_the_tenant_enforces_or_beyond_what_its_set_carries(
    mode: Mode,
    policy: list[float],
    asked: Any,
    gate: bool | None,
    has_gate: bool,
    spoken: bool,
    largest_alpha: float,
    shares: tuple[float, float],
) -> None:
    floor, strength, ceiling = policy
    tenant = Tenant("any", strength=strength, floor=floor, ceiling=ceiling, gate=gate, mode=mode)
    vector_set = replace(
        VECTORS,
        gate=Gate(0, torch.ones(4), 0.0, 1.0) if has_gate else None,
        largest_alpha=largest_alpha,
        text_strength=shares[0],
        ungated_strength=shares[1],
    )

    def directive(strength: float) -> Directive:
        return directive_for(tenant, within_dose_cap(strength, vector_set), vector_set, spoken=spoken)

    try:
        given_ = directive(effective_strength(tenant, mode, asked))
    except StrengthRefused:
        return
    enforced, most = directive(tenant.strength), directive(tenant.ceiling)
    assert (enforced.alpha if mode == "enforce" else 0.0) <= given_.alpha <= most.alpha
    assert given_.alpha <= largest_alpha * (1 + 1e-12)
    assert given_.gate is enforced.gate, "no request takes the gate in or out"


def test_an_unsteered_directive_names_the_set_that_would_have_steered() -> None:
    assert unsteered(VECTORS.id) == Directive(VECTORS.id, 0.0, gate=False)


def test_the_directive_carries_the_multiple_of_the_recommended_alpha() -> None:
    directive = directive_for(ACME, 1.5, VECTORS, spoken=True)
    assert directive == Directive(VectorSetId("refusal", "1.0.0"), 4.5, gate=True)
    assert directive_for(Tenant("off", strength=0.0), 0.0, VECTORS, spoken=True).alpha == 0


def test_a_typed_request_gets_the_sets_share_for_text() -> None:
    assert directive_for(ACME, 1.5, replace(VECTORS, text_strength=0.5), spoken=False).alpha == 2.25


@pytest.mark.parametrize(("wanted", "gated"), [(None, True), (True, True), (False, False)])
def test_a_tenant_that_says_nothing_is_steered_through_its_sets_gate(wanted: bool | None, gated: bool) -> None:
    with_gate = replace(VECTORS, gate=Gate(0, torch.ones(4), 0.0, 1.0))
    assert directive_for(Tenant("any", gate=wanted), 1.0, with_gate, spoken=True).gate is gated
    assert directive_for(Tenant("any"), 1.0, VECTORS, spoken=True).gate is False


def test_no_strength_moves_a_layer_further_than_the_dose_cap() -> None:
    capped = replace(VECTORS, largest_alpha=4.5)
    assert [within_dose_cap(strength, capped) for strength in (0.0, 1.0, 1.5, 40.0)] == [0.0, 1.0, 1.5, 1.5]
    assert within_dose_cap(40.0, VECTORS) == 40.0


@pytest.mark.parametrize("key", [None, "", "anything"])
def test_the_open_policy_defends_every_caller_at_the_recommended_strength(key: str | None) -> None:
    tenant = OpenPolicy().tenant_of(key)
    assert tenant is not None
    assert (tenant.name, tenant.strength, tenant.state) == ("local", 1.0, "active")
