"""Two revisions of a repository, ready to be reviewed: named, found, copied into a private folder that goes again."""

from __future__ import annotations

import posixpath
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from orchestrator.adapters.git_tree.call import Git
from orchestrator.adapters.git_tree.listing import Changed, Entry, changes, entries
from orchestrator.adapters.git_tree.names import kind_of, path_refused, shown
from orchestrator.adapters.git_tree.unpack import contents, is_spec, sorted_out, write
from orchestrator.errors import TemporaryFailure, UsageError
from orchestrator.model.review_source import Compared, Refused, RefusedEntry, Revision, UnjudgedFile

SHALLOW_HINT: Final = "fetch the whole history of both: `git fetch --unshallow`, GIT_DEPTH: 0, fetch-depth: 0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """`top`: of the working copy, or the bare repository itself: where no rules are read from."""

    git: Git
    top: Path
    bare: bool


def repository(place: Path) -> Repository:
    """The one around a folder of this machine. Raises UsageError, TemporaryFailure when Git refuses to open it."""
    if not place.is_dir():
        raise UsageError(f"there is no folder {place}", hint="name the repository, or a folder in its working copy")
    git = Git.at(place)
    if complaint := git.complaint("rev-parse", "--git-dir"):
        raise TemporaryFailure(f"{place} cannot be read as a repository: {complaint}", hint="name it by --repository")
    bare = git.line("rev-parse", "--is-inside-work-tree") != "true"
    top = git.line("rev-parse", "--absolute-git-dir" if bare else "--show-toplevel")
    if top is None:
        raise TemporaryFailure(f"git does not say where {place} begins", hint="look at the repository")
    return Repository(git=git, top=Path(top), bare=bare)


def path_inside(found: Repository, folder: Path) -> str:
    """A folder as Git names it: from the top of the repository. Raises UsageError for one that is outside.

    In a working copy it is named as on this machine; in a bare repository from its top. It need not be there.
    """
    if found.bare:
        inside = posixpath.normpath(folder.as_posix())
    else:
        place = found.git.place.resolve()
        named = Path(posixpath.normpath((place / folder).as_posix()))
        top = found.top.resolve()
        real = named.parent.resolve() / named.name
        inside = real.relative_to(top).as_posix() if real.is_relative_to(top) else ".."
    inside = "" if inside == "." else inside
    if inside and (inside.startswith("/") or path_refused(inside)):
        raise UsageError(f"{folder} is no folder of the repository", hint="name the region's folder in it")
    return inside


@contextmanager
def compared(found: Repository, folder: str, base: str | None, head: str) -> Iterator[Compared]:
    """Both revisions while the block lasts. `base`: None: with nothing; else the two are held against what they share.

    Raises UsageError for a name that is no commit, TemporaryFailure, PolicyRefusal when there is too much to read.
    """
    git = found.git
    after = _commit(git, head)
    tip = _commit(git, base) if base is not None else None
    before = _shared(git, tip, after) if tip else None
    listed = {commit: _listed(git, commit, folder) for commit in (before, after) if commit}
    read = contents(git, [entry for taken, _ in listed.values() for entry in taken])
    differing, more = changes(git, before, after) if before else ((), False)
    with tempfile.TemporaryDirectory(prefix="mutualis-review-") as scratch:
        revisions = {
            commit: _written(Path(scratch, f"at-{commit[:12]}"), folder, commit, taken, refused, read)
            for commit, (taken, refused) in listed.items()
        }
        yield Compared(
            folder=folder,
            before=replace(revisions[before], asked=base or "") if before else None,
            after=replace(revisions[after], asked=head),
            behind=int(git.line("rev-list", "--count", tip, f"^{after}", "--") or 0) if tip else 0,
            unjudged=_unjudged(differing, folder),
            more_unjudged=more,
        )


def _commit(git: Git, name: str) -> str:
    found = git.line("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    if not found:
        raise UsageError(f"{shown(name)!r} is no commit of this repository", hint="name a branch, a tag or a commit")
    return found


def _shared(git: Git, base: str, head: str) -> str:
    """The last commit that both grew from, as forges show a merge request."""
    found = git.line("merge-base", base, head)
    if not found:
        raise TemporaryFailure("the two revisions share no commit in this repository", hint=SHALLOW_HINT)
    return found.splitlines()[0]


def _listed(git: Git, commit: str, folder: str) -> tuple[tuple[Entry, ...], tuple[Refused, ...]]:
    found = entries(git, commit, folder)
    if folder and any(entry.path == folder for entry in found):
        return (), (Refused(path=shown(folder), why=RefusedEntry.LINK, detail="the region's folder is no folder"),)
    return sorted_out([entry for entry in found if not folder or entry.path.startswith(f"{folder}/")])


def _written(
    place: Path,
    folder: str,
    commit: str,
    taken: tuple[Entry, ...],
    refused: tuple[Refused, ...],
    read: Mapping[str, bytes],
) -> Revision:
    if not taken and not refused:
        return Revision(asked="", commit=commit, folder=None)
    collided = write(place, folder, taken, read)
    specs = sum(is_spec(entry.path) for entry in taken)
    return Revision(asked="", commit=commit, folder=place, refused=(*refused, *collided), specs=specs)


def _unjudged(differing: Sequence[Changed], folder: str) -> tuple[UnjudgedFile, ...]:
    """What changed and is no spec of the folder."""
    inside = f"{folder}/" if folder else ""
    return tuple(
        UnjudgedFile(path=shown(one.path), change=one.change, kind=kind_of(one.path))
        for one in differing
        if not (one.path.startswith(inside) and is_spec(one.path))
    )
