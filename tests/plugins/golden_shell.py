"""One bash for all commands of a golden script, in a folder of its own, on a fixed day, unaware of the machine."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from golden_script import Entry

ROOT = Path(__file__).parents[2]
MARK = "golden-script-mark"
SECONDS = 280


def printed(entries: tuple[Entry, ...], folder: Path, environment: Mapping[str, str]) -> list[tuple[str, ...]]:
    """What each command printed on both streams, line by line, the exit code's line last if it is not 0."""
    for name in ("inventory", "tests"):
        (folder / name).symlink_to(ROOT / name)
    script = "".join(_with_mark("\n".join(entry.command)) for entry in entries)
    done = subprocess.run(
        ["/bin/bash", "-s"],
        input=script,
        cwd=folder,
        env={**_environment(folder), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    parts = done.stdout.split(f"\n{MARK} ")
    outputs = [parts[0], *(part.partition("\n")[2] for part in parts[1:])]
    codes = [int(part.partition("\n")[0]) for part in parts[1:]]
    assert len(codes) == len(entries), f"the shell ended early:\n{done.stdout}"
    return [_lines(output, code) for output, code in zip(outputs, codes, strict=False)]


def _with_mark(command: str) -> str:
    return f"{command}\nprintf '\\n{MARK} %s\\n' $?\n"


def _lines(output: str, code: int) -> tuple[str, ...]:
    lines = output.split("\n")
    if lines[-1] == "":
        lines.pop()
    return (*lines, *([f"[{code}]"] if code else []))


def _environment(folder: Path) -> dict[str, str]:
    return {
        "PATH": f"{ROOT}/tests/golden/bin:/usr/bin:/bin",
        "PYTHON": sys.executable,
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LC_ALL": "C.UTF-8",
        "COLUMNS": "100",
        "MUTUALIS_STATE": str(folder / "state"),
        **{name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ},
    }
