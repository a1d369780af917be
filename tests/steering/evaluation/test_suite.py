from collections.abc import Sequence
from itertools import count
from pathlib import Path

import pytest

from steering.evaluation.item import Item
from steering.evaluation.judges.judge import JudgeError, Outcome
from steering.evaluation.record import Cost, Key, Record
from steering.evaluation.suite import Made, Step, Suite, SuiteError, run
from tests.steering.evaluation.fakes import (
    NOTHING,
    RUN,
    Asked,
    Defence,
    Engine,
    Judge,
    Killed,
    item,
    items,
    record,
    suite,
    unseen,
)


def answered(asked: Sequence[Asked]) -> list[tuple[str, str, float]]:
    return [entry[1:] for entry in asked if entry[0] == "answer"]


async def test_every_defence_and_strength_answers_a_part_before_the_next(tmp_path: Path) -> None:
    asked: list[Asked] = []
    plain, steered = Defence("plain", asked), Defence("steered", asked, has_strength=True)
    with record(tmp_path) as open_record:
        await run(
            suite([plain, steered], {"clean": 5}, curves={"clean": (0.5, 1.0, 2.0)}),
            Engine(),
            open_record,
            unseen,
            part=2,
        )
    arms = [("plain", 1.0), ("steered", 1.0), ("steered", 0.5), ("steered", 2.0)]
    parts = [("0", "1"), ("2", "3"), ("4",)]
    assert answered(asked) == [(id_, *arm) for part in parts for arm in arms for id_ in part]


async def test_a_curve_is_asked_where_it_was_wanted_and_of_defences_with_a_strength(tmp_path: Path) -> None:
    asked: list[Asked] = []
    with record(tmp_path) as open_record:
        both = [Defence("plain", asked), Defence("steered", asked, has_strength=True)]
        await run(suite(both, {"clean": 1, "noise": 1}, curves={"noise": (2.0,)}), Engine(), open_record, unseen)
        results = {Key.of(result) for result in open_record.results}
    assert results == {
        Key("clean", "0", "plain", 1.0),
        Key("clean", "0", "steered", 1.0),
        Key("noise", "0", "plain", 1.0),
        Key("noise", "0", "steered", 1.0),
        Key("noise", "0", "steered", 2.0),
    }


async def test_results_hold_the_answer_the_gate_and_every_judges_outcome(tmp_path: Path) -> None:
    judges = [Judge("detector"), Judge("keywords", Outcome.ANSWERED)]
    with record(tmp_path) as open_record:
        await run(suite([Defence("plain")], {"clean": 2}, judges), Engine(), open_record, unseen)
        results = open_record.results
    assert [(result.answer, result.gate) for result in results] == [("0", 0.5), ("1", 0.5)]
    assert [result.outcomes for result in results] == [{"detector": "refused", "keywords": "answered"}] * 2


@pytest.mark.parametrize("dies_at", [0, 2, 3, 4, 5, 9])
async def test_a_run_that_died_asks_exactly_what_is_missing(tmp_path: Path, dies_at: int) -> None:
    first: list[Asked] = []
    again: list[Asked] = []
    conditions = {"clean": 3, "noise": 4}
    dying = suite([Defence("a", first), Defence("b", first, dies_at=dies_at)], conditions)
    with record(tmp_path) as open_record, pytest.raises(Killed):
        await run(dying, Engine(), open_record, unseen, part=2)
    with record(tmp_path) as open_record:
        both = [Defence("a", again), Defence("b", again)]
        await run(suite(both, conditions), Engine(), open_record, unseen, part=2)
        assert len(open_record.results) == 14
        assert open_record.left_out == conditions
    assert len(answered(first)) + len(answered(again)) == 14


async def test_only_what_was_lost_of_a_part_is_asked_again(tmp_path: Path) -> None:
    with record(tmp_path) as open_record:
        await run(suite([Defence("a")], {"clean": 4}), Engine(), open_record, unseen)
    path = tmp_path / "record.jsonl"
    path.write_bytes(b"".join(line for line in path.read_bytes().splitlines(True) if b'"id":"2"' not in line))
    asked: list[Asked] = []
    with record(tmp_path) as open_record:
        await run(suite([Defence("a", asked)], {"clean": 4}), Engine(), open_record, unseen)
    assert answered(asked) == [("2", "a", 1.0)]


async def test_a_finished_run_asks_makes_and_prepares_nothing(tmp_path: Path) -> None:
    with record(tmp_path) as open_record:
        await run(suite([Defence("a")], {"clean": 2}), Engine(), open_record, unseen)
    size = (tmp_path / "record.jsonl").stat().st_size

    def never() -> Made:
        raise AssertionError("made again")

    asked: list[Asked] = []
    finished = Suite("quick", {"clean": never}, [Defence("a", asked)], [Judge()], never)  # type: ignore[arg-type]
    with record(tmp_path) as open_record:
        await run(finished, Engine(), open_record, unseen)
    assert asked == []
    assert (tmp_path / "record.jsonl").stat().st_size == size


async def test_another_judge_judges_what_is_there_without_asking_again(tmp_path: Path) -> None:
    with record(tmp_path) as open_record:
        await run(suite([Defence("a")], {"clean": 3}, [Judge("detector")]), Engine(), open_record, unseen)
    asked: list[Asked] = []
    detector, keywords = Judge("detector"), Judge("keywords", Outcome.BROKEN)
    with record(tmp_path) as open_record:
        await run(suite([Defence("a", asked)], {"clean": 3}, [detector, keywords]), Engine(), open_record, unseen)
    assert (asked, detector.judged, keywords.judged) == ([], [], ["clean/0", "clean/1", "clean/2"])
    with record(tmp_path) as open_record:
        assert [result.outcomes for result in open_record.results] == [
            {"detector": "refused", "keywords": "broken"}
        ] * 3


async def test_a_judge_of_harmful_requests_alone_is_given_no_other(tmp_path: Path) -> None:
    narrow = Judge("llm", labels=frozenset({"harmful"}))
    with record(tmp_path) as open_record:
        await run(suite([Defence("a")], {"clean": 4}, [Judge("detector"), narrow]), Engine(), open_record, unseen)
        await run(suite([Defence("a")], {"clean": 4}, [Judge("detector"), narrow]), Engine(), open_record, unseen)
        assert [sorted(result.outcomes) for result in open_record.results] == [["detector", "llm"], ["detector"]] * 2
    assert narrow.judged == ["clean/0", "clean/2"]


async def test_a_judge_that_fails_costs_no_answer(tmp_path: Path) -> None:
    asked: list[Asked] = []
    tired = suite([Defence("a", asked)], {"clean": 4}, [Judge("detector"), Judge("llm", patience=3)])
    with record(tmp_path) as open_record, pytest.raises(JudgeError, match="tired"):
        await run(tired, Engine(), open_record, unseen, part=2)
    with record(tmp_path) as open_record:
        rested = [Judge("detector"), Judge("llm")]
        await run(suite([Defence("a", asked)], {"clean": 4}, rested), Engine(), open_record, unseen, part=2)
        assert [set(result.outcomes) for result in open_record.results] == [{"detector", "llm"}] * 4
    assert len(answered(asked)) == 4


async def test_a_defence_is_prepared_once_and_only_when_it_has_something_to_answer(tmp_path: Path) -> None:
    asked: list[Asked] = []
    with record(tmp_path) as open_record:
        await run(suite([Defence("a", asked)], {"clean": 4, "noise": 2}), Engine(), open_record, unseen, part=2)
        await run(suite([Defence("a", asked), Defence("b", asked)], {"clean": 4}), Engine(), open_record, unseen)
    assert [entry[2] for entry in asked if entry[0] == "prepare"] == ["a", "b"]


async def test_costs_are_seconds_and_requests_of_each_arm_and_of_preparing(tmp_path: Path) -> None:
    ticks = count(0.0, 0.25)
    with record(tmp_path) as open_record:
        await run(suite([Defence("a")], {"clean": 3}), Engine(), open_record, unseen, part=2, clock=lambda: next(ticks))
    with record(tmp_path) as open_record:
        assert open_record.costs == (
            Cost("a", None, None, 0, 3, 0.25),
            Cost("a", "clean", 1.0, 2, 2, 0.25),
            Cost("a", "clean", 1.0, 1, 1, 0.25),
        )


async def test_progress_ends_every_condition_complete(tmp_path: Path) -> None:
    steps: list[Step] = []
    with record(tmp_path) as open_record:
        both = [Defence("a"), Defence("b")]
        await run(suite(both, {"clean": 3, "noise": 2}), Engine(), open_record, steps.append, part=2)
    ends = [step for step in steps if step.doing == "done"]
    assert [(step.condition, step.place, step.conditions, step.done, step.total) for step in ends] == [
        ("clean", 1, 2, 6, 6),
        ("noise", 2, 2, 4, 4),
    ]
    assert [step.done for step in steps if step.condition == "clean"] == [0, 0, 0, 2, 4, 4, 5, 6]


@pytest.mark.parametrize(
    ("made", "message"),
    [
        ([], "clean has no items"),
        ([item("0", condition="noise")], "has an item of 'noise'"),
        ([item("0"), item("0")], "two items of one id"),
    ],
)
async def test_items_that_do_not_fit_their_condition_are_refused(
    tmp_path: Path, made: list[Item], message: str
) -> None:
    unfit = Suite("quick", {"clean": lambda: Made(made)}, [Defence("a")], [Judge()], lambda: NOTHING)
    with record(tmp_path) as open_record, pytest.raises(SuiteError, match=message):
        await run(unfit, Engine(), open_record, unseen)


async def test_a_record_of_other_items_is_refused(tmp_path: Path) -> None:
    with record(tmp_path) as open_record:
        await run(suite([Defence("a")], {"clean": 2}), Engine(), open_record, unseen)
        with pytest.raises(SuiteError, match="clean has other items than its record"):
            await run(suite([Defence("a"), Defence("b")], {"clean": 3}), Engine(), open_record, unseen)


def test_a_suite_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(SuiteError, match="Two defences are named 'a'"):
        suite([Defence("a"), Defence("a")], {"clean": 1})
    with pytest.raises(SuiteError, match="'noise', which is none"):
        suite([Defence("a")], {"clean": 1}, curves={"noise": (2.0,)})
    with pytest.raises(SuiteError, match="no defence or no judge"):
        Suite("quick", {"clean": lambda: Made(items("clean", 1))}, [], [Judge()], lambda: NOTHING)


async def test_a_kill_in_the_middle_of_a_line_loses_that_line_alone(tmp_path: Path) -> None:
    with record(tmp_path) as open_record:
        await run(suite([Defence("a")], {"clean": 3}), Engine(), open_record, unseen)
    path = tmp_path / "record.jsonl"
    lines = path.read_bytes().splitlines(True)
    path.write_bytes(b"".join(lines[:-2]) + lines[-2][:40])  # The cost stands last, after the last result.
    asked: list[Asked] = []
    with Record.open(path, RUN) as open_record:
        await run(suite([Defence("a", asked)], {"clean": 3}), Engine(), open_record, unseen)
    assert answered(asked) == [("2", "a", 1.0)]
