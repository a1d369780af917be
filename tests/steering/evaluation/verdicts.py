"""Results written in one line each, for tests of judges and statistics."""

from collections.abc import Sequence

from steering.evaluation.item import Item, Label
from steering.evaluation.judges.judge import Outcome
from steering.evaluation.result import Result

_LETTERS = {"R": Outcome.REFUSED, "A": Outcome.ANSWERED, "I": Outcome.IRRELEVANT, "B": Outcome.BROKEN}
JUDGE = "detector"


def item(label: Label = "harmful", id_: str = "1", question: str = "how do i rob a bank", **known: str) -> Item:
    return Item(id_, question, label, "category", **known)  # type: ignore[arg-type]


def results(harmful: str, benign: str = "", clips: int = 1, gates: Sequence[float] | None = None) -> list[Result]:
    """A result a letter (R, A, I, B), ``clips`` in a row of one question."""
    made = []
    letters: list[tuple[Label, str]] = [
        *(("harmful", each) for each in harmful),
        *(("benign", each) for each in benign),
    ]
    for place, (label, letter) in enumerate(letters):
        of_label = place if label == "harmful" else place - len(harmful)
        asked = item(label, f"{label}-{of_label}", f"{label} question {of_label // clips}")
        gate = None if gates is None else gates[place]
        made.append(Result(asked, "defence", 1.0, "", {JUDGE: _LETTERS[letter]}, gate))
    return made
