"""Which items the undefended model heard right, and results apart by it."""

from dataclasses import replace

from steering.evaluation.result import Result
from steering.evaluation.statistics.hearing import by_hearing, heard
from tests.steering.evaluation.verdicts import item


def answered(id_: str, compliant: str | None, answer: str) -> Result:
    return Result(replace(item(id_=id_), compliant=compliant), "undefended", 0.0, answer, {})


UNDEFENDED = [
    answered("heard", "Sure: rob.", "Sure: rob."),
    answered("misheard", "Sure: rob.", "Sure: row."),
    answered("unknown", None, "Sure: rob."),
]


def test_heard_is_the_compliant_answer_word_for_word() -> None:
    assert heard(UNDEFENDED) == {"heard"}


def test_defended_results_are_parted_by_what_the_undefended_model_heard() -> None:
    defended = [replace(result, defence="steered", answer="No.") for result in UNDEFENDED]
    right, wrong = by_hearing(defended, heard(UNDEFENDED))
    assert [result.item.id for result in right] == ["heard"]
    assert [result.item.id for result in wrong] == ["misheard"]
