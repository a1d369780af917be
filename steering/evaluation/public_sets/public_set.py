"""What a public set is to the registry: where it is, what of it is downloaded, and how its entries are found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from steering.evaluation.item import Label
from steering.evaluation.public_sets.parquet import Embedded
from steering.hub import DatasetFolder


@dataclass(frozen=True, slots=True)
class Entry:
    """One request before its audio is read; what is not named here is as in ``Item``.

    ``audio`` None: ``words``, or the question where there are none, have to be spoken first.
    """

    id: str
    question: str
    label: Label
    category: str
    audio: Path | Embedded | None
    words: str = ""
    prompt: str = ""
    condition: str = "clean"
    voice: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class PublicSet:
    """``hub`` is its Hub id, or None where only a folder will do; ``subsets`` are what one may ask for a part of.

    ``default`` are the subsets that are read unless some are named. ``files`` gives the patterns of what is
    downloaded for given subsets, and ``entries`` the requests in them.
    """

    name: str
    summary: str
    hub: str | None
    homepage: str
    licence: str
    spoken: bool
    entries: Callable[[DatasetFolder, Sequence[str]], list[Entry]]
    files: Callable[[Sequence[str]], list[str]]
    subsets: tuple[str, ...] = ()
    default: tuple[str, ...] = ()
