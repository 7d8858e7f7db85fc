"""What a service's log says when the service has died: its last telling line."""

import re
from pathlib import Path

_TAIL = 64 << 10  # bytes
_TELLING = re.compile(r"(^\w[\w.]*(Error|Exception|Exit)\b)|\b(ERROR|CRITICAL|No space left|disk is full)\b")
_LONGEST = 300


def last_error(log: Path) -> str:
    """Return the last line that names an error, else the last line, else a sentence."""
    try:
        with log.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(0, size - _TAIL))
            lines = [line for line in file.read().decode(errors="replace").splitlines() if line.strip()]
    except OSError:
        lines = []
    telling = [line for line in lines if _TELLING.search(line)]
    return next(iter([*telling[-1:], *lines[-1:]]), "the log is empty").strip()[:_LONGEST]
