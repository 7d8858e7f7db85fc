"""A golden script held against what its commands print now."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from golden_script import GoldenScript, merged, read
from golden_shell import printed


def printed_and_written(path: Path, folder: Path, environment: Mapping[str, str]) -> tuple[str, str]:
    """The script's text with what it prints now in `folder`, and as it stands in its file.

    With `MUTUALIS_UPDATE_GOLDEN` set, the file is written first.
    """
    now = _as_printed(read(path), folder, environment).text()
    if os.environ.get("MUTUALIS_UPDATE_GOLDEN"):
        path.write_text(now, encoding="utf-8")
    return now, path.read_text("utf-8")


def _as_printed(script: GoldenScript, folder: Path, environment: Mapping[str, str]) -> GoldenScript:
    """The script with what its commands print now."""
    said = printed(script.entries, folder, environment)
    entries = tuple(
        replace(entry, expected=merged(entry.expected, lines))
        for entry, lines in zip(script.entries, said, strict=True)
    )
    return GoldenScript(entries=entries, end=script.end)
