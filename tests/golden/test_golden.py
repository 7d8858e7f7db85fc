"""Every command that needs no cloud, as people see it.

`MUTUALIS_UPDATE_GOLDEN=1 pytest tests/golden` writes what is printed now into the scripts; the difference is for the
reviewer.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from golden_script import GoldenScript, merged, read
from golden_shell import printed

HERE = Path(__file__).parent
SCRIPTS = sorted((HERE / "scripts").glob("*.txt"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_a_command_prints_what_its_script_says(path: Path, tmp_path: Path) -> None:
    """To the letter, but for patterns; so does its exit code."""
    now = as_printed(read(path), tmp_path).text()
    if os.environ.get("MUTUALIS_UPDATE_GOLDEN"):
        path.write_text(now, encoding="utf-8")
    assert now == path.read_text("utf-8")


def as_printed(script: GoldenScript, folder: Path) -> GoldenScript:
    """The script with what its commands print now."""
    said = printed(script.entries, folder, {})
    entries = tuple(
        replace(entry, expected=merged(entry.expected, lines))
        for entry, lines in zip(script.entries, said, strict=True)
    )
    return GoldenScript(entries=entries, end=script.end)
