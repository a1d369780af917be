"""From items that have yet to be spoken to spoken ones, in parallel."""

import multiprocessing
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace

from reference.speech import (
    NEUTRAL,
    SAMPLING_RATE,
    Condition,
    Delivery,
    Prosody,
    SpeechTooLongError,
    phonemes,
    synthesise,
)
from steering.evaluation.conditions.condition import Changed, UnfitItemError
from steering.evaluation.item import Item

_CHUNK = 16


@dataclass(frozen=True, slots=True, eq=False)
class Take:
    """An item and all that decides how it sounds: ``words`` are what is said, None where it is typed.

    ``language`` is the espeak-ng voice where it is not an English one, and ``accented`` gives that voice the sounds of
    the English words in place of their letters.
    """

    item: Item
    words: str | None
    voices: Condition
    seed: int
    prosody: Prosody | None = None
    language: str = ""
    accented: bool = False


def speak(take: Take) -> Item | UnfitItemError:
    """The spoken item, or why it does not fit the time that is heard."""
    if take.words is None:
        return take.item
    words = phonemes(take.words) if take.accented else take.words
    # Speech knows the neutral prosody by identity, which a delivery would lose on the way into another process.
    delivery = Delivery(take.prosody or NEUTRAL, language=take.language)
    try:
        speech = synthesise(words, take.voices, take.seed, delivery)
    except SpeechTooLongError as error:
        return UnfitItemError(f"{take.item.id!r} cannot be spoken: {error} Leave it out and count it.")
    return replace(take.item, samples=speech.samples, sample_rate=SAMPLING_RATE, voice=speech.voice)


def speak_all(takes: Iterable[Take], workers: int | None = None) -> Changed:
    """All takes, in their order, in ``workers`` processes (one for each core); 0 speaks them in this one."""
    if workers == 0:
        spoken = [speak(take) for take in takes]
    else:
        with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
            spoken = list(pool.map(speak, takes, chunksize=_CHUNK))
    return Changed(
        tuple(one for one in spoken if isinstance(one, Item)),
        tuple(one for one in spoken if isinstance(one, UnfitItemError)),
    )
