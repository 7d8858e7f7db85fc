"""Two revisions of a repository as a review reads them: what was read, what was refused, what else changed.

It knows nothing of Git: names, commits and files are all that is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class RefusedEntry(StrEnum):
    """Why something of a revision is not read. In words that end a sentence about it."""

    LINK = "a symbolic link"
    SUBMODULE = "a submodule: another repository"
    LARGE = "too large"
    NAME = "a name that no spec needs"
    TWICE = "a name that stands twice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """`path`: in the repository, made printable; `detail`: sizes and the like."""

    path: str
    why: RefusedEntry
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One revision's folder of specs, copied for reading.

    `asked`: as people named it; `commit`: its full id; `folder`: where its specs stand on this machine while the
    review lasts, None when the revision has no such folder; `specs`: number of files that may be specs.
    """

    asked: str
    commit: str
    folder: Path | None
    refused: tuple[Refused, ...] = ()
    specs: int = 0


class Unjudged(StrEnum):
    """What kind of file a change touches beside the specs: whoever merges it must look at it."""

    PIPELINE = "pipeline: what runs when this is merged"
    RULES = "rules: what judges specs"
    APPROVAL = "who must approve"
    GIT = "Git's own settings"
    OTHER = "not read"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnjudgedFile:
    """`change`: `added`, `changed`, `removed`; `path`: in the repository, made printable."""

    path: str
    change: str
    kind: Unjudged


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """`folder`: of the specs, in the repository; empty: its top. `before`: None when nothing is compared with.

    `behind`: commits that the base has and the head has not: what they changed is not in the figures.
    `unjudged`: files that the change touches and no review reads; `more_unjudged`: it touches still more.
    """

    folder: str
    before: Revision | None
    after: Revision
    behind: int = 0
    unjudged: tuple[UnjudgedFile, ...] = ()
    more_unjudged: bool = False
