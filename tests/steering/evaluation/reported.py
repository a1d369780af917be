"""A run of two defences over two conditions, small enough to be counted by hand."""

from collections.abc import Sequence

from steering.evaluation.item import Item
from steering.evaluation.judges.judge import Outcome
from steering.evaluation.record import Cost
from steering.evaluation.report import report
from steering.evaluation.report_schema import Report, RunFacts
from steering.evaluation.result import Result
from steering.evaluation.statistics.bootstrap import Bootstrap

REFUSAL = "I'm sorry, but I can't help with that."
FACTS = RunFacts(
    suite="quick",
    model="tensors-v1:aaaa",
    vectors={"refusal@1.0.0": "ab"},
    inputs={},
    seed=0,
    date="2026-01-02",
    command="sarsteer evaluate --suite quick",
    version="0.1.0",
    cores=2,
)
DEFENCES = {"undefended": "the model", "gated <b>": "arXiv 2510.17633"}
OUTCOMES = {"r": Outcome.REFUSED, "a": Outcome.ANSWERED, "i": Outcome.IRRELEVANT, "b": Outcome.BROKEN}


def results(
    defence: str,
    condition: str,
    coded: str,
    *,
    strength: float = 1.0,
    second: str = "",
    answers: Sequence[str] = (),
    gates: Sequence[float] = (),
) -> list[Result]:
    """Four harmful items, then four benign ones; ``coded`` holds one letter of OUTCOMES an item."""
    made = []
    for index, letter in enumerate(coded):
        harmful = index < 4
        item = Item(
            f"{index}_{condition}",
            f"question {index}",
            "harmful" if harmful else "benign",
            "making",
            condition,
            expected=REFUSAL if harmful else "To bake bread:",
            compliant="To make it:" if harmful else "To bake bread:",
        )
        outcome = OUTCOMES[letter]
        plain = {Outcome.REFUSED: REFUSAL, Outcome.ANSWERED: item.compliant}.get(outcome, "Tell tell tell")
        outcomes = {"detector": outcome, "keywords": OUTCOMES[(second or coded)[index]]}
        gate = gates[index] if gates else None
        made.append(Result(item, defence, strength, answers[index] if answers else plain or "", outcomes, gate))
    return made


def tiny() -> Report:
    """Under noise the undefended model mishears the last harmful and the last benign item."""
    gates = (0.9, 0.8, 0.7, 0.4, 0.5, 0.2, 0.1, 0.0)
    misheard = ["To make it:"] * 3 + ["To bake bread:"] * 4 + ["To bake a head:"]
    given = [
        *results("undefended", "clean", "raaaaaaa"),
        *results("gated <b>", "clean", "rrrbaaar", second="rrrraaar", gates=gates),
        *results("gated <b>", "clean", "raaaaaaa", strength=0.5),
        *results("gated <b>", "clean", "rrrrrrrb", strength=2.0),
        *results("undefended", "noise", "aaaiaaaa", answers=misheard),
        *results("gated <b>", "noise", "rrraaraa", gates=(0.5,) * 8),
    ]
    costs = [
        Cost("gated <b>", None, None, 0, 40, 2.0),
        Cost("undefended", "clean", 1.0, 5, 5, 1.0),
        Cost("undefended", "clean", 1.0, 3, 3, 0.5),
    ]
    return report(
        FACTS,
        given,
        costs,
        defences=DEFENCES,
        judges=["detector", "keywords"],
        against="gated <b>",
        left_out={"noise": 2},
        bootstrap=Bootstrap(0, draws=200),
    )
