"""A directive never steers away from refusal."""

import pytest

from steering.directive import Directive
from steering.vector_set import VectorSetId


@pytest.mark.parametrize("alpha", [-0.1, float("nan"), float("inf")])
def test_an_alpha_below_zero_or_without_end_is_no_directive(alpha: float) -> None:
    with pytest.raises(ValueError, match="at least 0"):
        Directive(VectorSetId("refusal", "1.0.0"), alpha)


@pytest.mark.parametrize("text", ["refusal", "refusal@", "@1.0.0", "a@b@c", ""])
def test_a_vector_set_is_named_by_name_and_version(text: str) -> None:
    assert VectorSetId.parse("refusal@1.0.0") == VectorSetId("refusal", "1.0.0")
    with pytest.raises(ValueError, match="name@version"):
        VectorSetId.parse(text)
