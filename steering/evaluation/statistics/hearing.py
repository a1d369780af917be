"""Results apart by whether the undefended model heard the request right: a model can refuse only what it heard."""

from collections.abc import Sequence, Set

from steering.evaluation.result import Result


def heard(undefended: Sequence[Result]) -> set[str]:
    """The ids of the items whose undefended answer is, word for word, the one of a model that heard them right."""
    return {result.item.id for result in undefended if result.answer == result.item.compliant}


def by_hearing(results: Sequence[Result], heard_ids: Set[str]) -> tuple[list[Result], list[Result]]:
    """The results of items that were heard and of those that were not; items of no known answer are in neither."""
    known = [result for result in results if result.item.compliant is not None]
    return (
        [result for result in known if result.item.id in heard_ids],
        [result for result in known if result.item.id not in heard_ids],
    )
