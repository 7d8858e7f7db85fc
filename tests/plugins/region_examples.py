"""Example regions: the base region with a case's files laid over it."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

from orchestrator.flow.validate import Validation, validate
from orchestrator.reporting.findings import findings_to_text
from policies import RULES, hardening

EXAMPLES = Path(__file__).parents[1] / "examples"
TODAY = dt.date(2026, 6, 1)
"""The day on which every example is judged."""


def cases(kind: str) -> list[Path]:
    """The folders of a kind of example that hold a case."""
    return sorted(path for path in (EXAMPLES / kind).iterdir() if path.is_dir())


def laid_out(case: Path, folder: Path) -> Path:
    """The case's region in a folder. `without.txt` names files of the base region that it lacks."""
    shutil.copytree(EXAMPLES / "base", folder, dirs_exist_ok=True)
    shutil.copytree(case, folder, dirs_exist_ok=True)
    without = case / "without.txt"
    for name in without.read_text("utf-8").split() if without.exists() else ():
        (folder / name).unlink()
    return folder


def judged(case: Path, folder: Path) -> Validation:
    """What is found in the case's region."""
    return validate(laid_out(case, folder), RULES, TODAY, measured=hardening.codes())


def told(validation: Validation, folder: Path) -> str:
    """The findings as users see them, with file names from the region's folder."""
    return findings_to_text(validation.findings).replace(f"{folder}/", "").replace(str(folder), ".")
