"""From the results of a run to its report."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import combinations
from typing import overload

from steering.evaluation import report_schema as schema
from steering.evaluation.judges.agreement import agreement
from steering.evaluation.record import Cost
from steering.evaluation.result import Result
from steering.evaluation.statistics.auroc import gate_auroc
from steering.evaluation.statistics.bootstrap import Bootstrap
from steering.evaluation.statistics.curve import curve
from steering.evaluation.statistics.hearing import by_hearing, heard
from steering.evaluation.statistics.paired import McNemar, compare
from steering.evaluation.statistics.rate import Estimate
from steering.evaluation.statistics.summary import Share, summarise

UNDEFENDED = "undefended"

Group = tuple[str, str, float]
"""A defence, a condition and a strength."""
Groups = Mapping[Group, Sequence[Result]]


class ReportError(Exception):
    """Results that no report can be made of; the message says why and what to do."""


def report(
    run: schema.RunFacts,
    results: Sequence[Result],
    costs: Sequence[Cost],
    *,
    defences: Mapping[str, str],
    judges: Sequence[str],
    against: str,
    left_out: Mapping[str, int],
    bootstrap: Bootstrap,
) -> schema.Report:
    """The report of what ``defences`` (name -> source) answered, as ``judges`` see it; the first decides tables.

    ``left_out`` counts, by condition, the items that did not fit; ``against`` is the defence that all others are
    tested against. Raises ReportError where results are missing.
    """
    for judge in judges:
        if not any(judge in result.outcomes for result in results):
            raise ReportError(f"{judge} has judged no answer of {', '.join(defences)}; run the suite first.")
    groups = _grouped(results)
    return schema.Report(
        run=run,
        judges=list(judges),
        defences=[schema.DefenceFacts(name=name, source=source) for name, source in defences.items()],
        conditions=_conditions(results, left_out),
        cells=[cell for judge in judges for cell in _cells(groups, judge, bootstrap)],
        curves=[each for judge in judges for each in _curves(groups, judge, bootstrap)],
        paired=[test for judge in judges for test in _paired(groups, judge, against, bootstrap)],
        gates=list(_gates(groups, bootstrap)),
        agreements=list(_agreements(results, defences, judges, bootstrap)),
        costs=_costs(costs, defences),
    )


def metrics(results: Sequence[Result], judge: str, bootstrap: Bootstrap) -> schema.Metrics | None:
    """What the answers come to; None if the judge judged none."""
    if not any(judge in result.outcomes for result in results):
        return None
    found = summarise(results, judge, bootstrap)
    return schema.Metrics(
        harmful_refused=_share(found.harmful_refused),
        attack_success=_share(found.attack_success),
        safe_compliance=_share(found.safe_compliance),
        over_refusal=_share(found.over_refusal),
        balanced=_estimate(found.balanced),
        broken=_share(found.broken),
        irrelevant=_share(found.irrelevant),
        exact=_share(found.exact),
        benign_exact=_share(found.benign_exact),
    )


@overload
def _share(share: Share) -> schema.Share: ...
@overload
def _share(share: Share | None) -> schema.Share | None: ...
def _share(share: Share | None) -> schema.Share | None:
    if share is None:
        return None
    wilson, drawn = (share.answers.low, share.answers.high), (share.questions.low, share.questions.high)
    return schema.Share(
        rate=share.answers.rate,
        low=min(wilson[0], drawn[0]),
        high=max(wilson[1], drawn[1]),
        n=share.answers.n,
        questions=share.questions.questions,
        wilson=wilson,
        bootstrap=drawn,
    )


@overload
def _estimate(estimate: Estimate) -> schema.Estimate: ...
@overload
def _estimate(estimate: Estimate | None) -> schema.Estimate | None: ...
def _estimate(estimate: Estimate | None) -> schema.Estimate | None:
    return None if estimate is None else schema.Estimate(**asdict(estimate))


def _grouped(results: Iterable[Result]) -> dict[Group, list[Result]]:
    groups: dict[Group, list[Result]] = defaultdict(list)
    for result in results:
        groups[result.defence, result.item.condition, result.strength].append(result)
    return dict(groups)


def _conditions(results: Iterable[Result], left_out: Mapping[str, int]) -> list[schema.ConditionFacts]:
    labels: dict[str, dict[str, bool]] = defaultdict(dict)
    for result in results:
        labels[result.item.condition][result.item.id] = result.item.harmful
    return [
        schema.ConditionFacts(
            name=name,
            harmful=sum(items.values()),
            benign=len(items) - sum(items.values()),
            left_out=left_out.get(name, 0),
        )
        for name, items in labels.items()
    ]


def _cells(groups: Groups, judge: str, bootstrap: Bootstrap) -> Iterator[schema.Cell]:
    for (defence, condition, strength), results in groups.items():
        if strength != 1 or (whole := metrics(results, judge, bootstrap)) is None:
            continue
        undefended = groups.get((UNDEFENDED, condition, 1.0))
        apart = ([], []) if undefended is None else by_hearing(results, heard(undefended))
        right, wrong = (metrics(part, judge, bootstrap) for part in apart)
        yield schema.Cell(judge=judge, defence=defence, condition=condition, all=whole, heard=right, misheard=wrong)


def _curves(groups: Groups, judge: str, bootstrap: Bootstrap) -> Iterator[schema.Curve]:
    arms: dict[tuple[str, str], dict[float, Sequence[Result]]] = defaultdict(dict)
    for (defence, condition, strength), results in groups.items():
        arms[defence, condition][strength] = results
    for (defence, condition), given in arms.items():
        if len(given) < 2 or _kinds(given[1.0], judge) < 2:
            continue
        undefended = groups.get((UNDEFENDED, condition, 1.0))
        strengths = given if undefended is None else {0.0: undefended} | given
        points = [(strength, metrics(strengths[strength], judge, bootstrap)) for strength in sorted(strengths)]
        areas = curve(strengths, judge, bootstrap).areas
        yield schema.Curve(
            judge=judge,
            defence=defence,
            condition=condition,
            points=[schema.Point(strength=strength, metrics=each) for strength, each in points if each is not None],
            areas=[schema.Area(cap=cap, **asdict(area)) for cap, area in areas.items()],
        )


def _paired(groups: Groups, judge: str, against: str, bootstrap: Bootstrap) -> list[schema.Paired]:
    compared = [
        (condition, defence, compare(other, results, judge, bootstrap))
        for (defence, condition, strength), results in groups.items()
        if strength == 1 and defence != against
        if (other := groups.get((against, condition, 1.0))) is not None and _kinds(other, judge)
    ]
    tests = [test for *_, each in compared for test in (each.harmful_refused, each.benign_not_refused) if test]
    corrected = iter(holm([test.p for test in tests]))

    def shown(test: McNemar | None) -> schema.McNemar | None:
        if test is None:
            return None
        ours, theirs = test.only_second, test.only_first
        return schema.McNemar(only_defence=ours, only_against=theirs, p=test.p, p_holm=next(corrected))

    return [
        schema.Paired(
            judge=judge,
            condition=condition,
            defence=defence,
            against=against,
            harmful_refused=shown(each.harmful_refused),
            benign_not_refused=shown(each.benign_not_refused),
            harmful_refused_difference=_estimate(each.harmful_refused_difference),
            benign_not_refused_difference=_estimate(each.benign_not_refused_difference),
            balanced_difference=_estimate(each.balanced_difference),
        )
        for condition, defence, each in compared
    ]


def _kinds(results: Iterable[Result], judge: str) -> int:
    """Of how many labels the judge has judged answers."""
    return len({result.item.harmful for result in results if judge in result.outcomes})


def holm(ps: Sequence[float]) -> list[float]:
    """Every p, corrected for all of them (Holm 1979)."""
    corrected = [0.0] * len(ps)
    largest = 0.0
    for place, index in enumerate(sorted(range(len(ps)), key=ps.__getitem__)):
        largest = max(largest, min(1.0, (len(ps) - place) * ps[index]))
        corrected[index] = largest
    return corrected


def _gates(groups: Groups, bootstrap: Bootstrap) -> Iterator[schema.Gate]:
    for (defence, condition, strength), results in groups.items():
        if strength == 1 and (area := gate_auroc(results, bootstrap)) is not None:
            yield schema.Gate(defence=defence, condition=condition, auroc=_estimate(area))


def _agreements(
    results: Sequence[Result], defences: Iterable[str], judges: Sequence[str], bootstrap: Bootstrap
) -> Iterator[schema.Agreement]:
    """At strength 1, over all conditions."""
    for first, second in combinations(judges, 2):
        for defence in defences:
            given = [result for result in results if (result.defence, result.strength) == (defence, 1)]
            if any({first, second} <= set(result.outcomes) for result in given):
                found = agreement(given, first, second, bootstrap)
                yield schema.Agreement(
                    judges=(first, second),
                    defence=defence,
                    n=found.raw.n,
                    raw=found.raw.rate,
                    low=found.raw.low,
                    high=found.raw.high,
                    kappa=_estimate(found.kappa),
                    kappa_answered=_estimate(found.kappa_answered),
                    outcomes=[str(outcome) for outcome in found.outcomes],
                    confusion=[list(row) for row in found.confusion],
                )


def _costs(costs: Iterable[Cost], defences: Iterable[str]) -> list[schema.CostTotal]:
    wanted = set(defences)
    totals: dict[tuple[str, str | None, float | None], list[Cost]] = defaultdict(list)
    for cost in costs:
        if cost.defence in wanted:
            totals[cost.defence, cost.condition, cost.strength].append(cost)
    return [
        schema.CostTotal(
            defence=defence,
            condition=condition,
            strength=strength,
            items=sum(cost.items for cost in given),
            requests=sum(cost.requests for cost in given),
            seconds=round(sum(cost.seconds for cost in given), 3),
        )
        for (defence, condition, strength), given in totals.items()
    ]
