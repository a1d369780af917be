"""Every condition that the reference LALM is evaluated under, by name: those its requests are made under, and changes.

Whatever can be is asked under every condition with the same words and the same draw of a voice, so conditions compare
pair by pair: up to the first ``_`` the id of an item is the question's.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from reference.conditions.composed import composed_questions, composed_take
from reference.conditions.questions import item_of, report_questions
from reference.conditions.takes import Take, speak_all
from reference.conditions.translations import LANGUAGES, Language, translated_takes
from reference.corpus import Fold
from reference.speech import LONGEST_SECONDS, Emotion, Intensity, Prosody
from reference.speech import Condition as Voices
from steering.evaluation.conditions.changes import CHANGES
from steering.evaluation.conditions.condition import Changed, Condition, ConditionError, change_all

ACCENTS = {"de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "hi": "Hindi"}
EMOTIONS: tuple[Emotion, ...] = get_args(Emotion)
INTENSITIES: tuple[Intensity, ...] = get_args(Intensity)


@dataclass(frozen=True, slots=True)
class Extent:
    """What a suite is drawn from, and how large it is.

    ``each`` counts the harmful requests of a condition and again the benign ones; ``clean`` those of the condition
    that the others are compared with.
    """

    fold: Fold = "test"
    each: int = 60
    clean: int = 120
    seed: int = 0


Takes = Callable[[Extent], list[Take]]


@dataclass(frozen=True, slots=True)
class Made(Condition):
    """A condition that requests are made under."""

    takes: Takes


def _spoken(condition: str, voices: Voices = "unseen", accent: str = "") -> Takes:
    def takes(extent: Extent) -> list[Take]:
        questions = report_questions(extent.fold, extent.clean if condition == "clean" else extent.each, extent.seed)
        return [
            Take(
                item_of(question, condition),
                question.query.text,
                voices,
                question.seed,
                language=accent,
                accented=bool(accent),
            )
            for question in questions
        ]

    return takes


def _typed(extent: Extent) -> list[Take]:
    questions = report_questions(extent.fold, extent.each, extent.seed)
    return [
        Take(replace(item_of(question, "typed"), prompt=question.query.text), None, "unseen", question.seed)
        for question in questions
    ]


def _emotional(condition: str, intensity: Intensity) -> Takes:
    def takes(extent: Extent) -> list[Take]:
        result = []
        for index, question in enumerate(report_questions(extent.fold, extent.each, extent.seed)):
            # One further each round, or every fourth question, a kind of its own, would always be in the same emotion.
            emotion = EMOTIONS[(index + index // len(EMOTIONS)) % len(EMOTIONS)]
            prosody = Prosody.of(emotion, intensity)
            result.append(Take(item_of(question, condition), question.query.text, "unseen", question.seed, prosody))
        return result

    return takes


def _translated(condition: str, language: Language) -> Takes:
    return lambda extent: translated_takes(language, condition, extent.each, extent.seed)


def _composed(extent: Extent) -> list[Take]:
    questions = composed_questions(extent.fold, extent.each, extent.seed)
    return [composed_take(question, "composed") for question in questions]


def _made() -> Iterable[Made]:
    yield Made("clean", "voice", "six espeak-ng voices that were never trained on", _spoken("clean"))
    yield Made("voice-known", "voice", "the voices of the training", _spoken("voice-known", "known"))
    yield Made("voice-slt", "voice", "flite's slt, another synthesiser's voice", _spoken("voice-slt", "slt"))
    yield Made("typed", "typed", "the questions typed, without sound", _typed)
    for intensity in INTENSITIES:
        name = f"emotion-{intensity}"
        description = f"angry, happy, sad and fearful prosody of {intensity} intensity, in turn"
        yield Made(name, "emotion", description, _emotional(name, intensity))
    for accent, called in ACCENTS.items():
        name = f"accent-{accent}"
        yield Made(name, "accent", f"English in the sounds of {called}", _spoken(name, accent=accent))
    for language, called in LANGUAGES.items():
        name = f"language-{language}"
        yield Made(name, "language", f"in {called}, acts outside the corpus", _translated(name, language))
    description = "a harmless clip and a harmless typed object, which together are harmful or not"
    yield Made("composed", "composed", description, _composed)


MADE: dict[str, Made] = {made.name: made for made in _made()}
CONDITIONS: dict[str, Condition] = {**MADE, **CHANGES}
"""All of them, by name."""


def suite(names: Sequence[str] = tuple(CONDITIONS), extent: Extent = Extent(), workers: int | None = None) -> Changed:
    """The items of the named conditions, in the order of CONDITIONS; what does not fit the time heard is left out.

    Changes are made of the first ``each`` clean requests of either label. A whole suite holds its clips in memory,
    150 kB each: name fewer conditions at a time where that is too much. Raises ConditionError for an unknown name,
    SpeechError where a synthesiser is not installed.
    """
    for name in names:
        if name not in CONDITIONS:
            raise ConditionError(f"There is no condition {name!r}; there are {', '.join(CONDITIONS)}.")
    made = speak_all([take for name in MADE if name in names for take in MADE[name].takes(extent)], workers)
    changes = [change for name, change in CHANGES.items() if name in names]
    if not changes:
        return made
    clean = speak_all(MADE["clean"].takes(replace(extent, clean=extent.each)), workers)
    changed = change_all(clean.items, changes, seed=extent.seed, longest=LONGEST_SECONDS)
    return Changed((*made.items, *changed.items), (*made.left_out, *changed.left_out))
