"""What a command, with all that it starts, writes below a folder, and how often it waits for the disk: by strace."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from measurement.errors import BenchmarkError
from measurement.process import Finished, run

WRITES = ("write", "pwrite64", "writev", "pwritev", "pwritev2", "sendfile", "copy_file_range")
SYNCS = ("fsync", "fdatasync")
MISSING = "strace is not installed here (Debian: strace)"
CALL = re.compile(rf"^({'|'.join((*WRITES, *SYNCS))})\(")
PATH = re.compile(r"\d+<(/[^>]*)>")
RESULT = re.compile(r" = (\d+)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """`size`: bytes, whoever wrote them and however often; `syncs`: calls of fsync and fdatasync."""

    size: int
    syncs: int


def watched(
    command: Sequence[str | Path], folder: Path, notes: Path, *, limit: float, environment: Mapping[str, str]
) -> tuple[Finished, Written]:
    """Run to the end. `notes`: a new folder for what strace says, a file a thread."""
    if shutil.which("strace") is None:
        raise BenchmarkError(MISSING)
    notes.mkdir()
    watcher = ("strace", "-ff", "--seccomp-bpf", "-qq", "-y", "-s", "0", "-e", f"trace={','.join((*WRITES, *SYNCS))}")
    done = run((*watcher, "-e", "signal=none", "-o", notes / "of", *command), limit=limit, environment=environment)
    lines = (line for path in sorted(notes.iterdir()) for line in path.read_text("utf-8", "replace").splitlines())
    return done, counted(lines, folder)


def counted(lines: Iterable[str], folder: Path) -> Written:
    """What strace's lines say of files below `folder`; calls that failed count nothing."""
    size = syncs = 0
    for line in lines:
        call, result = CALL.match(line), RESULT.search(line)
        if call is None or result is None or not _is_below(call[1], line, folder):
            continue
        if call[1] in SYNCS:
            syncs += 1
        else:
            size += int(result[1])
    return Written(size=size, syncs=syncs)


def _is_below(call: str, line: str, folder: Path) -> bool:
    """Two files stand in a line that copies; the one written to is the first but for copy_file_range(2)."""
    paths = PATH.findall(line)
    if not paths or (call == "copy_file_range" and len(paths) == 1):
        return False
    return Path(paths[1] if call == "copy_file_range" else paths[0]).is_relative_to(folder)
