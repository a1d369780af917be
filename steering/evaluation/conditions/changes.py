"""Every condition that any item can be put under, declared once; the tables of the documentation are made from it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np

from steering.evaluation.conditions import prompts, signal
from steering.evaluation.conditions.condition import Apply, Change, Condition, ConditionError, UnfitItemError
from steering.evaluation.item import Item

_TELEPHONE_HZ = (300.0, 3400.0)

Sound = Callable[[signal.Samples, int, np.random.Generator], signal.Samples]


def _sounding(sound: Sound) -> Apply:
    def apply(item: Item, draw: np.random.Generator, others: Sequence[Item]) -> Item:
        return replace(item, samples=sound(_clip_of(item), item.sample_rate, draw))

    return apply


def _clip_of(item: Item) -> signal.Samples:
    if item.samples is None:
        raise UnfitItemError(f"{item.id!r} is typed and has no sound to change; put spoken items under this condition.")
    return item.samples


def _in_babble(decibels: float) -> Apply:
    def apply(item: Item, draw: np.random.Generator, others: Sequence[Item]) -> Item:
        clip = _clip_of(item)
        talkers = [
            other.samples
            for other in others
            if other.samples is not None and other.sample_rate == item.sample_rate and other.id != item.id
        ]
        if len(talkers) < signal.BABBLE_TALKERS:
            raise ConditionError(
                f"Babble behind {item.id!r} needs the clips of at least {signal.BABBLE_TALKERS} others at "
                f"{item.sample_rate} Hz, not {len(talkers)}; pass more items."
            )
        noise = signal.babble(talkers, len(clip), draw)
        return replace(item, samples=signal.with_noise(clip, noise, decibels))

    return apply


def _pitch(semitones: int) -> Change:
    description = f"pitch shifted by {semitones:+d} semitones, the duration kept"
    return Change(
        f"pitch{semitones:+d}", "pitch", description, _sounding(lambda x, r, _: signal.at_pitch(x, r, semitones))
    )


def _speed(factor: float) -> Change:
    description = f"spoken {factor:g} times as fast, the pitch kept"
    apply = _sounding(lambda x, r, _: signal.at_speed(x, r, factor))
    return Change(f"speed-{factor:g}", "speed", description, apply)


def _reverb(seconds: float) -> Change:
    description = f"in a room whose echo falls by 60 dB in {seconds:g} s"
    apply = _sounding(lambda x, r, draw: signal.in_a_room(x, r, seconds, draw))
    return Change(f"reverb-{seconds:g}s", "reverberation", description, apply)


def _noise(decibels: int) -> Change:
    def sound(samples: signal.Samples, _rate: int, draw: np.random.Generator) -> signal.Samples:
        return signal.with_noise(samples, signal.white_noise(len(samples), draw), decibels)

    return Change(f"noise-{decibels}db", "noise", f"white noise, signal to noise {decibels} dB", _sounding(sound))


def _babble(decibels: int) -> Change:
    description = f"four other clips of the set at once behind it, signal to babble {decibels} dB"
    return Change(f"babble-{decibels}db", "noise", description, _in_babble(decibels))


def _volume(decibels: int) -> Change:
    description = f"volume changed by {decibels:+d} dB" + (", clipped at full scale" if decibels > 0 else "")
    apply = _sounding(lambda x, _r, _d: signal.louder(x, decibels))
    return Change(f"volume{decibels:+d}db", "volume", description, apply)


def _telephone(samples: signal.Samples, rate: int, _draw: np.random.Generator) -> signal.Samples:
    return signal.in_band(samples, rate, *_TELEPHONE_HZ)


def _one_of(sentences: Sequence[str], draw: np.random.Generator) -> str:
    return sentences[int(draw.integers(len(sentences)))]


def _role_play(item: Item, draw: np.random.Generator, others: Sequence[Item]) -> Item:
    return replace(item, prompt=prompts.framed(item.prompt, before=_one_of(prompts.ROLES, draw)))


def _prefix(item: Item, draw: np.random.Generator, others: Sequence[Item]) -> Item:
    return replace(item, prompt=prompts.framed(item.prompt, after=_one_of(prompts.PREFIXES, draw)))


def _multi_turn(item: Item, draw: np.random.Generator, others: Sequence[Item]) -> Item:
    earlier = prompts.HISTORIES[int(draw.integers(len(prompts.HISTORIES)))]
    return replace(item, history=(*earlier, *item.history))


CHANGES: dict[str, Change] = {
    change.name: change
    for change in (
        *(_pitch(semitones) for semitones in (-6, -3, 3, 6)),
        *(_speed(factor) for factor in (0.8, 1.25, 1.5)),
        *(_reverb(seconds) for seconds in (0.4, 0.8)),
        *(_noise(decibels) for decibels in (20, 10, 5, 0)),
        *(_babble(decibels) for decibels in (20, 10, 5)),
        *(_volume(decibels) for decibels in (-20, 12)),
        Change("telephone", "band", "the band of a telephone, 300 to 3400 Hz", _sounding(_telephone)),
        Change("role-play", "role-play", "told to stay in a role, before the request", _role_play),
        Change("prefix", "prefix", "told to begin with an agreeing sentence, after the request", _prefix),
        Change("multi-turn", "multi-turn", "after two or three harmless turns", _multi_turn),
    )
}
"""By name."""


def changes_named(names: Iterable[str]) -> tuple[Change, ...]:
    """The changes of these names; raises ConditionError for one that there is not."""
    chosen = []
    for name in names:
        if name not in CHANGES:
            raise ConditionError(f"There is no condition {name!r}; there are {', '.join(CHANGES)}.")
        chosen.append(CHANGES[name])
    return tuple(chosen)


def conditions_table(conditions: Iterable[Condition]) -> str:
    """Conditions as a markdown table, for the documentation."""
    rows = (f"| `{one.name}` | {one.family} | {one.description} |" for one in conditions)
    return "\n".join(("| Condition | Family | What it is |", "|---|---|---|", *rows))
