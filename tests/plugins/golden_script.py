"""A golden script: commands and what they print, in one file that people read as a session at the prompt.

The format is that of cram and prysk: lines indented by two spaces are a session, all others are remarks. `  $ ` begins
a command, `  > ` goes on with it, `  [2]` is its exit code if it is not 0. A line of output may end in ` (re)` or
` (glob)` and is then a pattern for what varies.
"""

from __future__ import annotations

import fnmatch
import re
from dataclasses import dataclass
from pathlib import Path

INDENT = "  "


@dataclass(frozen=True, kw_only=True)
class Entry:
    """`remarks`: the lines before; `command`: its lines; `expected`: output lines, the exit code's line last."""

    remarks: tuple[str, ...]
    command: tuple[str, ...]
    expected: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class GoldenScript:
    """`end`: remarks after the last command."""

    entries: tuple[Entry, ...]
    end: tuple[str, ...]

    def text(self) -> str:
        """The file."""
        lines: list[str] = []
        for entry in self.entries:
            lines += entry.remarks
            lines += [f"{INDENT}{'>' if number else '$'} {line}" for number, line in enumerate(entry.command)]
            lines += [f"{INDENT}{line}" for line in entry.expected]
        return "\n".join([*lines, *self.end]) + "\n"


def read(path: Path) -> GoldenScript:
    """A script from its file."""
    remarks: list[str] = []
    entries: list[tuple[list[str], list[str], list[str]]] = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith(f"{INDENT}$ "):
            entries.append((remarks, [line[4:]], []))
            remarks = []
        elif line.startswith(f"{INDENT}> ") and entries and not entries[-1][2]:
            entries[-1][1].append(line[4:])
        elif line.startswith(INDENT) and entries and not remarks:
            entries[-1][2].append(line[2:])
        else:
            remarks.append(line)
    made = tuple(Entry(remarks=tuple(a), command=tuple(b), expected=tuple(c)) for a, b, c in entries)
    return GoldenScript(entries=made, end=tuple(remarks))


def merged(expected: tuple[str, ...], printed: tuple[str, ...]) -> tuple[str, ...]:
    """What was printed, with the patterns that were expected where they fit: equal to `expected` when all fits."""
    if len(expected) == len(printed):
        return tuple(old if fits(old, new) else new for old, new in zip(expected, printed, strict=True))
    patterns = [line for line in expected if line.endswith((" (re)", " (glob)"))]
    return tuple(next((one for one in patterns if fits(one, line)), line) for line in printed)


def fits(expected: str, printed: str) -> bool:
    """Whether a line is as expected."""
    if expected.endswith(" (re)"):
        return re.fullmatch(expected.removesuffix(" (re)"), printed) is not None
    if expected.endswith(" (glob)"):
        return fnmatch.fnmatchcase(printed, expected.removesuffix(" (glob)"))
    return expected == printed
