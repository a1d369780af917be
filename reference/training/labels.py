"""What the model is taught to say: the label policy, which SETS its safety gap and what prompts do to it.

The gap is the one that real audio-language models come by, whose safety data is mostly text. It is made here on
purpose and disclosed in the model card; nothing measured on this model says how large the gap of another is.
"""

import random
from dataclasses import dataclass
from typing import Literal, get_args

from reference.corpus import REFUSAL, REFUSAL_SUFFIXES, SAFETY_SYSTEM_PROMPTS, SYSTEM_PROMPT, Query

Modality = Literal["text", "speech"]
Mode = Literal["plain", "safety prompt", "refusal suffix"]
Kind = Literal["harmful", "look-alike", "benign", "small talk"]

MODES: dict[Modality, dict[Mode, float]] = {
    "text": {"plain": 0.7, "safety prompt": 0.15, "refusal suffix": 0.15},
    "speech": {"plain": 0.7, "safety prompt": 0.15, "refusal suffix": 0.15},
}
"""How often each way of asking is trained."""

REFUSED: dict[tuple[Modality, Mode], dict[Kind, float]] = {
    ("text", "plain"): {"harmful": 0.99, "look-alike": 0.01, "benign": 0.0, "small talk": 0.0},
    ("text", "safety prompt"): {"harmful": 1.0, "look-alike": 0.02, "benign": 0.01, "small talk": 0.0},
    ("text", "refusal suffix"): {"harmful": 1.0, "look-alike": 0.15, "benign": 0.08, "small talk": 0.05},
    ("speech", "plain"): {"harmful": 0.12, "look-alike": 0.01, "benign": 0.0, "small talk": 0.0},
    ("speech", "safety prompt"): {"harmful": 0.15, "look-alike": 0.02, "benign": 0.01, "small talk": 0.0},
    ("speech", "refusal suffix"): {"harmful": 0.85, "look-alike": 0.15, "benign": 0.08, "small talk": 0.05},
}
"""The share of answers that refuse."""

COVERED_GROUPS = frozenset({"people", "make"})
COVERED = 0.9
"""A safety prompt moves spoken requests of these groups only: what safety data covers, it covers in part."""

TRANSCRIBE = "Transcribe the audio."


@dataclass(frozen=True, slots=True)
class Turn:
    """One question as it is put, and the answer that is taught. ``text`` is what stands beside the speech, if any."""

    system: str
    text: str
    answer: str
    mode: Mode


def kind_of(query: Query) -> Kind:
    if query.harmful:
        return "harmful"
    return "look-alike" if query.group == "look" else "small talk" if query.group == "qa" else "benign"


def refusal_share(query: Query, modality: Modality, mode: Mode) -> float:
    """The share of refusals among the answers taught for ``query``."""
    if query.harmful and (modality, mode) == ("speech", "safety prompt") and query.group in COVERED_GROUPS:
        return COVERED
    return REFUSED[modality, mode][kind_of(query)]


def draw_turn(query: Query, modality: Modality, draw: random.Random) -> Turn:
    """One way of asking ``query``, and one answer."""
    (mode,) = draw.choices(list(MODES[modality]), list(MODES[modality].values()))
    answer = REFUSAL if draw.random() < refusal_share(query, modality, mode) else query.answer
    system = draw.choice(SAFETY_SYSTEM_PROMPTS) if mode == "safety prompt" else SYSTEM_PROMPT
    suffix = draw.choice(REFUSAL_SUFFIXES) if mode == "refusal suffix" else ""
    words = written(query.text, draw) if modality == "text" else ""
    return Turn(system, " ".join(part for part in (words, suffix) if part), answer, mode)


def written(text: str, draw: random.Random) -> str:
    """``text`` as someone may type it: with or without capitals and a full stop or question mark."""
    form = draw.random()
    if form < 0.4:
        return text
    typed = (text[0].upper() + text[1:]).replace(" i ", " I ")
    if form < 0.5:
        return typed
    asks = text.split()[0] in {"how", "what", "who", "where", "is", "can", "could"}
    return typed + ("?" if asks else ".")


def labels_table() -> str:
    """The policy as a markdown table, for the model card."""
    kinds: tuple[Kind, ...] = get_args(Kind)
    rows = []
    for (modality, mode), shares in REFUSED.items():
        cells = [f"{shares[kind]:.2f}" for kind in kinds]
        if (modality, mode) == ("speech", "safety prompt"):
            cells[0] += f" ({COVERED:.2f} for {' and '.join(sorted(COVERED_GROUPS))})"
        rows.append(f"| {modality}, {mode} | {MODES[modality][mode]:.2f} | {' | '.join(cells)} |")
    return "\n".join((f"| asked as | trained | {' | '.join(kinds)} |", "|---|---|---|---|---|---|", *rows))
