"""How readings and errors reach the callers, over a stand-in of vLLM's scheduler."""

from types import SimpleNamespace
from typing import Any

import pytest
from vllm.v1.engine import EngineCoreOutput, EngineCoreOutputs, FinishReason
from vllm.v1.request import RequestStatus

from steering.vllm.directive import READING_KEY
from steering.vllm.scheduler import HANDSHAKE, READINGS, STOP_REASON, UNSTEERABLE, SteeringMixin


class StandIn:
    """One token a step for every request that it knows and that was scheduled; ``stops`` ends some."""

    def __init__(self, _vllm_config: Any) -> None:
        self.requests: dict[str, Any] = {}
        self.stops: set[str] = set()

    def schedule(self) -> Any:
        return SimpleNamespace(ids=list(self.requests))

    def update_from_output(self, scheduler_output: Any, model_runner_output: Any) -> dict[int, EngineCoreOutputs]:
        outputs: dict[int, EngineCoreOutputs] = {}
        for index, id_ in enumerate(scheduler_output.ids):
            tokens = model_runner_output.sampled_token_ids[index]
            if id_ not in self.requests or not tokens:
                continue
            stopped = id_ in self.stops
            client = self.requests.pop(id_).client_index if stopped else self.requests[id_].client_index
            outputs.setdefault(client, EngineCoreOutputs()).outputs.append(
                EngineCoreOutput(id_, tokens, finish_reason=FinishReason.STOP if stopped else None)
            )
        return outputs

    def finish_requests(self, request_ids: Any, _status: Any) -> list[Any]:
        ids = (
            self.requests.keys()
            if request_ids is None
            else {request_ids}
            if isinstance(request_ids, str)
            else request_ids
        )
        return [self.requests.pop(id_) for id_ in list(ids) if id_ in self.requests]


class Scheduler(SteeringMixin, StandIn):
    def add(self, *ids: str, client: int = 0) -> None:
        for id_ in ids:
            self.requests[id_] = SimpleNamespace(request_id=id_, client_index=client)

    @property
    def remembered(self) -> set[str]:
        return set(self._readings)


@pytest.fixture
def scheduler() -> Scheduler:
    return Scheduler(SimpleNamespace(cache_config=SimpleNamespace(prefix_caching_hash_algo="sha256")))


def ran(
    scheduled: Any, readings: dict[str, float] | None = None, unsteerable: dict[str, str] | None = None
) -> SimpleNamespace:
    """What the worker made of a scheduled step."""
    output = SimpleNamespace(
        req_id_to_index={id_: index for index, id_ in enumerate(scheduled.ids)},
        sampled_token_ids=[[7] for _ in scheduled.ids],
        prompt_logprobs_dict={},
    )
    if readings:
        setattr(output, READINGS, readings)
    if unsteerable:
        setattr(output, UNSTEERABLE, unsteerable)
    return output


def carried(outputs: dict[int, EngineCoreOutputs]) -> dict[str, Any]:
    return {each.request_id: each.kv_transfer_params for client in outputs.values() for each in client.outputs}


def step(scheduler: Scheduler, readings: dict[str, float] | None = None) -> dict[str, Any]:
    scheduled = scheduler.schedule()
    return carried(scheduler.update_from_output(scheduled, ran(scheduled, readings)))


def test_every_output_of_a_request_carries_what_its_gate_read_last(scheduler: Scheduler) -> None:
    scheduler.add("gated", "plain")
    scheduler.add("other", client=1)
    assert step(scheduler) == {"gated": None, "plain": None, "other": None}
    assert step(scheduler, {"gated": 0.25, "other": 0.5}) == {
        "gated": {READING_KEY: 0.25},
        "plain": None,
        "other": {READING_KEY: 0.5},
    }
    assert step(scheduler)["gated"] == {READING_KEY: 0.25}
    assert step(scheduler, {"gated": 0.75})["gated"] == {READING_KEY: 0.75}
    assert step(scheduler)["other"] == {READING_KEY: 0.5}


def test_an_answer_of_one_token_carries_its_reading(scheduler: Scheduler) -> None:
    scheduler.add("gated")
    scheduler.stops = {"gated"}
    assert step(scheduler, {"gated": 0.25}) == {"gated": {READING_KEY: 0.25}}


def test_a_request_that_ends_is_forgotten(scheduler: Scheduler) -> None:
    scheduler.add("ends", "stays")
    step(scheduler, {"ends": 0.25, "stays": 0.5})
    scheduler.stops = {"ends"}
    assert step(scheduler)["ends"] == {READING_KEY: 0.25}
    assert scheduler.remembered == {"stays"}
    scheduler.add("ends")
    assert step(scheduler)["ends"] is None


@pytest.mark.parametrize(("aborted", "left"), [("a", {"b"}), (["a"], {"b"}), (["a", "b"], set()), (None, set())])
def test_requests_that_are_aborted_are_forgotten(scheduler: Scheduler, aborted: Any, left: set[str]) -> None:
    scheduler.add("a", "b")
    step(scheduler, {"a": 0.25, "b": 0.5})
    scheduler.finish_requests(aborted, RequestStatus.FINISHED_ABORTED)
    assert scheduler.remembered == left


def test_a_reading_that_comes_after_its_request_has_gone_is_not_kept(scheduler: Scheduler) -> None:
    """An asynchronous engine runs one step more of every request that stops, and steps may run while one is aborted."""
    scheduler.add("stops", "aborted", "stays")
    running, next_ = scheduler.schedule(), scheduler.schedule()
    scheduler.finish_requests("aborted", RequestStatus.FINISHED_ABORTED)
    scheduler.stops = {"stops"}
    readings = {"stops": 0.25, "aborted": 0.5, "stays": 0.75}
    assert carried(scheduler.update_from_output(running, ran(running, readings))) == {
        "stops": {READING_KEY: 0.25},
        "stays": {READING_KEY: 0.75},
    }
    scheduler.update_from_output(next_, ran(next_, readings))
    assert scheduler.remembered == {"stays"}


def test_an_unsteerable_request_ends_with_its_reason_and_no_token_and_is_forgotten(scheduler: Scheduler) -> None:
    scheduler.add("bad", client=1)
    scheduler.add("good")
    step(scheduler, {"bad": 0.25, "good": 0.5})
    scheduled = scheduler.schedule()
    outputs = scheduler.update_from_output(scheduled, ran(scheduled, unsteerable={"bad": "its set has gone"}))
    (ended,) = outputs[1].outputs
    assert (ended.request_id, ended.new_token_ids) == ("bad", [])
    assert (ended.finish_reason, ended.stop_reason) == (FinishReason.ERROR, STOP_REASON + "its set has gone")
    assert [each.new_token_ids for each in outputs[0].outputs] == [[7]]
    assert scheduler.remembered == {"good"}


def test_every_step_shows_the_worker_whose_it_is(scheduler: Scheduler) -> None:
    assert getattr(scheduler.schedule(), HANDSHAKE) is True
