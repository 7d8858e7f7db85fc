"""What Git says of trees, taken apart: entries of one, and what differs between two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from orchestrator.adapters.git_tree.call import Git, TooMuchOutputError
from orchestrator.errors import PolicyRefusal

MOST_ENTRIES: Final = 50_000
MOST_LISTING: Final = 16 * 1024 * 1024  # bytes
MOST_CHANGES: Final = 2_000
_CHANGES: Final = {"A": "added", "D": "removed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """`mode`: octal, as Git writes it; `size`: of a file, in bytes; `path`: in the repository."""

    mode: str
    identity: str
    size: int
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    path: str
    change: str  # added, changed, removed


def entries(git: Git, commit: str, folder: str) -> tuple[Entry, ...]:
    """Everything below a folder of a commit; `folder` empty: everything. Raises PolicyRefusal when it is too much."""
    within = [folder] if folder else []
    try:
        listed = git.read("ls-tree", "-r", "-z", "-l", "--full-tree", commit, "--", *within, most=MOST_LISTING)
    except TooMuchOutputError:
        raise _too_many(folder) from None
    found = tuple(_entry(line) for line in _records(listed))
    if len(found) > MOST_ENTRIES:
        raise _too_many(folder)
    return found


def changes(git: Git, before: str, after: str) -> tuple[tuple[Changed, ...], bool]:
    """(files that differ, whether there are more). Renames are a removal and an addition."""
    options = ("-r", "-z", "--raw", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-commit-id")
    try:
        listed = git.read("diff-tree", *options, before, after, most=MOST_LISTING)
    except TooMuchOutputError:
        return (), True
    words = iter(_records(listed))
    found: list[Changed] = []
    for state, path in zip(words, words, strict=False):
        letter = state.rsplit(" ", 1)[-1][:1]
        found.append(Changed(path=path, change=_CHANGES.get(letter, "changed")))
    return tuple(found[:MOST_CHANGES]), len(found) > MOST_CHANGES


def _records(listed: bytes) -> Iterator[str]:
    return (one.decode("utf-8", "surrogateescape") for one in listed.split(b"\0") if one)


def _entry(line: str) -> Entry:
    """`<mode> <type> <id> <size>TAB<path>`."""
    head, _, path = line.partition("\t")
    mode, _, identity, size = head.split()
    return Entry(mode=mode, identity=identity, size=int(size) if size.isdigit() else 0, path=path)


def _too_many(folder: str) -> PolicyRefusal:
    return PolicyRefusal(
        f"{folder or 'the repository'} holds more than {MOST_ENTRIES} files: none of it is read",
        hint="name the region's folder alone; a region has some thousands of specs",
    )
