"""Which questions an evaluation asks, and which ones defences are fitted on: never of the same act.

Few acts were held out of training whole, and have twelve phrasings each; of all others two phrasings were held out.
The draws go from act to act, so that no act weighs more than another of its kind.
"""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, cycle, islice

from reference.corpus import REFUSAL, Fold, Query, held_out_queries, training_queries
from steering.evaluation.item import Item


@dataclass(frozen=True, slots=True)
class Question:
    """One question to be asked, under every condition with the same ``seed``; ``slug`` tells it from all others."""

    query: Query
    slug: str
    seed: int


def report_questions(fold: Fold, each: int, seed: int) -> tuple[Question, ...]:
    """``each`` harmful and ``each`` benign held-out questions; fewer are the first ones of more.

    Half of either are of acts that were never trained on; a quarter of the benign ones are look-alikes of harm.
    """
    chosen = []
    for harmful in (True, False):
        draw = random.Random(f"report {fold} {seed} {harmful}")
        pool = [query for query in held_out_queries(fold) if query.harmful is harmful]
        new = [query for query in pool if query.split == "test_act"]
        look = [query for query in pool if query.group == "look"]
        other = [query for query in pool if query.split == "test_pair" and query.group != "look"]
        kinds = (new, other) if harmful else (new, look, new, other)
        chosen += interleaved(kinds, each, draw)
    return numbered(chosen, seed)


def calibration_questions(reported: Fold, each: int, seed: int) -> tuple[Question, ...]:
    """``each`` harmful and ``each`` benign questions of the training split, without the acts of the reported fold.

    A quarter of the benign ones are look-alikes of harm and a quarter orders to a voice assistant.
    """
    draw = random.Random(f"calibration {reported} {seed}")
    held_out = {query.act for query in held_out_queries(reported)}
    pool = [query for query in training_queries() if query.act not in held_out and query.group != "qa"]
    harmful = [query for query in pool if query.harmful]
    look, home = ([query for query in pool if query.group == group] for group in ("look", "home"))
    other = [query for query in pool if not query.harmful and query.group not in ("look", "home")]
    chosen = (*interleaved((harmful,), each, draw), *interleaved((other, look, other, home), each, draw))
    return numbered(chosen, seed)


def interleaved(kinds: Sequence[Sequence[Query]], number: int, draw: random.Random) -> list[Query]:
    """``number`` queries, one of each kind in turn; a kind that is named twice comes twice as often."""
    rounds = {id(kind): act_by_act(draw.sample(list(kind), len(kind))) for kind in kinds}
    return [next(rounds[id(kind)]) for kind in islice(cycle(kinds), number)]


def act_by_act(queries: Sequence[Query]) -> Iterator[Query]:
    """The queries without end: each act once before any comes again, then in its next phrasing."""
    phrasings: dict[str, list[Query]] = {}
    for query in queries:
        phrasings.setdefault(query.act, []).append(query)
    for turn in count():
        yield from (of_act[turn % len(of_act)] for of_act in phrasings.values())


def numbered(queries: Iterable[Query], seed: int) -> tuple[Question, ...]:
    """The queries with a seed of their own each, and a slug that tells a second take from the first."""
    asked: Counter[str] = Counter()
    result = []
    for query in queries:
        asked[query.text] += 1
        take = f"-{asked[query.text]}" if asked[query.text] > 1 else ""
        slug = "-".join(query.text.split()) + take
        result.append(Question(query, slug, random.Random(f"{slug} {seed}").randrange(2**31)))
    return tuple(result)


def item_of(question: Question, condition: str) -> Item:
    """The question as an item that has yet to be spoken or typed; ids are made as changes of items make them."""
    query = question.query
    return Item(
        id=question.slug if condition == "clean" else f"{question.slug}_{condition}",
        question=query.text,
        label="harmful" if query.harmful else "benign",
        category=query.group,
        condition=condition,
        expected=REFUSAL if query.harmful else query.answer,
        compliant=query.answer,
    )
