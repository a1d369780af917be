from collections.abc import AsyncGenerator
from typing import Any

from server.chat.marking import Steering, StreamMarker, mark_completion
from steering.directive import Reading


def steering(*, gate: float | None = None, gated: bool = False, strength: float = 1.0) -> Steering:
    return Steering("refusal", "1.0.0", "d" * 64, strength, gated, Reading(gate))


def test_the_block_tells_the_gate_in_four_places_and_nothing_where_there_was_none() -> None:
    assert steering(gate=0.123456).block(False)["gate_score"] == 0.1235
    assert steering(gate=0.0).block(False)["gate_score"] == 0.0
    assert steering().block(False)["gate_score"] is None


def test_the_block_tells_what_the_reading_says_by_then() -> None:
    reading = Reading()
    told = Steering("refusal", "1.0.0", "d" * 64, 1.0, True, reading)
    reading.gate = 0.5
    completion: dict[str, Any] = {"choices": [{"message": {"content": "Sure."}}]}
    mark_completion(completion, told, "engine")
    assert completion["steering"]["gate_score"] == 0.5


def test_requests_do_not_share_a_reading() -> None:
    one, other = (Steering("refusal", "1.0.0", "d" * 64, 1.0) for _ in range(2))
    one.reading.gate = 0.5
    assert other.reading.gate is None


async def test_every_choice_of_a_stream_ends_with_the_widest_reading_by_then() -> None:
    told = steering(gated=True)

    async def chunks() -> AsyncGenerator[dict[str, Any], None]:
        for gate, index in ((0.2, 0), (0.7, 1)):
            told.reading.gate = gate
            yield {"choices": [{"index": index, "delta": {"content": "Sure."}}]}
            yield {"choices": [{"index": index, "delta": {}, "finish_reason": "stop"}]}

    marked = [chunk async for chunk in StreamMarker(told, "engine").mark(chunks())]
    scores = [chunk["steering"]["gate_score"] for chunk in marked if "steering" in chunk]
    assert scores == [0.2, 0.7]


def test_the_fingerprint_is_another_for_another_strength_gate_or_engine_and_for_nothing_that_was_read() -> None:
    known = steering().fingerprint("engine")
    assert steering(gate=0.5).fingerprint("engine") == known
    others = {
        steering(gated=True).fingerprint("engine"),
        steering(strength=1.5).fingerprint("engine"),
        steering().fingerprint("other"),
    }
    assert len(others | {known}) == 4
