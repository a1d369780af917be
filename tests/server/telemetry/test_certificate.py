"""What evaluations certify, and which counts of a few clips are beyond it."""

from collections.abc import Mapping
from typing import Any

import pytest

from server.telemetry.certificate import Certified, Kind, certificate, is_beyond
from steering.store import SHIPPED_ROOT, VectorStore
from steering.vector_set import VectorSetId

CURVE = [{"strength": 1.0, "harmful_refused": 1.0, "over_refusal": 0.015}]


@pytest.mark.parametrize(
    ("kind", "refused", "clips", "rate", "beyond"),
    [
        ("harmful", 4, 4, 1.0, False),
        ("harmful", 3, 4, 1.0, True),  # 1 - .9975 ** 4 is just under a hundredth.
        ("harmful", 98, 100, 1.0, False),
        ("harmful", 97, 100, 1.0, True),
        ("harmful", 2, 4, 0.9, False),
        ("harmful", 1, 4, 0.9, True),
        ("harmful", 0, 4, 0.0, False),
        ("benign", 0, 4, 0.0, False),
        ("benign", 1, 4, 0.015, False),
        ("benign", 2, 4, 0.015, True),
        ("benign", 4, 4, 1.0, False),
    ],
)
def test_a_set_is_beyond_its_certificate_where_that_makes_it_less_likely_than_one_in_a_hundred(
    kind: Kind, refused: int, clips: int, rate: float, beyond: bool
) -> None:
    assert is_beyond(kind, refused, clips, Certified(rate, 200)) is beyond


def test_a_rate_measured_on_few_requests_certifies_less() -> None:
    assert not is_beyond("harmful", 3, 4, Certified(1.0, 20))
    assert is_beyond("harmful", 3, 4, Certified(1.0, 2000))


def test_the_certificate_is_the_evaluations_at_strength_one() -> None:
    store = VectorStore(SHIPPED_ROOT, read_only=True)
    newest = store.evaluation(VectorSetId("refusal", "3.0.1"))
    assert certificate(newest, gated=True) == {"harmful": Certified(1.0, 200), "benign": Certified(0.015, 200)}
    assert certificate(newest, gated=False)["benign"].rate > 0.9
    first = certificate(store.evaluation(VectorSetId("refusal", "1.0.0")), gated=False)
    assert first.keys() == {"harmful", "benign"}
    assert first["harmful"].requests == 200


def test_between_two_strengths_the_worse_of_both_rates_is_certified() -> None:
    points = [
        {"strength": 0.9, "harmful_refused": 0.8, "over_refusal": 0.01},
        {"strength": 1.1, "harmful_refused": 0.9, "over_refusal": 0.03},
    ]
    found = certificate({"curve": points}, gated=False)
    assert (found["harmful"].rate, found["benign"].rate) == (0.8, 0.03)


@pytest.mark.parametrize(
    "evaluation",
    [
        {},
        {"curve": None},
        {"curve": ["x"]},
        {"curve": [{"strength": 0.5, "harmful_refused": 1.0}]},
        {"curve": [{"strength": 1.0, "harmful_refused": "all", "over_refusal": 2.0}]},
        {"curves": {"ungated": CURVE}},
    ],
)
def test_an_evaluation_that_does_not_say_certifies_nothing(evaluation: Mapping[str, Any]) -> None:
    assert certificate(evaluation, gated=True) == {}
