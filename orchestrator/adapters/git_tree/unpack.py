"""A revision's specs as files in a private folder: regular files only, written where nothing else stands.

Only what ends like a spec is read. Of anything else a folder may need no more than that it is there (the files of
images), so its place is taken by an empty file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from orchestrator.adapters.git_tree.call import Git, TooMuchOutputError
from orchestrator.adapters.git_tree.listing import Entry
from orchestrator.adapters.git_tree.names import path_refused, shown
from orchestrator.errors import PolicyRefusal, TemporaryFailure
from orchestrator.model.review_source import Refused, RefusedEntry
from orchestrator.spec.characters import MOST_BYTES as MOST_OF_ONE
from orchestrator.spec.folder import MOST_BYTES, MOST_FILES, SUFFIX

_LINK: Final = "120000"
_SUBMODULE: Final = "160000"
_OVERHEAD: Final = 200  # bytes that Git says around each object


def sorted_out(entries: Sequence[Entry]) -> tuple[tuple[Entry, ...], tuple[Refused, ...]]:
    """(what may be written, what is refused)."""
    taken: list[Entry] = []
    refused: list[Refused] = []
    for entry in entries:
        found = _refusal(entry)
        if found:
            refused.append(found)
        else:
            taken.append(entry)
    return tuple(taken), tuple(refused)


def _refusal(entry: Entry) -> Refused | None:
    why, detail = None, ""
    if entry.mode == _LINK:
        why = RefusedEntry.LINK
    elif entry.mode == _SUBMODULE:
        why = RefusedEntry.SUBMODULE
    elif detail := path_refused(entry.path):
        why = RefusedEntry.NAME
    elif is_spec(entry.path) and entry.size > MOST_OF_ONE:
        why, detail = RefusedEntry.LARGE, f"{entry.size} bytes, at most {MOST_OF_ONE}"
    return Refused(path=shown(entry.path), why=why, detail=detail) if why else None


def is_spec(path: str) -> bool:
    return path.endswith(SUFFIX)


def contents(git: Git, entries: Sequence[Entry]) -> Mapping[str, bytes]:
    """Identity -> bytes of every spec among them, read at once. Raises PolicyRefusal when they are too many."""
    wanted = {entry.identity: entry.size for entry in entries if is_spec(entry.path)}
    total = sum(wanted.values())
    if total > MOST_BYTES or len(wanted) > 2 * MOST_FILES:
        raise PolicyRefusal(
            f"the specs of the two revisions have {len(wanted)} files and {total} bytes: none of it is read",
            hint=f"a region has at most {MOST_FILES} specs and {MOST_BYTES >> 20} MiB",
        )
    asked = "".join(f"{identity}\n" for identity in wanted).encode()
    try:
        told = git.read("cat-file", "--batch", "--buffer", most=total + _OVERHEAD * len(wanted), given=asked)
    except TooMuchOutputError:
        raise TemporaryFailure("git says more of the specs than they hold", hint="git fsck tells more") from None
    return dict(_objects(told))


def _objects(told: bytes) -> Iterator[tuple[str, bytes]]:
    """`<id> blob <size>LF<content>LF`, one after the other."""
    at = 0
    while at < len(told):
        end = told.index(b"\n", at)
        identity, kind, *size = told[at:end].decode().split()
        if kind != "blob":
            hint = "fetch the whole of both revisions first; nothing is fetched here"
            raise TemporaryFailure(f"object {identity} is {kind} in this repository", hint=hint)
        start = end + 1
        at = start + int(size[0]) + 1
        yield identity, told[start : at - 1]


def write(folder: Path, top: str, entries: Sequence[Entry], read: Mapping[str, bytes]) -> tuple[Refused, ...]:
    """The entries below `folder`; what collides with another is refused. `top`: the part of paths to leave out."""
    folder.mkdir(mode=0o700)
    refused = []
    for entry in entries:
        file = folder / entry.path.removeprefix(f"{top}/" if top else "")
        try:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _new_file(file, read[entry.identity] if is_spec(entry.path) else b"")
        except (FileExistsError, NotADirectoryError, IsADirectoryError):
            refused.append(Refused(path=shown(entry.path), why=RefusedEntry.TWICE))
    return tuple(refused)


def _new_file(file: Path, content: bytes) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(content)
