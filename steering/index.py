"""index.json: every published version of a store with its manifest's digest. What it lists is published."""

from typing import Literal, Self

import semver
from pydantic import Field, ValidationError, model_validator

from steering.manifest import Name, Record, Sha256, Version
from steering.store_errors import IndexInvalidError, UnknownNameError, UnknownVersionError
from steering.vector_set import VectorSetId

INDEX_FILE = "index.json"


class Entry(Record):
    """One published version. ``reason`` says why it was yanked, and is None where it was not."""

    name: Name
    version: Version
    digest: Sha256
    yanked: bool = False
    reason: str | None = Field(default=None, pattern=r"^[^\r\n]*\S[^\r\n]*$")

    @property
    def id(self) -> VectorSetId:
        return VectorSetId(self.name, self.version)

    @property
    def precedence(self) -> tuple[bool, semver.Version]:
        """What "later" means: releases rank over all prereleases, then semver's own order."""
        version = semver.Version.parse(self.version)
        return version.prerelease is None, version

    @model_validator(mode="after")
    def _has_a_reason_when_yanked(self) -> Self:
        if self.yanked != (self.reason is not None):
            raise ValueError(f"{self.name}@{self.version}: a yanked version has a reason, and no other has one.")
        return self


class Index(Record):
    """The versions of a store, by name and then by semver's order."""

    schema_version: Literal[1] = 1
    versions: tuple[Entry, ...] = ()

    @model_validator(mode="after")
    def _lists_each_version_once(self) -> Self:
        ids = [str(entry.id) for entry in self.versions]
        if twice := sorted({each for each in ids if ids.count(each) > 1}):
            raise ValueError(f"{', '.join(twice)} is listed twice; keep one entry.")
        return self

    @classmethod
    def parse(cls, data: bytes, source: str) -> Self:
        """Raise IndexInvalidError unless ``data``, the content of ``source``, is an index."""
        try:
            return cls.model_validate_json(data)
        except ValidationError as error:
            raise IndexInvalidError(
                f"{source} is not an index ({first_problem(error)}); restore it from a copy of the store."
            ) from error

    def find(self, id: VectorSetId) -> Entry:
        """Raise UnknownNameError or UnknownVersionError, each with what there is instead."""
        of_name = [entry for entry in self.versions if entry.name == id.name]
        if not of_name:
            raise UnknownNameError(f"No vector set is named {id.name!r}; the store has {_listed(self._names())}.")
        for entry in of_name:
            if entry.version == id.version:
                return entry
        raise UnknownVersionError(
            f"{id.name} has no version {id.version}; it has {_listed([entry.version for entry in of_name])}."
        )

    def with_entry(self, entry: Entry) -> "Index":
        """The index with ``entry`` in place of any that it has of the same version."""
        others = (each for each in self.versions if each.id != entry.id)
        ordered = sorted((*others, entry), key=lambda each: (each.name, semver.Version.parse(each.version)))
        return Index(versions=tuple(ordered))

    def latest(self, name: str) -> VectorSetId:
        """The highest version that is not yanked, prereleases after releases; raise UnknownNameError if none."""
        usable = [entry for entry in self.versions if entry.name == name and not entry.yanked]
        if not usable:
            raise UnknownNameError(f"No version of {name!r} may be used; the store has {_listed(self._names())}.")
        return max(usable, key=lambda entry: entry.precedence).id

    def _names(self) -> list[str]:
        return sorted({entry.name for entry in self.versions if not entry.yanked})


def first_problem(error: ValidationError) -> str:
    """The first of a validation's problems, as one clause."""
    problem = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in problem["loc"])
    what = problem["msg"].removeprefix("Value error, ").rstrip(".")
    return f"{where}: {what}" if where else what


def _listed(values: list[str]) -> str:
    return ", ".join(values) or "none"
